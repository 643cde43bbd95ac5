import type { Format, Rounding } from '../formats';
import type { SchemeRequest } from '../protocol/report';

/** How results of one unit of operations are rounded. */
export type UnitRounding =
  /** Not at all: wide intermediate results of fixed point, and fp64. */
  | { readonly kind: 'exact' }
  /** Exact sums of products of codes: the accumulators of integer-only inference. */
  | { readonly kind: 'accumulator' }
  | { readonly kind: 'format'; readonly format: Format; readonly rounding: Rounding; readonly seed: number }
  /** Fake quantization: to the grid of a scale per site, calibrated by a run in double. Constants have a scale of their own and stay as they are. */
  | { readonly kind: 'calibrated'; readonly format: Format; readonly symmetric: boolean; readonly integerOnly: boolean; readonly calibration: NonNullable<SchemeRequest['calibration']> };

/** What rounds where: one scheme, resolved. */
export interface SchemePlan {
  readonly id: string;
  readonly title: string;
  /** Format that counts as "the" arithmetic format: ulps, bits, exponents. */
  readonly format: Format;
  /** Operations whose result is stored, passed or compared. */
  readonly base: UnitRounding;
  /** + − × directly inside another + − ×. */
  readonly wide: UnitRounding;
  /** The addend of a reduction. */
  readonly product: UnitRounding;
  /** The sum of a reduction. */
  readonly accumulator: UnitRounding;
  /** False in fixed point, where constants are as wide as products. */
  readonly roundsLiterals: boolean;
  /** Block scaling of arrays on load. */
  readonly blocks: BlockScaling | null;
  /** The reference is double-double: significands beyond 24 bits. */
  readonly wideReference: boolean;
  /** Bits of the arithmetic, for the energy table. */
  readonly energy: { readonly family: 'float' | 'integer'; readonly bits: number; readonly accumulatorBits: number };
}

export interface BlockScaling {
  readonly scheme: string;
  readonly size: number;
}
