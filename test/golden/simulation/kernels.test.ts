import { describe, expect, it } from 'vitest';
import { arithmeticOf, bf16, e4m3, e5m2, fp16, type Binary } from '../../unit/simulation/oracle';
import { resultOf, run } from '../../unit/simulation/context';
import { toReal, type JsonValue } from '../../../src/protocol/real';
import { kernels } from './kernels';

/** Whole kernels against the same kernels written with exact rational arithmetic, rounded once an operation. */
const formats: readonly [string, Binary][] = [['fp16', fp16], ['bf16', bf16], ['fp8-e4m3fn', e4m3], ['fp8-e5m2', e5m2]];

/** A fixed sequence of numbers of everyday size, and of integers. */
function numbers(seed: number): { real: (size?: number) => number; list: (n: number, size?: number) => number[]; integer: (n: number) => number } {
  let state = BigInt(seed) * 7919n + 13n;
  const next = (): number => { state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n); return Number(state >> 11n) / 2 ** 53; };
  const real = (size = 4): number => (next() * 2 - 1) * size;
  return { real, list: (n, size) => Array.from({ length: n }, () => real(size)), integer: n => Math.floor(next() * n) };
}

const written = (v: unknown): unknown => typeof v === 'number' ? toReal(v) : Array.isArray(v) ? v.map(written) : v !== null && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, written(x)])) : v;

describe.each(formats)('%s, bit for bit', (id, format) => {
  const o = arithmeticOf(format);
  it.each(kernels.map(k => [k.name, k] as const))('%s', (_, kernel) => {
    for (let seed = 1; seed <= 4; seed++) {
      const args = kernel.args(numbers(seed));
      const expected = written(kernel.oracle(o, ...JSON.parse(JSON.stringify(args)) as never[]));
      for (const mode of ['record', 'statistics'] as const) {
        expect(resultOf(run(kernel.source, 'f', id, JSON.parse(JSON.stringify(args)) as JsonValue[], mode)), `${mode}, ${JSON.stringify(args)}`).toEqual(expected);
      }
    }
  });
});
