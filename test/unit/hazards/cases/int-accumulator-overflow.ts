import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Cells { seen = new Uint8Array(4); count(cells: Uint8Array, rows: number) { for (let x = 0; x < rows; x++) { const seen = this.seen; for (let dx = 0; dx < 3; dx++) seen[cells[x + dx]]++; //!\n    } } }`,
    `export function histogram(values: number[]) {
      const counts = new Uint8Array(256);
      for (const v of values) {
        counts[v & 255]++; //!
      }
      return counts;
    }`,
    `export function dot(a: Int8Array, b: Int8Array) {
      const acc = new Int16Array(1);
      for (let i = 0; i < 64; i++) acc[0] += a[i] * b[i]; //!
      return acc[0];
    }`,
  ],
  silent: [
    `export function majority(cells: Uint8Array, width: number) { const out: number[] = []; for (let x = 1; x < width; x++) { const counts = new Uint8Array(4); for (let dy = 0; dy < 3; dy++) for (let dx = 0; dx < 3; dx++) counts[cells[dy * width + x + dx]]++; out.push(counts[0]); } return out; }`,
    `export function histogram(values: number[]) { const counts = new Uint32Array(256); for (const v of values) counts[v & 255]++; return counts; }`,
    `export function few(a: Uint8Array) { const acc = new Uint16Array(1); for (let i = 0; i < 16; i++) acc[0] += a[i]; return acc[0]; }`,
  ],
};
