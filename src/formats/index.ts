/** Number formats: formats as data, one rounding core, arithmetic, codes, spacing, seeded randomness. Imports nothing outside this folder. */
export { FormatError, type Format, type Lattice, type Codebook, type Layout } from './format';
export { formats } from './registry';
export { findFormat, parseFormat } from './find';
export { customCodebook, customFloat, fixedFormat, integerFormat, p3109Format, uniformCodebook } from './parametric';
export { roundingModes, type Rounding, type RoundingMode, type RandomRule } from './rounding';
export { rounder, roundArray } from './rounder';
export { arithmetic, type Arithmetic } from './arithmetic';
export { encode, decode } from './encoding';
export { ulp, neighbours, bracket, contains, midpointAbove, type Neighbours } from './spacing';
export { xoshiro } from './random';
export { exactDecimal, hexFloat } from './text';
export { parseValue, roundText, fromDouble, type TypedValue } from './input';
export { exactOf, exactRounder, type ExactValue } from './exact';
export { inspect, bitFields, storageError, neighbourhood, type BitField, type Inspection, type StorageError } from './inspect';
