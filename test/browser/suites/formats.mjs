import assert from 'node:assert/strict';
import { settle } from '../harness.mjs';
import { test } from '../runner.mjs';

const number = (value, format) => [{ type: 'number', value, format }];
const big = page => page.innerText('.big-number');
const bits = async page => (await page.locator('.bit').allInnerTexts()).join('');
const type = async (page, text) => { await page.locator('.entry vscode-text-field input').fill(text); await settle(page); };

test('number format: a value, its bits, words and formula', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('0.1', 'fp16') });
  assert.equal(await bits(page), '0010111001100110');
  assert.match(await page.innerText('.formula'), /\(−1\)⁰ · 2⁻⁴ · \(1 \+ 614\/1024\) = 0\.0999755859375/);
  assert.match(await page.innerText('.texts'), /0\.0999755859375/);
  assert.match(await page.innerText('.texts'), /0x1\.998p-4/);
  assert.match(await page.innerText('.texts'), /0x2e66/);
  assert.match(await page.innerText('.big'), /0\.4 ulp below the value, 0\.0244 %/);
});

test('number format: one bit turned moves everything at once', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('1', 'fp16') });
  await page.click('[data-bit="9"]');
  await settle(page);
  assert.equal(await big(page), '1.5');
  assert.equal(await page.locator('.entry vscode-text-field input').inputValue(), '1.5');
  assert.match(await page.innerText('.comparison-table tr.shown'), /1\.5/);
  await page.click('[data-bit="15"]');
  await settle(page);
  assert.equal(await big(page), '-1.5');
});

test('number format: bits by keyboard, with one stop of the tab key', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('1', 'fp32') });
  assert.equal(await page.locator('.bit[tabindex="0"]').count(), 1);
  await page.focus('[data-bit="31"]');
  for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.bit), '22');
  await page.keyboard.press('Space');
  await settle(page);
  assert.equal(await big(page), '1.5');
});

test('number format: NaN payloads, infinities, subnormals and −0 keep their bits', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('0b0111110000000011', 'fp16') });
  assert.equal(await bits(page), '0111110000000011');
  assert.equal(await big(page), 'NaN');
  for (const [text, value, pattern] of [['-inf', '-∞', '1111110000000000'], ['0x0001', '5.96046448e-8', '0000000000000001'], ['-0', '-0', '1000000000000000']]) {
    await type(page, text);
    assert.deepEqual([await big(page), await bits(page)], [value, pattern]);
  }
});

test('number format: decimals, hexadecimal floats, fractions and bits; a problem in one sentence', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('1', 'fp32') });
  for (const [text, expected, read] of [['0x1.8p-3', '0.1875', 'hexadecimal'], ['1/3', '0.333333343', 'fraction'], ['0b00111111100000000000000000000000', '1', 'bits'], ['16777217', '16777216', 'decimal'], ['1e-50', '0', 'decimal']]) {
    await type(page, text);
    assert.equal(await big(page), expected, text);
    assert.match(await page.innerText('.hint[role=status]'), new RegExp(read));
  }
  await type(page, 'one third');
  assert.match(await page.innerText('.problem'), /is not a value/);
  assert.equal(await page.locator('.big-number').count(), 0);
});

test('number format: rounding and overflow switches', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('1e6', 'fp16') });
  assert.equal(await big(page), '∞');
  await page.selectOption('label:has-text("overflow") select', 'saturate');
  assert.equal(await big(page), '65504');
  await page.selectOption('label:has-text("overflow") select', 'ieee');
  await page.selectOption('label:has-text("rounding") select', 'toward-zero');
  assert.equal(await big(page), '65504');
  await type(page, '0.1');
  await page.selectOption('label:has-text("rounding") select', 'up');
  assert.equal(await big(page), '0.100036621');
  await page.selectOption('label:has-text("format") select', 'int8');
  await page.selectOption('label:has-text("overflow") select', 'wrap');
  await page.selectOption('label:has-text("rounding") select', 'nearest-even');
  await type(page, '130');
  assert.equal(await big(page), '-126');
});

test('number format: formats side by side, added by name and removed', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('1000', 'fp8-e4m3fn') });
  const row = id => page.locator(`.comparison-table tr:has(.format-name:text-is("${id}"))`);
  assert.match(await row('fp8-e4m3fn').innerText(), /overflow/);
  assert.match(await row('fp16').innerText(), /exact/);
  await page.locator('.comparison vscode-text-field input').fill('float(5,7)');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.equal(await row('float(5,7)').count(), 1);
  await page.locator('.comparison vscode-text-field input').fill('float(0,70)');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.match(await page.innerText('.comparison .problem'), /float\(0,70\) cannot be represented/);
  await page.click('[aria-label="Remove fp16"]');
  assert.equal(await row('fp16').count(), 0);
  await row('bf16').click();
  assert.equal(await page.inputValue('label:has-text("format") select'), 'bf16');
});

test('number format: neighbours on the line, with the value between them', async ({ open }) => {
  const { page } = await open({ kind: 'formats', messages: number('1/3', 'fp64') });
  const marks = await page.locator('.line-mark').evaluateAll(nodes => nodes.map(n => Number(n.querySelector('line').getAttribute('x1'))));
  assert.equal(marks.length, 2);
  assert.ok(Math.abs(marks[0] - marks[1]) > 4, 'the value between two doubles is drawn beside the stored one');
  await page.click('#number-line vscode-button');
  assert.ok(await page.locator('#number-line .twin tbody tr').count() >= 7);
});

test('number format: the state survives a reload', async ({ open }) => {
  const first = await open({ kind: 'formats', messages: number('0.7', 'bf16') });
  await first.page.selectOption('label:has-text("rounding") select', 'down');
  await settle(first.page);
  const state = await first.page.evaluate(() => window.stored);
  const second = await open({ kind: 'formats', state });
  assert.equal(await second.page.locator('.entry vscode-text-field input').inputValue(), '0.7');
  assert.equal(await second.page.inputValue('label:has-text("format") select'), 'bf16');
  assert.equal(await second.page.inputValue('label:has-text("rounding") select'), 'down');
});
