import type { Real } from '../../protocol/real';

/** Answer of `bound`, in the shape of `roundoff bound --json`; plain data. */
export interface BoundResult {
  /** Name of the function. */
  readonly function: string;
  readonly format: string;
  readonly parameters: readonly { readonly name: string; readonly range: readonly [Real, Real] }[];
  readonly result: {
    /** Contains every exact and every computed result. */
    readonly range: readonly [Real, Real];
    /** Bounds |computed − exact| over the whole box. */
    readonly absoluteError: Real;
    /** Bounds |computed − exact| / |exact|. */
    readonly relativeError: Real;
    /** Bounds the error in units of the last place of the result. */
    readonly ulps: Real;
    /** Correct significant decimal digits, ⌊−log10 of the relative error⌋, at most what the format holds. */
    readonly digits: Real;
    /** The bound's value at one point: further search cannot get below it. */
    readonly limit: Real;
    /** Largest error actually met, and where; null when it was not looked for. */
    readonly reached: Reached | null;
  };
  /** Sentences: what the theorem rests on, and why something is infinite. */
  readonly assumptions: readonly string[];
  readonly sites: readonly BoundSite[];
  readonly sound: true;
  /** False when the time or the evaluations ran out before the bound settled; it is sound all the same. */
  readonly settled: boolean;
  readonly evaluations: number;
  readonly seconds: number;
}

export interface Reached {
  readonly error: Real;
  readonly at: Readonly<Record<string, number>>;
}

/** One expression's part. */
export interface BoundSite {
  /** Offsets of the expression, which make its site id. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** Range of its value over the box. */
  readonly range: readonly [Real, Real];
  /** Bound of its own value's error over the box, by forward propagation. */
  readonly absoluteError: Real;
  /** Part of the result's bound that its rounding contributes, at the worst place, 0…1. */
  readonly share: number;
}

/** A function that cannot be bounded at all: unsupported code, or a range that is missing. One sentence. */
export class BoundError extends Error {
  override readonly name = 'BoundError';
  constructor(message: string, /** What kind of refusal: a missing range is the caller's to give, the rest is code that is not followed. */ readonly missing: 'range' | 'code') {
    super(message);
  }
}
