import { describe, expect, it } from 'vitest';
import { bound, boundExpression, bounding, BoundError, type BoundRequest, type BoundResult } from '../../../src/analysis/bounds';
import { fromReal } from '../../../src/protocol/real';
import { lowerText } from '../../../src/typescript';

/** Bound of the function f of a source. */
function boundOf(source: string, request: BoundRequest = {}): BoundResult {
  const program = lowerText('t.ts', source, { types: false });
  return bound(program.functions.find(f => f.name === 'f')!, program, request);
}

function errorOf(source: string, request: BoundRequest = {}): number {
  return fromReal(boundOf(source, request).result.absoluteError);
}

const U = 2 ** -53;

describe('one operation', () => {
  const cases: [string, string, BoundRequest['box'] & object, number][] = [
    ['a sum errs by half an ulp', 'function f(x: number, y: number) { return x + y; }', { x: [1, 1.5], y: [1, 1.5] }, 2 * U],
    ['half an ulp of the binade below a power of two', 'function f(x: number, y: number) { return x * y; }', { x: [0.5, 1], y: [0.5, 1] }, U / 2],
    ['a product by a power of two is exact', 'function f(x: number) { return 4 * x; }', { x: [0.1, 3] }, 0],
    ['a quotient by a power of two is exact', 'function f(x: number) { return x / 8; }', { x: [0.1, 3] }, 0],
    ['Sterbenz: close numbers subtract exactly', 'function f(x: number, y: number) { return x - y; }', { x: [1, 2], y: [1, 2] }, 0],
    ['negation, abs, min and max are exact', 'function f(x: number, y: number) { return Math.max(-x, Math.min(Math.abs(y), x)); }', { x: [0.1, 1], y: [-3, 1] }, 0],
    ['x - x is zero', 'function f(x: number) { return x * x - x * x; }', { x: [0.1, 3] }, 0],
    ['a library function errs by its ulps', 'function f(x: number) { return Math.exp(x); }', { x: [0.1, 0.6] }, 2 * U],
    ['fround rounds to fp32', 'function f(x: number) { return Math.fround(x); }', { x: [1.1, 1.9] }, 2 ** -24],
  ];
  for (const [title, source, box, expected] of cases) {
    it(title, () => {
      const error = errorOf(source, { box });
      expect(error).toBeGreaterThanOrEqual(expected);
      expect(error).toBeLessThanOrEqual(expected * 1.001);
    });
  }

  it('a literal that is no double errs by its distance to the decimal', () => {
    // RN(0.1) − 0.1 = 5.5511151231257827e-18.
    const error = errorOf('function f(x: number) { return Math.min(x, 0.1); }', { box: { x: [1, 2] } });
    expect(error).toBeGreaterThanOrEqual(5.5511151231257827e-18);
    expect(error).toBeLessThan(5.552e-18);
  });

  it('integers below 2^53 add exactly', () => {
    expect(errorOf('function f(x: number) { let s = 0; for (let i = 0; i < 10; i++) s += i; return s; }')).toBe(0);
  });

  it('equal operations err equally, so their errors cancel', () => {
    expect(errorOf('function f(x: number) { const a = Math.exp(x); return a / Math.exp(x); }', { box: { x: [0, 1] } })).toBeLessThan(1.2e-16);
  });
});

describe('formats', () => {
  const source = 'function f(x: number, y: number) { return x * y + x; }';
  const box = { x: [1, 1.5] as const, y: [1, 1.5] as const };
  it('the error scales with the unit roundoff', () => {
    const double = errorOf(source, { box });
    for (const [format, p] of [['fp32', 24], ['fp16', 11], ['bf16', 8]] as const) {
      const ratio = errorOf(source, { box, format }) / double;
      expect(ratio).toBeGreaterThan(2 ** (53 - p) * 0.5);
      expect(ratio).toBeLessThan(2 ** (53 - p) * 1.1);
    }
  });

  it('eight bits and two inputs: the exact worst case', () => {
    const result = boundOf(source, { box, format: 'fp8-e4m3fn' });
    expect(result.result.reached?.error).toBe(result.result.absoluteError);
    expect(result.assumptions.join(' ')).toContain('All 25 inputs were tried');
  });

  it('overflow is reported, not crashed on', () => {
    const result = boundOf('function f(x: number) { return x * x; }', { box: { x: [1, 300] }, format: 'fp16' });
    expect(result.result.absoluteError).toBe('Infinity');
    expect(result.assumptions.join(' ')).toMatch(/may overflow fp16/);
  });

  it('fixed point saturates: the error is the distance', () => {
    expect(errorOf('function f(x: number, y: number) { return x + y; }', { box: { x: [0, 7], y: [0, 7] }, format: 'q3.12' })).toBeGreaterThan(6);
  });
});

describe('branches', () => {
  it('a guard that throws restricts the box', () => {
    const source = 'function f(x: number) { if (!(x > 0.5)) throw new RangeError("x"); return 1 / x; }';
    expect(errorOf(source, { box: { x: [-1, 1] } })).toBeLessThan(2.3e-16);
  });

  it('without the guard the pole makes the bound infinite, with the reason', () => {
    const result = boundOf('function f(x: number) { return 1 / x; }', { box: { x: [-1, 1] } });
    expect(result.result.absoluteError).toBe('Infinity');
    expect(result.assumptions.join(' ')).toMatch(/the divisor may be 0, for x in/);
  });

  it('a guard on exact inputs is stable: no jump', () => {
    expect(errorOf('function f(x: number) { return x < 0.5 ? 0 : 1; }', { box: { x: [0, 1] } })).toBe(0);
  });

  it('a guard that rounding can flip costs the jump', () => {
    const error = errorOf('function f(x: number) { if (x * x < 0.3) { return 0; } return 1; }', { box: { x: [0, 1] } });
    expect(error).toBeGreaterThanOrEqual(1);
    expect(error).toBeLessThan(1.01);
  });

  it('logical operators, else-if, switch and conditional expressions are followed', () => {
    const source = `function f(x: number, n: number) {
      if (x > 0.25 && x < 0.5) return 2 * x;
      switch (n) { case 1: return x; case 2: return 0.5 * x; default: return x > 0 ? x / 4 : -x; }
    }`;
    // x / 4 may underflow.
    expect(errorOf(source, { box: { x: [-1, 1], n: [3, 3] } })).toBeLessThan(1e-300);
    expect(errorOf(source, { box: { x: [0.1, 1], n: [2, 2] } })).toBe(0);
  });

  it('√ where the argument touches zero has a finite bound', () => {
    const error = errorOf('function f(x: number, y: number) { return Math.sqrt(x * x + y * y); }', { box: { x: [-1, 1], y: [-1, 1] } });
    expect(error).toBeLessThan(1e-7);
  });
});

describe('loops, arrays, objects, calls', () => {
  it('constant loops are unrolled', () => {
    const unrolled = errorOf('function f(x: number) { let s = 1; for (let i = 0; i < 3; i++) s = s * x; return s; }', { box: { x: [1, 2] } });
    expect(unrolled).toBe(errorOf('function f(x: number) { return 1 * x * x * x; }', { box: { x: [1, 2] } }));
  });

  it('arrays, tuples, objects, reduce, for-of and closures', () => {
    const horner = errorOf('function f(x: number) { return ((0.5 * x + 0.25) * x + 1); }', { box: { x: [0, 1] } });
    expect(errorOf('const c = [0.5, 0.25, 1]; function f(x: number) { return c.reduce((s, k) => s * x + k, 0); }', { box: { x: [0, 1] } })).toBe(horner);
    expect(errorOf('function f(x: number) { let s = 0; for (const k of [0.5, 0.25, 1]) { s = s * x + k; } return s; }', { box: { x: [0, 1] } })).toBe(horner);
    expect(errorOf('function f(p: { x: number }, q: [number, number]) { const { x } = p; const [a, b] = q; return (a * x + b) * x + 1; }',
      { box: { 'p.x': [0, 1], 'q[0]': [0.5, 0.5], 'q[1]': [0.25, 0.25] } })).toBe(horner);
  });

  it('a long loop is an error transformer: a sum, a contraction, and a loop that is not bounded', () => {
    const sum = 'function f(x: number) { let s = 0; for (let i = 0; i < N; i++) { s += x * 0.5; } return s; }';
    const unrolled = errorOf(sum.replace('N', '300'), { box: { x: [0, 1] } });
    const summarised = errorOf(sum.replace('N', '300'), { box: { x: [0, 1] }, budget: { operations: 100 } });
    expect(summarised).toBeGreaterThanOrEqual(unrolled);
    expect(summarised).toBeLessThan(4 * unrolled);
    // e ← e/2 + u·(1/2 + …): the error settles at twice what one iteration adds, however long it runs.
    const contraction = 'function f(x: number) { let s = x; for (let i = 0; i < 1000000; i++) { s = 0.5 * s + 0.25; } return s; }';
    expect(errorOf(contraction, { box: { x: [0, 1] } })).toBeLessThanOrEqual(2 * U * 1.001);
    expect(() => errorOf('function f(x: number) { let s = x; for (let i = 0; i < 1000000; i++) { s = 1.01 * s; } return s; }', { box: { x: [0, 1] } })).toThrow(/long loop/);
  });

  it('the error of a summarised loop covers what is observed', () => {
    const source = 'function f(a: number, b: number) { let x = a; let y = b; for (let i = 0; i < 5000; i++) { const t = 0.6 * x - 0.2 * y; y = 0.3 * x + 0.4 * y + 0.1; x = t; } return x + y; }';
    const limit = errorOf(source, { box: { a: [0, 1], b: [0, 1] } });
    expect(limit).toBeLessThan(1e-14);
    // The exact iteration converges to the fixed point of the decimal system: x = −0.2y/0.4, 0.6y = 0.3x + 0.1, so y = 0.1/0.75, x = −y/2, x + y = 1/15.
    let [x, y] = [0.3, 0.8];
    for (let i = 0; i < 5000; i++) { const t = 0.6 * x - 0.2 * y; y = 0.3 * x + 0.4 * y + 0.1; x = t; }
    expect(Math.abs(x + y - 1 / 15)).toBeLessThanOrEqual(limit + 1e-17);
  });

  it('sums over arrays of unknown length; Kahan and Neumaier keep what a plain sum loses', () => {
    const box = { xs: [0, 1] as const, 'xs.length': [1000, 1000] as const };
    const request = { box, budget: { operations: 500, evaluations: 200 } };
    const plain = errorOf('function f(xs: number[]) { let s = 0; for (const x of xs) s += x; return s; }', request);
    const kahan = errorOf('function f(xs: number[]) { let s = 0, c = 0; for (const x of xs) { const y = x - c; const t = s + y; c = t - s - y; s = t; } return s; }', request);
    const neumaier = errorOf('function f(xs: number[]) { let s = 0, c = 0; for (const x of xs) { const t = s + x; if (Math.abs(s) >= Math.abs(x)) c += s - t + x; else c += x - t + s; s = t; } return s + c; }', request);
    expect(plain).toBeLessThanOrEqual(999 * U * 1000);
    // 2u·Σ|x| and half an ulp of the sum (1024 is the next power of two).
    expect(kahan).toBeLessThanOrEqual((2 * 1000 + 1024) * U * 1.01);
    expect(kahan).toBeGreaterThan(512 * U);
    expect(neumaier).toBeLessThanOrEqual(1024 * U * 1.01);
    expect(neumaier).toBeGreaterThanOrEqual(512 * U);
    const mean = boundOf('function f(xs: number[]) { let s = 0; for (let i = 0; i < xs.length; i++) s += xs[i]; return s / xs.length; }', { box: { xs: [0, 1], 'xs.length': [1, 1000] }, budget: { evaluations: 300 } });
    expect(fromReal(mean.result.absoluteError)).toBeLessThan(1000 * U * 4);
    expect(mean.parameters.map(p => p.name)).toContain('xs.length');
  });

  it('long loops may branch where that is continuous, and may not where a jump is carried on', () => {
    const saturating = 'function f(x: number) { let s = 0; for (let i = 0; i < 100000; i++) { s = 0.9 * s + 0.3 * x; if (s > 1) s = 1; } return s; }';
    expect(errorOf(saturating, { box: { x: [0, 1] } })).toBeLessThan(100 * U);
    const parity = 'function f(x: number) { let s = 0; for (let i = 0; i < 10000; i++) { if (i % 2 === 0) s = 0.5 * s + x; else s = 0.5 * s - x; } return s; }';
    expect(errorOf(parity, { box: { x: [0, 1] } })).toBeLessThan(10 * U);
    expect(() => errorOf('function f(x: number) { const a = [0]; for (let i = 0; i < 100000; i++) a[0] += x; return a[0]; }', { box: { x: [0, 1] } })).toThrow(/changes an array or object in a loop/);
  });

  it('a filter whose single steps grow is bounded over several steps', () => {
    const filter = 'function f(x: number) { let a = 0, b = 0; for (let i = 0; i < 10000; i++) { const s = 1.5 * b - 0.7 * a + x; a = b; b = s; } return b; }';
    expect(errorOf(filter, { box: { x: [0, 1] } })).toBeLessThan(1e-12);
  });

  it('a loop that counts in decimals ends where it ends', () => {
    // 2 is reached exactly after ten steps, but 0.2 added ten times is less than 2 in double: the program runs once more.
    expect(errorOf('function f(x: number) { let t = 0; while (t < 2) { x = 0.5 * x; t = t + 0.2; } return x; }', { box: { x: [0, 1] } })).toBeGreaterThan(2 ** -11 * 0.99);
    expect(errorOf('function f(x: number) { let t = 0; while (t < 6) { x = 0.5 * x; t = t + 0.2; } return x; }', { box: { x: [0, 1] } })).toBeLessThan(1e-300);
  });

  it('a root behind a guard that rounding may flip is defined', () => {
    const root = 'function f(a: number, b: number, c: number) { const d = b * b - 4 * a * c; if (d < 0) return 0; return (-b + Math.sqrt(d)) / (2 * a); }';
    expect(errorOf(root, { box: { a: [1, 2], b: [20, 30], c: [-10, 10] } })).toBeLessThan(1e-14);
    expect(errorOf('function f(x: number) { return Math.abs(x) < 1e-4 ? 1 - (x * x) / 6 : Math.sin(x) / x; }', { box: { x: [-3, 3] } })).toBeLessThan(1e-14);
  });

  it('long computations on one input keep their ranges', () => {
    const logistic = 'function f(x: number) { let v = 0.4 + 0.1 * x; for (let i = 0; i < 6; i++) v = 2.5 * v * (1 - v); return v; }';
    expect(errorOf(logistic, { box: { x: [-0.9, 0.9] } })).toBeLessThan(3e-16);
  });

  it('an array parameter may be stored into', () => {
    expect(errorOf('function f(xs: number[]) { for (let i = 1; i < xs.length; i++) xs[i] = 0.5 * xs[i] + 0.5 * xs[i - 1]; return xs[3]; }', { box: { xs: [0, 1], 'xs.length': [4, 4] } })).toBeLessThan(2 * U);
  });

  it('an array of given length', () => {
    const sum = errorOf('function f(xs: number[]) { let s = 0; for (let i = 0; i < xs.length; i++) s += xs[i]; return s; }', { box: { xs: [1, 2], 'xs.length': [50, 50] } });
    // (n − 1)·u·Σ|x| is the textbook bound; the step model is below it.
    expect(sum).toBeLessThanOrEqual(49 * U * 100);
    expect(sum).toBeGreaterThan(10 * U * 50);
  });

  it('local functions are inlined, recursion too', () => {
    expect(errorOf('const square = (t: number) => t * t; function f(x: number) { return square(x) - square(x); }', { box: { x: [0, 3] } })).toBe(0);
    const program = lowerText('t.ts', 'function power(x: number, n: number): number { return n === 0 ? 1 : x * power(x, n - 1); } function f(x: number) { return power(x, 4); }', { types: false });
    const result = bound(program.functions.find(f => f.name === 'f')!, program, { box: { x: [1, 1.5] } });
    expect(fromReal(result.result.absoluteError)).toBeLessThan(2e-15);
  });

  it('Float32Array stores round to fp32', () => {
    expect(errorOf('function f(x: number) { const a = new Float32Array(2); a[0] = x; return a[0]; }', { box: { x: [1, 1.9] } })).toBeGreaterThanOrEqual(2 ** -24);
  });
});

describe('answers', () => {
  it('missing ranges and code that is not followed are one sentence with the place', () => {
    expect(() => boundOf('function f(x: number) { return x + 1; }')).toThrow(/needs the range of x: give --range x=LO\.\.HI, or @range x \[LO, HI\] above the function \(line 1\)/);
    expect(() => boundOf('import { g } from "./g";\nfunction f(x: number) { return g(x); }', { box: { x: [0, 1] } })).toThrow(BoundError);
    expect(() => boundOf('function f(x: number) { while (true) { x = x + 1; } }', { box: { x: [0, 1] } })).toThrow(/more steps than are unrolled/);
  });

  it('ranges come from @range, and --range wins', () => {
    const source = '/** @range x [0, 1] */\nfunction f(x: number) { return x + 1; }';
    expect(boundOf(source).parameters).toEqual([{ name: 'x', range: [0, 1] }]);
    expect(boundOf(source, { box: { x: [2, 3] } }).parameters).toEqual([{ name: 'x', range: [2, 3] }]);
  });

  it('shares add up to one and the answer is plain data', () => {
    const result = boundOf('function f(x: number, y: number) { return (x + y) * (x - 0.1) / y; }', { box: { x: [1, 2], y: [1, 3] } });
    expect(result.sites.reduce((s, x) => s + x.share, 0)).toBeCloseTo(1, 9);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(fromReal(result.result.limit)).toBeLessThanOrEqual(fromReal(result.result.absoluteError));
  });

  it('a budget of nothing still gives a sound bound, and slices only get better', () => {
    const source = 'function f(x: number, y: number) { return (x * y - y) / (x + y + 0.1); }';
    const box = { x: [0.1, 2] as const, y: [0.1, 3] as const };
    const once = errorOf(source, { box, budget: { evaluations: 1 } });
    const full = errorOf(source, { box });
    expect(once).toBeGreaterThanOrEqual(full);
    expect(once).toBeLessThan(Infinity);
    const program = lowerText('t.ts', source, { types: false });
    const run = bounding(program.functions[1], program, { box });
    let last = Infinity;
    for (let step = run.next(); !step.done; step = run.next()) {
      expect(step.value.absoluteError).toBeLessThanOrEqual(last * (1 + 1e-12));
      last = step.value.absoluteError;
    }
  });

  it('the worst case that is found is below the bound and not far', () => {
    const result = boundOf('function f(x: number, y: number) { return x / (x + y); }', { box: { x: [1, 4], y: [1, 4] }, budget: { reachMilliseconds: 30 } });
    expect(fromReal(result.result.reached!.error)).toBeLessThanOrEqual(fromReal(result.result.absoluteError));
    expect(fromReal(result.result.reached!.error)).toBeGreaterThan(0.5 * fromReal(result.result.absoluteError));
  });

  it('one expression with the ranges of its variables', () => {
    const program = lowerText('t.ts', 'function f(xs: number[]) { let s = 0; for (const x of xs) { s = s + x * x; } return s; }', { types: false });
    const product = program.expressions.find(e => e.kind === 'operation' && e.operator === 'mul')!;
    const result = boundExpression(program, product.id, () => [1, 2]);
    expect(fromReal(result.result.absoluteError)).toBeLessThanOrEqual(2 * U * 1.001);
    expect(fromReal(result.result.absoluteError)).toBeGreaterThanOrEqual(2 * U);
  });
});
