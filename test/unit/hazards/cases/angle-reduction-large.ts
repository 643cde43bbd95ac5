import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const a = Math.sin(1e22); //!`,
    `export const wave = () => Math.sin(Date.now() * 0.002); //!`,
    `/** @range t [0, 1e9] */ export const w = (t: number) => Math.cos(t * 1e6); //!`,
    `export class Radio { private readonly spec = { carrier: 1.2e9 }; phaseAt(epochMs: number) { const w = 2 * Math.PI * this.spec.carrier; return Math.sin(w * epochMs / 1000); } } //!`,
    `const tones = [5e6, 10e6]; export const bank = () => tones.map(f => Math.cos(2 * Math.PI * f * (Date.now() / 1000))); //!`,
    `export function wobble(speed = 1e7) { const t = new Date().getTime(); return Math.sin(t * speed); } //!`,
    `export const tune = (d: Date) => Math.sin(2 * Math.PI * 1e9 * d.getTime()); //!`,
  ],
  silent: [
    `export const a = (x: number) => Math.sin(x);`,
    `export const noise = (x: number) => Math.sin(x * 12.9898) * 43758.5453;`,
    `/** @range d [0, 360] */ export const r = (d: number) => Math.sin(d * Math.PI / 180);`,
    `export const wrapped = (hz: number) => Math.sin(2 * Math.PI * ((hz * (Date.now() / 1000)) % 1));`,
    `export function since(start: number) { return Math.sin((Date.now() - start) * 1e6); }`,
    `export const sun = (jd: number) => Math.sin((280.46 + 0.9856474 * (jd - 2451545)) * Math.PI / 180);`,
    `export function tone(t: number, hz = 440) { return Math.sin(2 * Math.PI * hz * t); }`,
    `export function sway(timestamp: number) { return Math.sin(timestamp * 0.004); }`,
  ],
};
