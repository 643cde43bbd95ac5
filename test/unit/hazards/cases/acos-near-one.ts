import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function distance(a: { lat: number; lng: number }, b: { lat: number; lng: number }) {
      const rad = Math.PI / 180, lat1 = a.lat * rad, lat2 = b.lat * rad;
      const cos = Math.sin(lat1) * Math.sin(lat2) + Math.cos(lat1) * Math.cos(lat2) * Math.cos((b.lng - a.lng) * rad);
      return 6371000 * Math.acos(Math.min(cos, 1)); //!
    }`,
  ],
  silent: [
    `export function haversine(lat1: number, lat2: number, d: number) { const s = Math.sin((lat2 - lat1) / 2); const h = s * s + Math.cos(lat1) * Math.cos(lat2) * Math.sin(d / 2) ** 2; return 2 * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h)); }`,
    `export function slerp(dot: number) { const c = dot * 1; if (c < 0.9995 && c > -1) { return Math.acos(c); } return 0; }`,
  ],
};
