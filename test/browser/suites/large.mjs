import assert from 'node:assert/strict';
import { settle } from '../harness.mjs';
import { messagesFor, paging } from '../reports.mjs';
import { test } from '../runner.mjs';

const bytes = value => JSON.stringify(value).length;

/** A panel on a report as the server sends it: its summary, and pages when the panel asks for them. `sent` has the size of every message. */
async function openPaged(open, report) {
  const { summaryOf, pageOf } = await paging();
  const sent = [];
  const summary = summaryOf(report, 'whole-1', 'fp16');
  const answer = message => {
    if (message.type !== 'page') return [];
    const reply = { type: 'page', whole: message.whole, page: pageOf(report, message.page) };
    sent.push({ kind: message.page.kind, size: bytes(reply) });
    return [reply];
  };
  const messages = messagesFor(summary);
  sent.push({ kind: 'summary', size: bytes(messages) });
  const panel = await open({ messages, answer, height: 1400 });
  await panel.page.click('.chips .chip:text-is("fp16")');
  await settle(panel.page);
  return { ...panel, summary, sent };
}

/** What a person does, and what it cost the page: milliseconds of work, and its longest task. */
async function work(page, report) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const spent = async () => { const { metrics } = await session.send('Performance.getMetrics'); return metrics.find(m => m.name === 'TaskDuration').value * 1000; };
  await page.evaluate(() => {
    window.longest = 0;
    window.observer = new PerformanceObserver(list => { for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration); });
    window.observer.observe({ entryTypes: ['longtask'] });
  });
  const cost = {};
  const measured = async (name, act) => {
    const before = await spent();
    await act();
    await settle(page);
    cost[name] = await spent() - before;
  };
  const lines = page.locator('.line [data-site]');
  await measured('hover', async () => { for (let i = 0; i < 12; i++) await lines.nth(i * 2).hover(); });
  await measured('sort', async () => { for (const key of ['error', 'bits kept', 'energy']) await page.click(`.formats-table .sort:has-text("${key}")`); });
  await measured('formats', async () => { for (const { id } of report.formats) { await page.click(`.chips .chip:text-is("${id}")`); await page.waitForFunction(() => document.querySelectorAll('.flow-link').length > 0); } });
  await measured('iterations', async () => { for (const value of [0, 3, 7, 12, 20, 30]) { await page.locator('.slider input').fill(String(value)); await settle(page); } });
  await measured('levels', async () => { for (const level of ['loops', 'operations', 'lines']) { await page.selectOption('.flow select', level); await settle(page); } });
  await measured('plots', async () => { for (const tab of ['values', 'line', 'run']) { await page.click(`#tab-${tab}`); await settle(page); } });
  await measured('table', async () => { const twin = page.locator('#plot-panel vscode-button[title="The same data as a table"]'); await twin.click(); await settle(page); await twin.click(); });
  await settle(page);
  return { cost, longest: await page.evaluate(() => window.longest) };
}

test('long runs: a million recorded operations are as quick to look at as a few hundred', async ({ open, reports }) => {
  const { million, brief } = reports;
  for (const format of million.formats) assert.ok(format.firstCase.recordedOperations >= 1e6, `${format.id} recorded ${format.firstCase.recordedOperations}`);
  const results = {};
  for (const [name, report] of Object.entries({ brief, million })) {
    const { page, sent, summary, close } = await openPaged(open, report);
    const session = await page.context().newCDPSession(page);
    assert.equal(summary.whole, name === 'million' ? 'whole-1' : undefined);
    const { cost, longest } = await work(page, report);
    await session.send('HeapProfiler.collectGarbage');
    const { nodes } = await session.send('Memory.getDOMCounters');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    results[name] = { cost, longest, nodes, usedSize, sent, elements: await page.locator('#root *').count() };
    await close();
  }
  const { brief: small, million: large } = results;
  const total = ({ cost }) => Object.values(cost).reduce((a, b) => a + b, 0);
  console.log(`    report ${(bytes(million) / 1e6).toFixed(1)} MB; summary ${(large.sent[0].size / 1e6).toFixed(2)} MB, pages at most ${(Math.max(...large.sent.slice(1).map(s => s.size)) / 1e6).toFixed(2)} MB; ${large.elements} elements (${small.elements} for the short run); heap ${(large.usedSize / 1e6).toFixed(0)} MB (${(small.usedSize / 1e6).toFixed(0)});`);
  console.log(`    work ${total(large).toFixed(0)} ms (${total(small).toFixed(0)}): ${Object.entries(large.cost).map(([k, v]) => `${k} ${v.toFixed(0)} (${small.cost[k].toFixed(0)})`).join(', ')}; longest task ${large.longest.toFixed(0)} ms (${small.longest.toFixed(0)})`);
  assert.ok(large.sent[0].size < 3e6, `the summary has ${large.sent[0].size} bytes`);
  for (const { kind, size } of large.sent.slice(1)) assert.ok(size < 2e6, `a page of ${kind} has ${size} bytes`);
  assert.deepEqual([...new Set(large.sent.slice(1).map(s => s.kind))], ['run']);
  assert.ok(large.elements < 1.5 * small.elements + 200, `${large.elements} elements, ${small.elements} for the short run`);
  assert.ok(large.nodes < 25_000, `${large.nodes} nodes`);
  assert.ok(large.usedSize < small.usedSize + 40e6, `${large.usedSize} bytes of heap, ${small.usedSize} for the short run`);
  assert.ok(total(large) < 2.5 * total(small) + 300, `${total(large)} ms of work, ${total(small)} for the short run`);
  assert.ok(large.longest < 3 * Math.max(50, small.longest), `a task of ${large.longest} ms, ${small.longest} for the short run`);
});

test('long runs: a thousand inputs are read page by page, in their order and the worst first', async ({ open, reports }) => {
  const { summaryOf, pageOf } = await paging();
  const [format] = reports.many.formats;
  const summary = summaryOf(reports.many, 'whole-1');
  assert.equal(summary.whole, 'whole-1');
  assert.ok(summary.inputs.length < reports.many.inputs.length);
  const { page, posted } = await open({ messages: messagesFor(summary), answer: message => message.type === 'page' ? [{ type: 'page', whole: message.whole, page: pageOf(reports.many, message.page) }] : [] });
  await page.click('.chips .chip:text-is("fp32")');
  await page.click('#tab-inputs');
  await page.click('#plot-panel vscode-button[title="The same data as a table"]');
  const column = async n => (await page.locator(`.cases tbody td:nth-child(${n})`).allInnerTexts());
  await page.waitForFunction(() => document.querySelectorAll('.cases tbody tr').length === 50);
  assert.deepEqual((await column(1)).slice(0, 3), ['1', '2', '3']);
  await page.click('.pager [aria-label="Later inputs"]');
  await page.waitForFunction(() => document.querySelector('.cases tbody td')?.textContent === '51');
  await page.selectOption('.pager select', 'worst');
  const worst = format.caseErrors.map((error, index) => ({ error: error === 'NaN' ? Infinity : Number(error), index })).sort((a, b) => a.error === b.error ? a.index - b.index : b.error - a.error)[0];
  await page.waitForFunction(expected => document.querySelector('.cases tbody td')?.textContent.replace(',', '') === expected, String(worst.index + 1));
  assert.match(await page.innerText('.pager'), new RegExp(`of ${reports.many.cases.toLocaleString('en-US')}`));
  assert.deepEqual((await posted()).filter(m => m.type === 'page').map(m => [m.page.kind, m.page.order, m.page.from]), [['cases', 'given', 0], ['cases', 'given', 50], ['cases', 'worst', 0]]);
});

test('long runs: a sweep and a saved file leave the cut values to the host', async ({ open, reports }) => {
  const { summaryOf } = await paging();
  const { page, posted } = await open({ messages: messagesFor(summaryOf(reports.million, 'whole-1')) });
  await page.click('vscode-button:has-text("share")');
  await page.click('vscode-button:has-text("Save as JSON")');
  assert.deepEqual((await posted()).filter(m => m.type === 'save'), [{ type: 'save', kind: 'json', suggestedName: 'filtered.json' }]);
});
