import { describe, expect, it } from 'vitest';
import { analyzeRanges } from '../../../src/analysis/ranges';
import { textOf } from '../../../src/program';
import { lowerText } from '../../../src/typescript';

/**
 * The fact of the marked expression, printed: `‹…›` marks it in the source. `[lo, hi]`, then `int`, `NaN`, `−0`, `≠0` (straddles zero without reaching it) and `?` (no
 * evidence).
 */
function rangeOf(source: string): string {
  const start = source.indexOf('‹');
  const end = source.indexOf('›') - 1;
  const text = source.replace(/[‹›]/g, '');
  const program = lowerText('test.ts', text, { types: false });
  const facts = analyzeRanges(program, { onDefect: error => { throw error; } });
  const found = program.expressions.filter(e => e.start === start && e.end === end && e.kind !== 'number');
  const fact = found.map(e => facts.numbers[e.id]).find(f => f);
  if (!fact) return found.some(e => facts.reachable[e.id]) ? 'no number' : found.length > 0 ? 'unreachable' : `no expression ${textOf(program, { start, end })}`;
  const flags = [fact.integer && 'int', fact.maybeNaN && 'NaN', fact.maybeNegativeZero && '−0', fact.nonZero && fact.lo < 0 && fact.hi > 0 && '≠0', !fact.evidence && '?'].filter(Boolean);
  return [`[${fact.lo}, ${fact.hi}]`, ...flags].join(' ');
}

const inFunction = (body: string, parameters = 'x: number, y: number, xs: number[], bytes: Uint8Array, n: number'): string => `export function f(${parameters}) {\n${body}\n}`;

const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'straight-line code': [
    ['const a = 0.1;\nexport const b = ‹a + 0.2›;', '[0.30000000000000004, 0.30000000000000004]'],
    [inFunction('return ‹x›;'), '[-Infinity, Infinity] NaN −0 ?'],
    [inFunction('return ‹x | 0›;'), '[-2147483648, 2147483647] int'],
    [inFunction('return ‹x >>> 0›;'), '[0, 4294967295] int'],
    [inFunction('return ‹x & 255›;'), '[0, 255] int'],
    [inFunction('return ‹Math.sin(x)›;'), '[-1, 1] NaN −0'],
    [inFunction('return ‹Math.abs(Math.sin(x)) + 1›;'), '[1, 2] NaN'],
    [inFunction('return ‹x * x›;'), '[0, Infinity] NaN ?'],
    [inFunction('return ‹Math.exp(-x * x)›;'), '[0, 1] NaN'],
    [inFunction('return ‹Math.atan2(-0, -2)›;'), '[-3.141592653589793, 3.141592653589793] −0'],
    [inFunction('return ‹Math.atan2(bytes[0] * -0, bytes[1] * -0)›;'), '[-3.141592653589793, 3.141592653589793] NaN −0'],
    [inFunction('return ‹Math.min(1, Math.max(0, x))›;'), '[0, 1] NaN −0'],
    [inFunction('return ‹Math.random() * 6›;'), '[0, 5.999999999999999]'],
    [inFunction('return ‹Math.floor(Math.random() * 6)›;'), '[0, 5] int'],
    [inFunction('return ‹xs.length›;'), '[0, 4294967295] int ?'],
    [inFunction("return ‹'abc'.length›;"), '[3, 3] int'],
    [inFunction('return ‹x % 7›;'), '[-7, 7] NaN −0'],
    [inFunction('return ‹(x | 0) % 7›;'), '[-6, 6] int −0'],
    [inFunction('return ‹7 / (bytes[0] + 1)›;'), '[0.02734375, 7] NaN'],
    [inFunction('return ‹2 ** 10›;'), '[1024, 1024] int'],
    [inFunction('return x === Infinity ? 0 : ‹(x | 0) - (x | 0)›;'), '[0, 0] int'],
  ],
  guards: [
    [inFunction('if (x > 0) return ‹x›;'), '[5e-324, Infinity] ?'],
    [inFunction('if (x <= 0) return 0; return ‹x›;'), '[5e-324, Infinity] NaN ?'],
    [inFunction('if (!(x > 0)) return 0; return ‹x›;'), '[5e-324, Infinity] ?'],
    [inFunction('if (x > 0 && x < 10) return ‹x›;'), '[5e-324, 9.999999999999998]'],
    [inFunction('if (x < 0 || x > 1) return 0; return ‹x›;'), '[0, 1] NaN −0'],
    [inFunction('if (Number.isInteger(x) && x >= 0 && x < 10) return ‹x›;'), '[0, 9] int −0'],
    [inFunction('if (!Number.isFinite(x)) return 0; return ‹x›;'), '[-1.7976931348623157e+308, 1.7976931348623157e+308] −0 ?'],
    [inFunction('if (x !== x) return 0; return ‹x›;'), '[-Infinity, Infinity] −0 ?'],
    [inFunction('if (Number.isNaN(x)) return 0; return ‹x›;'), '[-Infinity, Infinity] −0 ?'],
    [inFunction('if (x === 0) return 0; return ‹x›;'), '[-Infinity, Infinity] NaN ≠0 ?'],
    [inFunction('return 1 / ‹(x || 1)›;').replace('‹(x || 1)›', '(‹x || 1›)'), '[-Infinity, Infinity] ≠0 ?'],
    [inFunction('if (!x) return 0; return ‹x›;'), '[-Infinity, Infinity] ≠0 ?'],
    [inFunction('if (xs.length === 0) return 0; return ‹xs.length›;'), '[1, 4294967295] int ?'],
    [inFunction('const k = xs.length; if (k === 0) return 0; return ‹xs.length›;'), '[1, 4294967295] int ?'],
    [inFunction('if (!xs.length) return 0; const k = xs.length; return ‹k›;'), '[1, 4294967295] int ?'],
    [inFunction('if (x === y) return 0; return ‹x - y›;'), '[-Infinity, Infinity] NaN ≠0 ?'],
    [inFunction('if (x < y) return ‹y - x›;'), '[5e-324, Infinity] ?'],
    [inFunction('if (Math.abs(x) < 3) return ‹x›;'), '[-2.9999999999999996, 2.9999999999999996] −0'],
    [inFunction('const d = x - y; if (d === 0) return 0; return ‹d›;'), '[-Infinity, Infinity] NaN ≠0 ?'],
    [inFunction('if (x - y === 0) return 0; return 1 / (‹x - y›);'), '[-Infinity, Infinity] NaN ≠0 ?'],
    [inFunction('if (p.x > 0 && p.x < 1) { return ‹p.x›; }', 'p: { x: number }'), '[5e-324, 0.9999999999999999]'],
    [inFunction('if (p.x > 0) { p.x = -1; return ‹p.x›; }', 'p: { x: number }'), '[-1, -1] int'],
    [inFunction('if (x == null) return 0; return ‹x›;', 'x?: number'), '[-Infinity, Infinity] NaN −0 ?'],
    [inFunction('return ‹x ?? 3›;', 'x?: 1 | 2'), '[1, 3] int'],
    [inFunction("switch (x) { case 1: return 0; default: return ‹x›; }", 'x: 1 | 2 | 3'), '[2, 3] int'],
    [inFunction("if (typeof x === 'number') return ‹x›;", 'x: string | 5'), '[5, 5] int'],
  ],
  'what is easily overlooked': [
    [inFunction('let i = 0; const o = n > 3 ? { f: (v: number) => v } : undefined; o?.f(i++); return ‹i›;'), '[0, 1] int'],
    [inFunction('const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) fs.push(() => ‹i›); return fs[0]();'), '[0, 3] int'],
    [inFunction('const buffer = new Float64Array(n); return ‹buffer.length›;', 'n: 2.5'), '[2, 2] int'],
    [inFunction('const c = { n: 1, bump() { this.n += 1; } }; c.bump(); return ‹c.n›;'), '[-Infinity, Infinity] NaN −0 ?'],
    [inFunction('const path: number[] = []; const walk = (d: number): number => { if (d > 3) return ‹path.length›; path.push(d); return walk(d + 1); }; return walk(0);'), '[0, 4294967295] int ?'],
    ['export function f(...xs: number[]) { return ‹xs.length›; }', '[0, 4294967295] int ?'],
    [inFunction('for (let i = 0; i < xs.length; i += n) { const end = Math.min(i + n, xs.length); for (let k = i; k < end; k++) y += ‹k›; } return y;', 'xs: number[], y: number, n: 1 | 4'), '[0, 4294967294] int ?'],
  ],
  loops: [
    [inFunction('for (let i = 0; i < 100; i++) { y = ‹i›; }'), '[0, 99] int'],
    [inFunction('let i = 0; for (; i < 100; i++) { } return ‹i›;'), '[100, 100] int'],
    [inFunction('let s = 0; for (let i = 0; i < 100; i++) s += i; return ‹s›;'), '[0, 9900] int'],
    [inFunction('let s = 0; for (let i = 0; i < 4; i++) s += i; return ‹s›;'), '[6, 6] int'],
    [inFunction('let p = 1; for (let i = 2; i <= 10; i++) p *= i; return ‹p›;'), '[3628800, 3628800] int'],
    [inFunction('for (let i = 0; i < xs.length; i++) { y = ‹i›; }'), '[0, 4294967294] int ?'],
    [inFunction('for (let i = xs.length - 1; i >= 0; i--) { y = ‹i›; }'), '[0, 4294967294] int ?'],
    [inFunction('let h = 1; while (h > 1e-6) h /= 2; return ‹h›;'), '[5.000000000000001e-7, 0.000001]'],
    [inFunction('let s = 0; for (let i = 0; i < bytes.length; i++) { s += ‹bytes[i]›; }'), '[0, 255] int'],
    [inFunction('let m = -Infinity; for (const b of bytes) { if (b > m) m = b; } return ‹m›;'), '[-Infinity, 255] int'],
    [inFunction('const z = 0 * -y; switch (z) { case 0: return ‹z›; } return 1;', 'y: 1 | 2'), '[0, 0] int −0'],
    [inFunction('if (2 ** 31 / 1e-300) return ‹n + 1›; return 0;', 'n: 1 | 2'), '[2, 3] int'],
    [inFunction('if (!(n * 1e308 === Infinity)) return 0; return ‹n›;', 'n: 1 | 5 | 7'), '[2, 7] int'],
    [inFunction('let i = 0; const v = -i++ && 2; return ‹v›;'), '[0, 0] int −0'],
    [inFunction('let i = 0; if (-(i++) < 0) return 1; return ‹i›;'), '[1, 1] int'],
    [inFunction('let k = 0; while (true) { k++; if (k >= 5) break; } return ‹k›;'), '[5, 5] int'],
    [inFunction('let lo = 0, hi = 1000; while (lo < hi) { const mid = (lo + hi) >> 1; if (xs[mid] < x) lo = mid + 1; else hi = mid; } return ‹lo›;'), '[0, 1000] int'],
    [inFunction('outer: for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) { if (j > i) continue outer; y = ‹i - j›; }'), '[0, 8] int'],
    [inFunction('let s = 0; for (let i = 0; i < 20; i++) for (let j = 0; j < 30; j++) s += 0.5; return ‹s›;'), '[0, 300]'],
    [inFunction('let t = 0; try { t = 1; g(); t = 2; } catch { return ‹t›; }') + '\ndeclare function g(): void;', '[0, 2] int'],
  ],
  'arrays and objects': [
    [inFunction('const a = [1, 2, 3]; return ‹a[1]›;'), '[2, 2] int'],
    [inFunction('const a = [1, 2, 3]; let s = 0; for (const v of a) s += v; return ‹s›;'), '[6, 6] int'],
    [inFunction('const a = new Array(100).fill(0); a[3] = 7; return ‹a[4]›;'), '[0, 7] int'],
    [inFunction('const a = []; for (let i = 0; i < 100; i++) a.push(i); return ‹a.length›;'), '[0, 100] int'],
    [inFunction('const a = Array.from({ length: 200 }, (_, i) => i * 2); return ‹a[0]›;'), '[0, 398] int'],
    [inFunction('const a = new Float64Array(4); a[0] = 5; return ‹a[0] + a[1]›;'), '[5, 5] int'],
    [inFunction('const a = new Uint8Array(256); a[n] = 300; return ‹a[3]›;'), '[0, 255] int'],
    [inFunction('return ‹xs.map(v => Math.abs(v)).length›;'), '[0, 4294967295] int ?'],
    [inFunction('return ‹[1, 2, 3].reduce((a, b) => a + b, 0)›;'), '[6, 6] int'],
    [inFunction('const o = { a: 1, b: { c: 2 } }; o.b.c += 3; return ‹o.b.c›;'), '[5, 5] int'],
    [inFunction('const o = { a: 1 }; g(o); return ‹o.a›;') + '\ndeclare function g(o: object): void;', '[-Infinity, Infinity] NaN −0 ?'],
    [inFunction('let c = 0; [1, 2].forEach(v => { c += v; }); return ‹c›;'), '[3, 3] int'],
    ['const TABLE = [1, 2, 4];\nexport function f(i: number) { return ‹TABLE[i]›; }', '[1, 4] int'],
    ['const TABLE = [1, 2, 4];\nexport function g() { TABLE[0] = 9; }\nexport function f(i: number) { return ‹TABLE[i]›; }', '[-Infinity, Infinity] NaN −0 ?'],
    [inFunction('const [a, b] = [1, 2]; return ‹a + b›;'), '[3, 3] int'],
    [inFunction('const { a = 4 } = o; return ‹a›;', 'o: { a?: 1 | 2 }'), '[1, 4] int'],
  ],
  calls: [
    ['let hook: unknown;\nfunction set(q: number) { hook = (k: Uint8Array) => ‹k[0] + q›; }\nexport function f() { set(1); set(1000); return hook; }', '[1, 1255] int NaN'],
    ['function set(q: number, on: (g: unknown) => void) { on((k: Uint8Array) => ‹k[0] + q›); }\nexport function f(on: (g: unknown) => void) { set(1, on); set(1000, on); }', '[1, 1255] int NaN'],
    ['function set(q: number, on: (g: unknown) => void) { on((k: Uint8Array) => ‹k[0] + q›); }\nexport function f(on: (g: unknown) => void) { set(1, on); set(2, on); set(3, on); set(4, on); set(5, on); set(6, on); }', '[1, 261] int NaN'],
    ['function set(q: number, on: (g: unknown) => void) { on((k: Uint8Array) => ‹k[0] + q›); }\nexport function f(on: (g: unknown) => void) { for (let i = 0; i < 9; i++) set(i, on); }', '[0, 263] int NaN'],
    ['function g(k: number) { return ‹k› * 2; }\nexport function f() { return g(1) + g(5); }', '[1, 5] int'],
    ['function g(k: number) { return k * 2; }\nexport function f() { return ‹g(1) + g(5)›; }', '[12, 12] int'],
    ['const clamp = (v: number, lo: number, hi: number) => v < lo ? lo : v > hi ? hi : v;\nexport const f = (x: number) => ‹clamp(x, 0, 1)›;', '[0, 1] NaN −0'],
    ['function fact(n: number): number { return n <= 1 ? 1 : n * fact(n - 1); }\nexport const f = () => ‹fact(5)›;', '[1, Infinity] int ?'],
    ['let count = 0;\nexport function next() { count++; return ‹count›; }', '[-Infinity, Infinity] NaN ?'],
    ['export function f(k = 3) { return ‹k›; }', '[-Infinity, Infinity] NaN −0 ?'],
    ['export function f() { let c = 1; const add = () => { c += 1; }; add(); add(); return ‹c›; }', '[3, 3] int'],
    ['export function f(run: (g: () => void) => void) { let c = 1; run(() => { c += 1; }); return ‹c›; }', '[-Infinity, Infinity] NaN −0 ?'],
    ['/** @range x [0, 8] */\nexport function f(x: number) { return ‹Math.sqrt(x)›; }', '[0, 2.8284271247461903] −0'],
    ['/** @range xs [-1, 1] */\nexport function f(xs: number[]) { let s = 0; for (const v of xs) { s += ‹v›; } return s; }', '[-1, 1] −0'],
    ['export function f(l: 1 | 8) { return ‹l›; }', '[1, 8] int'],
  ],
};

for (const [group, list] of Object.entries(cases)) {
  describe(`ranges: ${group}`, () => {
    for (const [source, expected] of list) it(`${source.replace(/\s+/g, ' ').slice(0, 110)} ⇒ ${expected}`, () => { expect(rangeOf(source)).toBe(expected); });
  });
}

describe('trip counts', () => {
  const tripsOf = (loop: string): unknown => {
    const text = inFunction(loop);
    const program = lowerText('test.ts', text, { types: false });
    return Object.values(analyzeRanges(program).trips)[0];
  };
  it.each([
    ['for (let i = 0; i < 10; i++) g();', { lo: 10, hi: 10 }],
    ['for (let i = 0; i <= 100; i += 7) g();', { lo: 15, hi: 15 }],
    ['for (let i = 50; i > 0; i--) g();', { lo: 50, hi: 50 }],
    ['for (let i = 0; i < xs.length; i++) g();', { lo: 0, hi: 4294967295 }],
    ['for (let i = 0; i < 100; i++) { if (xs[i] > 3) break; }', { lo: 0, hi: 100 }],
    ['let k = 64; while (k > 1) { k /= 2; g(); }', { lo: 0, hi: 6 }],
    ['for (const v of [1, 2, 3]) g(v);', { lo: 3, hi: 3 }],
  ])('%s', (loop, expected) => { expect(tripsOf(loop)).toEqual(expected); });
});

describe('hard input', () => {
  it('a generated file of 5,000 lines is analysed within the budget, and what was not reached has the facts of its type', () => {
    const functions = Array.from({ length: 250 }, (_, i) => `export function f${i}(x: number, ys: number[]) {\n  let s = ${i};\n  for (let i = 0; i < ys.length; i++) {\n    for (let j = 0; j < i; j++) {\n      if (ys[j] > x) s += ys[j] * ${i};\n      else s -= x;\n    }\n  }\n${'  s += Math.sqrt(Math.abs(x)) / 3;\n'.repeat(10)}  return s;\n}`);
    const program = lowerText('big.ts', functions.join('\n'), { types: false });
    const facts = analyzeRanges(program, { steps: 100_000 });
    expect(program.expressions.filter(e => e.kind === 'operation' && !facts.reachable[e.id])).toEqual([]);
  });
  it('stops when it is told to', () => {
    const program = lowerText('a.ts', inFunction('return x + 1;'));
    const facts = analyzeRanges(program, { signal: { aborted: true } });
    const sum = program.expressions.find(e => e.kind === 'operation')!;
    expect(facts.numbers[sum.id]).toMatchObject({ lo: -Infinity, hi: Infinity, maybeNaN: true, evidence: false });
  });
  it('survives syntax errors and odd code', () => {
    for (const text of ['', 'for (', 'let [a, {b}] = c', 'x = y = z', 'while (1) {', 'class A { #p = 1; get q() { return this.#p++ } }', 'label: label2: for (;;) break label', 'function f() { return f() }', 'const f = () => f; f()()()']) {
      expect(() => analyzeRanges(lowerText('odd.ts', text))).not.toThrow();
    }
  });
});
