import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, settle, themes } from '../harness.mjs';
import { messagesFor } from '../reports.mjs';
import { test } from '../runner.mjs';

const screenshots = join(root, 'out/screenshots');

/** Windows from a narrow side panel to a whole screen, and 200 % zoom. */
const sizes = [{ width: 400 }, { width: 700 }, { width: 960 }, { width: 1280 }, { width: 1600 }, { width: 1600, scale: 2 }, { width: 800, scale: 2 }];

for (const { width, scale = 1 } of sizes) {
  test(`layout: nothing overflows or is cut at ${width} px${scale === 1 ? '' : `, ${scale * 100} %`}`, async ({ open, reports }) => {
    mkdirSync(screenshots, { recursive: true });
    const views = [
      ['variance', { messages: messagesFor(reports.variance) }, 'fp16'], ['attention', { messages: messagesFor(reports.attention) }, 'bf16'], ['lines', { messages: messagesFor(reports.lines) }, 'fp8-e4m3fn'],
      ['throws', { messages: messagesFor(reports.throws) }], ['empty', {}], ['number', { kind: 'formats', messages: [{ type: 'number', value: '0.1', format: 'fp64' }] }], ['orders', { kind: 'orders', messages: [{ type: 'orders', report: reports.manyOrders }] }],
    ];
    for (const [name, options, format] of views) {
      const { page, close } = await open({ ...options, width, scale });
      if (format) await page.click(`.chips .chip:text-is("${format}")`);
      if (name === 'variance') await page.click('vscode-button:has-text("formats")');
      await settle(page);
      await page.screenshot({ path: join(screenshots, `${name}-${width}${scale === 1 ? '' : `@${scale}`}.png`), fullPage: true });
      assert.deepEqual(await breakage(page), [], `${name} at ${width} px`);
      if (name === 'variance') for (const tab of ['inputs', 'sweep', 'values', 'line']) {
        await page.click(`#tab-${tab}`);
        await settle(page);
        assert.deepEqual(await breakage(page), [], `${name}, plot ${tab}, at ${width} px`);
      }
      await close();
    }
  });
}

test('layout: each theme has its picture', async ({ open, reports }) => {
  for (const theme of themes) {
    const { page, close } = await open({ theme, width: 1280, messages: messagesFor(reports.variance) });
    await page.click('.chips .chip:text-is("fp16")');
    await settle(page);
    await page.screenshot({ path: join(screenshots, `theme-${theme}.png`), fullPage: true });
    await close();
  }
});

test('layout: less motion where it is asked for', async ({ open, reports }) => {
  const { page } = await open({ reducedMotion: true, messages: messagesFor(reports.root) });
  const moving = await page.evaluate(() => [...document.querySelectorAll('.panel *')].filter(e => getComputedStyle(e).transitionDuration.split(',').some(d => parseFloat(d) > 0) || parseFloat(getComputedStyle(e).animationDuration) > 0).length);
  assert.equal(moving, 0);
});

/** What a person would call broken: the page scrolls sideways, a text is cut, a label of a drawing leaves it or lies on another label. */
async function breakage(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const widest = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.table-scroll, .flow-scroll, .hidden')).slice(0, 3).map(e => e.className || e.tagName);
      found.push(`the page is ${root.scrollWidth} px wide: ${widest.join(', ')}`);
    }
    for (const element of document.querySelectorAll('#root *')) {
      const style = getComputedStyle(element);
      if (element.closest('svg') || element.classList.contains('hidden') || style.overflowX === 'visible' || style.overflowX === 'auto' || style.overflowX === 'scroll') continue;
      if (element.tagName === 'SELECT' || element.tagName === 'TEXTAREA') continue;
      if (element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${element.className || element.tagName} "${element.textContent.slice(0, 30)}"`);
    }
    for (const svg of document.querySelectorAll('svg.plot, svg.flow-graph')) {
      const frame = svg.getBoundingClientRect();
      const labels = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() && getComputedStyle(t).visibility !== 'hidden').map(t => ({ text: t.textContent, box: t.getBoundingClientRect() })).filter(l => l.box.width > 0);
      for (const { text, box } of labels) if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2) found.push(`"${text}" leaves its drawing`);
      for (let i = 0; i < labels.length; i++) for (let j = i + 1; j < labels.length; j++) {
        const a = labels[i].box, b = labels[j].box;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > Math.min(a.height, b.height) * 0.4) found.push(`"${labels[i].text}" lies on "${labels[j].text}"`);
      }
    }
    return found.slice(0, 10);
  });
}
