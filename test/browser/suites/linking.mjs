import assert from 'node:assert/strict';
import { settle } from '../harness.mjs';
import { messagesFor } from '../reports.mjs';
import { test } from '../runner.mjs';

const last = async (posted, type) => (await posted()).filter(m => m.type === type).at(-1);
const formatOf = (report, id) => report.formats.find(f => f.id === id);
const worstOf = format => [...format.firstCase.sites].sort((a, b) => b.share - a.share)[0];

async function openOn(open, report, id = 'fp16') {
  const panel = await open({ messages: messagesFor(report) });
  await panel.page.click(`.chips .chip:text-is("${id}")`);
  return { ...panel, format: formatOf(report, id) };
}

test('linking: a click on an operation in the code reveals it and selects it in the graph', async ({ open, reports }) => {
  const { page, posted, format } = await openOn(open, reports.variance);
  const site = worstOf(format);
  await page.locator(`[data-site="${site.site}"]`).first().click({ position: { x: 2, y: 4 } });
  await settle(page);
  const reveal = await last(posted, 'reveal');
  assert.deepEqual([reveal.file, reveal.start, reveal.end, reveal.focus], [site.file, site.start, site.end, false]);
  assert.equal(await page.locator('.flow-graph .node.selected').count(), 1);
  assert.ok((await page.innerText('.inspector')).includes(site.text.split('\n')[0].slice(0, 12)));
});

test('linking: pointing at a node lights its operation in the code', async ({ open, reports }) => {
  const { page } = await openOn(open, reports.variance);
  assert.equal(await page.locator('.code-lines .lit').count(), 0);
  await page.locator('.flow-graph .node.heat-4, .flow-graph .node.heat-3').first().hover();
  await settle(page);
  assert.ok(await page.locator('.code-lines .lit').count() > 0);
  await page.locator('h1').hover();
  await settle(page);
  assert.equal(await page.locator('.code-lines .lit').count(), 0);
});

test('linking: the cursor in the editor selects here, and nothing is revealed back', async ({ open, reports }) => {
  const { page, send, posted, format } = await openOn(open, reports.variance);
  const site = format.firstCase.sites.filter(s => s.operator !== 'input' && s.operator !== 'literal').sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
  await send({ type: 'select', file: site.file, start: site.start + 1, end: site.start + 1 });
  assert.equal(await page.locator('.line.selected').count(), 1);
  assert.equal(Number(await page.getAttribute('.line.selected', 'data-line')), site.endLine);
  assert.equal(await last(posted, 'reveal'), undefined);
});

test('linking: "why?" jumps from the result to the largest contributor, then to the next', async ({ open, reports }) => {
  const { page, posted, format } = await openOn(open, reports.root);
  await page.selectOption('.flow select', 'operations');
  await page.locator('.flow-graph .result-node').focus();
  await page.keyboard.press('w');
  await settle(page);
  const worst = worstOf(format);
  assert.equal(await page.getAttribute('.flow-graph .node.selected', 'data-node'), `site:${worst.site}`);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.node), `site:${worst.site}`);
  await page.keyboard.press('Enter');
  const reveal = await last(posted, 'reveal');
  assert.deepEqual([reveal.start, reveal.end, reveal.focus], [worst.start, worst.end, true]);
});

test('linking: arrow keys follow the largest edge towards the result and back', async ({ open, reports }) => {
  const { page } = await openOn(open, reports.variance);
  await page.locator('.flow-graph .result-node').focus();
  await page.keyboard.press('ArrowUp');
  await settle(page);
  const output = await page.getAttribute('.flow-graph .node.selected', 'data-node');
  assert.notEqual(output, 'result');
  await page.keyboard.press('ArrowUp');
  await settle(page);
  assert.notEqual(await page.getAttribute('.flow-graph .node.selected', 'data-node'), output);
  await page.keyboard.press('ArrowDown');
  await settle(page);
  assert.equal(await page.getAttribute('.flow-graph .node.selected', 'data-node'), output);
});

test('linking: "e" opens a line into its operations and closes it again', async ({ open, reports }) => {
  const { page } = await openOn(open, reports.variance);
  const nodes = () => page.locator('.flow-graph .node').count();
  const before = await nodes();
  await page.locator('.flow-graph .node:has(.opener)').first().click();
  await page.locator('.flow-graph .node.selected').focus();
  await page.keyboard.press('e');
  await settle(page);
  assert.ok(await nodes() > before, 'nothing opened');
});

test('linking: one stop of the tab key for the code, one for the graph; arrows walk the lines', async ({ open, reports }) => {
  const { page } = await openOn(open, reports.variance);
  assert.equal(await page.locator('.line[tabindex="0"]').count(), 1);
  assert.equal(await page.locator('.flow-graph .node[tabindex="0"]').count(), 1);
  await page.locator('.line[tabindex="0"]').focus();
  const number = async () => Number(await page.evaluate(() => document.activeElement.dataset.line));
  const first = await number();
  await page.keyboard.press('ArrowDown');
  assert.equal(await number(), first + 1);
  await page.keyboard.press('w');
  await settle(page);
  assert.equal(await number(), worstOf(formatOf(reports.variance, 'fp16')).endLine);
});

test('linking: a large graph has a map; dragging it moves the view, and the view follows the selection', async ({ open, reports }) => {
  const { page } = await openOn(open, reports.lines);
  await page.selectOption('.flow select', 'operations');
  await settle(page);
  const scroller = page.locator('.flow-scroll');
  const position = () => scroller.evaluate(e => [e.scrollLeft, e.scrollTop]);
  const map = await page.locator('.flow-map').boundingBox();
  assert.ok(map.width <= 140 && map.height <= 110, `the map is ${map.width} × ${map.height}`);
  await page.mouse.move(map.x + 5, map.y + 5);
  await page.mouse.down();
  await page.mouse.move(map.x + 6, map.y + 6);
  assert.deepEqual(await position(), [0, 0]);
  await page.mouse.move(map.x + map.width - 4, map.y + map.height - 4, { steps: 4 });
  await page.mouse.up();
  const [left, top] = await position();
  assert.ok(left > 0 || top > 0, 'dragging moved nothing');
  await page.locator('.flow-graph .node[tabindex="0"]').focus();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press(i % 2 ? 'ArrowUp' : 'w');
    await settle(page);
    const inside = await page.evaluate(() => {
      const node = document.querySelector('.flow-graph .node.selected .box')?.getBoundingClientRect(), view = document.querySelector('.flow-scroll').getBoundingClientRect();
      return node === undefined || (node.left >= view.left - 1 && node.right <= view.right + 1 && node.top >= view.top - 1 && node.bottom <= view.bottom + 1);
    });
    assert.ok(inside, 'the selected node is out of sight');
  }
});

test('linking: a part of the run drawn over with the pointer is enlarged, and the whole comes back', async ({ open, reports }) => {
  const { page, format } = await openOn(open, reports.million);
  await page.locator('#plot-run .catcher').scrollIntoViewIfNeeded();
  const box = await page.locator('#plot-run .catcher').boundingBox();
  const ticks = () => page.locator('#plot-run .axis').nth(1).locator('text').allTextContents().then(list => list.slice(0, -1).map(t => Number(t.replaceAll(',', ''))));
  const before = await ticks();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
  assert.equal(await page.locator('#plot-run .brush').count(), 1);
  await page.mouse.up();
  await settle(page);
  const total = format.firstCase.series.at(-1).operation;
  const zoomed = await ticks();
  assert.ok(zoomed.length > 0 && zoomed.every(t => t > 0.48 * total && t < 0.62 * total), zoomed.join());
  await page.click('vscode-button:has-text("whole run")');
  await settle(page);
  assert.deepEqual(await ticks(), before);
});

test('linking: the plot along the run follows the pointer', async ({ open, reports }) => {
  const { page } = await openOn(open, reports.variance);
  const plot = page.locator('#plot-run .catcher');
  const box = await plot.boundingBox();
  const position = { x: box.width * 0.9, y: box.height / 2 };
  await plot.hover({ position });
  await settle(page);
  assert.ok(await page.locator('.code-lines .lit').count() > 0);
  await plot.click({ position });
  await settle(page);
  assert.equal(await page.locator('.flow-graph .node.selected').count(), 1);
});
