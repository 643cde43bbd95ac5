/**
 * A double that survives JSON: finite values are numbers, the four values that JSON cannot carry are these strings.
 * Every number in a message or a report that may be non-finite or −0 has this type.
 */
export type Real = number | 'NaN' | 'Infinity' | '-Infinity' | '-0';

export function toReal(x: number): Real {
  if (Number.isFinite(x)) return Object.is(x, -0) ? '-0' : x;
  return x !== x ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
}

export function fromReal(x: Real): number {
  return typeof x === 'number' ? x : x === '-0' ? -0 : x === 'NaN' ? NaN : x === 'Infinity' ? Infinity : -Infinity;
}

/** A value of the simulated program in JSON: numbers as `Real`, typed arrays as arrays, objects by their own enumerable properties. */
export type JsonValue = Real | string | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
