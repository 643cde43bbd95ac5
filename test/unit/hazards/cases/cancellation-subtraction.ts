import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `interface P { x: number; y: number; z: number }
    const wedge = (p: P, q: P) => ({
      x: p.y * q.z - p.z * q.y, //!
      y: p.z * q.x - p.x * q.z, z: p.x * q.y - p.y * q.x });
    export function content(faces: { a: P; b: P; c: P }[]) { let total = 0;
      for (const { a, b, c } of faces) { const w = wedge(b, c); total += a.x * w.x + a.y * w.y + a.z * w.z; }
      return total / 6; }`,
    `interface P { x: number; y: number }
    export function side(s: { from: P; to: P }, at: P) {
      const a = s.to.y - s.from.y, b = s.from.x - s.to.x;
      const c = s.to.x * s.from.y - s.from.x * s.to.y; //!
      return (a * at.x + b * at.y + c) / Math.hypot(a, b);
    }`,
    `export function ringArea(ring: number[][]) {
      let area = 0;
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) area += (ring[i][0] - ring[j][0]) * (ring[i][1] + ring[j][1]); //!
      return area / 2;
    }`,
    `export function meet(p: number[][], q: number[][]) {
      const [[ax, ay], [bx, by]] = p;
      const [[cx, cy], [dx, dy]] = q;
      const d = (ax - bx) * (cy - dy) - (ay - by) * (cx - dx);
      const first = ax * by - ay * bx; //!
      const second = cx * dy - cy * dx; //!
      return d === 0 ? NaN : (first * (cx - dx) - (ax - bx) * second) / d;
    }`,
    `export function middle(ring: { x: number; y: number }[]) {
      let twice = 0, f;
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        f = ring[i].x * ring[j].y - ring[j].x * ring[i].y; //!
        twice += f;
      }
      return twice / 2;
    }`,
    `export function kinetic(mass: number, beta2: number) { const gamma = 1 / Math.sqrt(1 - beta2); return (gamma - 1) * mass; } //!`,
    `export const strain = (e: number, k: number) => k * (Math.sqrt(1 + e) - 1); //!`,
    `export function weighted(ps: number[][]) { return ps.reduce(([x, y], p, i) => { const q = ps[i + 1] || ps[0], cross = p[0] * q[1] - q[0] * p[1]; //!
    return [x + (p[0] + q[0]) * cross, y + (p[1] + q[1]) * cross]; }, [0, 0]); }`,
    `export const flight = (b: number) => Math.log(Math.sqrt(b * b + 1) - b); //!`,
    `export function gap(x: number, c: number) { const root = Math.sqrt(x ** 2 + c * c); return root - x; } //!`,
    `export function area(vertices: [number, number][]) {
      let a = 0;
      for (let i = 0, l = vertices.length; i < l; i++) {
        const v0 = vertices[i];
        const v1 = vertices[i === l - 1 ? 0 : i + 1];
        a += v0[0] * v1[1]  - v1[0] * v0[1]; //!
      }
      return a / 2;
    }`,
    `export function centroid(points: { x: number; y: number }[]) {
      let x = 0, y = 0;
      for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
        const p = points[i], q = points[j];
        const f = p.x * q.y - q.x * p.y; //!
        x += (p.x + q.x) * f;
        y += (p.y + q.y) * f;
      }
      return [x, y];
    }`,
    `export const area = (pts: { x: number; y: number }[]) => pts.reduce((sum, p, i) => { const q = pts[(i + 1) % pts.length]; return sum + p.x * q.y - q.x * p.y; }, 0) / 2; //!`,
    `export const ring = (ps: { x: number; y: number }[]) => ps.map((p, i) => p.x * ps[(i + 1) % ps.length].y - ps[(i + 1) % ps.length].x * p.y).reduce((a, b) => a + b, 0); //!`,
    `export function halves(ps: { x: number; y: number }[]) {
      let total = 0;
      ps.forEach((p, i) => {
        const q = ps[(i + 1) % ps.length];
        const right = q.y;
        const left = q.x;
        total += p.x * right * 0.5; //!
        total -= left * p.y * 0.5;
      });
      return total;
    }`,
  ],
  silent: [
    `interface P { x: number; y: number; z: number }
    const sub = (p: P, q: P): P => ({ x: p.x - q.x, y: p.y - q.y, z: p.z - q.z });
    const wedge = (p: P, q: P) => ({ x: p.y * q.z - p.z * q.y, y: p.z * q.x - p.x * q.z, z: p.x * q.y - p.y * q.x });
    export function content(faces: { a: P; b: P; c: P }[], o: P) { let total = 0;
      for (const { a, b, c } of faces) { const w = wedge(sub(b, o), sub(c, o)); const p = sub(a, o); total += p.x * w.x + p.y * w.y + p.z * w.z; }
      return total / 6; }`,
    `export class Meter { private power = 0; push(next: number[], old: number[], i: number) { this.power += next[i] * next[i] - old[i] * old[i]; } }`,
    `export function work(path: { x: number; f: number }[]) {
      let total = 0;
      for (let i = 1; i < path.length; i++) total += (path[i].x - path[i - 1].x) * (path[i].x + 1);
      return total;
    }`,
    `export const easeInCirc = (t: number) => 1 - Math.sqrt(1 - t * t);`,
    `export function det(m: number[]) {
      const [a, b, c, d] = m;
      const [e, f, g, h] = m;
      const one = a * d - b * c, two = e * h - f * g;
      return one * two - two * one;
    }`,
    `/** @range e [1, 4] */ export const far = (e: number, k: number) => k * (Math.sqrt(1 + e) - 1);`,
    `/** @range b [0, 1] */ export const near = (b: number) => Math.sqrt(b * b + 1) - b;`,
    `export const other = (a: number, b: number) => Math.sqrt(a * a + 1) - b;`,
    `/** @range b [-10, 0] */ export const sum = (b: number) => Math.sqrt(b * b + 1) - b;`,
    `export function cross(a: number[], b: number[]) { return a[0] * b[1] - b[0] * a[1]; }`,
    `export function area(v: [number, number][]) { const [x, y] = v[0]; let a = 0; for (let i = 1; i < v.length; i++) { a += (v[i - 1][0] - x) * (v[i][1] - y) - (v[i][0] - x) * (v[i - 1][1] - y); } return a / 2; }`,
    `export const trapezoid = (p: [number, number][]) => { let a = 0; for (let i = 1; i < p.length; i++) a += (p[i][0] + p[i - 1][0]) * (p[i][1] - p[i - 1][1]); return a / 2; };`,
  ],
};
