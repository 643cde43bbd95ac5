import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const trig = (a: number) => ({ s: Math.sin(a), co: Math.cos(a) });
    export function sagitta(radius: number, a: number) { const { s, co } = trig(a); return { chord: 2 * radius * s, ratio: (1 - co) / (a * a) }; } //!`,
    `const arcsecond = Math.PI / (180 * 3600);
    export const solidAngle = (seconds: number) => { const half = seconds * arcsecond / 2; return 2 * Math.PI * (1 - Math.cos(half)); }; //!`,
    `export function candela(lumens: number, degrees = 60) { const half = (degrees * Math.PI) / 360; return lumens / (2 * Math.PI * (1 - Math.cos(half))); } //!`,
    `export const sagitta = (r: number, angle: number) => r * (1 - Math.cos(angle)); //!`,
    `export function f(x: number) { const c = Math.cos(x); return (1 - c) / (x * x); } //!`,
    `export function haversine(dLat: number, dLon: number, c: number) {
      const h = (1 - Math.cos(dLat)) / 2; //!
      const k = (1 - Math.cos(dLon)) / 2; //!
      return 12742 * Math.asin(Math.min(1, Math.sqrt(h + c * k)));
    }`,
  ],
  silent: [
    `export const fan = (radius: number, degrees: number) => { const a = (degrees * Math.PI) / 180; const translateY = radius * (1 - Math.cos(a)); return { transform: [{ translateY }] }; };`,
    `const gone = (a: number) => ({ s: Math.sin(a), co: Math.hypot(a, 1) }); export const rest = (a: number) => { const { co } = gone(a); return (1 - co) / a; };`,
    `export const wave = (t: number) => 3 * (1 - Math.cos(t * (Math.PI / 6)));`,
    `const clamp = (v: number, lo: number, hi: number) => v < lo ? lo : v > hi ? hi : v; export function solid(degrees: number) { const half = clamp(degrees, 1, 89) * (Math.PI / 180); return 1 / (1 - Math.cos(half)); }`,
    `export const hann = (n: number, N: number) => 0.5 * (1 - Math.cos(2 * Math.PI * n / N));`,
    `export const easeInSine = (t: number) => 1 - Math.cos(t * Math.PI / 2);`,
    `export function rotate(x: number, y: number, angle: number) { const c = Math.cos(angle), t = 1 - c; return [t * x * x + c, t * x * y]; }`,
    `/** @range x [1, 3] */ export const far = (x: number) => 2 * (1 - Math.cos(x));`,
  ],
  fixes: [{ before: `export const versine = (angle: number) => 1 - Math.cos(angle);`, after: `export const versine = (angle: number) => (2 * Math.sin(angle / 2) ** 2);`, safe: true }],
};
