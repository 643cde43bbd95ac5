import { describe, expect, it } from 'vitest';
import { resultOf, run } from '../simulation/context';

/** Shadows on roads where the engine or other code stands between a value and its use: the reference of a run in fp32 is what the program gives in double. */
const bodies: readonly string[] = [
  'const h = () => { try { return x + 0.7; } finally { [x].push(1.5); } }; return h();',
  'const g = (p: any) => p.a + p.b; const out: number[] = []; out.push(g({ a: x, b: 0.2 }), g("q"), g([])); return out[0];',
  'const k = (v: number) => v * 7.7; const f = (a: number, b: number[]) => a + b[0]; return f(x * 3.3, [k(x)]);',
  'return [x].concat([0.5], x * 3, [x])[2];',
  'return Object.fromEntries(new Map([["a", x * 3]])).a;',
  'return new Map([["a", x * 3]]);',
  'return new Set([x * 3]);',
  'class V { constructor(readonly a: number) {} get length() { return this.a * 1.1; } valueOf() { return this.length; } } const v = new V(x); return [v.length * 3, +v + 1, -v, (v as any) * 2];',
  'const { a, b: { c } } = { a: x * 3, b: { c: x / 3 } }; return a + c;',
  'class C { v = x; go(d: number) { this.v += d; this.v *= this.v; const s = this; s.v -= d; return this.v + s.v; } } const c = new C(); c.go(0.3); return c.go(0.7);',
  'const fs = []; for (const o of [{ a: x, b: 1 }, { a: x * 2, b: 2 }]) { o.a += 0.1; o.b *= o.a; fs.push(() => o.a * o.b); o.a /= 3; } return fs.map(f => f());',
  'let i = 0; const a = [x, x * 2]; a[i] = i = 1; a[i] = x * (i = 0); return [a[0] + x, a[1] + x];',
];

const written = (v: unknown): unknown => typeof v === 'number' ? Number(v.toPrecision(12)) : Array.isArray(v) ? v.map(written) : v;

describe.each(['record', 'statistics'] as const)('shadows survive, %s', mode => {
  it.each(bodies)('%s', body => {
    const source = `export function f(x: number) { ${body} }`;
    const single = run(source, 'f', 'fp32', [0.1], mode);
    if (single.status !== 'ok') throw new Error(single.message);
    expect(written(single.reference)).toEqual(written(resultOf(run(source, 'f', 'fp64', [0.1]))));
    expect(written(single.result)).not.toEqual(written(single.reference));
  });
});
