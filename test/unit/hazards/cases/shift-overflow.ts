import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const join = (hi: number, lo: number) => (hi << 32) | lo; //!`,
    `export const high = (x: number) => x >>> 32; //!`,
    `export function readUint32(b: Uint8Array, i: number) {
      return (b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3]; //!
    }`,
  ],
  silent: [
    `export const flag = 1 << 4;`,
    `export function readUint32(b: Uint8Array, i: number) { return ((b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3]) >>> 0; }`,
    `export function readInt32(b: Uint8Array, i: number) { return (b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3]; }`,
    `export const big = (x: bigint) => x << 32n;`,
    `export const word = (hi: number, lo: number) => (hi << 16) | lo;`,
  ],
};
