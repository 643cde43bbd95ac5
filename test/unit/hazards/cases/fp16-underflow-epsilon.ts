import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const usual = { rate: 0.1, floor: 1e-9 };
    export class Half { readonly settings: Float16Array; constructor(given: { rate?: number; floor?: number } = {}) { const { rate, floor } = { ...usual, ...given }; this.settings = new Float16Array([rate, floor]); } } //!`,
    `/** @format fp16 */ export const norm = (x: number, v: number) => x / Math.sqrt(v + 1e-8); //!`,
    `/** @format fp8-e4m3fn */ export function f(x: number) { return x + 1e-4; } //!`,
    `declare class Tensor { div(t: Tensor): Tensor; add(t: Tensor): Tensor }
    declare function scalar(x: number): Tensor;
    export const normalised = (t: Tensor, norm: Tensor, epsilon = 1e-8) => t.div(norm.add(scalar(epsilon))); //!`,
    `export const floor = new Float16Array([1e-8]); //!
    export const clear = (t: Float16Array) => { t[0] = Math.max(t[1], 1e-9); t.fill(3e-8); }; //!`,
    `const half = Math.f16round;
    const small = (x: number) => Math.f16round(x);
    export class Scale { constructor(private readonly eps = 1e-9) {} of(v: number) { return 1 / Math.f16round(v + this.eps); } } //!
    export function f(x: number, { eps = 1e-8 } = {}) { return half(x) / half(eps); } //!
    export const g = () => small(1e-8); //!`,
    `const EPS = 1e-8;
    export const shader = \`
    enable f16;
    const tiny: f16 = 1e-9; //!
    fn size(v: vec3<f16>) -> f16 { return sqrt(dot(v, v)) + f16(\${EPS}); } //!
    fn other(v: f16) -> f16 { return v + 1e-8h; } //!
    \`;`,
    `export const fragment = 'precision mediump float;\\nvoid main() { float l = max(length(v), 1e-8); }'; //!`,
    `import * as tf from '@tensorflow/tfjs';
    tf.env().set('WEBGL_FORCE_F16_TEXTURES', true);
    const EPSILON = 1e-8;
    export const unit = (x: any, v: any) => x.div(v.add(EPSILON).sqrt()); //!`,
  ],
  silent: [
    `const usual = { rate: 0.1, floor: 1e-3 };
    export class Half { readonly settings: Float16Array; constructor(given: { rate?: number; floor?: number } = {}) { const { rate, floor } = { ...usual, ...given }; this.settings = new Float16Array([rate, floor]); } }`,
    `/** @format fp16 */ export const norm = (x: number, v: number) => x / Math.sqrt(v + 1e-3);`,
    `export const zero = 0;`,
    `export const norm = (x: number, v: number) => x / (Math.f16round(v) + 1e-8);`,
    `export const put = (t: Float32Array) => { t[0] = 1e-8; };`,
    `export const shader = \`enable f16; fn f(v: f32) -> f32 { return v + 1e-8; } const tiny: f16 = 1e-3;\`;`,
    `export const fragment = 'precision highp float;\\nvoid main() { float l = max(length(v), 1e-8); }';`,
    `export const half = Math.f16round(1e-4);`,
  ],
};
