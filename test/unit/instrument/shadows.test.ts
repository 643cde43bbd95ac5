import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { runAsync } from '../simulation/context';

/**
 * The shadow of a value survives the language: under a very narrow format the reference of the result is what plain execution gives, whatever road the values take. No example branches on a
 * rounded value.
 */
const roads: Readonly<Record<string, string>> = {
  'closures': 'const make = (k: number) => { let n = k / 3; return { add: (d: number) => { n += d; return n; } }; }; const c = make(x); c.add(0.1); return c.add(0.2);',
  'private fields and methods': 'class A { #v = x / 3; #twice() { return this.#v * 2; } get double() { return this.#twice(); } set double(n: number) { this.#v = n / 2; } } const a = new A(); a.double = a.double + 0.1; return a.double;',
  'static fields, blocks and methods': 'class A { static v = x / 3; static w: number; static { this.w = A.v * 3.3; } static sum(y: number) { return this.v + this.w + y; } } return A.sum(0.7);',
  'static private': 'class A { static #k = x / 7; static get() { return A.#k * 3; } } return A.get();',
  'accessors on prototypes': 'class P { _r = x / 3; get area() { return this._r * this._r; } set r(v: number) { this._r = v * 1.1; } } class Q extends P { get area() { return super.area * 2; } } const q = new Q(); q.r = x / 9; return q.area;',
  'inheritance and super calls': 'class A { constructor(protected v: number) {} m(k: number) { return this.v * k; } } class B extends A { constructor(v: number) { super(v / 3); } m(k: number) { return super.m(k) + this.v; } } return new B(x).m(0.3);',
  'object accessors': 'const o = { _v: x / 3, get v() { return this._v * 3.1; }, set v(y) { this._v = y / 7; } }; o.v = o.v; return o.v;',
  'defineProperty': 'const o: any = {}; Object.defineProperty(o, "v", { value: x / 3, writable: true }); return o.v * 1;',
  'getter by defineProperty': 'const o: any = {}; const t = x / 3; Object.defineProperty(o, "v", { get() { return t * 2; } }); return o.v;',
  'generators': 'function* g() { let v = x / 3; while (true) { const d: number = yield v; v = v * 0.3 + (d ?? 0); } } const i = g(); i.next(); i.next(x / 7); return i.next(x / 9).value!;',
  'yield* and its value': 'function* a(): Generator<number, number> { yield x / 3; return x / 7; } function* b() { const r: number = yield* a(); yield r * 2; } let s = 0; for (const v of b()) s += v; return s;',
  'a generator\'s return value': 'function* g(): Generator<number, number> { yield 1; return x / 3; } const i = g(); i.next(); return i.next().value * 2;',
  'iterables of one\'s own': 'const it = { *[Symbol.iterator]() { yield x / 3; yield x / 7; } }; let s = 0; for (const v of it) s += v; const [p, q] = it; return s + p * q + Math.max(...it) + [...it][1];',
  'iterators by hand': 'class R { constructor(private n: number) {} [Symbol.iterator]() { let i = 0; const n = this.n; return { next: () => i < 3 ? { value: ++i * n, done: false } : { value: undefined, done: true } }; } } let s = 0; for (const v of new R(x / 3)) s += v as number; return s;',
  'destructuring with defaults': 'const { a = x / 3, b: { c = x / 7 } = {} as { c?: number }, ...rest } = { d: x / 9, e: x / 11 } as { a?: number; b?: { c?: number }; d: number; e: number }; const [p = x / 13, , q = 2, ...r] = [undefined, 1, x / 17, x / 19, x / 21] as number[]; return a + c + rest.d * rest.e + p + q + r[0] * r[1];',
  'destructuring assignment and swap': 'let a = x / 3, b = x / 7; [a, b] = [b, a]; const o = { v: 0, w: [0] }; ({ a: o.v, b: o.w[0] = 5 } = { a: a * 2, b: b * 3 }); return o.v - o.w[0] * a;',
  'destructured parameters': 'const f = ({ a, b: [c, d = 0.3] }: { a: number; b: number[] }, [e]: [number] = [x / 5]) => a + c * d + e; return f({ a: x / 3, b: [x / 7] });',
  'spread of calls, arrays and objects': 'const f = (...v: number[]) => v.reduce((s, t) => s + t); const o = { a: x / 3, b: x / 7 }; const p = { ...o, b: x / 9 }; return f(...[x / 3, x / 11], ...new Set([x / 13])) + p.a * p.b + [...[x / 5], 1][0];',
  'default parameters that name others': 'const f = (a: number, b = a / 3, c = a * b) => a + b + c; return f(x / 7) + f(x / 9, 0.1);',
  'arguments': 'function f(a: number, b: number) { return arguments[0] * 2 + arguments[1] + arguments.length; } return f(x / 3, x / 7);',
  'call, apply and bind': 'function f(this: { k: number }, a: number, b: number) { return this.k * a + b; } const o = { k: x / 3 }; return f.call(o, x / 7, 0.1) + f.apply(o, [x / 9, 0.2]) + f.bind(o, x / 11)(x / 13);',
  'optional chains': 'const o: { p?: { q: (v: number) => number; r: number } } = { p: { q: v => v * 3.3, r: x / 3 } }; return (o.p?.q(x / 7) ?? 0) + (o?.p?.r ?? 1) + (o.p!.q?.(x / 9) ?? 0);',
  'logical operators and assignments': 'let a: number | null = null; a ??= x / 3; let b = 0; b ||= x / 7; let c = 1; c &&= x / 9; return (a && b) + (0 || c) + (a ?? 5);',
  'exceptions': 'try { throw x / 3; } catch (e) { return (e as number) * 2; }',
  'exceptions in objects, and finally': 'let t = 0; try { throw Object.assign(new Error("no"), { v: x / 3 }); } catch (e) { t = (e as { v: number }).v * 3; } finally { t += x / 7; } return t;',
  'labels, switch and do': 'let s = 0, i = 0; out: do { for (const k of [1, 2, 3]) { switch (k) { case 2: s += x / 3; break; case 3: i++; continue out; default: s -= x / 7; } } } while (i < 3); return s;',
  'conditional and comma': 'let a = 0; const b = (a = x / 3, a * 2); return b > 100 ? 1 : (x > 0 ? b : a) + a;',
  'template strings': 'const v = x / 3; const s = `${v > 0 ? 1 : 0}`; return v * s.length;',
  'tagged templates': 'const tag = (parts: TemplateStringsArray, ...v: number[]) => v[0] * v[1] + parts.length; return tag`a${x / 3}b${x / 7}`;',
  'tagged templates of methods': 'const o = { k: x / 3, t(p: TemplateStringsArray, v: number) { return this.k + v; } }; return o.t`${x / 7}`;',
  'Map values, keys and entries': 'const m = new Map<string | number, number>([["a", x / 3], ["b", x / 7]]); m.set("c", x / 9); let s = 0; for (const [, v] of m) s += v; for (const v of m.values()) s += v; m.forEach(v => { s += v; }); return s + m.get("a")! * [...m.entries()][1][1] + Array.from(m.values())[2];',
  'Map keys': 'const m = new Map<number, string>(); m.set(x / 3, "a"); m.set(x / 7, "b"); let s = 0; for (const k of m.keys()) s += k; for (const [k] of m) s += k; m.forEach((_, k) => { s += k; }); return s;',
  'Set values': 'const m = new Set<number>([x / 3]); m.add(x / 7); let s = 0; for (const v of m) s += v; m.forEach(v => { s += v; }); for (const v of m.values()) s += v; return s + [...m][1] * Array.from(m)[0];',
  'Map of Map': 'const m = new Map([["a", new Map([["b", x / 3]])]]); return m.get("a")!.get("b")! * 2;',
  'WeakMap': 'const k = {}; const m = new WeakMap<object, number>(); m.set(k, x / 3); return m.get(k)! * 2;',
  'objects as tables': 'const t: Record<string, number> = {}; for (const k of ["a", "b"]) t[k] = (t[k] ?? 0) + x / 3; let s = 0; for (const k in t) s += t[k]; for (const [, v] of Object.entries(t)) s += v; return s + Object.values(t)[1];',
  'computed, numeric and symbol keys': 'const y = Symbol("y"); const o = { ["a" + 1]: x / 3, 7: x / 7, [y]: x / 9 }; return o.a1 + o[7] * o[y];',
  'array methods': 'const a = [x / 3, x / 7, x / 9, x / 11]; const b = a.map(v => v * 2).filter((_, i) => i !== 1).concat([x / 13]).slice(1).reverse(); b.push(x / 17); b.unshift(x / 19); const c = b.splice(1, 2, x / 21); return b.reduce((s, v) => s + v, 0) + c[0] * c[1] + (b.pop() ?? 0) + (b.shift() ?? 0) + (a.at(-1) ?? 0) + [[x / 3], [x / 7]].flat()[1] + [1].flatMap(() => [x / 5])[0] + a.find((_, i) => i === 2)! + new Array(2).fill(x / 23)[1] + a.with(0, x / 25)[0] + a.toReversed()[0] + (a.findLast((_, i) => i === 0) ?? 0);',
  'sort with comparators': 'const a = [x / 3, x / 7, x / 2]; a.sort((p, q) => p - q); const o = [{ v: x / 3 }, { v: x / 9 }].sort((p, q) => p.v - q.v); return a[0] * 100 + a[2] + o[0].v + a.toSorted((p, q) => q - p)[1];',
  'copyWithin and lastIndexOf': 'const a = [x / 3, x / 7, x / 9]; a.copyWithin(0, 1); return a[0] * 10 + a[1];',
  'Array.from, of, entries and keys': 'let s = 0; for (const [i, v] of [x / 3, x / 7].entries()) s += i * v; return s + Array.from({ length: 3 }, (_, i) => i * x / 3)[2] + Array.of(x / 9, 1)[0] + Array.from([x / 7], v => v * 2)[0];',
  'holes and length': 'const a: number[] = []; a[3] = x / 3; a.length = 5; a[4] = x / 7; return a[3] * a.length + a[4];',
  'nested arrays': 'const m = [[x / 3, x / 7], [x / 9, x / 11]]; const t = m[0].map((_, j) => m.map(r => r[j])); return t[0][1] * 2 + t[1][0];',
  'Float64Array methods': 'const a = Float64Array.of(x / 3, x / 7, x / 9); const b = new Float64Array(4); b.set(a, 1); b.subarray(1, 3)[0] *= 2; return b[1] + b.slice(2)[0] + a.map(v => v * 3)[1] + new Float64Array([x / 11])[0] + new Float64Array(a)[2] + a.reduce((s, v) => s + v, 0) + Float64Array.from([x / 13])[0] + [...a][0] + a.toReversed()[0];',
  'views of one buffer': 'const b = new ArrayBuffer(32); const u = new Float64Array(b), v = new Float64Array(b, 8, 2); u[1] = x / 3; u[2] = x / 7; v[1] *= 2; return v[0] + u[2];',
  'DataView': 'const d = new DataView(new ArrayBuffer(32)); d.setFloat64(8, x / 3); d.setFloat64(16, x / 7, true); return d.getFloat64(8) * 2 + d.getFloat64(16, true);',
  'a DataView over an array': 'const a = new Float64Array(2); const d = new DataView(a.buffer); d.setFloat64(8, x / 3, true); return a[1] * 2;',
  'async functions': 'const g = async (v: number) => v / 3; const h = async () => { const a = await g(x); const b = await Promise.resolve(x / 7); return a * 2 + b; }; return h();',
  'Promise.then and all': 'return Promise.resolve(x / 3).then(v => v * 2).then(v => Promise.all([v, Promise.resolve(x / 7)])).then(([a, b]) => a + b);',
  'promises of one\'s own': 'return new Promise<number>(done => { done(x / 3); }).then(v => v * 2).finally(() => undefined);',
  'rejections': 'return (async () => { try { await Promise.reject(x / 3); return 0; } catch (e) { return (e as number) * 2; } })();',
  'async generators': 'async function* g() { yield x / 3; yield x / 7; } return (async () => { let s = 0; for await (const v of g()) s += v; return s; })();',
  'for await of promises': 'return (async () => { let s = 0; for await (const v of [Promise.resolve(x / 3), x / 7]) s += v; return s; })();',
  'recursion': 'const f = (n: number, a: number): number => n === 0 ? a : f(n - 1, a / 3 + 0.1); return f(5, x);',
  'mutual recursion': 'const even = (n: number, a: number): number => n <= 0 ? a : odd(n - 1, a / 3); const odd = (n: number, a: number): number => n <= 0 ? -a : even(n - 1, a * 1.1); return even(5, x);',
  'higher-order functions': 'const compose = (...f: ((v: number) => number)[]) => (v: number) => f.reduce((a, g) => g(a), v); return compose(v => v / 3, Math.sqrt, v => v * 1.1)(x);',
  'currying': 'const add = (a: number) => (b: number) => (c: number) => a / 3 + b / 7 + c; return add(x)(x)(0.1);',
  'Math functions as values': 'return [x / 3, x / 7].map(Math.sqrt)[1] + [x / 3, x / 7].reduce((a, b) => Math.max(a, b)) + Math.min.apply(null, [x / 3, x / 9]);',
  'enums and namespaces': 'return N.k * x + (E.B as number) / 3;',
  'JSON leaves values': 'const o = JSON.parse(JSON.stringify({ v: 2 })) as { v: number }; return o.v / 3 * x;',
  'update expressions': 'const o = { v: x / 3 }; const a = [x / 7]; let t = x / 9; o.v++; a[0]--; return o.v + a[0] + t++ + ++t;',
  'exponent and remainder': 'let a = x / 3; a **= 2; let b = x * 7.7; b %= 2; return a + b + (x / 7) ** 3 - 5.5 % 2;',
  'unary and negative zero': 'return -(x / 3) + +(x / 7) - -x;',
  'Object.assign, fromEntries, freeze': 'const o = Object.assign({}, { a: x / 3 }, { b: x / 7 }); const p = Object.fromEntries([["c", x / 9]]); const q = Object.freeze({ d: x / 11 }); return o.a + o.b + p.c + q.d + structured(o).a; function structured<T extends object>(v: T): T { return { ...v }; }',
  'class expressions and new.target': 'const C = class { v; constructor() { this.v = new.target === C ? x / 3 : 1; } }; return new C().v * 2;',
  'instances in arrays of a class of one\'s own': 'class V extends Array<number> { sum() { let s = 0; for (const v of this) s += v; return s; } } const v = new V(); v.push(x / 3, x / 7); v[2] = x / 9; return v.sum();',
  'getter of a class in a loop': 'class A { constructor(private n: number) {} get v() { return this.n / 3; } } let s = 0; for (const a of [new A(x), new A(2)]) s += a.v; return s;',
  'Reflect': 'const o = { v: x / 3 }; return o.v * 2 + (Reflect.get(o, "v") as number) + (Reflect.apply(Math.sqrt, null, [x / 7]) as number);',
  'Symbol.toPrimitive and valueOf': 'const o = { valueOf: () => x / 3 }; return (o as unknown as number) * 2;',
  'Number and parseFloat': 'return Number(x / 3) * 2 + Number("0.5") + parseFloat("0.25") / 3;',
  'void, typeof, in, instanceof, delete': 'const o: { v?: number; w?: number } = { v: x / 3, w: 1 }; delete o.w; return typeof o.v === "number" && "v" in o && o instanceof Object && void 0 === undefined ? o.v * 2 : 0;',
  'while with assignments in conditions': 'const q = [x / 3, x / 7]; let v: number | undefined, s = 0; while ((v = q.pop()) !== undefined) s += v; return s;',
  'matching on tuples and unions': 'type S = { kind: "c"; r: number } | { kind: "q"; a: number }; const area = (s: S) => s.kind === "c" ? Math.PI * s.r ** 2 : s.a * s.a; return area({ kind: "c", r: x / 3 }) + area({ kind: "q", a: x / 7 });',
  'Object.groupBy-like loops': 'const g: Record<string, number[]> = {}; for (const [k, v] of [["a", x / 3], ["b", x / 7], ["a", x / 9]] as [string, number][]) (g[k] ||= []).push(v); return g.a[1] * g.b[0] + g.a[0];',
};

const bodies = Object.entries(roads);
const source = `namespace N { export const k = 0.3; } enum E { A, B = 3 }\n${bodies.map(([, body], i) => `export function f${i}(x: number): unknown { ${body} }`).join('\n')}`;
const plain = { exports: {} as Record<string, (x: number) => unknown> };
new Function('module', 'exports', transformSync(source, { loader: 'ts', format: 'cjs' }).code)(plain, plain.exports);

describe.each(['record', 'statistics', 'statistics-wide'] as const)('%s: the reference is what plain execution gives', mode => {
  it.each(bodies.map(([name], i) => [name, `f${i}`]))('%s', async (_, name) => {
    const expected = await plain.exports[name](1.3);
    // All fits in fp16's range; nearly nothing is exact in it.
    const outcome = await runAsync(source, name, 'fp16', [1.3], mode);
    if (mode === 'statistics-wide') expect((outcome as { reference: number }).reference).toBeCloseTo(expected as number, 12);
    else expect(outcome).toMatchObject({ status: 'ok', reference: expected });
    expect(Math.abs((outcome as { result: number }).result - (expected as number))).toBeLessThan(0.01 * Math.abs(expected as number) + 0.01);
  });
});
