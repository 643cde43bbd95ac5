import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Run { private begun = 0; done = false;
      constructor(private readonly a: number, private readonly b: number, private readonly span: number, private readonly onUpdate: (v: number) => void) {}
      frame(now: number) { const part = Math.min((now - this.begun) / this.span, 1);
        const v = this.a + (this.b - this.a) * part; //!
        this.onUpdate(v);
        if (part === 1) this.done = true; } }`,
    `export function lerp(a: number, b: number, t: number) { return a + (b - a) * t; } //!`,
    `export function interpolateNumber(a: number, b: number) { const d = b - a; return function interpolate(t: number) { return a + d * t; }; } //!`,
    `export default function (a: number, b: number) { return a = +a, b -= a, function (t: number) { return a + b * t; }; } //!`,
    `export class Slider { value = 0; constructor(private readonly lo: number, private readonly hi: number) {}
      advance(p: number) { const t = Math.min(p, 1); this.value = this.lo + t * (this.hi - this.lo); //!
        return this.value === this.hi; } }`,
    `function spaced(a: number, b: number, n: number) { const out: number[] = []; for (let k = 0; k < n; k++) out.push(a + k * (b - a) / (n - 1)); return out; } //!
    export function bucket(a: number, b: number, v: number) { const edges = spaced(a, b, 11); return edges.findIndex(e => v <= e); }`,
    `export function stops(from: number, to: number, n: number) { const seen = new Set<number>(); for (let i = 0; i <= n; i++) seen.add(from + (to - from) * (i / n)); return seen.has(to); } //!`,
    `export function* decibels(a: number, b: number, n: number) { for (let i = 0; i < n; i++) { const level = a + (b - a) * (i / (n - 1)); //!
      yield Math.log10(level); } }`,
    `export class Fader { gain = 1; from = 1; to = 0; t = 0; length = 1; done: (() => void) | null = null; constructor(private readonly ease: (x: number) => number) {}
      step(dt: number) { this.t = Math.min(this.t + dt, this.length); this.gain = this.from + (this.to - this.from) * this.ease(this.t / this.length); //!
        if (this.t >= this.length) this.done?.(); } }`,
    `export function tick(s: any, now: number) { const p = Math.min(1, (now - s.start) / s.length); s.level = s.a + p * (s.b - s.a); if (p === 1) s.stop(); } //!`,
    `export function tick(s: any, now: number) { const over = now >= s.end; const k = over ? 1 : s.curve((now - s.start) / s.length); s.level = s.a + k * (s.b - s.a); return over; } //!`,
    `interface Key { at: number; level: number }
    const lerp = (p: number, q: number, w: number) => p + (q - p) * w; //!
    export function sample(keys: Key[], t: number) { if (t <= keys[0].at) return keys[0].level;
      for (let i = 1; i < keys.length; i++) { const a = keys[i - 1], b = keys[i]; if (t <= b.at) return lerp(a.level, b.level, (t - a.at) / (b.at - a.at)); }
      return keys[keys.length - 1].level; }`,
  ],
  silent: [
    `export class Run { done = false; private begun = 0;
      constructor(private readonly a: number, private readonly b: number, private readonly span: number, private readonly onUpdate: (v: number) => void) {}
      frame(now: number) { const part = Math.min((now - this.begun) / this.span, 1); this.onUpdate(part === 1 ? this.b : this.a + (this.b - this.a) * part); if (part === 1) this.done = true; } }`,
    `export function lerp(a: number, b: number, t: number) { return a * (1 - t) + b * t; }`,
    `export function smooth(a: number, b: number, t: number) { return a + (b - a) * t; }`,
    `export function lerp(a: number, b: number) { return a + (b - a) * 0.5; }`,
    `export function draw(ctx: CanvasRenderingContext2D, a: number, b: number, n: number) { for (let i = 0; i <= n; i++) ctx.lineTo(a + (b - a) * (i / n), i); }`,
    `export function open(a: number, b: number, n: number) { const m = new Map<number, number>(); for (let i = 0; i < n; i++) m.set(a + (b - a) * (i / n), i); return m; }`,
    `export const parts = (a: number, b: number, n: number) => new Set(Array.from({ length: n }, (_, i) => a + (b - a) * (i / n)));`,
    `export function smooth(now: number, target: number, rate: number) { const next = now + (target - now) * rate; return next === now ? null : next; }`,
    `export function tick(s: any, now: number) { const p = Math.min(1, (now - s.start) / s.length); s.level = s.a + p * (s.b - s.a); if (p === 1) { s.level = s.b; s.stop(); } }`,
    `export function tick(s: any, now: number) { const p = Math.min(1, (now - s.start) / s.length); s.el.style.opacity = s.a + p * (s.b - s.a); if (p === 1) s.stop(); }`,
    `export function tick(s: any, now: number) { const p = Math.min(1, (now - s.start) / s.length); s.level = s.a + p * (s.b - s.a); }`,
  ],
  fixes: [{ before: `export const lerp = (a: number, b: number, t: number) => a + (b - a) * t;`, after: `export const lerp = (a: number, b: number, t: number) => a * (1 - t) + b * t;`, safe: false }],
};
