import { above, below, bigFromFraction, bigFromNumber, bigToDoubleDouble, bigToNumber, doubleDouble, subBig, toDoubleDouble, type BigFloat, type DoubleDouble, type Interval } from '../../exact';
import type { Operator } from '../../operators';
import type { StepModel } from './step-model';

/** A number that the program computes without its parameters. */
export interface ConstantValue {
  /** What the program has: a value of the format. */
  readonly computed: number;
  /** Enclosure of computed − exact. */
  readonly errorLo: number;
  readonly errorHi: number;
  /** The exact value to 100 bits; absent when it is computed − error. */
  readonly exact?: DoubleDouble;
  /** The exact value where it is a fraction of moderate size. */
  readonly fraction?: Fraction;
}

/** In lowest terms, the denominator positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The exact value of a constant to 100 bits. */
export function exactOf(c: ConstantValue): DoubleDouble {
  return c.exact ?? doubleDouble.sub(toDoubleDouble(c.computed), toDoubleDouble(c.errorLo / 2 + c.errorHi / 2));
}

/** Enclosure of the exact value; its ends are exact where the value is a double, 0 above all. */
export function exactRange(c: ConstantValue): Interval {
  if (c.errorLo === 0 && c.errorHi === 0) return { lo: c.computed, hi: c.computed };
  if (c.fraction?.numerator === 0n) return { lo: 0, hi: 0 };
  return { lo: below(c.computed - c.errorHi, 1), hi: above(c.computed - c.errorLo, 1) };
}

/** The constant with an exact fraction, computed as a given double. */
export function fractionConstant(computed: number, fraction: Fraction): ConstantValue {
  const reduced = reduce(fraction);
  return { computed, ...errorOf(computed, bigFromFraction(reduced.numerator, reduced.denominator, 300)), fraction: reduced };
}

/** computed − exact as a narrow enclosure. */
export function errorOf(computed: number, exact: BigFloat): Omit<ConstantValue, 'computed'> {
  const d = subBig(bigFromNumber(computed), exact);
  // A quotient that is no binary number is itself rounded at 300 bits: one step outward on either side covers it.
  const value = bigToNumber(d);
  return value === 0 ? { errorLo: 0, errorHi: 0 } : { errorLo: below(value, 1), errorHi: above(value, 1), exact: bigToDoubleDouble(exact) };
}

/** An operation on constants whose computed value is known (correctly rounded or exact ones), with its exact error; null where that cannot be told. */
export function foldConstant(row: Operator | null, step: StepModel | null, operands: readonly ConstantValue[]): ConstantValue | null {
  if (!row || row.exactness.kind === 'library') return null;
  const inDouble = row.value(...operands.map(c => c.computed));
  const computed = step ? step.round(inDouble) : inDouble;
  if (!Number.isFinite(computed) || (computed !== 0 && Math.abs(computed) < 2 ** -960)) return null;
  const fraction = foldFraction(row.id, operands);
  if (fraction) return fractionConstant(computed, fraction);
  // Exact value as hi + lo of the table's reference (2^-100 relative), operands as computed − error; errors of constants are themselves enclosed.
  const exactOperands = operands.map(exactOf);
  const reference = row.reference(...exactOperands);
  const middle = (computed - reference.hi) - reference.lo;
  const slopes = row.derivative(exactOperands.map(x => x.hi), reference.hi);
  let radius = Math.abs(reference.hi) * 2 ** -99 + Math.abs(middle) * 2 ** -50;
  let doubtful = false;
  operands.forEach((c, i) => {
    const r = (c.errorHi - c.errorLo) / 2;
    const d = Math.abs(slopes[i]);
    if (!(r === 0) && !Number.isFinite(d)) doubtful = true;
    // Over so narrow an enclosure a slope hardly changes.
    const narrow = row.id === 'add' || row.id === 'sub' || (row.family === 'arithmetic' && r < 2 ** -40 * Math.abs(exactOperands[i].hi));
    radius += r === 0 ? 0 : (narrow ? 1 + 2 ** -20 : 2) * d * r;
  });
  if (doubtful || !Number.isFinite(middle)) return null;
  if (row.family === 'integral' || row.family === 'bitwise' || row.family === 'comparison') radius = middle === 0 ? 0 : radius;
  if (middle === 0 && operands.every(c => c.errorLo === 0 && c.errorHi === 0)) {
    // A dyadic result with nothing beyond 106 bits: exact when the double-double reference equals the computed double.
    return reference.lo === 0 && reference.hi === computed ? { computed, errorLo: 0, errorHi: 0 } : null;
  }
  return { computed, errorLo: middle - radius, errorHi: middle + radius, exact: reference };
}

/** Bits of a fraction beyond which it is not kept. */
const MOST_BITS = 1200;

function foldFraction(id: string, operands: readonly ConstantValue[]): Fraction | null {
  if (!['add', 'sub', 'mul', 'div', 'neg', 'abs'].includes(id)) return null;
  const fractions = operands.map(fractionOf);
  if (fractions.some(f => f === null)) return null;
  const [a, b] = fractions as Fraction[];
  switch (id) {
    case 'neg': return { numerator: -a.numerator, denominator: a.denominator };
    case 'abs': return { numerator: a.numerator < 0n ? -a.numerator : a.numerator, denominator: a.denominator };
    case 'add': return moderate(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
    case 'sub': return moderate(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
    case 'mul': return moderate(a.numerator * b.numerator, a.denominator * b.denominator);
    default: return b.numerator === 0n ? null : moderate(a.numerator * b.denominator, a.denominator * b.numerator);
  }
}

function fractionOf(c: ConstantValue): Fraction | null {
  if (c.fraction) return c.fraction;
  if (c.errorLo !== 0 || c.errorHi !== 0) return null;
  const { m, e } = bigFromNumber(c.computed);
  return e >= 0 ? moderate(m << BigInt(e), 1n) : moderate(m, 1n << BigInt(-e));
}

function moderate(numerator: bigint, denominator: bigint): Fraction | null {
  if (size(numerator) + size(denominator) > 4 * MOST_BITS) return null;
  const reduced = reduce({ numerator, denominator });
  return size(reduced.numerator) + size(reduced.denominator) > MOST_BITS ? null : reduced;
}

function size(n: bigint): number {
  return 4 * n.toString(16).length;
}

function reduce({ numerator, denominator }: Fraction): Fraction {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = denominator < 0n ? -a : a;
  return divisor === 1n || divisor === 0n ? { numerator, denominator } : { numerator: numerator / divisor, denominator: denominator / divisor };
}
