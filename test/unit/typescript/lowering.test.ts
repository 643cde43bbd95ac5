import { describe, expect, it } from 'vitest';
import { lowerText } from '../../../src/typescript';
import { irText } from './ir-text';

/** Source → the IR's text: the module's statements, then named functions as `name: body`. */
function check(source: string, expected: string): void {
  it(source, () => {
    const program = lowerText('a.ts', source);
    const module = irText(program);
    const named = program.functions.filter(fn => fn.id !== 0 && fn.name !== '' && fn.kind !== 'arrow' && !module.includes(`λ${fn.name}(`));
    const actual = [module, ...named.map(fn => `${fn.name}: ${irText(program, fn.name)}`)].filter(text => text !== '').join('\n');
    expect(actual).toBe(expected.trim().replace(/^ {4}/gm, ''));
    expect(program.problems).toEqual([]);
  });
}

describe('numbers, operators and assignments', () => {
  check(`let a = 0.1 + 0x10; a -= 1_000 * -a`, `
    let a = (add 0.1 16)
    a sub= (sub a (mul 1000 (neg a)))
  `);
  check(`declare const x: number; x ** 2 % 3; ~x | x >>> 1; +x; !x; typeof x; x !== x; x == null`, `
    (rem (pow x 2) 3)
    (bitor (bitnot x) (ushr x 1))
    (plus x)
    (not x)
    (typeof x)
    (ne x x)
    (eq~ x null)
  `);
  check(`const xs: number[] = []; let i = 0; xs[i++] += 2; xs[i] *= 3; xs.length`, `
    let xs = []
    let i = 0
    (seq $0 = i add'= (add i 1); xs[$0] add= (add xs[$0] 2))
    xs[i] mul= (mul xs[i] 3)
    xs.length
  `);
  check(`const v = { x: 1, y: [2] }; v.x++; --v.y[0]; v?.x; v['x'] = 2`, `
    let v = {x: 1, y: [2]}
    v.x add'= (add v.x 1)
    v.y[0] sub= (sub v.y[0] 1)
    v?.x
    v.x = 2
  `);
  check("const s = 'a' + 1; let u = `n=${1 + 2}`; u += 3; declare const any: any; any + 1", `
    let s = (text "a" 1)
    let u = (text "n=" (add 1 2))
    u add= (text u 3)
    (add any 1)
  `);
  check(`const big = 1n + 2n; let z = 3n; z++; BigInt(3)`, `
    let big = ‹bigint arithmetic 1n 2n›
    let z = 3n
    z add'= ‹bigint arithmetic z›
    @BigInt(3)
  `);
  check(`declare const o: any; o?.a?.[1]?.(2); o ?? 1; o || 2; o && 3; o.x ??= 4; delete o.x; 'x' in o; o instanceof Date; (1, 2); void 0`, `
    o?.a?[1]?(2)
    (nullish o 1)
    (or o 2)
    (and o 3)
    o.x nullish= (nullish o.x 4)
    ‹delete o.x›
    ‹in "x" o›
    ‹instanceof o Date›
    (seq 1; 2)
    (seq 0; undefined)
  `);
  check(`const y = <number>3 as number; (y)!; y satisfies number`, `
    let y = 3
    y
    y
  `);
  check(`declare let ext: number; ext + 1; const { PI, E: e } = Math; PI + e`, `
    (add ext 1)
    let PI = PI=3.141592653589793
    let e = E=2.718281828459045
    (add PI e)
  `);
});

describe('patterns', () => {
  check(`let [p, , q = 3, ...rest] = [1, 2, 3, 4]; [p, q] = [q, p]`, `
    let $0 = [1 2 3 4]
    let p = $0[0]
    let q = (if (eq $0[2] undefined) 3 $0[2])
    let rest = ‹rest of a pattern $0›
    (seq $1 = [q p]; p = $1[0]; q = $1[1]; $1)
  `);
  check(`const { a, b: { c = 1 }, ...others } = JSON.parse('{}')`, `
    let $0 = @JSON.parse("{}")
    let a = $0.a
    let $1 = $0.b
    let c = (if (eq $1.c undefined) 1 $1.c)
    let others = ‹rest of a pattern $0›
  `);
  check(`function f({ x, y: [z] }: { x: number; y: number[] }, k = x, ...more: number[]) { return x + z + k + more[0] }`, `
    f: let x = $0.x
    let $1 = $0.y
    let z = $1[0]
    return (add (add (add x z) k) more[0])
  `);
  check(`let a1 = [1, , 3]; a1 = [...a1]; [a1[0], a1[1]] = [1, 2]; ({ a1 } = { a1 })`, `
    let a1 = [1 · 3]
    a1 = [...a1]
    (seq $0 = [1 2]; a1[0] = $0[0]; a1[1] = $0[1]; $0)
    (seq $1 = {a1: a1}; a1 = $1.a1; $1)
  `);
  check(`let a, b; for ([a, b] of [[1, 2]]) a + b; for ({ a } of [{ a: 1 }]) a`, `
    let a
    let b
    for-of $0 of [[1 2]] {
      (seq $1 = $0; a = $1[0]; b = $1[1]; $1)
      (add a b)
    }
    for-of $2 of [{a: 1}] {
      (seq $3 = $2; a = $3.a; $3)
      a
    }
  `);
});

describe('statements', () => {
  check(`for (let i = 0, n = 10; i < n; i++) { if (i === 3) continue; else break }`, `
    for [let i = 0; let n = 10] (lt i n) i add'= (add i 1) {
      if (eq i 3) {
        continue
      } else {
        break
      }
    }
  `);
  check(`outer: while (true) { do { break outer } while (false) }`, `
    outer: while [] true - {
      do [] false - {
        break outer
      }
    }
  `);
  check(`for (const [k, v] of Object.entries({ a: 1 })) k + v`, `
    for-of $0 of @Object.entries({a: 1}) {
      let k = $0[0]
      let v = $0[1]
      (text k v)
    }
  `);
  check(`let t; for (t in { a: 1 }) ; for (const c of 'abc') c`, `
    let t
    for-in $0 → t of {a: 1} {
      t = $0
    }
    for-of c of "abc" {
      c
    }
  `);
  check(`declare const k: number; switch (k) { case 1: { let r = 2; r; break } case 2: default: k + 1 }`, `
    switch k { 1: {
      {
        let r = 2
        r
        break
      }
    } 2: {} default: {
      (add k 1)
    } }
  `);
  check(`try { JSON.parse('') } catch (e) { throw e } finally { Math.random() }`, `
    try {
      @JSON.parse("")
    } catch e {
      throw e
    } finally {
      @Math.random()
    }
  `);
  check(`try { } catch { }`, `
    try {} catch {}
  `);
  check(`if (1 < 2) var hoisted = 1; hoisted = 2`, `
    if (lt 1 2) {
      let hoisted = 1
    }
    hoisted = 2
  `);
  check(`label: { break label }`, `
    label: {
      break label
    }
  `);
  check(`var w1 = 1, w2 = w1; var w1 = 2`, `
    let w1 = 1
    let w2 = w1
    let w1 = 2
  `);
});

describe('functions and classes', () => {
  check(`function twice(x: number) { return x * 2 } const half = (x: number) => x / 2; twice(half(1)); [1].map(half)`, `
    let half = λhalf(x){return (div x 2)}
    #twice(#half(1))
    [1] @Array.prototype.map(half)
    twice: return (mul x 2)
  `);
  check(`let f = (x: number) => x; f(1); f = x => x + 1`, `
    let f = λf(x){return x}
    f(1)
    f = λf(x){return (add x 1)}
  `);
  check(`class V { x = 1; #h = 2; static origin = 0; constructor(public y: number) { this.x = y } len() { return this.x * this.helper() } private helper() { return this.#h } static of(a: number) { return new V(a) } get size() { return this.x } } const w = V.of(1); w.len(); w.size`, `
    V.origin = 0
    let w = #V.of(1)
    w.#V.len()
    w.size
    V.constructor: this.y = y
    this.x = y
    V.len: return (mul this.x this.#V.helper())
    V.helper: return this.#h
    V.of: return new V#(a)
    V.fields: this.x = 1
    this.#h = 2
    V.size: return this.x
  `);
  check(`class A { m() { return 1 } n() { return this.m() } } class B extends A { m() { return super.m() } }`, `
    A.m: return 1
    A.n: return this ?.m()
    B.m: return ‹super›.#A.m()
  `);
  check(`async function g(p: Promise<number>) { return await p + 1 } function* h() { yield 1 }`, `
    g: return (add ‹await p› 1)
    h: ‹yield 1›
  `);
  check(`namespace N { export const k = 2; export function g() { return k } }`, `
    {
      let k = 2
    }
    g: return k
  `);
  check(`(function () { return 1 })(); (() => 2)()`, `
    #()
    #()
  `);
  check(`const ops = { add(a: number, b: number) { return a + b }, neg: (a: number) => -a, get one() { return 1 }, ['k' + 1]: 2, ...{} }; ops.add(1, 2)`, `
    let ops = {add: λadd(a b){return (add a b)}, neg: λneg(a){return (neg a)}, one: ‹getter λone(){return 1}›, ?: ‹computed key (text "k" 1) 2›, ...{}}
    ops ?.add(1 2)
  `);
  check(`function Complex(re, im) { this.re = re } Complex.prototype.add = function (o) { return this.re + o.re }; exports.sum = function (xs) { return xs.reduce((a, b) => a + b) }; module.exports = { Complex }`, `
    Complex.prototype.add = λComplex.add(o){return (add this.re o.re)}
    exports.sum = λsum(xs){return xs ?.reduce(λ(a b){return (add a b)})}
    module.exports = {Complex: Complex}
    Complex: this.re = re
  `);
  check(`export { g as h }; function g() { return k() } function k() { return 1 } function dead() { return dead2() } function dead2() { return 2 }`, `
    g: return #k()
    k: return 1
    dead: return #dead2()
    dead2: return 2
  `);
  check(`export default function (x: number) { return x }`, `
    default: return x
  `);
});

describe('the library and other modules', () => {
  check(`Math.exp(1); Math.max(1, 2); Math.max(...[1, 2]); Math.max.apply(null, [3]); Math.hypot.call(null, 3, 4); Math.atan2(1); Math.PI; Number.EPSILON; Infinity; -NaN`, `
    (exp 1)
    (max 1 2)
    (max ...[1 2])
    (max ...[3])
    (hypot 3 4)
    @Math.atan2(1)
    Math.PI=3.141592653589793
    Number.EPSILON=2.220446049250313e-16
    Infinity=Infinity
    (neg NaN=NaN)
  `);
  check(`const { sqrt, PI: pi, max: biggest } = Math; const floor = Math.floor; sqrt(2) + floor(pi) + biggest(1, 2)`, `
    let sqrt = Math.sqrt
    let pi = PI=3.141592653589793
    let biggest = Math.max
    let floor = Math.floor
    (add (add (sqrt 2) (floor pi)) (max 1 2))
  `);
  check(`const M = Math; const { sin } = M; const cos = M.cos; M.floor(sin(2) + cos(M.PI))`, `
    let M = Math
    let sin = M.sin
    let cos = M.cos
    (floor (add (sin 2) (cos M.PI=3.141592653589793)))
  `);
  check(`const Math = { exp: (x: number) => x }; Math.exp(1)`, `
    let Math = {exp: λexp(x){return x}}
    Math ?.exp(1)
  `);
  check(`const xs = [1, 2]; xs.reduce((a, b) => a + b, 0); xs.map(v => v * 2).filter(Boolean); Array.from({ length: 3 }, (_, i) => i); new Float32Array(4).fill(0).reduce((s, v) => s + v)`, `
    let xs = [1 2]
    xs @Array.prototype.reduce(λ(a b){return (add a b)} 0)
    xs @Array.prototype.map(λ(v){return (mul v 2)}) @Array.prototype.filter(Boolean)
    @Array.from({length: 3} λ(_ i){return i})
    new Float32Array(4) @TypedArray.prototype.fill(0) @TypedArray.prototype.reduce(λ(s v){return (add s v)})
  `);
  check(`enum E { A, B = 5, C, D = 1 << 3, S = 'x' } E.A + E.C + E.D; E.S`, `
    (add (add E.A=0 E.C=6) E.D=8)
    "x"
  `);
  check(`import d, { cos as c, max } from 'lib'; import * as tf from 'tf'; c(1); d(2); tf.add(1, 2); max`, `
    lib:cos(1)
    lib:default(2)
    tf:add(1 2)
    max
  `);
  check('const tag = (s: TemplateStringsArray) => 1; tag`a${1}`; /x/g; import.meta', `
    let tag = λtag(s){return 1}
    ‹tagged template tag (text "a" 1)›
    /x/g
    ‹import.meta›
  `);
  check(`(1.5).toFixed(2); parseInt('1'); Number('2'); isFinite(1); setTimeout(() => {}, 10); performance.now(); 'abc'.charCodeAt(0); new Date().getTime()`, `
    1.5 @Number.prototype.toFixed(2)
    @parseInt("1")
    @Number("2")
    @isFinite(1)
    @setTimeout(λ(){} 10)
    @performance.now()
    "abc" @String.prototype.charCodeAt(0)
    new Date() @Date.prototype.getTime()
  `);
  check(`new Foo.Bar(1); new (class { })(); new Array(3); new Map<string, number>().get('a')`, `
    new ?(1)
    ‹new ‹class› new ?()›
    new Array(3)
    new Map() @Map.prototype.get("a")
  `);
});
