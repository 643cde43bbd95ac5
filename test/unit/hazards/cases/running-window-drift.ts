import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `interface Trade { price: number }
    export class Tape { private total = 0; private at = 0; private readonly ring: ({ paid: number } | undefined)[] = new Array(16);
      add({ price }: Trade) { const next = { paid: price * 1.01 }; const out = this.ring[this.at];
        this.ring[this.at] = next; this.at = (this.at + 1) % 16;
        this.total += next.paid - (out?.paid ?? 0); //!
        return this.total / 16; } }`,
    `export class Rolling { private mean = 0; private last: number[] = []; constructor(private n: number) { for (let i = 0; i < n; i++) this.last.push(0); } push(x: number) { const old = this.last.shift()!; this.last.push(x); this.mean += (x - old) / this.n; } } //!`,
    `interface Stats { mean: number; variance: number; count: number }
    export function removeValue(s: Stats, value: number): Stats {
      const count = s.count - 1, delta = value - s.mean, mean = s.mean - delta / count, delta2 = value - mean;
      return { mean, count, variance: (s.count * s.variance - delta * delta2) / count }; //!
    }`,
    `export function moving(xs: number[], n: number) {
      const out: number[] = [];
      let sum = 0;
      for (let i = 0; i < xs.length; i++) {
        sum += xs[i];
        if (i >= n) sum -= xs[i - n]; //!
        out.push(sum / n);
      }
      return out;
    }`,
    `export class Average { private queue: number[] = []; private sum = 0;
      add(v: number) { this.queue.push(v); this.sum += v;
        if (this.queue.length > 10) this.sum -= this.queue.shift()!; //!
        return this.sum / this.queue.length; } }`,
    `type Cell = { dev: number; mean: number; delta: number };
    export const variance = {
      add: (m: Cell, v: number) => m.dev += m.delta * (v - m.mean),
      rem: (m: Cell, v: number) => m.dev -= m.delta * (v - m.mean), //!
    };`,
    `export function squares(xs: number[], n: number) {
      let sum = 0;
      const out: number[] = [];
      for (let i = 0; i < xs.length; i++) {
        sum += xs[i] ** 2;
        if (i >= n) sum -= xs[i - n] ** 2; //!
        out.push(Math.sqrt(sum / n));
      }
      return out;
    }`,
    `export function means(x: number[], n: number) { let s = 0; const r: number[] = []; for (let i = 0; i < x.length; i++) { s += x[i] - (x[i - n] ?? 0); r.push(s / n); } return r; } //!`,
    `export function deviation() {
      let n = 0, mean = 0, dev = 0;
      return {
        add(v: number) { n++; const d = v - mean; mean += d / n; dev += d * (v - mean); },
        rem(v: number) { n--; const d = v - mean; mean -= n ? d / n : mean; dev -= d * (v - mean); }, //!
        variance() { return n > 1 ? dev / n : 0; },
      };
    }`,
  ],
  silent: [
    `export function loss(rows: number[][]) { let total = 0; for (let i = 0; i < rows.length; i++) { const row = rows[i]; const top = row.reduce((m, x) => x > m ? x : m, -Infinity); const sum = row.reduce((s, x) => s + Math.exp(x - top), 0); total -= row[i] - (top + Math.log(sum)); } return total / 8; }`,
    `export class Cells { private total = 0; readonly cells: { paid: number }[] = [];
      swap(i: number, j: number) { const a = this.cells[i]; const b = this.cells[j]; this.total += a.paid - b.paid; return this.total; } }`,
    `interface Stats { mean: number; variance: number; count: number }
    export function merge(s: Stats, t: Stats) { const d = t.mean - s.mean; return s.variance + t.variance + d * d; }`,
    `export function loss(x: Float64Array, target: number[], m: number) { let total = 0; for (let t = 0; t < target.length; t++) { const logSum = Math.log(m + t) + m; total += logSum - x[target[t]]; } return total; }`,
    `export function ema(xs: number[], a: number) { let m = 0; for (const x of xs) m += a * (x - m); return m; }`,
    `export function counts(xs: Uint8Array, n: number) { let sum = 0; for (let i = n; i < xs.length; i++) sum += xs[i] - xs[i - n]; return sum; }`,
    `export function prefix(p: number[], i: number, j: number) { return p[j] - p[i]; }`,
    `export function blur(src: number[], dst: number[], w: number, r: number) { let sum = 0; for (let i = r; i < w; i++) { sum += src[i + r] - src[i - r]; dst[i] = Math.round(sum / (2 * r + 1)); } }`,
    `export class Games { gd = 0; add(score: number[], side: number) { const own = score[side], other = score[1 - side]; this.gd += own - other; } }`,
  ],
};
