/** An unevaluated sum hi + lo of two doubles with |lo| ≤ ulp(hi)/2: about 106 bits of significand. */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}
