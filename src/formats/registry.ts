import { codebookFormat, floatFormat, gridFormat, type Format } from './format';
import { integerFormat, p3109Format } from './parametric';

const ieee = (id: string, title: string, group: string, exponentBits: number, fractionBits: number): Format => {
  const bias = 2 ** (exponentBits - 1) - 1;
  return floatFormat({
    id, title, group, exponentBits, fractionBits, bias, maxFinite: (2 - 2 ** -fractionBits) * 2 ** bias, infinities: true, nan: 'above', signedZero: true,
  });
};

const fn = (id: string, title: string, group: string, exponentBits: number, fractionBits: number, maxFinite: number, nan: 'above' | 'none'): Format =>
  floatFormat({ id, title, group, exponentBits, fractionBits, bias: 2 ** (exponentBits - 1) - 1, maxFinite, infinities: false, nan, signedZero: true });

const fnuz = (id: string, title: string, exponentBits: number, fractionBits: number, bias: number, maxFinite: number): Format =>
  floatFormat({ id, title, group: '8-bit floats', exponentBits, fractionBits, bias, maxFinite, infinities: false, nan: 'sign' });

const wide = 'IEEE 754 and machine-learning floats';
const byte = '8-bit floats';
const narrow = '6-bit and 4-bit floats';

const floats: readonly Format[] = [
  ieee('fp64', 'binary64, double precision', wide, 11, 52),
  ieee('fp32', 'binary32, single precision', wide, 8, 23),
  ieee('tf32', 'TensorFloat-32, stored in 32 bits', wide, 8, 10),
  ieee('fp16', 'binary16, half precision', wide, 5, 10),
  ieee('bf16', 'bfloat16', wide, 8, 7),
  fn('fp8-e4m3fn', 'OCP FP8 E4M3: no infinity, one NaN per sign', byte, 4, 3, 448, 'above'),
  ieee('fp8-e5m2', 'OCP FP8 E5M2', byte, 5, 2),
  fnuz('fp8-e4m3fnuz', 'FP8 E4M3, NaN in place of −0', 4, 3, 8, 240),
  fnuz('fp8-e5m2fnuz', 'FP8 E5M2, NaN in place of −0', 5, 2, 16, 57344),
  ieee('fp8-e4m3', 'FP8 E4M3 with IEEE infinities', byte, 4, 3),
  ieee('fp8-e3m4', 'FP8 E3M4 with IEEE infinities', byte, 3, 4),
  fnuz('fp8-e4m3b11fnuz', 'FP8 E4M3 with bias 11, NaN in place of −0', 4, 3, 11, 30),
  fn('fp6-e3m2fn', 'OCP FP6 E3M2, finite values only', narrow, 3, 2, 28, 'none'),
  fn('fp6-e2m3fn', 'OCP FP6 E2M3, finite values only', narrow, 2, 3, 7.5, 'none'),
  fn('fp4-e2m1fn', 'OCP FP4 E2M1, finite values only', narrow, 2, 1, 6, 'none'),
];

const scale: Format = floatFormat({
  id: 'e8m0fnu', title: 'E8M0, the power-of-two scale of MX blocks', group: 'Block scales', family: 'scale', signed: false, zero: false, exponentBits: 8,
  fractionBits: 0, bias: 127, maxFinite: 2 ** 127, infinities: false, nan: 'above',
});

/** Levels as bitsandbytes publishes them: quantiles of a normal distribution, rounded to binary32, with an exact zero. */
const nf4 = [-1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334, -0.09105003625154495, 0,
  0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1];

const signed = (magnitudes: readonly number[]): number[] => [...magnitudes, ...magnitudes.map(v => -v)];
const powers = (base: number): number[] => [0, ...[-3, -2, -1, 0, 1, 2, 3].map(k => base * 4 ** k)];

const codebooks: readonly Format[] = [
  codebookFormat({ id: 'nf4', title: 'NormalFloat 4: levels at normal quantiles, scaled to [−1, 1]', group: 'Codebooks', bits: 4, table: nf4 }),
  codebookFormat({
    id: 'bnb-fp4', title: 'bitsandbytes FP4 (before division by 12), not OCP E2M1', group: 'Codebooks', bits: 4,
    table: signed([0, 0.0625, 8, 12, 4, 6, 2, 3]),
  }),
  // Sign, three exponent bits, no fraction; code 0 is zero and codes 1…7 are 4^−3…4^3. The published rule sends a midpoint 4^n/1.6 to the smaller magnitude.
  codebookFormat({ id: 'fp4-radix4', title: 'Radix-4 FP4, even phase: ±4^k', group: 'Codebooks', bits: 4, table: signed(powers(1)), tie: 'toward-zero' }),
  codebookFormat({ id: 'fp4-radix4-odd', title: 'Radix-4 FP4, odd phase: ±2·4^k', group: 'Codebooks', bits: 4, table: signed(powers(2)), tie: 'toward-zero' }),
  codebookFormat({ id: 'ternary', title: 'Ternary: −1, 0, 1', group: 'Codebooks', bits: 2, table: [0, 1, null, -1] }),
  codebookFormat({ id: 'binary', title: 'Binary: 1 for x ≥ 0, else −1', group: 'Codebooks', bits: 1, table: [1, -1] }),
];

const grids: readonly Format[] = [
  ...[2, 3, 4, 8, 16, 32].map(bits => integerFormat(bits, true)),
  ...[2, 3, 4, 8, 16, 32].map(bits => integerFormat(bits, false)),
  gridFormat({ id: 'mxint8', title: 'MXINT8 element: int8 / 64', group: 'Fixed point', family: 'fixed', bits: 8, fractionBits: 6, lowest: -128, highest: 127 }),
  gridFormat({ id: 'q3.12', title: 'Fixed point, 3 integer and 12 fraction bits', group: 'Fixed point', family: 'fixed', bits: 16, fractionBits: 12, lowest: -32768, highest: 32767 }),
  gridFormat({ id: 'q0.15', title: 'Fixed point, 15 fraction bits', group: 'Fixed point', family: 'fixed', bits: 16, fractionBits: 15, lowest: -32768, highest: 32767 }),
];

/** K and P of the P3109 value tables that interfaces list; every other K ≤ 16 is found by name. */
const p3109: readonly Format[] = [8, 6, 4, 3].flatMap(k => Array.from({ length: k }, (_, i) => i + 1)
  .flatMap(p => [true, false].flatMap(isSigned => isSigned && p >= k ? [] : [true, false].map(extended => p3109Format(k, p, isSigned, extended)))));

/** Every named format, in the order in which interfaces present them. */
export const formats: readonly Format[] = [...floats, scale, ...codebooks, ...grids, ...p3109];
