import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Till { private readonly scale: number; constructor({ places = 2 } = {}) { this.scale = 10 ** places; } private settle(price: number) { return Math.round(price * this.scale) / this.scale; } } //!`,
    `export function quantize(value: number, places: number) { const scale = 10 ** places; return Math.round(value * scale + Number.EPSILON) / scale; } //!`,
    `export function round(method: 'floor' | 'round', x: number, digits: number) { const p = Math.pow(10, digits); return Math[method](x * p) / p; } //!`,
    `export const round2 = (x: number) => Math.round(x * 100) / 100; //!`,
    `export function round(value: number, decimals: number) { const factor = Math.pow(10, decimals); return Math.round(value * factor) / factor; } //!`,
    `export const cut = (x: number) => Number(x.toFixed(2)); //!`,
    `export const cut = (x: number) => +x.toFixed(3); //!`,
    `export function priceOf(net: number) { return Math.round(net * 1.19 * 100) / 100; } //!`,
    `export function ceilTo(x: number, digits: number) { digits = Math.pow(10, digits); return Math.ceil(x * digits) / digits; } //!`,
    `export function currency(value: string | number, symbol: string, decimals: number) { const amount = parseFloat(String(value)); const text = Math.abs(amount).toFixed(decimals); return symbol + text; } //!`,
    `export function formatNumber(x: number, digits: number) { const parts = Math.abs(x).toFixed(digits).split('.'); return parts.join(','); } //!`,
    `export const hundredths = (x: number) => Math.round(x / 0.01) * 0.01; //!`,
    `export function round(value: number, digits: number, half: boolean) { const m = Math.pow(10, digits); value *= m; return (half ? value : Math.round(value)) / m; } //!`,
    `export function places(x: number, d: number) { const unit = Math.pow(10, -d); return Math.round(x / unit) * unit; } //!`,
    `export function rounding(name: 'floor' | 'ceil') { const f = Math[name]; return (x: number, digits: number) => { const p = 10 ** digits; return f(x * p) / p; }; } //!`,
    `export function toFixedFix(n: number, digits: number) { const k = Math.pow(10, digits); return '' + Math.round(n * k) / k; } //!`,
    `export const cut = (x: number) => ~~(x * 100) / 100; //!`,
    `export const cut = (x: number) => (x * 1000 | 0) / 1000; //!`,
    `export const cut = (x: number) => parseInt(String(x * 100), 10) / 100; //!`,
    `export function decimals(x: number, places: number) {
      let shift10 = 1;
      for (let k = 0; k < places; k++) shift10 *= 10;
      return Math.floor(x * shift10) / shift10; //!
    }`,
    `export function cut(x: number, places: number) { let q = 1; while (places-- > 0) { q = 10 * q; } const y = Math.round(x * q); return y / q; } //!`,
    `export const rounded = (x: number, n: number) => { const q = Number('1e' + n); return Math.round(x * q) / q; }; //!`,
    `const units = [1, 10, 100, 1000];
    export function keep(x: number, places: number) { const unit = units[places]; return Math.ceil(x * unit) / unit; } //!`,
    `const ten = (n: number) => 10 ** n; export const places = (x: number, n: number) => Math.round(x * ten(n)) / ten(n); //!`,
  ],
  silent: [
    `export class Board { private readonly scale: number; constructor({ cells = 8 } = {}) { this.scale = cells; } private snap(x: number) { return Math.round(x * this.scale) / this.scale; } }`,
    `export const level = (gain: number) => { const d = 20 * Math.log10(gain); return Math.round(d * 10) / 10; };`,
    `export function tidy(x: number) { return parseFloat(x.toFixed(5)); }`,
    `export function scale(convert: (x: number) => number, x: number, p: number) { return convert(x * p) / p; }`,
    `export const label = (fps: number) => \`\${Math.round(fps * 10) / 10} fps\`;`,
    `export const percentage = (part: number, all: number) => Math.round(part / all * 100 * 10) / 10;`,
    `export const snap = (x: number) => Math.round(x * 4) / 4;`,
    `export const text = (x: number) => x.toFixed(2);`,
    `export const px = (x: number, dpr: number) => Math.round(x * dpr) / dpr;`,
    `export const tidy = (x: number) => parseFloat(x.toFixed(15));`,
    `export const next = (value: number, step: number, decimals: number) => Number((value + step).toFixed(decimals));`,
    `export const seconds = (ms: number) => (ms / 1000).toFixed(2);`,
    `export const confidence = (logit: number) => parseFloat((1 / (1 + Math.exp(-logit))).toFixed(3));`,
    `export const snap = (x: number, grid: number) => Math.round(x / grid) * grid;`,
    `export const quarter = (x: number) => Math.round(x / 0.25) * 0.25;`,
    `export const shown = (n: number) => 'about ' + Math.round(n * 100) / 100;`,
    `export function sharp(x: number) { const q = window.devicePixelRatio || 1; return Math.round(x * q) / q; }`,
    `export function fine(x: number, level: number) { let q = 1; while (level-- > 0) q *= 2; return Math.round(x * q) / q; }`,
    `export function mixed(x: number, level: number) { let q = 10; while (level-- > 0) q *= 5; return Math.round(x * q) / q; }`,
    `const parts = [1, 2, 4, 8]; export const split = (x: number, i: number) => Math.round(x * parts[i]) / parts[i];`,
    `export function step(x: number, n: number) { let tickSize = 1; for (let i = 0; i < n; i++) tickSize *= 10; return Math.round(x * tickSize) / tickSize; }`,
    `export const tidy = (x: number, parts = 10 ** 11) => Math.round(x * parts) / parts;`,
  ],
};
