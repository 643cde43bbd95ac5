import type { HazardCases } from '../support';

export const cases: HazardCases = {
  options: { targetFormats: ['fp16'] },
  fires: [
    `const eps = 1e-8; //!
    export const norm = (x: number, v: number) => x / Math.sqrt(v + eps);`,
    `/** @format fp8-e4m3fn */ export function f(x: number) { return x + 1e-4; } //!`,
    `declare class Tensor { div(t: Tensor): Tensor; add(t: Tensor): Tensor }
    declare function scalar(x: number): Tensor;
    export const normalised = (t: Tensor, norm: Tensor, epsilon = 1e-8) => t.div(norm.add(scalar(epsilon))); //!`,
  ],
  silent: [
    `const eps = 1e-3; export const norm = (x: number, v: number) => x / Math.sqrt(v + eps);`,
    `export const zero = 0;`,
  ],
};
