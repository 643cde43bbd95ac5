import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Taps { private readonly at: Float32Array; constructor(size = 64, private readonly now: () => number = () => Date.now()) { this.at = new Float32Array(size); } tap(i: number) { this.at[i] = this.now(); } } //!`,
    `export function pack(rows: { id: string; weight: string }[]) { const out = Buffer.alloc(rows.length * 8); rows.forEach((row, i) => { out.writeFloatLE(Number(row.id), i * 8); //!
      out.writeFloatLE(Number(row.weight), i * 8 + 4); }); return out; }`,
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
    `const A = 6378137, B = 6356752.3;
    const place = (lat: number, lon: number, h: number) => { const n = A * A / Math.sqrt(A * A * Math.cos(lat) ** 2 + B * B * Math.sin(lat) ** 2); return { x: (n + h) * Math.cos(lat) * Math.cos(lon), y: 0 }; };
    export function fill(out: Float32Array, lat: number, lon: number) { const p = place(lat, lon, 0); out[0] = p.x; } //!`,
    `const project = (lng: number, lat: number): [number, number] => [lng * 20037508.34 / 180, Math.log(Math.tan(lat)) * 6378137];
    export const flat = (ps: [number, number][]) => new Float32Array(ps.flatMap(([lng, lat]) => project(lng, lat))); //!
    export function fill(ps: [number, number][], out: Float32Array) { ps.forEach((p, i) => out.set(project(p[0], p[1]), 2 * i)); } //!
    export function gather(ps: [number, number][]) { const list: number[] = []; for (const p of ps) list.push(...project(p[0], p[1])); return new Float32Array(list); } //!`,
    `export const pay = (col: Float32Array, totalCents: number, i: number) => { col[i] = Math.fround(totalCents); }; //!`,
    `export const column = (rows: { cents: number }[]) => Float32Array.from(rows, r => r.cents); //!`,
    `export function stamp(view: DataView) { view.setFloat32(0, Date.now()); } //!`,
    `export function price(col: Float32Array, price: number, i: number) { col[i] = price; } //!`,
  ],
  silent: [
    `export class Taps { private readonly at: Float32Array; private start = 0; constructor(size = 64, private readonly now: () => number = () => Date.now()) { this.at = new Float32Array(size); } tap(i: number) { this.at[i] = this.now() - this.start; } }`,
    `export function detune(out: Float32Array, cents: number, i: number) { out[i] = cents; }`,
    `const project = (lng: number, lat: number): [number, number] => [lng * 20037508.34 / 180, Math.log(Math.tan(lat)) * 6378137];
    export function near(ps: [number, number][], cx: number, cy: number) { const list: number[] = []; for (const p of ps) { const [x, y] = project(p[0], p[1]); list.push(x - cx, y - cy); } return new Float32Array(list); }`,
    `export const circle = (n: number) => { const list: number[] = []; for (let i = 0; i < n; i++) list.push(Math.cos(i), Math.sin(i)); return new Float32Array(list); };`,
    `export const angle = (x: number) => Math.fround(x / 6378137);`,
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
