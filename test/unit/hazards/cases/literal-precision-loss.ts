import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const id = 1610521604143693813; //!`,
    `export const odd = 9007199254740993; //!`,
    `export const hex = 0x20000000000001; //!`,
    `export const grouped = 5_123_000_000_000_000_000_000_000_000_001; //!`,
  ],
  silent: [
    `export const pi = 3.14159265358979323846264338327950288;`,
    `export const max = 9007199254740991;`,
    `export const power = 1e23;`,
    `export const zeros = 10000000000000000000000;`,
    `export const two64 = 18446744073709551616;`,
    `export const big = 1610521604143693813n;`,
    `export const single = Math.fround(16777217);`,
    `export const hex = 0xffffffffffff0000;`,
  ],
  fixes: [{ before: `export const id = 1610521604143693813;`, after: `export const id = 1610521604143693813n;`, safe: false }],
};
