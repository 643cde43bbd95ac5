import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function lerp(a: number, b: number, t: number) { return a + (b - a) * t; } //!`,
    `export function interpolateNumber(a: number, b: number) { const d = b - a; return function interpolate(t: number) { return a + d * t; }; } //!`,
    `export default function (a: number, b: number) { return a = +a, b -= a, function (t: number) { return a + b * t; }; } //!`,
  ],
  silent: [
    `export function lerp(a: number, b: number, t: number) { return a * (1 - t) + b * t; }`,
    `export function smooth(a: number, b: number, t: number) { return a + (b - a) * t; }`,
    `export function lerp(a: number, b: number) { return a + (b - a) * 0.5; }`,
  ],
  fixes: [{ before: `export const lerp = (a: number, b: number, t: number) => a + (b - a) * t;`, after: `export const lerp = (a: number, b: number, t: number) => a * (1 - t) + b * t;`, safe: false }],
};
