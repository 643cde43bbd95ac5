import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const reach = (v: number, g: number, x: number, y: number) => { return v ** 4 - g * (g * x * x + 2 * y * v * v); };
    export class Catapult { angle = 0; aim(x: number, y: number, v: number) { this.angle = Math.atan((v * v + Math.sqrt(reach(v, 9.81, x, y))) / (9.81 * x)); } } //!`,
    `export function logOdds(bothYes: number, onlyA: number, onlyB: number, neither: number) { return Math.log((bothYes * neither) / (onlyA * onlyB)); } //!`,
    `function level(sample: number) { return 20 * Math.log10(Math.abs(sample)); } //!
    export const levels = (samples: Float32Array) => Array.from(samples, level);`,
    `export const axisAngle = (q: number[]) => Math.acos(q[3]) * 2; //!`,
    `export const stdev = { add: (m: any, d: number, v: number) => { m.dev += d * v; }, rem: (m: any, d: number, v: number) => { m.dev -= d * v; }, value: (m: any) => Math.sqrt(m.dev / (m.valid - 1)) }; //!`,
    `export function angle(a: number[], b: number[]) {
      const dot = a[0] * b[0] + a[1] * b[1];
      return Math.acos(dot); //!
    }`,
    `export function angle(out: number[], a: number[], b: number[]) {
      const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      if (cosine > 1.0) { return 0; } else { return Math.acos(cosine); } //!
    }`,
    `export const angleTo = (u: { dot(v: unknown): number }, v: unknown) => Math.acos(u.dot(v)); //!`,
    `export function height(r: number, d: number) { return Math.sqrt(r * r - d * d); } //!`,
    `export function w(x: number, y: number, z: number) { return Math.sqrt(1 - x * x - y * y - z * z); } //!`,
    `export function deviation(sq: number, sum: number, n: number) {
      const mean = sum / n;
      return Math.sqrt(sq / n - mean * mean); //!
    }`,
    `export function distance(lat1: number, lat2: number, dLon: number) {
      return 6371 * Math.acos(Math.sin(lat1) * Math.sin(lat2) + Math.cos(lat1) * Math.cos(lat2) * Math.cos(dLon)); //!
    }`,
    `export function lens(r1: number, r2: number, d: number) {
      if (d > r1 + r2) return null;
      if (d === 0 && r1 === r2) return null;
      const a = (Math.pow(r1, 2) - Math.pow(r2, 2) + Math.pow(d, 2)) / (2 * d);
      return Math.sqrt(Math.pow(r1, 2) - Math.pow(a, 2)); //!
    }`,
    `export function between(a: number[], b: number[], dot: (a: number[], b: number[]) => number) { const cosine = dot(a, b); if (cosine > 1) return 0; else return Math.acos(cosine); } //!`,
    `export const launch = (v: number, g: number, x: number, y: number) => Math.sqrt(v ** 4 - g * (g * x * x + 2 * y * v * v)); //!`,
    `export const interval = (rate: number) => -Math.log(Math.random()) / rate; //!`,
    `export function pair(rng: () => number) {
      const u = rng();
      const radius = Math.sqrt(-2 * Math.log(u)); //!
      return radius * Math.cos(2 * Math.PI * rng());
    }`,
    `export const entropy = (p: number[]) => -p.reduce((h, x) => h + x * Math.log2(x), 0); //!`,
    `export function divergence(p: number[], q: number[]) {
      let sum = 0;
      for (let i = 0; i < p.length; i++) sum += p[i] * Math.log(p[i] / q[i]); //!
      return sum;
    }`,
    `export const pitch = (m: number[]) => Math.asin(-m[6]); //!`,
    `export const height = (x: number, a: number, b: number) => b * Math.sqrt(1 - (x * x) / (a * a)); //!`,
    `export const angle = (a: number, b: number, c: number) => 2 * Math.asin(Math.sqrt(a * a + b * c)); //!`,
    `const M = Math; const { acos } = M; export const between = (a: number[], b: number[]) => acos(a[0] * b[0] + a[1] * b[1]); //!`,
    `export const centre = (rx: number, ry: number, x: number, y: number) => Math.sqrt((rx * rx * ry * ry - rx * rx * y * y - ry * ry * x * x) / (rx * rx * y * y + ry * ry * x * x)); //!`,
    `export function rolled(x: number[], radius: number) { const x0 = x[0]; const tops: number[] = []; for (let j = 0; j < x.length; j++) { const d = x[j] - x0; tops.push(Math.sqrt(radius * radius - d * d)); } return tops; } //!`,
    `const square = (x: number) => Math.pow(x, 2); export const leg = (hypotenuse: number, side: number) => Math.sqrt(square(hypotenuse) - square(side)); //!`,
    `export function factor(rx: number, ry: number, x: number, y: number) {
      let radicand = rx * rx * ry * ry - rx * rx * y * y - ry * ry * x * x;
      radicand /= rx * rx * y * y + ry * ry * x * x;
      return Math.sqrt(radicand); //!
    }`,
    `export const angle = ({ w }: { w: number }) => 2 * Math.acos(w); //!`,
    `export const distanceOf = (correlation: number) => Math.sqrt(2 * (1 - correlation)); //!`,
    `export const entropy = (counts: number[], n: number) => counts.map(k => k / n).reduce((h, p) => h - p * Math.log2(p), 0); //!`,
    `declare class Quaternion { dot(q: Quaternion): number } export const between = (a: Quaternion, b: Quaternion) => 2 * Math.acos(Math.abs(a.dot(b))); //!`,
    `export function level(buffer: Float32Array) { let sum = 0; for (let i = 0; i < buffer.length; i++) sum += buffer[i] * buffer[i]; return 20 * Math.log10(Math.sqrt(sum / buffer.length)); } //!`,
    `export const levels = (bins: number[]) => bins.map(v => 20 * Math.log10(v / 255)); //!`,
    `export const logs = (bandEnergies: number[]) => bandEnergies.map(v => Math.log(v)); //!`,
    `export function arc(a: number[], b: number[], turn: number) { let d = a[0] * b[0] + a[1] * b[1]; d *= turn; return d < 0.9995 ? Math.acos(d) : 0; } //!`,
  ],
  silent: [
    `export function depth(radius: number) { const out: number[] = []; const r = Math.trunc(radius); for (let y = -9; y <= 9; y++) for (let x = -9; x <= 9; x++) { const d = Math.sqrt(x * x + y * y); if (d > r) continue; out.push(Math.sqrt(r * r - x * x - y * y)); } return out; }`,
    `const reach = (v: number, g: number, x: number, y: number) => { return v ** 4 - g * (g * x * x + 2 * y * v * v); };
    export class Catapult { angle = 0; aim(x: number, y: number, v: number) { const inside = reach(v, 9.81, x, y); if (inside < 0) return; this.angle = Math.atan((v * v + Math.sqrt(inside)) / (9.81 * x)); } }`,
    `export function* sphere(from: number, n: number) { for (let i = from; i < n; i++) { const z = 1 - (2 * (i + 0.5)) / n; yield Math.sqrt(1 - z * z); } }`,
    `export function circleInOut(t: number) { return ((t *= 2) <= 1 ? 1 - Math.sqrt(1 - t * t) : Math.sqrt(1 - (t -= 2) * t) + 1) / 2; }`,
    `export const Circular = { In(t: number) { return 1 - Math.sqrt(1 - t * t); } };`,
    `export function normal(): number {
      for (;;) { const x = Math.random(); const r = Math.sqrt(-2 * Math.log(x)); if (Number.isFinite(r)) return r; }
    }`,
    `export const angle = (a: number, b: number) => Math.acos(Math.max(-1, Math.min(1, a * b)));`,
    `export function length(x: number, y: number) { return Math.sqrt(x * x + y * y); }`,
    `export function root(b: number, c: number) { const d = b * b - c; if (d < 0) return NaN; return Math.sqrt(d); }`,
    `export function half(r: number, d: number) { if (d > r) return 0; return Math.sqrt(r * r - d * d); }`,
    `export function clamp(d: number) { let c = d * 0.5; if (c > 1) c = 1; if (c < -1) c = -1; return Math.acos(c); }`,
    `export const wrapper = (x: number) => Math.acos(x);`,
    `export function polar(x: number, y: number) { const r = Math.hypot(x, y); return Math.acos(x / r); }`,
    `export const safe = (r: number, d: number) => Math.sqrt(Math.max(0, r * r - d * d));`,
    `const curves = { easeInCirc: (t: number) => 1 - Math.sqrt(1 - Math.pow(t, 2)) };
    export default curves;`,
    `export function slerp(a: number[], b: number[], dot: (a: number[], b: number[]) => number) { let c = dot(a, b); if (c < 0) c = -c; return 1 - c > 1e-6 ? Math.acos(c) : 0; }`,
    `export function eccentricity(rMajor: number, rMinor: number) { const ratio = rMinor / rMajor; return Math.sqrt(1 - ratio * ratio); }`,
    `export function onSphere(rng: () => number) { const z = rng() * 2 - 1; return Math.sqrt(1 - z * z); }`,
    `export const interval = (rate: number) => -Math.log(1 - Math.random()) / rate;`,
    `export function radius(rng: () => number) { let u = 0; while (u === 0) u = rng(); return Math.sqrt(-2 * Math.log(u)); }`,
    `export const draw = () => Math.log(Math.random() || Number.EPSILON);`,
    `export const entropy = (p: number[]) => -p.reduce((h, x) => x > 0 ? h + x * Math.log2(x) : h, 0);`,
    `export function entropy(text: string) { const seen = new Map<string, number>(); for (const ch of text) seen.set(ch, (seen.get(ch) ?? 0) + 1); let h = 0; for (const n of seen.values()) h -= n / text.length * Math.log2(n / text.length); return h; }`,
    `export const angle = (a: number, b: number) => Math.asin(Math.sqrt(Math.min(1, a * a + b * b)));`,
    `export const angle = (a: number, b: number) => Math.asin(Math.min(1, Math.sqrt(a * a + b * b)));`,
    `export const centre = (rx: number, ry: number, x: number, y: number) => Math.sqrt(Math.max(0, (rx * rx * ry * ry - rx * rx * y * y - ry * ry * x * x) / (rx * rx * y * y + ry * ry * x * x)));`,
    `export const central = (h: number) => { const s = Math.sin(h) ** 2; return 2 * Math.atan2(Math.sqrt(s), Math.sqrt(1 - s)); };`,
    `export function rolled(x: number[], radius: number) {
      const tops: number[] = [], r2 = radius * radius;
      let to = 0;
      for (let i = 0; i < x.length; i++) {
        const x0 = x[i];
        while (to + 1 < x.length && x[to + 1] - x0 <= radius) to++;
        for (let j = i; j <= to; j++) { const d = x[j] - x0; tops.push(Math.sqrt(r2 - d * d)); }
      }
      return tops;
    }`,
    `export const ofGain = (gain: number) => 20 * Math.log10(gain);`,
    `export const levels = (bins: number[]) => bins.map(v => Math.max(-100, 20 * Math.log10(v)));`,
    `export const levels = (bins: number[]) => bins.map(v => v > 0 ? 20 * Math.log10(v) : -120);`,
    `export const levels = (bins: number[]) => bins.map(v => 20 * Math.log10(v + 1e-12));`,
    `export const logs = (bandEnergies: number[]) => bandEnergies.map(v => Math.log(v + 1e-10));`,
    `export const logs = (ages: number[]) => ages.map(v => Math.log(v));`,
    `export function arc(a: number[], b: number[]) { let d = a[0] * b[0] + a[1] * b[1]; const side = d >= 0 ? 1 : -1; d *= side; return d < 0.9995 ? Math.acos(d) : 0; }`,
  ],
  fixes: [
    { before: `export const f = (a: number, b: number) => Math.acos(a * b);`, after: `export const f = (a: number, b: number) => Math.acos(Math.max(-1, Math.min(1, a * b)));`, safe: true },
    { before: `export const f = (r: number, d: number) => Math.sqrt(r * r - d * d);`, after: `export const f = (r: number, d: number) => Math.sqrt(Math.max(0, r * r - d * d));`, safe: true },
  ],
};
