/*
 * What "the layout is right" means, as three checks that a broken style sheet cannot pass:
 * `breakage`     what a person would call broken, whatever the design is (cut or overlapping text, sideways scrolling, controls out of reach);
 * `arrangement`  which landmarks are there, in which order and in which columns, as fractions of the width: the same for every font;
 * `thumbnails`   each landmark as 12 × 8 cells, each with its brightness and with how much of it is not ground, 0…15: so coarse that fonts and numbers do not matter,
 *                but a missing chart, an empty table or a colour of the wrong theme does.
 */

/** Parts of the panels that keep their place. */
const landmarks = ['.controls', '.bar', '.chips', '.drawer', '.summary', '.notice', '.state', '.compare', '.code', '.inspector', '.flow', '.flow-scroll', '.formats', '.formats-scroll', '#pareto', '.plots', '#plot-panel', '.notes',
  '.entry', '.bits', '.strip', '.words', '.number-line', '.comparison', '.conversion', '#distribution', '.orders-head', '.orders-table', '.gallery > header', '.cards', '.card:first-child'];

/** How much a thumbnail may differ: on average, in one cell, and in all cells together. */
const tolerance = { mean: 1.3, cell: 10, total: 0.45 };

/** What is broken on the page as it stands: a list of sentences, empty when nothing is. */
export function breakage(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    const scrollers = '.table-scroll, .flow-scroll, .code-scroll, textarea, select';
    const named = e => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : typeof e.className === 'string' && e.className ? `.${e.className.split(' ').join('.')}` : ''}`;
    if (root.scrollWidth > root.clientWidth) {
      const widest = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest(`${scrollers}, .hidden`)).slice(0, 3).map(named);
      found.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}: ${widest.join(', ')}`);
    }
    for (const element of document.querySelectorAll('#root *')) {
      const style = getComputedStyle(element);
      if (element.closest('svg') || element.closest('.hidden') || element.matches('select, textarea')) continue;
      const hidesX = style.overflowX === 'hidden' || style.overflowX === 'clip', hidesY = style.overflowY === 'hidden' || style.overflowY === 'clip';
      if (hidesX && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${named(element)} "${element.textContent.slice(0, 30)}"`);
      if (hidesY && element.scrollHeight > element.clientHeight + 2) found.push(`cut below: ${named(element)} "${element.textContent.slice(0, 30)}"`);
    }
    for (const control of document.querySelectorAll('#root button, #root vscode-button, #root select, #root vscode-text-field, #root vscode-checkbox, #root textarea, #root input')) {
      const box = control.getBoundingClientRect();
      if (control.closest(`.hidden, .table-scroll, .flow-scroll, details:not([open])`)) continue;
      if (box.width < 8 || box.height < 12) found.push(`${named(control)} "${control.textContent.trim()}" is ${box.width.toFixed(0)} × ${box.height.toFixed(0)} px`);
      else if (box.left < -1 || box.right > root.clientWidth + 1) found.push(`${named(control)} "${control.textContent.trim()}" is outside the window`);
    }
    for (const svg of document.querySelectorAll('svg.plot, svg.flow-graph')) {
      const frame = svg.getBoundingClientRect();
      const labels = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() && getComputedStyle(t).visibility !== 'hidden').map(t => ({ text: t.textContent, box: t.getBoundingClientRect() })).filter(l => l.box.width > 0);
      for (const { text, box } of labels) if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2) found.push(`"${text}" leaves its drawing`);
      overlaps(labels, 0.4);
    }
    for (const node of document.querySelectorAll('.flow-graph .node')) {
      const box = node.querySelector('.box').getBoundingClientRect();
      for (const text of node.querySelectorAll('text')) { const inner = text.getBoundingClientRect(); if (inner.right > box.right + 1 || inner.bottom > box.bottom + 1) found.push(`"${text.textContent}" leaves its node`); }
    }
    const texts = [];
    const walker = document.createTreeWalker(document.getElementById('root'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest('svg, .hidden, select, textarea, vscode-button, vscode-checkbox, vscode-text-field, details:not([open]) > :not(summary)')) continue;
      if (getComputedStyle(parent).visibility === 'hidden') continue;
      const clip = parent.closest(scrollers)?.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && (!clip || (box.left >= clip.left - 1 && box.right <= clip.right + 1))) texts.push({ text: node.data.trim().slice(0, 30), box });
    }
    overlaps(texts, 0.5);
    return [...new Set(found)].slice(0, 10);

    function overlaps(list, share) {
      for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) {
        const a = list[i].box, b = list[j].box;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > Math.min(a.height, b.height) * share) found.push(`"${list[i].text}" lies on "${list[j].text}"`);
      }
    }
  });
}

/** Each landmark on the page: where it begins and how wide it is, in fiftieths of the window, from top to bottom. */
export function arrangement(page) {
  return page.evaluate(selectors => {
    const width = document.documentElement.clientWidth;
    const shown = selectors.flatMap(selector => [...document.querySelectorAll(selector)].slice(0, 1).map(element => ({ selector, box: element.getBoundingClientRect() }))).filter(({ box }) => box.width > 0 && box.height > 0);
    return shown.map(({ selector, box }) => ({ selector, box, row: Math.round(box.top) })).sort((a, b) => a.row - b.row || a.box.left - b.box.left || b.box.width - a.box.width)
      .map(({ selector, box }) => `${selector} ${Math.round(50 * box.left / width)}+${Math.round(50 * box.width / width)}`);
  }, landmarks);
}

/** Each landmark of `arrangement` as 96 hexadecimal digits of brightness and 96 of ink. `helper`: a blank page of the same browser that has a canvas. */
export async function thumbnails(page, helper) {
  const boxes = await page.evaluate(selectors => selectors.flatMap(selector => {
    const element = document.querySelector(selector), box = element?.getBoundingClientRect();
    return box && box.width > 0 && box.height > 0 ? [[selector, box.left + scrollX, box.top + scrollY, box.width, box.height]] : [];
  }), landmarks);
  const picture = (await page.screenshot({ fullPage: true, scale: 'css', animations: 'disabled', caret: 'hide' })).toString('base64');
  return helper.evaluate(async ({ picture, boxes }) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const whole = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
    whole.drawImage(bitmap, 0, 0);
    const found = {};
    for (const [selector, left, top, width, height] of boxes) {
      const w = Math.max(1, Math.min(Math.floor(width), bitmap.width - Math.floor(left))), h = Math.max(1, Math.min(Math.floor(height), bitmap.height - Math.floor(top)));
      const { data } = whole.getImageData(Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top)), w, h);
      const colours = new Map();
      for (let at = 0; at < data.length; at += 4) { const colour = data[at] << 16 | data[at + 1] << 8 | data[at + 2]; colours.set(colour, (colours.get(colour) ?? 0) + 1); }
      const ground = [...colours].sort((a, b) => b[1] - a[1])[0][0];
      const sum = new Float64Array(96), ink = new Float64Array(96), n = new Float64Array(96);
      for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
        const cell = Math.floor(8 * y / h) * 12 + Math.floor(12 * x / w), at = 4 * (y * w + x);
        sum[cell] += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
        ink[cell] += Math.max(Math.abs(data[at] - (ground >> 16)), Math.abs(data[at + 1] - (ground >> 8 & 255)), Math.abs(data[at + 2] - (ground & 255))) > 40 ? 1 : 0;
        n[cell]++;
      }
      // The root spreads the small end, where faint marks and two dark themes differ.
      const digits = (values, most) => [...values].map((v, i) => Math.min(15, Math.round(15 * Math.sqrt(v / Math.max(1, n[i]) / most))).toString(16)).join('');
      found[selector] = `${digits(sum, 255)} ${digits(ink, 1)}`;
    }
    return found;
  }, { picture, boxes });
}

/** How two layouts differ, beyond the tolerance: a list of sentences. */
export function differences(expected, actual) {
  const found = [];
  const place = (list, text) => list.find(entry => entry.startsWith(`${text} `));
  for (const entry of expected.arrangement) {
    const selector = entry.slice(0, entry.lastIndexOf(' '));
    const now = place(actual.arrangement, selector);
    if (now === undefined) found.push(`${selector} is gone`);
    else {
      const [left, width] = entry.slice(selector.length + 1).split('+').map(Number), [l, w] = now.slice(selector.length + 1).split('+').map(Number);
      if (Math.abs(left - l) > 2 || Math.abs(width - w) > 4) found.push(`${selector} was at ${left}/50 and ${width}/50 wide, now ${l} and ${w}`);
    }
  }
  for (const entry of actual.arrangement) { const selector = entry.slice(0, entry.lastIndexOf(' ')); if (place(expected.arrangement, selector) === undefined) found.push(`${selector} is new`); }
  const order = list => list.map(entry => entry.slice(0, entry.lastIndexOf(' ')));
  if (found.length === 0 && order(expected.arrangement).join() !== order(actual.arrangement).join()) found.push(`the order was ${order(expected.arrangement).join(' ')}, now ${order(actual.arrangement).join(' ')}`);
  for (const [selector, thumbnail] of Object.entries(expected.thumbnails)) {
    const now = actual.thumbnails[selector];
    if (now === undefined) continue;
    const [brightness, ink] = thumbnail.split(' '), [brightnessNow, inkNow] = now.split(' ');
    for (const [what, was, is] of [['brightness', brightness, brightnessNow], ['ink', ink, inkNow]]) {
      const off = [...was].map((c, i) => Math.abs(parseInt(c, 16) - parseInt(is[i], 16)));
      const sum = text => [...text].reduce((n, c) => n + parseInt(c, 16), 0);
      const mean = off.reduce((a, b) => a + b, 0) / off.length, most = Math.max(...off), total = Math.abs(sum(is) - sum(was)) / Math.max(96, sum(was));
      if (mean > tolerance.mean || most > tolerance.cell || total > tolerance.total) found.push(`${selector} looks different in ${what}: by ${mean.toFixed(2)} of 15 on average, ${most} at most, ${(100 * total).toFixed(0)} % in all`);
    }
  }
  return found;
}
