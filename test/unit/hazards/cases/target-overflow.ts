import type { HazardCases } from '../support';

export const cases: HazardCases = {
  options: { targetFormats: ['fp16'] },
  fires: [
    `/** @range x [0, 300] */ export const square = (x: number) => x * x; //!`,
    `/** @range x [0, 20] */ export const grow = (x: number) => Math.exp(x); //!`,
    `export const scale = 70000; //!`,
  ],
  silent: [
    `/** @range x [0, 200] */ export const square = (x: number) => x * x;`,
    `export const unknown = (x: number) => x * x;`,
    `/** @range x [0, 10] */ export const grow = (x: number) => Math.exp(x);`,
  ],
};
