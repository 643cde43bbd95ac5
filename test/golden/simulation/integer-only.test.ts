import { createContext, Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { affineFromRange, codeRange, quantizeMultiplier } from '../../../src/formats';
import { loadModules } from '../../../src/server/simulate/modules';
import { instrumentProgram, scriptsFor } from '../../../src/server/simulate/program';
import { parseScheme } from '../../../src/simulation/scheme';
import { rows } from '../formats/vectors';
import { runtimeText } from './harness';

/**
 * A dense layer under integer-only schemes, with calibrated ranges that give the wanted multiplier and shift: the code that it answers is the golden requantization of the accumulator, bit for bit.
 */
const golden = rows('requant/tflite.tsv').filter(r => r.op === 'mbqm_double').map(({ a, b, result }) => {
  const [multiplier, shift] = b.split(',').map(Number);
  return { accumulator: Number(a), multiplier, shift, result: Number(result) };
});

const source = `export function layer(x: number[], w: number[]): number { let s = 0; for (let i = 0; i < x.length; i++) s += w[i] * x[i]; return s + 0; }
export function scaled(a: number, b: number): number { return a * b; }`;

/** Runs a function of the source under a scheme with given scales of its sites, told by their text and operator. */
function simulate(scheme: string, bits: number, name: string, args: readonly unknown[], scales: Readonly<Record<string, number>>): number {
  const files = { readFile: (p: string) => p === '/l.ts' ? source : undefined, fileExists: (p: string) => p === '/l.ts' };
  const program = instrumentProgram(loadModules('/l.ts', files), 'statistics', name);
  const highest = codeRange(bits, true, true).highest;
  const ranges = new Map(program.sites.flatMap((s, i): [number, readonly [number, number]][] => {
    const scale = scales[`${s.operator} ${s.text}`];
    return scale === undefined ? [] : [[i, [-scale * highest, scale * highest]]];
  }));
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  for (const s of scriptsFor(program, runtimeText(), { plan: parseScheme({ id: scheme }), operations: 1e9, recorded: 0, seed: 1, ranges })) new Script(s.text, { filename: s.name }).runInContext(context);
  new Script(`${program.prefix}.start("/l.ts", "${name}", ${JSON.stringify(JSON.stringify(args.map(a => Array.isArray(a) ? ['a', a] : a)))}, false)`).runInContext(context);
  const answer = JSON.parse(String(new Script(`${program.prefix}.take()`).runInContext(context))) as { status: string; result: number; message?: string };
  if (answer.status !== 'ok') throw new Error(answer.message);
  return answer.result;
}

const scaleOf = (scale: number, bits: number): number => { const codes = codeRange(bits, true, true); return affineFromRange(-scale * codes.highest, scale * codes.highest, codes, true).scale; };

/** Scales of inputs and weights, binary32 as calibration gives them, whose product over an output scale of 1 has a given multiplier and shift. */
function scalesFor(multiplier: number, shift: number, bits: number): [number, number] | undefined {
  const real = multiplier * 2 ** (shift - 31);
  for (let i = 0; i < 20_000; i++) {
    const x = scaleOf(Math.fround((1 + i * 2 ** -20) * 2 ** Math.round(shift / 2)), bits);
    const w = scaleOf(real / x, bits);
    const made = quantizeMultiplier(x * w);
    if (made.multiplier === multiplier && made.shift === shift) return [x, w];
  }
  return undefined;
}

describe('integer-only schemes in a simulation', () => {
  it('int8: the code of a dense layer is the golden requantization of its accumulator', () => {
    let checked = 0;
    for (const { accumulator, multiplier, shift, result } of golden) {
      if (Math.abs(accumulator) > 30_000 || shift > 7 || shift < -24) continue;
      const scales = scalesFor(multiplier, shift, 8);
      if (!scales) continue;
      const [sx, sw] = scales;
      const rest = Math.abs(accumulator) % 127;
      const codes = [...Array.from({ length: Math.floor(Math.abs(accumulator) / 127) }, () => 127), rest];
      const x = codes.map(c => c * sx);
      const w = codes.map(() => Math.sign(accumulator) * sw);
      const code = simulate('int8-integer-only', 8, 'layer', [x, w], { 'convert x[i]': sx, 'convert w[i]': sw, 'convert s': 1 });
      expect(code + 0, JSON.stringify({ accumulator, multiplier, shift })).toBe(Math.max(-127, Math.min(127, result)) + 0);
      checked++;
    }
    expect(checked).toBeGreaterThan(150);
  });
  it('int32: the same for accumulators of every size', () => {
    let checked = 0;
    for (const { accumulator, multiplier, shift, result } of golden.slice(0, 400)) {
      const shifted = accumulator * 2 ** Math.max(shift, 0);
      if (accumulator === -2147483648 || Math.abs(result) > 2147483647 || Math.abs(shifted) > 2147483647 || Math.abs(shift) > 24) continue;
      const scales = scalesFor(multiplier, shift, 32);
      if (!scales) continue;
      const [sx, sw] = scales;
      expect(simulate('int32-integer-only', 32, 'layer', [[accumulator * sx], [sw]], { 'convert x[i]': sx, 'convert w[i]': sw, 'convert s': 1 }) + 0, JSON.stringify({ accumulator, multiplier, shift })).toBe(result + 0);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });
  it('a single product is requantized once', () => {
    let checked = 0;
    for (const { multiplier, shift } of golden.slice(0, 60)) {
      const scales = Math.abs(shift) < 20 ? scalesFor(multiplier, shift, 8) : undefined;
      if (!scales) continue;
      for (const [qa, qb] of [[127, 127], [-3, 5], [64, -64], [1, 1]]) {
        const p = BigInt(qa * qb) << BigInt(Math.max(shift, 0));
        const high = (p * BigInt(multiplier) + (p * BigInt(multiplier) >= 0n ? 1n << 30n : 1n - (1n << 30n))) / (1n << 31n);
        const right = 2n ** BigInt(Math.max(-shift, 0));
        const magnitude = (2n * (high < 0n ? -high : high) + right) / (2n * right);
        const expected = Math.max(-127, Math.min(127, Number(high < 0n ? -magnitude : magnitude)));
        if (p > 2147483647n || p < -2147483647n) continue;
        expect(simulate('int8-integer-only', 8, 'scaled', [qa * scales[0], qb * scales[1]], { 'convert a': scales[0], 'convert b': scales[1], 'mul a * b': 1 }) + 0).toBe(expected + 0);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(60);
  });
});
