import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrangement, breakage, differences, thumbnails } from '../layout.mjs';
import { root, settle, themes, useTheme } from '../harness.mjs';
import { messagesFor } from '../reports.mjs';
import { galleryMessage } from '../gallery.mjs';
import { test } from '../runner.mjs';

const screenshots = join(root, 'out/screenshots');
const recorded = join(root, 'test/browser/golden/layout.json');

/** Widths of the window in CSS pixels, from a narrow side panel to a whole screen; 500 and 800 are 200 % zoom of windows of 1000 and 1600. */
const widths = [400, 500, 800, 1000, 1600];

/** Those that are compared with what was recorded. */
const comparedWidths = [400, 1000, 1600];

/** Every view, opened on a real report. */
const views = {
  simulation: async (open, reports) => {
    const panel = await open({ messages: messagesFor(reports.variance) });
    await panel.page.click('.chips .chip:text-is("fp16")');
    return panel;
  },
  controls: async (open, reports) => {
    const panel = await open({ messages: messagesFor(reports.root) });
    await panel.page.click('.chips .chip:text-is("bf16")');
    await panel.page.click('vscode-button:has-text("formats")');
    await panel.page.click('#tab-inputs');
    return panel;
  },
  inputs: async (open, reports) => {
    const panel = await open({ messages: messagesFor(reports.root) });
    await panel.page.click('.chips .chip:text-is("fp16")');
    await panel.page.click('vscode-button:has-text("given inputs")');
    await panel.page.click('#tab-sweep');
    return panel;
  },
  values: async (open, reports) => {
    const panel = await open({ messages: messagesFor(reports.attention) });
    await panel.page.click('.chips .chip:text-is("bf16")');
    await panel.page.click('#tab-values');
    return panel;
  },
  graph: async (open, reports) => {
    const panel = await open({ messages: messagesFor(reports.lines) });
    await panel.page.click('.chips .chip:text-is("fp8-e4m3fn")');
    await panel.page.selectOption('.flow select', 'operations');
    await panel.page.click('#tab-line');
    return panel;
  },
  compare: async (open, reports) => {
    const panel = await open({ messages: messagesFor(reports.before) });
    await panel.page.click('.chips .chip:text-is("fp32")');
    await panel.page.click('.controls vscode-button:has-text("compare")');
    await panel.send(...messagesFor(reports.now).slice(1));
    return panel;
  },
  failed: async (open, reports) => open({ messages: messagesFor(reports.throws) }),
  empty: async open => open({}),
  number: async open => open({ kind: 'formats', messages: [{ type: 'number', value: '0.1', format: 'fp64' }] }),
  orders: async (open, reports) => open({ kind: 'orders', messages: [{ type: 'orders', report: reports.manyOrders }] }),
  gallery: async open => open({ kind: 'gallery', messages: [galleryMessage()] }),
};

const known = (() => { try { return JSON.parse(readFileSync(recorded, 'utf8')); } catch { return {}; } })();
const record = process.env.ROUNDOFF_RECORD ? {} : null;

for (const [name, start] of Object.entries(views)) {
  test(`layout: ${name} is whole and as recorded, at every width and in every theme`, async ({ open, panels, reports }) => {
    mkdirSync(screenshots, { recursive: true });
    const { page } = await start(open, reports);
    const helper = await (await panels.browser.newContext()).newPage();
    const problems = [];
    for (const theme of themes) {
      await useTheme(page, theme);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.mouse.move(0, 0);
        await settle(page);
        // How far a scrolled part had been scrolled at another width is not layout.
        await page.evaluate(() => { for (const part of document.querySelectorAll('.flow-scroll, .table-scroll, textarea')) part.scrollTo(0, 0); });
        await settle(page);
        for (const problem of await breakage(page)) problems.push(`${theme}, ${width} px: ${problem}`);
        if (!comparedWidths.includes(width)) continue;
        await page.screenshot({ path: join(screenshots, `${name}-${theme}-${width}.png`), fullPage: true });
        const actual = { arrangement: await arrangement(page), thumbnails: await thumbnails(page, helper) };
        // A graph larger than its view scrolls to its selection whenever its size changes, and a picture of the whole page changes it: what it shows is no layout.
        if (name === 'graph') actual.thumbnails = Object.fromEntries(Object.entries(actual.thumbnails).filter(([part]) => !part.startsWith('.flow')));
        const key = `${name} ${theme} ${width}`;
        if (record) record[key] = actual;
        else if (!known[key]) problems.push(`${key} was never recorded: run with ROUNDOFF_RECORD=1 and look at the pictures in out/screenshots`);
        else for (const problem of differences(known[key], actual)) problems.push(`${theme}, ${width} px: ${problem}`);
      }
    }
    await helper.context().close();
    if (record) writeFileSync(recorded, `{\n${Object.entries({ ...known, ...record }).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}\n`);
    assert.deepEqual(problems, []);
  });
}

/** Style sheets that break something, and each must be noticed: the checks above are worth what they refuse. */
const breaks = {
  'columns that became rows': '.views { display: block !important; }',
  'a summary that does not wrap': '.summary { white-space: nowrap; max-width: none !important; }',
  'shares that lie on the code': '.line-share { position: absolute; left: 90px; }',
  'chips that cut their names': '.chip { width: 14px; overflow: hidden; }',
  'a table without contents': '.formats-table tbody { visibility: hidden; }',
  'nodes painted over': '.node .box { fill: #c33 !important; }',
  'plots that are gone': '.plots { display: none; }',
  'the ground of another theme': '.view { background: #fff !important; }',
  'a button out of the window': '#run { position: relative; left: 3000px; }',
  'labels that leave their nodes': '.node .label { font-size: 19px !important; }',
};

test('layout: the checks notice what breaks', async ({ panels, reports }) => {
  const { page, close } = await views.simulation(options => panels.open({ ...options, bypassPolicy: true }), reports);
  const helper = await (await panels.browser.newContext()).newPage();
  await useTheme(page, 'dark');
  await page.setViewportSize({ width: 1600, height: 900 });
  await settle(page);
  const expected = { arrangement: await arrangement(page), thumbnails: await thumbnails(page, helper) };
  assert.deepEqual(await breakage(page), []);
  const unnoticed = [];
  for (const [what, css] of Object.entries(breaks)) {
    const style = await page.addStyleTag({ content: css });
    await settle(page);
    const found = [...await breakage(page), ...differences(expected, { arrangement: await arrangement(page), thumbnails: await thumbnails(page, helper) })];
    if (found.length === 0) unnoticed.push(what);
    await style.evaluate(element => element.remove());
    await settle(page);
  }
  assert.deepEqual(unnoticed, []);
  await page.addStyleTag({ content: ':root { --vscode-font-family: serif !important; --vscode-font-size: 14px !important; --vscode-editor-font-family: "DejaVu Sans Mono", monospace !important; }' });
  await settle(page);
  assert.deepEqual(differences(expected, { arrangement: await arrangement(page), thumbnails: await thumbnails(page, helper) }), [], 'another font is no breakage');
  await page.evaluate(() => document.head.querySelector('style:last-of-type').remove());
  await settle(page);
  assert.deepEqual(differences(expected, { arrangement: await arrangement(page), thumbnails: await thumbnails(page, helper) }), []);
  await helper.context().close();
  await close();
});

test('layout: less motion where it is asked for', async ({ open, reports }) => {
  const { page } = await open({ reducedMotion: true, messages: messagesFor(reports.root) });
  const moving = await page.evaluate(() => [...document.querySelectorAll('.panel *')].filter(e => getComputedStyle(e).transitionDuration.split(',').some(d => parseFloat(d) > 0) || parseFloat(getComputedStyle(e).animationDuration) > 0).length);
  assert.equal(moving, 0);
});
