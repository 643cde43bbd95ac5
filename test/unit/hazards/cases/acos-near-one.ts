import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `interface Q { w: number; x: number; y: number; z: number; mul(o: Q): Q; conj(): Q }
    export function turned(now: Q, before: Q) { const d = now.mul(before.conj());
    return 2 * Math.acos(Math.min(1, Math.abs(d.w))); } //!`,
    `export const arcseconds = (cosine: number) => { const angle = Math.acos(Math.max(-1, Math.min(1, cosine))); return angle * 206264.80624709636; }; //!`,
    `interface Q { x: number; y: number; z: number; w: number }
    export const turn = (a: Q, b: Q) => 2 * Math.acos(Math.min(1, Math.abs(a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w))); //!`,
    `export class Seams {
      constructor(private dot: (a: number[], b: number[]) => number, private tolerance = 1e-9) {}
      broken(a: number[], b: number[]) {
        const angle = Math.acos(Math.max(-1, Math.min(1, this.dot(a, b)))); //!
        return angle > this.tolerance;
      }
    }`,
    `export function distance(a: { lat: number; lng: number }, b: { lat: number; lng: number }) {
      const rad = Math.PI / 180, lat1 = a.lat * rad, lat2 = b.lat * rad;
      const cos = Math.sin(lat1) * Math.sin(lat2) + Math.cos(lat1) * Math.cos(lat2) * Math.cos((b.lng - a.lng) * rad);
      return 6371000 * Math.acos(Math.min(cos, 1)); //!
    }`,
  ],
  silent: [
    `interface Q { w: number; x: number; y: number; z: number }
    export const axisAngle = (q: Q) => 2 * Math.acos(q.w < -1 ? -1 : Math.min(1, q.w));`,
    `export const degrees = (cosine: number) => Math.acos(Math.max(-1, Math.min(1, cosine))) * 180 / Math.PI;`,
    `interface Q { x: number; y: number; z: number; w: number }
    export function slerp(a: Q, b: Q, t: number) { const dot = a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w; const turn = 2 * Math.acos(Math.max(-1, Math.min(1, dot))); return Math.sin(turn * t); }`,
    `export const bent = (cosine: number) => Math.acos(Math.max(-1, Math.min(1, cosine))) > 0.01;`,
    `export function haversine(lat1: number, lat2: number, d: number) { const s = Math.sin((lat2 - lat1) / 2); const h = s * s + Math.cos(lat1) * Math.cos(lat2) * Math.sin(d / 2) ** 2; return 2 * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h)); }`,
    `export function slerp(dot: number) { const c = dot * 1; if (c < 0.9995 && c > -1) { return Math.acos(c); } return 0; }`,
  ],
};
