import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const a = Math.sin(1e22); //!`,
    `export const wave = () => Math.sin(Date.now() * 0.002); //!`,
    `/** @range t [0, 1e9] */ export const w = (t: number) => Math.cos(t * 1e6); //!`,
  ],
  silent: [
    `export const a = (x: number) => Math.sin(x);`,
    `export const noise = (x: number) => Math.sin(x * 12.9898) * 43758.5453;`,
    `/** @range d [0, 360] */ export const r = (d: number) => Math.sin(d * Math.PI / 180);`,
  ],
};
