import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const blank = () => ({ left: Infinity, right: -Infinity });
    export class Selection { private box = blank();
      update(items: Set<{ x: number }>) { const next = blank(); for (const { x } of items) { if (x < next.left) next.left = x; if (x > next.right) next.right = x; } this.box = next; }
      get middle() { const { left, right } = this.box; return (left + right) / 2; } } //!`,
    `const never = -Infinity;
    function either(a: number, b: number) { const d = Math.abs(a - b); return Math.max(a, b) + Math.log(1 + Math.exp(-d)); } //!
    export function start() { const s = { stay: never, move: never }; return either(s.stay, s.move); }`,
    `const reach = (table: Map<string, number>, key: string) => table.get(key) ?? Infinity;
    export function extra(a: Map<string, number>, b: Map<string, number>, stop: string, goal: string) { const over = reach(a, stop) + reach(b, goal); return over - reach(a, goal); } //!`,
    `export function rank(ends: { gap: number; at: number }[]) { ends.forEach((e, i) => { e.gap = i === 0 ? Infinity : e.at - ends[i - 1].at; }); return ends.sort((p, q) => q.gap - p.gap); } //!`,
    `export function gap(xs: number[]) {
      let first = Infinity, second = Infinity;
      for (const x of xs) { if (x < first) { second = first; first = x; } else if (x < second) second = x; }
      return second - first; //!
    }`,
    `export function addLogs(a: number, b: number) { const m = Math.max(a, b); return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); } //!`,
    `export function middle(ps: { x: number }[]) { let lo = Infinity, hi = -Infinity; for (const p of ps) { lo = Math.min(lo, p.x); hi = Math.max(hi, p.x); } return (lo + hi) / 2; } //!`,
    `export class Span { low = Infinity; high = -Infinity; put(v: number) { this.low = Math.min(this.low, v); this.high = Math.max(this.high, v); } get mid() { return this.low + 0.5 * (this.high - this.low); } } //!`,
    `export function centre(ps: number[]) { const [lo, hi] = ps.reduce(([l, h], p) => [Math.min(l, p), Math.max(h, p)], [Infinity, -Infinity]); return lo + (hi - lo) / 2; } //!`,
    `function extent(xs: number[]) { let min = Infinity, max = -Infinity; xs.forEach(x => { if (x < min) min = x; if (x > max) max = x; }); return { min, max }; }
    export function mid(xs: number[]) { const { min, max } = extent(xs); return (min + max) / 2; } //!`,
    `export function odds(word: string, yes: Record<string, number>, no: Record<string, number>) { return Math.log((yes[word] ?? 0) / 10) - Math.log((no[word] ?? 0) / 10); } //!`,
    `export class Box { lo = Infinity; hi = -Infinity; add(v: number) { this.lo = Math.min(this.lo, v); this.hi = Math.max(this.hi, v); } get size() { return this.hi - this.lo; } //!
      centre() { return this.lo + this.size / 2; } } //!`,
    `export function box(ps: number[]) {
      const b = { left: Infinity, right: -Infinity, get mid() { return this.left + this.width / 2; }, get width() { return this.right - this.left; } }; //!
      for (const p of ps) { b.left = Math.min(b.left, p); b.right = Math.max(b.right, p); }
      return b;
    }`,
    `export function extent(xs: number[]) { let lo = Infinity, hi = -Infinity; for (const x of xs) { if (x < lo) lo = x; if (x > hi) hi = x; } return hi - lo; } //!`,
    `export function frame(items: { left: number; right: number }[]) {
      let from = Infinity;
      let to = Number.NEGATIVE_INFINITY;
      for (const item of items) { from = Math.min(from, item.left); to = Math.max(to, item.right); }
      const span = to - from + 8; //!
      return { span, label: \`\${from} \${span}\` };
    }`,
    `export class Track {
      private first = Infinity;
      private last = -Infinity;
      seen(at: number) { if (at < this.first) this.first = at; if (at > this.last) this.last = at; }
      report() { return { from: this.first, duration: this.last - this.first }; } //!
    }`,
    `class Range { constructor(readonly from: number, readonly length: number) {} static between(low: number, high: number) { return new Range(low, high - low); } }
    export function covered(marks: { at: number; hidden: boolean }[]) {
      let low = Infinity, high = -Infinity;
      if (marks.length > 0) {
        marks.forEach(m => { if (!m.hidden) { if (m.at < low) low = m.at; if (m.at > high) high = m.at; } });
      } else { low = 0; high = 0; }
      return Range.between(low, high); //!
    }`,
  ],
  silent: [
    `const never = -Infinity;
    function either(a: number, b: number) { if (a === never) return b; const d = Math.abs(a - b); return Math.max(a, b) + Math.log(1 + Math.exp(-d)); }
    export function start() { const s = { stay: never, move: never }; return either(s.stay, s.move); }`,
    `export function detour(t: Map<string, number>, a: string, b: string) { const x = t.get(a) ?? Infinity, y = t.get(b) ?? Infinity; return Number.isFinite(x) ? y - x : Infinity; }`,
    `export const spare = (limit: number | undefined, used: number) => (limit ?? Infinity) - used;`,
    `export function axis(xs: number[]) { let lo = Infinity, hi = -Infinity; for (const x of xs) { lo = Math.min(lo, x); hi = Math.max(hi, x); } const pad = (hi - lo) * 0.1; return [lo - pad, hi + pad]; }`,
    `export function frame(xs: number[]) { let a = Infinity, b = -Infinity; for (const x of xs) { a = Math.min(a, x); b = Math.max(b, x); } const r = { size: b - a }; if (!Number.isFinite(r.size)) r.size = 0; return r; }`,
    `export function frame(items: { left: number; right: number }[]) {
      let from = Infinity, to = -Infinity;
      for (const item of items) { from = Math.min(from, item.left); to = Math.max(to, item.right); }
      if (from > to) return { from: 0, span: 0 };
      return { from, span: to - from };
    }`,
    `export function frame(items: { left: number; right: number }[]) {
      let from = Infinity, to = -Infinity;
      for (const item of items) { from = Math.min(from, item.left); to = Math.max(to, item.right); }
      return { from, span: Math.max(0, to - from) };
    }`,
    `export class Bounds { low = Infinity; high = -Infinity; put(v: number) { this.low = Math.min(this.low, v); this.high = Math.max(this.high, v); }
      isEmpty() { return this.high < this.low; } report() { return { size: this.high - this.low }; } }`,
    `export function scaled(xs: number[]) { let lo = Infinity, hi = -Infinity; for (const x of xs) { if (x < lo) lo = x; if (x > hi) hi = x; } const span = hi - lo || 1; return xs.map(x => (x - lo) / span); }`,
    `class Range { constructor(readonly from: number, readonly length: number) {} static between(low: number, high: number) { return new Range(low, high - low); } }
    export function covered(marks: { at: number }[]) {
      let low = Infinity, high = -Infinity;
      if (marks.length > 0) marks.forEach(m => { if (m.at < low) low = m.at; if (m.at > high) high = m.at; });
      else { low = 0; high = 0; }
      return Range.between(low, high);
    }`,
    `export function gap(xs: number[]) { let a = Infinity, b = Infinity; for (const x of xs) { b = a; a = x; } return Number.isFinite(b) ? b - a : 0; }`,
    `export function addLogs(a: number, b: number) { const m = Math.max(a, b); if (m === -Infinity) return m; return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); }`,
    `export function middle(ps: { x: number }[]) { if (ps.length === 0) return 0; let lo = Infinity, hi = -Infinity; for (const p of ps) { lo = Math.min(lo, p.x); hi = Math.max(hi, p.x); } return (lo + hi) / 2; }`,
    `export function middle(ps: { x: number }[]) { let lo = Infinity, hi = -Infinity; for (const p of ps) { lo = Math.min(lo, p.x); hi = Math.max(hi, p.x); } const m = (lo + hi) / 2; return Number.isFinite(m) ? m : 0; }`,
    `export function corners(a: number[]) { let lo = Infinity, hi = -Infinity; for (let i = 0; i < 8; i++) { lo = Math.min(lo, a[i]); hi = Math.max(hi, a[i]); } return (lo + hi) / 2; }`,
    `export function odds(word: string, yes: Record<string, number>, no: Record<string, number>) { return Math.log((yes[word] ?? 0) + 1) - Math.log((no[word] ?? 0) + 1); }`,
  ],
};
