import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { settle, themes } from '../harness.mjs';
import { galleryMessage } from '../gallery.mjs';
import { messagesFor } from '../reports.mjs';
import { test } from '../runner.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All of axe-core's rules but the one for a page of its own: a webview is a frame of the editor, which has the heading and the landmarks around it. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } }));
  return found.map(v => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} ${n.failureSummary.split('\n').slice(1, 2).join('')}`).join(' | ')}`);
}

const state = (name, message = 'stats.ts:3 cannot be done.') => [{ type: 'context', context: { trusted: true, functions: [], presets: [], formats: [], request: null, settings: { rerunOnSave: true }, stale: false } },
  { type: 'status', status: { state: name, message, place: { file: '/stats.ts', line: 3, column: 1 }, remedies: [] } }];

for (const theme of themes) {
  test(`accessibility: the simulation panel in ${theme}`, async ({ open, reports }) => {
    const { page } = await open({ theme, messages: messagesFor(reports.variance) });
    await page.click('.chips .chip:text-is("fp16")');
    await page.click('vscode-button:has-text("why?")');
    await settle(page);
    assert.deepEqual(await violations(page), []);
    for (const tab of ['inputs', 'sweep', 'values', 'line', 'run']) {
      await page.click(`#tab-${tab}`);
      await settle(page);
      assert.deepEqual(await violations(page), [], `plot ${tab}`);
      const toTable = page.locator('#plot-panel vscode-button[title="The same data as a table"]');
      if (await toTable.count() === 0) continue;
      await toTable.click();
      assert.deepEqual(await violations(page), [], `table of ${tab}`);
      await toTable.click();
    }
    for (const drawer of ['given inputs', 'formats', 'share']) {
      await page.click(`.controls vscode-button:has-text("${drawer}")`);
      await settle(page);
      assert.deepEqual(await violations(page), [], drawer);
    }
    await page.click('.flow summary');
    assert.deepEqual(await violations(page), [], 'error flow as a table');
  });

  test(`accessibility: two versions compared, and a graph with its map, in ${theme}`, async ({ open, reports }) => {
    for (const width of [1400, 500]) {
      const { page, send, close } = await open({ theme, width, messages: messagesFor(reports.before) });
      await page.click('.chips .chip:text-is("fp32")');
      await page.click('.controls vscode-button:has-text("compare")');
      await send(...messagesFor(reports.now).slice(1));
      assert.deepEqual(await violations(page), [], `compared at ${width} px`);
      await close();
    }
    const { page } = await open({ theme, messages: messagesFor(reports.lines) });
    await page.selectOption('.flow select', 'operations');
    await settle(page);
    assert.equal(await page.locator('.flow-map').count(), 1);
    assert.deepEqual(await violations(page), [], 'graph with its map');
  });

  test(`accessibility: the examples in ${theme}`, async ({ open }) => {
    const { page } = await open({ kind: 'gallery', theme, messages: [galleryMessage({ trusted: theme !== 'light' })] });
    assert.deepEqual(await violations(page), []);
    await page.click('.card summary >> nth=0');
    await page.locator('vscode-text-field input').fill('no such lesson');
    await settle(page);
    assert.deepEqual(await violations(page), [], 'nothing found');
  });

  test(`accessibility: every state in ${theme}`, async ({ open, reports }) => {
    for (const name of ['empty', 'running', 'failed', 'cancelled', 'untrusted', 'unsupported']) {
      const { page, send, close } = await open({ theme, messages: state(name) });
      assert.deepEqual(await violations(page), [], name);
      await send(...messagesFor(reports.throws).slice(0, 2), ...state(name).slice(1));
      assert.deepEqual(await violations(page), [], `${name} above a report`);
      await close();
    }
  });

  test(`accessibility: number formats and summation orders in ${theme}`, async ({ open, reports }) => {
    for (const [value, format] of [['0.1', 'fp64'], ['NaN', 'fp16'], ['1000', 'int8'], ['what', 'fp16']]) {
      const { page, close } = await open({ kind: 'formats', theme, messages: [{ type: 'number', value, format }] });
      assert.deepEqual(await violations(page), [], `${value} in ${format}`);
      await close();
    }
    const { page } = await open({ kind: 'orders', theme, messages: [{ type: 'orders', report: reports.orders }] });
    assert.deepEqual(await violations(page), [], 'orders');
  });
}
