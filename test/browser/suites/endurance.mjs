import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../harness.mjs';
import { messagesFor } from '../reports.mjs';
import { test } from '../runner.mjs';

test('endurance: a hundred reruns leave no node, listener or memory behind', async ({ open, reports }) => {
  const { page, send } = await open({ messages: messagesFor(reports.variance) });
  const session = await page.context().newCDPSession(page);
  const counters = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { nodes, jsEventListeners, usedSize };
  };
  const rerun = async times => { for (let i = 0; i < times; i++) await send(...messagesFor(i % 2 ? reports.variance : reports.attention).slice(1)); };
  await rerun(20);
  const before = await counters();
  await rerun(100);
  const after = await counters();
  assert.ok(after.nodes <= before.nodes * 1.1 + 50, `nodes: ${before.nodes}, then ${after.nodes}`);
  assert.ok(after.jsEventListeners <= before.jsEventListeners * 1.1 + 10, `listeners: ${before.jsEventListeners}, then ${after.jsEventListeners}`);
  assert.ok(after.usedSize <= before.usedSize * 1.3 + 1e6, `heap: ${before.usedSize}, then ${after.usedSize} bytes`);
});

test('endurance: the first paint after a report, and a selection, are measured and said', async ({ open, reports }) => {
  for (const name of ['variance', 'long']) {
    const { page, close } = await open({ messages: messagesFor(reports[name]).slice(0, 1) });
    const milliseconds = await page.evaluate(message => new Promise(done => {
      const begin = performance.now();
      const watch = () => document.querySelector('.summary') ? requestAnimationFrame(() => done(performance.now() - begin)) : requestAnimationFrame(watch);
      window.postMessage(message, '*');
      watch();
    }), messagesFor(reports[name])[1]);
    console.log(`    ${name}: ${reports[name].formats[1]?.firstCase.totalOperations} operations, first paint ${milliseconds.toFixed(0)} ms after its report of ${(JSON.stringify(reports[name]).length / 1e3).toFixed(0)} kB`);
    assert.ok(await page.locator('.flow-graph .node').count() > 0);
    await close();
  }
});

test('endurance: each panel is one script of less than 400 kB', () => {
  for (const name of ['simulation', 'formats', 'orders']) {
    const { size } = statSync(join(root, 'dist/webview', `${name}.js`));
    console.log(`    ${name}.js ${(size / 1e3).toFixed(0)} kB`);
    assert.ok(size < 400_000, `${name}.js has ${size} bytes`);
  }
  return Promise.resolve();
});
