import { describe, expect, it } from 'vitest';
import { lowerText, typeText } from '../../../src/typescript';

/** Type of the last expression that has this text, in TypeScript's words. */
function typeAt(source: string, text: string, types = true): string {
  const program = lowerText('a.ts', source, { types });
  const found = program.expressions.filter(e => program.text.slice(e.start, e.end) === text);
  if (found.length === 0) throw new Error(`no expression "${text}"`);
  return typeText(found[found.length - 1].type);
}

describe('types from syntax alone', () => {
  const cases: readonly [source: string, text: string, type: string][] = [
    ['function f(x: number, xs: readonly number[]) { return x * xs[0]; }', 'xs[0]', 'number'],
    ['function f(xs: Float32Array) { return xs[0] + xs.length; }', 'xs', 'Float32Array'],
    ['type P = { x: number; y: [number, string] }; function f(p: P) { return p.y[1]; }', 'p.y[1]', 'string'],
    ['interface P { x?: number } function f(p: P) { return p.x; }', 'p.x', 'number | undefined'],
    ['function f(a: 1 | 2 | "x") { return a; }', 'a', '1 | 2 | "x"'],
    ['function f(xs: number[]) { return xs.map(v => v * 2); }', 'xs.map(v => v * 2)', 'number[]'],
    ['function f(xs: number[]) { return xs.map(v => v * 2); }', 'v', 'number'],
    ['function f(xs: number[]) { return xs.reduce((s, v) => s + v, 0); }', 's + v', 'number'],
    ['function f(m: Map<string, number[]>) { for (const [k, v] of m) return v; }', 'v', 'number[]'],
    ['const xs = [1, 2, 3]; for (const x of xs) x;', 'x', 'number'],
    ['class V { x = 1; constructor(readonly y: number) {} len() { return this.x * this.y; } } const v = new V(2); v.y;', 'v.y', 'number'],
    ['function g() { return 1; } const r = g() + 1; r;', 'r', 'number'],
    ['enum E { A, B } function f(e: E) { return e; }', 'e', 'number'],
    ['function f(x: number, s = 1, ...r: number[]) { return r; }', 'r', 'number[]'],
    ['const f = (x?: number) => x;', 'x', 'number | undefined'],
    ['function f(x?: number) { if (x === undefined) return 0; return x * 2; }', 'x', 'number'],
    ['function f(x?: number) { if (x === undefined) return 0; return Math.sqrt(x); }', 'x', 'number'],
    ['function f(x: number | null) { return x !== null; }', 'x', 'null | number'],
    ['function f(xs?: Float64Array) { return xs![0] + (xs ? xs[1] : 0); }', 'xs[1]', 'number'],
    ['function f(x?: number) { return x ?? 1; }', 'x', 'number | undefined'],
    ['function f(n: number) { const a = new Array<number>(n); return a; }', 'a', 'number[]'],
    ['function f(xs: number[]) { const s = new Set(xs); return s; }', 's', 'Set<number>'],
    ['function f() { const m = new Map<string, number>(); return m.get("a"); }', 'm', 'Map<string, number>'],
    ['function f(n: number) { const a = new Array(1, 2); return a; }', 'a', 'number[]'],
  ];
  for (const [source, text, type] of cases) it(`${text} in ${source}`, () => expect(typeAt(source, text, false)).toBe(type));
});

describe('types that the checker knows', () => {
  const cases: readonly [source: string, text: string, type: string][] = [
    ['function f<T extends number[]>(xs: T) { return xs; }', 'xs', 'number[]'],
    ['function f(x: number | string) { if (typeof x === "string") return 1; return x; }', 'x', 'number'],
    ['function f(x: number[] | undefined) { if (!x) return 0; return x; }', 'x', 'number[]'],
    ['interface Box<T> { value: T } function f(b: Box<number>) { return b.value; }', 'b.value', 'number'],
    ['const xs = []; xs.push(1); xs;', 'xs', 'number[]'],
    ['let best = null; for (const v of [1, 2]) if (best === null || v > best) best = v; best;', 'best', 'number | null'],
    ['const o = Object.entries({ a: 1 }); for (const [k, v] of o) v;', 'v', 'number'],
    ['const r = Object.values({ a: 1, b: 2 }).reduce((a, b) => a + b); r;', 'r', 'number'],
    ['function f(...args: Parameters<(x: number) => void>) { return args[0]; }', 'args[0]', 'number'],
    ['const x = JSON.parse("1"); x;', 'x', 'unknown'],
    ['type Fn = (x: number, y: number) => number; const f: Fn = (x, y) => x; f(1, 2);', 'f(1, 2)', 'number'],
    ['const x = Math.f16round(1) + new Float16Array(2)[0]; x;', 'x', 'number'],
  ];
  for (const [source, text, type] of cases) it(`${text} in ${source}`, () => expect(typeAt(source, text).split(' | ').sort().join(' | ')).toBe(type.split(' | ').sort().join(' | ')));

  it('reads JSDoc types of JavaScript', () => {
    const program = lowerText('a.js', '/** @param {number[]} xs\n * @returns {number} */ export function f(xs) { return xs[0]; }');
    expect(program.variables.find(v => v.name === 'xs')?.type).toEqual({ kind: 'array', element: { kind: 'number' } });
  });
});

describe('who may call a function', () => {
  const source = `export { g as h }; function g() { return k() } function k() { return 1 }
    function dead() { return dead2() } function dead2() { return 2 } function ping() { return pong() } function pong(): number { return ping() }
    const cb = (x: number) => x; [1].map(cb); function taken() { return 3 } const alias = taken; let changed = () => 1; changed(); changed = () => 2;`;
  const program = lowerText('a.ts', source);
  const facts = Object.fromEntries(program.functions.slice(1).map(fn => [fn.name, [fn.exported, fn.escapes, fn.callSites.length]]));
  it('exported by name', () => expect(facts.g).toEqual([true, true, 0]));
  it('called from one place', () => expect(facts.k).toEqual([false, false, 1]));
  it('dead code has unknown callers, what it calls has known ones', () => expect([facts.dead, facts.dead2]).toEqual([[false, true, 0], [false, false, 1]]));
  it('a circle that nobody enters has one unknown caller', () => expect([facts.ping, facts.pong]).toEqual([[false, true, 1], [false, false, 1]]));
  it('used as a value', () => expect([facts.cb, facts.taken]).toEqual([[false, true, 0], [false, true, 0]]));
  it('a variable that is assigned again means no one function', () => {
    const call = program.expressions.find(e => e.kind === 'call' && program.text.slice(e.start, e.end) === 'changed()');
    expect(call).toMatchObject({ callee: { kind: 'dynamic', callee: { kind: 'variable' } } });
  });
});
