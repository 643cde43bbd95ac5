/** Factors and terms by which ends are pushed outward: more than the rounding errors of the double operations that computed them. */

/** More than the relative rounding errors of two double operations. */
export const OUT = 4.6e-16;
export const TINY = 1e-323;
export const UP = 1 + 2 ** -51;
export const DOWN = 1 - 2 ** -51;
