import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `interface P { x: number; y: number }
    export function through(a: P, b: P) { const m = (a.y - b.y) / (a.x - b.x); //!
      if (m === Infinity || m === -Infinity) return { at: () => a.x };
      const n = a.y - m * a.x; return { at: (y: number) => (y - n) / m }; }`,
    `interface V { dot(o: V): number }
    export function nearest(u: V, v: V, w: V) { const c = u.dot(v); const rest = 1 - c * c;
    return (c * v.dot(w) - u.dot(w)) / rest; } //!`,
    `function step(s: { a: number; fa: number; b: number; fb: number }) { const slope = (s.fb - s.fa) / (s.b - s.a);
    return s.b - s.fb / slope; } //!
    export function root(f: (x: number) => number, a: number, b: number) { const s = { a, fa: f(a), b, fb: f(b) };
      for (let i = 0; i < 50; i++) { const x = step(s); s.a = s.b; s.fa = s.fb; s.b = x; s.fb = f(x); } return s.b; }`,
    `export function root(f: (x: number) => number, a: number, b: number) {
      let x0 = a, x1 = b, y0 = f(x0);
      for (let i = 0; i < 50; i++) {
        const y1 = f(x1);
        const x2 = x1 - y1 * (x1 - x0) / (y1 - y0); //!
        x0 = x1; y0 = y1; x1 = x2;
      }
      return x1;
    }`,
    `const det2 = (a: number, b: number, c: number, d: number) => a * d - b * c; export function solve(a: number[], y: number[]) { const whole = det2(a[0], a[1], a[2], a[3]); return det2(y[0], a[1], y[1], a[3]) / whole; } //!`,
    `export function intersect(ax: number, ay: number, bx: number, by: number, cx: number, cy: number) {
      const d = ax * by - ay * bx;
      return [(cx * by - cy * bx) / d, (ax * cy - ay * cx) / d]; //!
    }`,
    `export function turns(p: number[]) { const a = p[0], b = p[1], c = p[2], d = a - 2 * b + c; return (a - b) / d; } //!`,
    `export function closest(u: number, v: number, w: number, p: number, q: number) {
      return (u * q - v * p)
        / (u * w - v * v); //!
    }`,
    `export function centre(a: { x: number; y: number }, b: { x: number; y: number }, p: { x: number; y: number }) { const d = 2 * (a.x * (b.y - p.y) + b.x * (p.y - a.y) + p.x * (a.y - b.y)); return (a.x * a.x + a.y * a.y) * (b.y - p.y) / d; } //!`,
    `export const cross = (a: number, b: number, p: number, q: number, r: number, s: number) => {
      const t =
        (p * s - q * r) / //!
        (a * s - b * r);
      const u = (a * q - b * p)
        / (a * p - b * q); //!
      return [t, u];
    };`,
  ],
  silent: [
    `interface P { x: number; y: number }
    export function through(a: P, b: P) { if (Math.abs(a.x - b.x) < 1e-6 * Math.abs(a.y - b.y)) return { at: () => a.x };
      const m = (a.y - b.y) / (a.x - b.x); if (!Number.isFinite(m)) return { at: () => a.x }; const n = a.y - m * a.x; return { at: (y: number) => (y - n) / m }; }`,
    `interface V { dot(o: V): number }
    export function nearest(u: V, v: V, w: V) { const c = u.dot(v); const rest = 1 - c * c; if (rest < 1e-9) return 0; return (c * v.dot(w) - u.dot(w)) / rest; }`,
    `function step(s: { a: number; fa: number; b: number; fb: number }) { const slope = (s.fb - s.fa) / (s.b - s.a); return s.b - s.fb / slope; }
    export function root(f: (x: number) => number, a: number, b: number) { const s = { a, fa: f(a), b, fb: f(b) };
      for (let i = 0; i < 50 && Math.abs(s.fb) > 1e-12; i++) { const x = step(s); s.a = s.b; s.fa = s.fb; s.b = x; s.fb = f(x); } return s.b; }`,
    `export function root(f: (x: number) => number, a: number, b: number) {
      let x0 = a, x1 = b, y0 = f(x0);
      for (let i = 0; i < 50; i++) {
        const y1 = f(x1);
        if (Math.abs(y1 - y0) < 1e-12) break;
        const x2 = x1 - y1 * (x1 - x0) / (y1 - y0);
        x0 = x1; y0 = y1; x1 = x2;
      }
      return x1;
    }`,
    `const det2 = (a: number, b: number, c: number, d: number) => a * d - b * c; export function solve(a: number[], y: number[]) { const whole = det2(a[0], a[1], a[2], a[3]); if (Math.abs(whole) < 1e-9) return null; return det2(y[0], a[1], y[1], a[3]) / whole; }`,
    `export function intersect(ax: number, ay: number, bx: number, by: number) { const d = ax * by - ay * bx; if (d === 0) return null; return 1 / d; }`,
    `export function invert(m: number[]) { let det = m[0] * m[3] - m[2] * m[1]; if (!det) return null; det = 1.0 / det; return m[3] * det; }`,
    `export function solve(a: number, b: number, c: number, d: number) { const det = a * d - b * c; if (Math.abs(det) < 1e-12 * Math.abs(a * d)) return null; return 1 / det; }`,
    `export const normalise = (x: number, lo: number, hi: number) => (x - lo) / (hi - lo);`,
  ],
};
