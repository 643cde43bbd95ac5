import { fromReal } from '../../src/protocol/real';
import type { JsonValue, Real } from '../../src/protocol/real';
import { wholeLength } from '../../src/protocol/report-pages';

/** A number in 3 significant digits, for reading; `full` gives all digits. Plain from 1e-3 to 1e6 (more digits reach further), with an exponent outside. */
export function short(x: number, digits = 3): string {
  if (x !== x) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '-∞';
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const size = Math.abs(x);
  const plain = Math.max(1e6, 10 ** digits);
  if (Number.isInteger(x) && size < plain) return String(x);
  if (size < 1e-3 || size >= plain) return x.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e');
  const text = x.toPrecision(digits);
  return text.includes('e') ? String(Number(text)) : text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The shortest text that reads back as the same double. */
export function full(x: number): string {
  return Object.is(x, -0) ? '-0' : Number.isFinite(x) || x !== x ? String(x) : x > 0 ? 'Infinity' : '-Infinity';
}

export function shortReal(x: Real): string {
  return short(fromReal(x));
}

/** Two values that differ, in as few digits (3 to 17) as show the difference, and show it within a half. */
export function distinct(a: number, b: number): readonly [string, string] {
  for (let digits = 3; digits < 17; digits++) {
    const texts = [short(a, digits), short(b, digits)] as const;
    const off = Math.max(Math.abs(Number(texts[0]) - a), Math.abs(Number(texts[1]) - b));
    if (Object.is(a, b) || (texts[0] !== texts[1] && !(off > Math.abs(a - b) / 4))) return texts;
  }
  return [full(a), full(b)];
}

/** A share 0…1 as `61 %`; small non-zero shares as `<1 %`. */
export function percent(share: number): string {
  if (!(share > 0)) return '0 %';
  return share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;
}

/** `17 of 53 bits`. */
export function bitsKept(bits: number, of: number): string {
  return `${Math.floor(bits + 1e-9)} of ${of} bits`;
}

export function count(n: number): string {
  return n < 1e7 ? n.toLocaleString('en-US') : short(n);
}

/** `1 operation`, `3 operations`. */
export function plural(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** Energy given in picojoules, in the unit that keeps it between 1 and 1000. */
export function energy(picojoules: number): string {
  return scaled(picojoules, ['pJ', 'nJ', 'µJ', 'mJ', 'J'], 1000);
}

export function bytes(n: number): string {
  return scaled(n, ['B', 'kB', 'MB', 'GB'], 1000);
}

/** A rate in operations per second. */
export function rate(perSecond: number): string {
  return scaled(perSecond, ['op/s', 'kop/s', 'Mop/s', 'Gop/s'], 1000);
}

export function duration(seconds: number): string {
  return seconds < 1 ? `${short(seconds * 1000, 2)} ms` : seconds < 120 ? `${short(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function scaled(x: number, units: readonly string[], step: number): string {
  if (!Number.isFinite(x)) return short(x);
  let unit = 0;
  while (Math.abs(x) >= step && unit < units.length - 1) { x /= step; unit++; }
  return `${short(x)} ${units[unit]}`;
}

/** A returned value on one line: numbers in 3 digits, arrays and objects cut after `limit` numbers. */
export function valueText(value: JsonValue | undefined, limit = 4): string {
  if (value === undefined) return '–';
  if (value === null) return 'none';
  if (typeof value === 'number' || isSpecial(value)) return shortReal(value as Real);
  if (Array.isArray(value)) return `[${value.slice(0, limit).map(v => valueText(v as JsonValue, limit)).join(', ')}${value.length > limit ? `, … ${count(wholeLength(value as readonly JsonValue[]))}` : ''}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value as Record<string, JsonValue>);
    return `{${entries.slice(0, limit).map(([k, v]) => `${k}: ${valueText(v, limit)}`).join(', ')}${entries.length > limit ? ', …' : ''}}`;
  }
  return String(value);
}

/** The first number in a returned value, in document order, as the report's `outputPath` finds it. */
export function firstNumber(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number' || isSpecial(value)) return fromReal(value as Real);
  if (typeof value === 'string') return undefined;
  for (const inner of Object.values(value)) {
    const found = firstNumber(inner as JsonValue);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isSpecial(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' || value === '-0';
}
