import { describe, expect, it } from 'vitest';
import { callInputs, withCalls } from '../../../src/server/simulate/call-inputs';
import type { InputParameter } from '../../../src/simulation/inputs/generate';
import { literalCalls } from '../../../src/typescript/instrument/call-literals';

const args = (text: string, name = 'f', leads: ((s: string) => boolean) | null = null): unknown[] => literalCalls('/a.ts', text, name, leads).map(c => c.args);
const number: InputParameter = { name: 'x', type: { kind: 'number' }, range: null, optional: false, rest: false };

describe('literal arguments of calls', () => {
  it.each([
    ['f(1, -2.5, 1e400)', [[1, -2.5, 'Infinity']]],
    ['f([1, [2, NaN]], { a: -0, "b": "t" })', [[[1, [2, 'NaN']], { a: '-0', b: 't' }]]],
    ['f(new Float64Array([1, 2]), Float32Array.of(3), Array.from([4]), new Float64Array(2))', [[[1, 2], [3], [4], [0, 0]]]],
    ['const n = 3, xs = [n, n / 2]; f(xs, ...[1, 2], Math.PI)', [[[3, 1.5], 1, 2, Math.PI]]],
    ['const n = 3; { const n = 4; f(n); }', []],
    ['let n = 3; f(n); f(g(1)); f((2 as number)!)', [[2]]],
    ['expect(() => f(-1)).toThrow("no"); expect(f(1)).toBe(2);', [[1]]],
  ])('%s', (text, expected) => { expect(args(text)).toEqual(expected); });
  it('in other files the name is that of the import', () => {
    const leads = (s: string): boolean => s === './a';
    expect(args('import { f as g } from "./a"; import { f } from "./b"; g(1); f(2);', 'f', leads)).toEqual([[1]]);
    expect(args('import * as m from "./a"; m.f(1); m.h(2);', 'f', leads)).toEqual([[1]]);
    expect(args('const { f: g } = require("./a"); g(1);', 'f', leads)).toEqual([[1]]);
    expect(args('import { C } from "./a"; C.f(1); C.g(2); new C().f(3);', 'C.f', leads)).toEqual([[1]]);
    expect(args('f(1)', 'f', leads)).toEqual([]);
  });
});

describe('inputs from calls in the workspace', () => {
  const texts: Record<string, string> = {
    '/p/src/f.ts': 'export function f(x: number) { return x * 2; }\nf(1);',
    '/p/src/index.ts': 'export * from "./f";',
    '/p/test/f.test.ts': 'import { f } from "../src/index";\nf(1);\nf(7);\nf("no" as never);\nf(200);',
    '/p/test/other.test.ts': 'import { f } from "other";\nf(9);',
  };
  const host = { assets: '', readFile: (p: string): string | undefined => texts[p], fileExists: (p: string) => p in texts, sourceFiles: () => Object.keys(texts) };
  it('each argument list once, with its place, where types and ranges admit it', () => {
    expect(callInputs('/p/src/f.ts', 'f', [{ ...number, range: [0, 100] }], host)).toEqual([
      { args: [1], origin: { file: '/p/src/f.ts', line: 2 } }, { args: [7], origin: { file: '/p/test/f.test.ts', line: 3 } },
    ]);
  });
  it('take fewer than half of the generated places, the same for the same seed', () => {
    const calls = Array.from({ length: 9 }, (_, i) => ({ args: [i + 100], origin: { file: '/t.ts', line: i } }));
    const cases = Array.from({ length: 8 }, (_, i) => [i]);
    const mixed = withCalls(cases, calls, 5);
    expect(mixed.cases.slice(0, 5)).toEqual(cases.slice(0, 5));
    expect(mixed.cases.slice(5).every(c => (c[0] as number) >= 100)).toBe(true);
    expect(mixed.origins.map(o => o !== null)).toEqual([false, false, false, false, false, true, true, true]);
    expect(withCalls(cases, calls, 5)).toEqual(mixed);
    expect(withCalls([[0]], calls, 5).cases).toEqual([[0]]);
  });
});
