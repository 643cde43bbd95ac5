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
    ['nothing', 'export function f(x: number) { const v = x * 3.3; return v; }', Math.fround(Math.fround(0.37) * Math.fround(3.3))],
  ])('%s', async (_, text, expected) => {
    expect(await run(text)).toBe(expected);
  });
});
