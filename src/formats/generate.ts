import type { Format, Lattice } from './format';
import { isSquarePower } from './general';
import { finish, type Rounding } from './rounding';
import type { Table, Text } from './table-layout';

/**
 * Rounders as JavaScript text, one function per format and rounding, with every constant of the format a literal: the engine then keeps them in registers
 * and inlines the function into the loop that calls it. A closure over the same constants runs three to seven times slower as soon as
 * two formats are in use, because each constant is then a load of a boxed number.
 *
 * Nearest-even. In the normal range Veltkamp's split with C = 2^(53−p) + 1 rounds the significand to p bits: t = x·C, result t − (t − x). In the subnormal
 * range, and in integers and fixed point, adding and subtracting S = 1.5·2^(52+quantum) makes the double's own last place that of the format, so
 * that the hardware's rounding is the one wanted. Both keep ties to even.
 *
 * Other modes. Veltkamp's split with one bit finds the power of two at or below |x|, hence the spacing q; x/q is exact, and its floor and remainder decide.
 *
 * The common range is one short function, `hot`; zeros, subnormals and overflow are in `rest`, a second one, because a long function around the short path
 * costs more than the path. NaN, values near the end of the double range and wrapped results go to `far`, the general rounder.
 */
export function rounderText(format: Format, rounding: Rounding): Text | undefined {
  const lattice = format.values;
  const mode = rounding.mode ?? 'nearest-even';
  if (lattice.kind !== 'lattice' || (!Number.isFinite(lattice.precision) && format.bits > 50)) return undefined;
  if (mode === 'stochastic' && rounding.randomBits !== undefined) return undefined;
  if (isSingle(lattice) && mode === 'nearest-even' && (rounding.overflow ?? 'ieee') === 'ieee' && rounding.subnormals !== 'flush') return { hot: 'x => Math.fround(x)', rest: 'undefined' };
  return mode === 'nearest-even' && lattice.precision > 1 ? nearestText(lattice, rounding) : modeText(lattice, rounding, mode);
}

type Mode = Exclude<Rounding['mode'], undefined>;

function isSingle(lattice: Lattice): boolean {
  return lattice.precision === 24 && lattice.quantum === -149 && lattice.highest === (2 - 2 ** -23) * 2 ** 127 && lattice.lowest === -lattice.highest && lattice.infinities && lattice.signedZero;
}

/** Magnitudes up to here pass through the splits without overflow; larger ones are rare and take the general path. */
const reach = 2 ** 960;

function nearestText(lattice: Lattice, rounding: Rounding): Text {
  const magic = literal(1.5 * 2 ** (52 + lattice.quantum));
  const subnormal = `const y = (ax + ${magic}) - ${magic};`;
  if (!Number.isFinite(lattice.precision)) {
    return {
      hot: `x => { const z = (x + ${magic}) - ${magic}; return z >= ${literal(lattice.lowest)} && z <= ${literal(lattice.highest)} ? z : +rest(x); }`,
      rest: `x => { const ax = Math.abs(x); if (!(ax < ${literal(2 ** (50 + lattice.quantum))})) return +far(x); ${subnormal} ${tail(lattice, rounding)} }`,
    };
  }
  if (lattice.zero && rounding.subnormals !== 'flush' && lattice.highest < 64 * smallestNormal(lattice)) return narrowText(lattice, rounding, subnormal);
  const normal = literal(smallestNormal(lattice));
  const split = `const t = x * ${literal(2 ** (53 - lattice.precision) + 1)}; const z = t - (t - x);`;
  const { above, below } = overflowValues(lattice, rounding);
  return {
    hot: `x => { const ax = Math.abs(x); ${split} return ax >= ${normal} && ${withinReach(lattice)} ? z : +rest(x); }`,
    rest: `x => { const ax = Math.abs(x); if (ax < ${normal}) { ${subnormal} ${tail(lattice, rounding)} } if (!(ax < ${literal(reach)})) return +far(x);`
      + ` ${split} return z > ${literal(lattice.highest)} ? ${above} : z < ${literal(lattice.lowest)} ? ${below} : z; }`,
  };
}

/**
 * Formats of a few binades, whose values are subnormal as often as not: the magic number 1.5·2^52·q follows the spacing q, from the power of two at or below ax,
 * so that subnormal and normal values take the same path.
 */
function narrowText(lattice: Lattice, rounding: Rounding, subnormal: string): Text {
  const least = literal(1.5 * 2 ** (52 + lattice.quantum));
  const relative = literal(1.5 * 2 ** (53 - lattice.precision));
  const { above, below } = overflowValues(lattice, rounding);
  return {
    hot: `x => { const v = Math.abs(x) * 0.75; const t = v * 4503599627370497; const w = (t - (t - v)) * ${relative}; const m = w > ${least} ? w : ${least};`
      + ` const z = (x + m) - m; return z >= ${literal(lattice.lowest)} && z <= ${literal(lattice.highest)} && z !== 0 ? z : +rest(x); }`,
    rest: `x => { const ax = Math.abs(x); if (ax < ${literal(smallestNormal(lattice))}) { ${subnormal} ${tail(lattice, rounding)} } if (!(ax < ${literal(reach)})) return +far(x);`
      + ` return x > 0 ? ${above} : ${below}; }`,
  };
}

/** No overflow in any mode, no wrong sign, and no overflow inside a split. */
function withinReach(lattice: Lattice): string {
  return `ax <= ${literal(Math.min(lattice.highest, reach))}${lattice.lowest < 0 ? '' : ' && x > 0'}`;
}

function smallestNormal(lattice: Lattice): number {
  return 2 ** (lattice.quantum + lattice.precision - 1);
}

function modeText(lattice: Lattice, rounding: Rounding, mode: Mode): Text {
  const isFloat = Number.isFinite(lattice.precision);
  const least = literal(2 ** lattice.quantum);
  // The power of two at or below ax: Veltkamp's one-bit split of 0.75·ax, whose upper neighbour it always is.
  const power = `const v = ax * 0.75; const t = v * 4503599627370497; const h = t - (t - v);`;
  const relative = literal(2 ** (1 - lattice.precision));
  const limit = literal(isFloat ? reach : 2 ** (52 + lattice.quantum));
  const spacing = isFloat ? `${power} const w = h * ${relative}; const q = w < ${least} ? ${least} : w;` : `const q = ${least};`;
  const rest = `x => { const ax = Math.abs(x); if (!(ax < ${limit})) return +far(x); ${spacing} ${magnitude} const y = ${decision(mode, lattice)}; ${tail(lattice, rounding)} }`;
  if (!isFloat) {
    const magic = literal(1.5 * 2 ** (52 + lattice.quantum));
    return { hot: `x => { const q = ${least}; ${signedDecision(mode, `(x + ${magic}) - ${magic}`)} return z >= ${literal(lattice.lowest)} && z <= ${literal(lattice.highest)} ? z + 0 : +rest(x); }`, rest };
  }
  // Between the smallest normal and the largest finite magnitude no mode overflows, and the spacing is never the smallest.
  const decide = lattice.precision === 1 ? `${magnitude} const y = ${decision(mode, lattice)}; const z = x < 0 ? -y : y;` : signedDecision(mode, veltkamp(lattice));
  const hot = `x => { const ax = Math.abs(x); if (!(ax >= ${literal(smallestNormal(lattice))} && ${withinReach(lattice)})) return +rest(x); ${power} const q = h * ${relative}; ${decide} return z; }`;
  // A pure scale has nothing at or below zero; `finish` says the same.
  const positive = `x => x > 0 || x !== x ? +far(x) : ${rounding.overflow === 'saturate' ? literal(lattice.lowest) : 'NaN'}`;
  return { hot, rest: lattice.zero ? rest : positive };
}

const magnitude = 'const s = ax / q; const f = Math.floor(s); const r = s - f;';

function veltkamp(lattice: Lattice): string {
  const split = literal(2 ** (53 - lattice.precision) + 1);
  return `x * ${split} - (x * ${split} - x)`;
}

/**
 * z from x and q without a branch on random bits: signed floor, ceiling and truncation; to odd, the odd end of the unit interval; to nearest-away, the nearest-even
 * result unless x lies exactly half a spacing from it; stochastic, the sign of r − u decides, and that difference never rounds to zero.
 */
function signedDecision(mode: Mode, nearestEven: string): string {
  switch (mode) {
    case 'toward-zero': return 'const z = Math.trunc(x / q) * q;';
    case 'up': return 'const z = Math.ceil(x / q) * q;';
    case 'down': return 'const z = Math.floor(x / q) * q;';
    case 'to-odd': return 'const s = x / q; const f = Math.floor(s); const z = f === s ? x : (2 * Math.floor(f * 0.5) + 1) * q;';
    case 'stochastic': return 'const s = Math.abs(x) / q; const f = Math.floor(s); const r = s - f; const y = r > 0 ? (f + Math.ceil(r - random())) * q : f * q; const z = x < 0 ? -y : y;';
    default: return `const e = ${nearestEven}; const d = x - e; const z = Math.abs(d) * 2 === q && Math.abs(e) < Math.abs(x) ? x + d : e;`;
  }
}

/** The rounded magnitude from f, r and q. Multiplying the floor back is exact; the condition `r > 0` keeps exact values out of the random draw. */
function decision(mode: Mode, lattice: Lattice): string {
  // With one significand bit the code of 2^k is odd when k + bias is; k is even exactly when the root of the power h is itself a power of two.
  const odd = lattice.precision === 1 ? `(f > 0 && isSquare(h) ${lattice.bias % 2 === 0 ? '!==' : '==='} true)` : '(Math.floor(f * 0.5) !== f * 0.5)';
  switch (mode) {
    case 'nearest-even': return `(r > 0.5 || (r === 0.5 && ${odd}) ? f + 1 : f) * q`;
    case 'nearest-away': return '(r >= 0.5 ? f + 1 : f) * q';
    case 'toward-zero': return 'f * q';
    case 'up': return '(r > 0 && x > 0 ? f + 1 : f) * q';
    case 'down': return '(r > 0 && x < 0 ? f + 1 : f) * q';
    case 'to-odd': return `(r > 0 && !${odd} ? f + 1 : f) * q`;
    case 'stochastic': return '(r > 0 ? f + Math.ceil(r - random()) : f) * q';
  }
}

/** From the magnitude y with unbounded range to the value: sign, overflow, flushing, zero. The rules are those of `finish`. */
function tail(lattice: Lattice, rounding: Rounding): string {
  const overflow = overflowValues(lattice, rounding);
  const flush = rounding.subnormals === 'flush' && Number.isFinite(lattice.precision) ? `if (y < ${literal(2 ** (lattice.quantum + lattice.precision - 1))}) return ${lattice.signedZero ? 'x * 0' : '0'};` : '';
  return `const z = x < 0 ? -y : y; if (z > ${literal(lattice.highest)}) return ${overflow.above}; if (z < ${literal(lattice.lowest)}) return ${overflow.below}; ${flush}`
    + ` return ${lattice.signedZero ? 'y === 0 ? x * 0 : z' : 'z + 0'};`;
}

function overflowValues(lattice: Lattice, rounding: Rounding): { above: string; below: string } {
  if (rounding.overflow === 'wrap') return { above: '+far(x)', below: '+far(x)' };
  const done = finish(lattice, rounding);
  return { above: literal(done(Number.MAX_VALUE, false)), below: literal(done(-Number.MAX_VALUE, false)) };
}

function literal(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x);
}

/** One double operation, then one rounding: correct to nearest when 2p + 2 ≤ 53. */
export interface NearestOperations {
  add(a: number, b: number): number;
  sub(a: number, b: number): number;
  mul(a: number, b: number): number;
  div(a: number, b: number): number;
  sqrt(a: number): number;
}

export interface Generated {
  readonly round: (x: number) => number;
  readonly array: (input: Float64Array, output: Float64Array) => void;
  readonly operations: NearestOperations;
}

type Maker = (far: (x: number) => number, random: () => number, isSquare: (power: number) => boolean, table: Table | undefined) => Generated;

/** Compiles the text, or answers undefined where the platform forbids code generation (a strict Content-Security-Policy, a locked-down worker). */
export function compile(text: Text, far: (x: number) => number, random: () => number, table?: Table): Generated | undefined {
  // In a page, asking is already a violation of its policy, and a page has few values to round.
  if ('document' in globalThis) return undefined;
  try {
    const make = new Function('far', 'random', 'isSquare', 'table',
      `'use strict'; ${table ? 'const { starts, keys, values, gaps } = table;' : ''} const rest = ${text.rest}; const round = ${text.hot}; return { round,`
      + ' array: (input, output) => { for (let i = 0; i < input.length; i++) output[i] = round(input[i]); },'
      + ' operations: { add: (a, b) => round(a + b), sub: (a, b) => round(a - b), mul: (a, b) => round(a * b), div: (a, b) => round(a / b), sqrt: a => round(Math.sqrt(a)) } };') as Maker;
    return make(far, random, isSquarePower, table);
  } catch {
    return undefined;
  }
}
