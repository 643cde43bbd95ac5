import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromReal, type Real } from '../../../src/protocol/real';
import { nodeSimulationHost, simulate } from '../../../src/server/simulate';

const host = nodeSimulationHost(join(__dirname, '../../../dist'));

/** f(0.37) under fp32, where the text names other formats. 0.37 is 0.375 in fp8-e4m3fn; 1.221 is 1.25. */
async function run(text: string): Promise<number> {
  const report = await simulate({ file: '/annotated.ts', functionName: 'f', schemes: [{ id: 'fp32' }], inputs: { kind: 'given', cases: [[0.37]] } },
    { ...host, readFile: path => (path === '/annotated.ts' ? text : host.readFile(path)) });
  expect(report.formats[0].message).toBe('');
  return fromReal(report.formats[0].results[0] as Real);
}

describe('@format gives a variable a format of its own', () => {
  it.each([
    ['a declaration, inline', 'export function f(x: number) { const /* @format fp8-e4m3fn */ v = x * 3.3; return v; }', 1.25],
    ['a declaration, JSDoc', 'export function f(x: number) {\n  /** @format fp8-e4m3fn */\n  const v = x * 3.3;\n  return v;\n}', 1.25],
    ['a later assignment', 'export function f(x: number) { let /* @format fp8-e4m3fn */ v = 0; v = x * 3.3; return v; }', 1.25],
    ['a compound assignment', 'export function f(x: number) { let /* @format fp8-e4m3fn */ v = 1; v += x * 0.6; return v; }', 1.25],
    ['a parameter', 'export function f(/* @format fp8-e4m3fn */ x: number) { return x * 1; }', 0.375],
    ['a parameter named in JSDoc', '/** @format x fp8-e4m3fn */\nexport function f(x: number) { return x * 1; }', 0.375],
    ['stores into a typed array', 'export function f(x: number) { const /* @format fp8-e4m3fn */ w = new Float64Array(4); w[1] = x * 3.3; return w[1]; }', 1.25],
    ['stores into an array, JSDoc', 'export function f(x: number) {\n  /** @format fp8-e4m3fn */\n  const w: number[] = [];\n  w[0] = x; w.push(x * 3.3); return w[1];\n}', 1.25],
    ['a compound store', 'export function f(x: number) { /** @format fp8-e4m3fn */ const w = new Float64Array(2).fill(1); w[0] += x * 0.6; return w[0]; }', 1.25],
    ['what an array holds at first', 'export function f(x: number) { /** @format fp8-e4m3fn */ const w = [x, 1.221]; return w[1]; }', 1.25],
    ['what an array is made of', 'export function f(x: number) { const /* @format fp8-e4m3fn */ w = [1, 2].map(k => k * 1.221); return w[0]; }', 1.25],
    ['rows of a matrix, later ones too', 'export function f(x: number) { /** @format fp8-e4m3fn */ const m: number[][] = [[1.1]]; m.push([2, 1.221]); m[2] = [1.221]; m[2][1] = 2.4; return m[0][0] + m[1][1] + m[2][0] + m[2][1]; }', 6.125],
    ['fill', 'export function f(x: number) { /** @format fp8-e4m3fn */ const w = new Float64Array(3); w.fill(1.221); return w[2]; }', 1.25],
    ['a Float32Array', 'export function f(x: number) { /** @format fp8-e4m3fn */ const w = new Float32Array(3); w[1] = 1.221; return w[1]; }', 1.25],
    ['an array assigned later', 'export function f(x: number) { let /* @format fp8-e4m3fn */ w: number[] = []; w = [1.221]; return w[0]; }', 1.25],
    ['a parameter that is an array', 'export function f(x: number) { return g([1.221]); }\nfunction g(/* @format fp8-e4m3fn */ xs: number[]) { return xs[0]; }', 1.25],
    ['a field', 'class A { /** @format fp8-e4m3fn */ w = new Float64Array(2); }\nexport function f(x: number) { const a = new A(); a.w[0] = 1.221; return a.w[0]; }', 1.25],
    ['nothing', 'export function f(x: number) { const v = x * 3.3; return v; }', Math.fround(Math.fround(0.37) * Math.fround(3.3))],
  ])('%s', async (_, text, expected) => {
    expect(await run(text)).toBe(expected);
  });
});
