import assert from 'node:assert/strict';
import { settle } from '../harness.mjs';
import { messagesFor } from '../reports.mjs';
import { test } from '../runner.mjs';

const real = x => typeof x === 'number' ? x : x === '-0' ? -0 : Number(x);
const shown = page => page.locator('.chip.shown').first().innerText();

test('simulation: every view draws the report', async ({ open, reports }) => {
  for (const name of ['variance', 'root', 'attention']) {
    const report = reports[name];
    const { page, close } = await open({ messages: messagesFor(report) });
    const format = report.formats.find(f => f.id === 'fp16');
    await page.click('.chips .chip:text-is("fp16")');
    assert.match(await page.innerText('.summary'), /^In fp16 /);
    const source = report.sources[report.description.file].split('\n');
    const line = await page.innerText(`.line[data-line="${report.description.line}"] code`);
    assert.equal(line.replace(/\s+/g, ' ').trim(), source[report.description.line - 1].replace(/\s+/g, ' ').trim());
    assert.equal(await page.locator('.formats-table tbody tr').count(), report.formats.length);
    const nodes = await page.locator('.flow-graph .node').count();
    assert.ok(nodes >= 2 && nodes <= 24, `${nodes} nodes`);
    const worst = [...format.firstCase.sites].sort((a, b) => b.share - a.share)[0];
    if (worst.share >= 0.005) assert.ok((await page.innerText('.summary')).includes(`line ${worst.line}`), `${name}: the summary names line ${worst.line}`);
    await close();
  }
});

test('simulation: the share of each line is the sum over its sites', async ({ open, reports }) => {
  const { page } = await open({ messages: messagesFor(reports.variance) });
  await page.click('.chips .chip:text-is("bf16")');
  const { sites } = reports.variance.formats.find(f => f.id === 'bf16').firstCase;
  for (const row of await page.locator('.line').all()) {
    const number = Number(await row.getAttribute('data-line'));
    const share = sites.filter(s => s.endLine === number && s.file === reports.variance.description.file).reduce((sum, s) => sum + s.share, 0);
    const text = await row.locator('.share-text').innerText();
    assert.equal(text, share < 0.005 ? '' : share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`, `line ${number}`);
  }
});

test('simulation: formats sort by error, and a row selects the format of all views', async ({ open, reports }) => {
  const report = reports.variance;
  const { page } = await open({ messages: messagesFor(report) });
  await page.click('.formats-table .sort:text-is("error")');
  const ids = await page.locator('.formats-table .format-name').allInnerTexts();
  const error = id => { const f = report.formats.find(g => g.id === id.replace(' ★', '')); return f.status === 'ok' ? Number.isNaN(real(f.maxAbsoluteError)) ? Infinity : real(f.maxAbsoluteError) : Infinity; };
  for (let i = 1; i < ids.length; i++) assert.ok(error(ids[i - 1]) <= error(ids[i]), `${ids[i - 1]} before ${ids[i]}`);
  assert.equal(await page.getAttribute('.formats-table th[aria-sort]', 'aria-sort'), 'ascending');
  await page.click('.formats-table .format-name:has-text("fp32")');
  assert.equal(await shown(page), 'fp32');
  assert.match(await page.innerText('.summary'), /fp32/);
  await page.keyboard.press('ArrowDown');
  await settle(page);
  assert.notEqual(await shown(page), 'fp32');
});

test('simulation: five plots, walked by keyboard, each with a table of the same data', async ({ open, reports }) => {
  const { page } = await open({ messages: messagesFor(reports.root) });
  await page.click('.chips .chip:text-is("fp16")');
  await page.focus('#tab-run');
  for (const tab of ['run', 'inputs', 'sweep', 'values', 'line']) {
    assert.equal(await page.getAttribute(`#tab-${tab}`, 'aria-selected'), 'true');
    assert.ok(await page.locator('#plot-panel svg.plot').count() === 1 || await page.locator('#plot-panel .nothing').count() === 1, `${tab} says nothing`);
    if (await page.locator('#plot-panel svg.plot').count() === 1) {
      await page.click('#plot-panel vscode-button[title="The same data as a table"]');
      assert.ok(await page.locator('#plot-panel .twin tbody tr').count() > 0, `${tab} has no table`);
      if (tab === 'inputs') assert.equal(await page.locator('#plot-panel .twin tbody tr').count(), reports.root.cases);
      await page.click('#plot-panel vscode-button[title="The same data as a table"]');
    }
    await page.focus(`#tab-${tab}`);
    await page.keyboard.press('ArrowRight');
    await settle(page);
  }
});

test('simulation: the iteration slider shows the values of one iteration', async ({ open, reports }) => {
  const { page } = await open({ messages: messagesFor(reports.variance) });
  await page.click('.chips .chip:text-is("fp16")');
  const details = () => page.locator('.flow-graph .node .detail').allTextContents();
  const before = await details();
  await page.locator('.slider input').fill('0');
  await settle(page);
  assert.notDeepEqual(await details(), before);
  const loopSite = reports.variance.formats.find(f => f.id === 'fp16').firstCase.sites.find(s => s.operator === 'add' && s.iterations.length > 1);
  const first = real(loopSite.iterations[0].simulated);
  assert.ok((await details()).some(text => Math.abs(parseFloat(text) - first) <= Math.abs(first) * 0.01), `no node shows ${first}: ${await details()}`);
});

test('simulation: a format that threw or ran out of time says so with its place', async ({ open, reports }) => {
  const { page } = await open({ messages: messagesFor(reports.throws) });
  assert.match(await page.innerText('.state.failed p'), /x is never right/);
  assert.ok((await page.locator('.formats-table .failure').count()) === reports.throws.formats.length);
});

test('simulation: a run of more operations than are recorded draws its summary', async ({ open, reports }) => {
  const size = JSON.stringify(reports.long).length;
  const { page } = await open({ messages: messagesFor(reports.long) });
  await page.click('.chips .chip:text-is("fp16")');
  assert.match(await page.innerText('.summary'), /fp16/);
  assert.ok(size < 8e6, `the report has ${size} bytes`);
  assert.ok(await page.locator('#plot-run svg.plot path.series').count() > 0);
});

test('simulation: more operations than the graph draws end in a node for the rest', async ({ open, reports }) => {
  const { page } = await open({ messages: messagesFor(reports.lines) });
  await page.click('.chips .chip:text-is("fp16")');
  assert.ok(await page.locator('.flow-graph .node').count() <= 24);
  assert.equal(await page.locator('.flow-graph .rest-node').count(), 1);
});
