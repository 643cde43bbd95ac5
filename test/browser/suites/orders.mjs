import assert from 'node:assert/strict';
import { test } from '../runner.mjs';

const last = async (posted, type) => (await posted()).filter(m => m.type === type).at(-1);

test('summation orders: the distribution against the exact sum', async ({ open, reports }) => {
  for (const report of [reports.orders, reports.manyOrders]) {
    const { page, close } = await open({ kind: 'orders', messages: [{ type: 'orders', report }] });
    const summary = await page.innerText('.summary');
    assert.ok(summary.includes(`${report.distribution.length} different sums`), summary);
    assert.ok(summary.includes(report.exhaustive ? 'all ' : 'tried'), summary);
    assert.equal(await page.locator('.orders-table tbody tr').count(), report.named.length);
    assert.equal(await page.locator('.exact-line').count(), 1);
    await page.click('#distribution vscode-button');
    assert.equal(await page.locator('#distribution .twin tbody tr').count(), report.distribution.length);
    await close();
  }
});

test('summation orders: numbers typed in, another format, and the sum in the source', async ({ open, reports }) => {
  const { page, posted } = await open({ kind: 'orders', messages: [{ type: 'orders', report: reports.orders }] });
  await page.fill('#numbers', '1e16, 1\n-1e16 0.5');
  await page.selectOption('label:has-text("format") select', 'fp64');
  await page.click('#run');
  const { request } = await last(posted, 'runOrders');
  assert.deepEqual([request.values, request.format, request.place], [[1e16, 1, -1e16, 0.5], 'fp64', reports.orders.request.place]);
  await page.fill('#numbers', '1, two');
  assert.match(await page.innerText('#numbers-problem'), /“two” is not a number/);
  await page.click('.orders-head .link');
  assert.equal((await last(posted, 'reveal')).start, reports.orders.request.place.start);
});

test('summation orders: empty at first, and a failure in words', async ({ open }) => {
  const { page, send } = await open({ kind: 'orders' });
  assert.match(await page.innerText('.nothing'), /not associative/);
  await send({ type: 'status', status: { state: 'failed', message: 'The numbers are too many: at most 100,000.', place: null, remedies: [] } });
  assert.match(await page.innerText('.notice'), /too many/);
});
