import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Outcome {
      constructor(private readonly slope: number, private readonly shift: number) {}
      private growth(dose: number): number { let z = this.shift; for (let i = 0; i < 3; i++) z += this.slope * dose; return Math.exp(z); }
      response(dose: number): number { const g = this.growth(dose); return g / (g + 1); } //!
    }`,
    `function curve(x: number, gain: number) { const up = Math.exp(gain * x); const down = Math.exp(-gain * x);
    return (up - down) / (up + down); } //!
    export const table = (gain: number) => Array.from({ length: 64 }, (_, i) => curve(i / 32 - 1, gain));`,
    `export function pdf(x: number, s: number) { const e = Math.exp(x / s); return e / (s * Math.pow(1 + e, 2)); } //!`,
    `export const sigmoid = (x: number) => Math.exp(x) / (1 + Math.exp(x)); //!`,
    `export function tanh(x: number) { const a = Math.exp(x), b = Math.exp(-x); return (a - b) / (a + b); } //!`,
    `export function logistic(x: number) { const u = Math.exp(x); return u / (1 + u); } //!`,
    `export const tanh = (x: number) => { const y = Math.exp(2 * x); return (y - 1) / (y + 1); }; //!`,
    `export function tanh(x: number) { x = Math.exp(2 * x); return (x - 1) / (x + 1); } //!`,
    `export const real = (a: number, b: number) => Math.sinh(a) / (Math.cosh(a) + Math.cos(b)); //!`,
    `export function share(x: number, m: number, s: number) { const z = Math.exp((x - m) / s); return z / (1 + z); } //!`,
  ],
  silent: [
    `export const tools = { less(x: number): number { const u = Math.exp(x); if (u === 1) return x; return ((u - 1) * x) / Math.log(u); },
      sine(x: number): number { if (Math.abs(x) > 1) return Math.sinh(x); const y = this.less(x); return (y + y / (y + 1)) / 2; } };`,
    `export class Share { private part(d: number): number { return Math.exp(-Math.abs(d)); } of(d: number): number { const p = this.part(d); return p / (1 + p); } }`,
    `export function tanh(x: number) { const a = Math.exp(x), b = Math.exp(-x); return a === Infinity ? 1 : b === Infinity ? -1 : (a - b) / (a + b); }`,
    `export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));`,
    `export function stable(x: number) { if (x >= 0) return 1 / (1 + Math.exp(-x)); const u = Math.exp(x); return u / (1 + u); }`,
    `export const ratio = (a: number, b: number) => a / (a + b);`,
    `export const mercator = (λ: number, φ: number) => Math.sinh(λ) / (Math.cosh(λ) + Math.cos(φ));`,
  ],
};
