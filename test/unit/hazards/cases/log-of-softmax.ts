import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const shares = (zs: number[]) => { const m = Math.max(...zs); const es = zs.map(z => Math.exp(z - m)); const t = es.reduce((a, b) => a + b, 0); return es.map(e => e / t); };
    export const loss = (zs: number[], k: number) => -Math.log(shares(zs)[k]); //!`,
    `function toShares(scores: number[]) { const top = Math.max(...scores); const out = new Float64Array(scores.length); let all = 0;
      for (let i = 0; i < scores.length; i++) { out[i] = Math.exp(scores[i] - top); all += out[i]; }
      for (let i = 0; i < out.length; i++) out[i] /= all;
      return out; }
    export const surprise = (scores: number[], k: number) => { const shares = toShares(scores); return -Math.log(shares[k]); }; //!`,
    `export function softmax(xs: number[]) { const top = xs.reduce((a, b) => Math.max(a, b)); const e = xs.map(x => Math.exp(x - top)); const sum = e.reduce((a, b) => a + b, 0); return e.map(x => x / sum); }
    export const crossEntropy = (probs: number[], label: number) => -Math.log(probs[label]); //!`,
    `export function logDensity(x: number, mean: number, scale: number, spread: number) { const d = x - mean; return Math.log(scale * Math.exp(-d * d / spread)); } //!`,
    `export const logit = (a: number, x: number) => { const p = Math.exp(-x) / a; return Math.log(p); }; //!`,
    `function softmax(xs: number[]) { const m = Math.max(...xs); const e = xs.map(x => Math.exp(x - m)); const s = e.reduce((a, b) => a + b, 0); return e.map(x => x / s); }
    export function logSoftmax(xs: number[]) {
      const p = softmax(xs);
      return p.map(x => Math.log(x)); //!
    }`,
    `export function logProbabilities(xs: number[], max: number) {
      const sum = xs.reduce((s, x) => s + Math.exp(x - max), 0);
      return xs.map(x => Math.log(Math.exp(x - max) / sum)); //!
    }`,
    `declare function softmax(xs: number[]): number[];
    export function loss(xs: number[], label: number) {
      const probs = softmax(xs);
      return -Math.log(probs[label]); //!
    }`,
    `declare function softmax(x: number[]): number[]; declare const tf: any;
    export function entropy(x: number[]) { let h = 0; for (const [, p] of softmax(x).entries()) h -= p * Math.log(p); return h; } //!
    export const scores = (x: number[]) => Array.from(softmax(x), p => 5 + Math.log(p)); //!
    export class Model { private probs: number[] = []; loss(t: number) { return t; } }
    export const logs = (x: any) => tf.log(tf.softmax(x)); //!
    export const rows = (x: any) => x.softmax(-1).log(); //!`,
    `declare const tf: any;
    export async function loss(x: any, t: number) { const p = await tf.softmax(x).data(); return -Math.log(p[t]); } //!`,
  ],
  silent: [
    `function halves(xs: number[]) { const out = new Float64Array(xs.length); for (let i = 0; i < out.length; i++) { out[i] = xs[i]; } for (let i = 0; i < out.length; i++) out[i] /= 2; return out; }
    export const level = (xs: number[], k: number) => Math.log(halves(xs)[k]);`,
    `export function softmax(xs: number[]) { const top = xs.reduce((a, b) => Math.max(a, b)); const e = xs.map(x => Math.exp(x - top)); const sum = e.reduce((a, b) => a + b, 0); return e.map(x => x / sum); }
    export const crossEntropy = (probs: number[], label: number) => -Math.log(Math.max(probs[label], 1e-12));
    export const surprise = (counts: number[], i: number) => -Math.log(counts[i]);`,
    `/** @range x [0, 1] */ export const safe = (a: number, x: number) => Math.log(a * Math.exp(-x));`,
    `export const plain = (x: number) => Math.log(2 * x);`,
    `export function logSoftmax(xs: number[]) { const m = Math.max(...xs); const s = Math.log(xs.reduce((a, x) => a + Math.exp(x - m), 0)); return xs.map(x => x - m - s); }`,
    `declare function softmax(xs: number[]): number[];
    export const loss = (xs: number[], k: number) => { const p = softmax(xs); return -Math.log(p[k] + 1e-12); };`,
    `declare function softmax(x: number[]): number[]; declare const tf: any;
    export const show = (x: number[]) => console.log(softmax(x));
    export const floored = (x: any) => tf.log(tf.softmax(x).add(1e-7));
    export const entropy = (x: number[]) => softmax(x).reduce((h, p) => p > 0 ? h - p * Math.log(p) : h, 0);
    export const good = (x: any) => tf.logSoftmax(x);`,
  ],
};
