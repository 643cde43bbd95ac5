import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const series = (timestamps: number[]) => new Float32Array(timestamps); //!`,
    `export function orbit(at: (t: number) => { x: number }, n: number) { const ecefPoints: number[] = []; for (let t = 0; t < n; t++) ecefPoints.push(at(t).x * 1000); return new Float32Array(ecefPoints); } //!`,
    `export const stamps = (rows: { time: Date }[]) => Float32Array.from(rows, r => r.time.getTime()); //!`,
    `export const pack = (track: { timestamp: { value: number[] } }) => new Float32Array(track.timestamp.value); //!`,
    `export const earth = new Float32Array([6378137.2, 0, 0]); //!`,
    `export function store(out: Float32Array, timestamp: number) { out[0] = timestamp; } //!`,
    `export function now(out: Float32Array) { out[0] = Date.now(); } //!`,
    `export function place(out: Float32Array, lat: number, lon: number, h: number) { out[0] = (6378137 + h) * Math.cos(lat) * Math.cos(lon); } //!`,
    `declare function toWorldPosition(lat: number, lng: number, out: { x: number; y: number }): void;
    export function path(points: { lat: number; lng: number }[]) { const positions = new Float32Array(2 * points.length); const v = { x: 0, y: 0 }; points.forEach((p, i) => { toWorldPosition(p.lat, p.lng, v);
      positions[2 * i] = v.x; //!
      positions[2 * i + 1] = v.y; //!
    }); return positions; }`,
  ],
  silent: [
    `export const seconds = (rows: { time: Date }[], start: number) => Float32Array.from(rows, r => (r.time.getTime() - start) / 1000);`,
    `export const room = (ecefPoints: number[][]) => new Float32Array(ecefPoints.length);`,
    `export const pack = (track: { colour: { value: number[] } }) => new Float32Array(track.colour.value);`,
    `export function normal(out: Float32Array, x: number, l: number) { out[0] = x / l; }`,
    `export const identity = new Float32Array([1, 0, 0, 1]);`,
    `export function relative(out: Float32Array, timestamp: number, start: number) { out[0] = timestamp - start; }`,
    `export function place(out: Float32Array, lat: number, lon: number) { out[0] = Math.cos(lat) * Math.cos(lon); }`,
    `export function box(points: { x: number; y: number }[]) { const positions = new Float32Array(2 * points.length); points.forEach((p, i) => { positions[2 * i] = p.x; positions[2 * i + 1] = p.y; }); return positions; }`,
    `declare function toWorldPosition(lat: number, lng: number, center: unknown, out: { x: number; y: number }): void;
    export function path(points: { lat: number; lng: number }[], center: unknown) { const positions = new Float32Array(points.length); const v = { x: 0, y: 0 }; points.forEach((p, i) => { toWorldPosition(p.lat, p.lng, center, v); positions[i] = v.x; }); return positions; }`,
  ],
};
