import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const earth = new Float32Array([6378137.2, 0, 0]); //!`,
    `export function store(out: Float32Array, timestamp: number) { out[0] = timestamp; } //!`,
    `export function now(out: Float32Array) { out[0] = Date.now(); } //!`,
    `export function place(out: Float32Array, lat: number, lon: number, h: number) { out[0] = (6378137 + h) * Math.cos(lat) * Math.cos(lon); } //!`,
  ],
  silent: [
    `export function normal(out: Float32Array, x: number, l: number) { out[0] = x / l; }`,
    `export const identity = new Float32Array([1, 0, 0, 1]);`,
    `export function relative(out: Float32Array, timestamp: number, start: number) { out[0] = timestamp - start; }`,
    `export function place(out: Float32Array, lat: number, lon: number) { out[0] = Math.cos(lat) * Math.cos(lon); }`,
  ],
};
