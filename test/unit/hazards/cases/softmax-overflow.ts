import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `interface Option { name: string; score: number }
    export class Picker { constructor(private readonly heat: number) {}
      private weigh(options: Option[]) { return options.map(({ name, score }) => ({ name, part: Math.exp(score / this.heat) })); } //!
      shares(options: Option[]) { const parts = this.weigh(options); const all = parts.reduce((s, { part }) => s + part, 0);
        return parts.map(({ name, part }) => ({ name, p: part / all })); } } //!`,
    `export function softmax(xs: number[]) {
      const exps = xs.map(x => Math.exp(x)); //!
      const sum = exps.reduce((a, b) => a + b, 0);
      return exps.map(e => e / sum); //!
    }`,
    `export function softmax(logits: Float32Array) {
      const out = new Float32Array(logits.length);
      let total = 0;
      for (let i = 0; i < logits.length; i++) {
        out[i] = Math.exp(logits[i]); //!
        total += out[i];
      }
      for (let i = 0; i < logits.length; i++) out[i] = out[i] / total; //!
      return out;
    }`,
    `export const softmax = (xs: number[]) => {
      const sum = xs.reduce((s, x) => s + Math.exp(x), 0); //!
      return xs.map(x => Math.exp(x) / sum); //!
    };`,
    `export function softmax(xs: number[]) {
      let sum = 0;
      const out: number[] = [];
      for (const x of xs) {
        const e = Math.exp(x); //!
        out.push(e);
        sum += e;
      }
      return out.map(v => v / sum); //!
    }`,
    `export function boltzmann(xs: number[], t: number) {
      const weights = xs.map(x => Math.exp(x / t)); //!
      let z = 0;
      for (const w of weights) z += w;
      for (let i = 0; i < weights.length; i++) weights[i] /= z; //!
      return weights;
    }`,
    `export const softmax = (xs: number[]) => xs.map(x => {
      return (
        Math.exp(x) / //!
        xs.map(y => Math.exp(y)) //!
          .reduce((a, b) => a + b)
      );
    });`,
    `const { exp } = Math; export const softmax = (z: number[]) => { const e = z.map(exp); const t = e.reduce((a, b) => a + b); return e.map(x => x / t); }; //!`,
    `export function shares(x: number[]) {
      const powers = x.map(Math.exp); //!
      const total = powers.reduce((a, b) => a + b, 0);
      return powers.map(p => p / total); //!
    }`,
    `declare function sumOf(xs: number[]): number; export function shares(xs: number[]) { const e = xs.map(x => Math.exp(x)); return e.map(x => x / sumOf(e)); } //!`,
    `export function pick(values: number[], t: number) { const w = values.map(v => Math.exp(v / t)); const sum = w.reduce((a, b) => a + b); let r = Math.random() * sum; for (let i = 0; i < w.length; i++) { r -= w[i]; if (r < 0) return i; } return -1; } //!`,
  ],
  silent: [
    `export function softmax(xs: number[]) {
      const max = Math.max(...xs);
      const exps = xs.map(x => Math.exp(x - max));
      const sum = exps.reduce((a, b) => a + b, 0);
      return exps.map(e => e / sum);
    }`,
    `export function softmax(xs: number[]) {
      let m = -Infinity;
      for (const x of xs) if (x > m) m = x;
      let sum = 0;
      const out = new Array(xs.length);
      for (let i = 0; i < xs.length; i++) { out[i] = Math.exp(xs[i] - m); sum += out[i]; }
      for (let i = 0; i < xs.length; i++) out[i] /= sum;
      return out;
    }`,
    `export function kernel(xs: number[]) {
      const w = xs.map(x => Math.exp(-x * x));
      const sum = w.reduce((a, b) => a + b, 0);
      return w.map(v => v / sum);
    }`,
    `export function clamped(xs: number[]) {
      const w = xs.map(x => Math.exp(Math.min(x, 80)));
      const sum = w.reduce((a, b) => a + b, 0);
      return w.map(v => v / sum);
    }`,
    `export function softmax(xs: number[]) {
      const max = xs.reduce((a, b) => (b > a ? b : a), -Infinity);
      const e = xs.map(x => Math.exp(x - max));
      const sum = e.reduce((a, b) => a + b, 0);
      return e.map(v => v / sum);
    }`,
    `export function pick(values: number[], t: number) { const m = Math.max(...values.slice(0, 9)); const w = values.map(v => Math.exp((v - m) / t)); const sum = w.reduce((a, b) => a + b); let r = Math.random() * sum; for (let i = 0; i < w.length; i++) { r -= w[i]; if (r < 0) return i; } return -1; }`,
  ],
};
