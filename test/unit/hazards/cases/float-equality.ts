import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Loupe {
      private factor = 1;
      closer() { this.grow(1.25 * 1.2); }
      farther() { this.grow(1 / 1.3); }
      private grow(by: number) { this.factor = Math.max(0.5, this.factor * by); }
      get plain() { return this.factor === 1; } //!
    }`,
    `export class Dimmer {
      private notch = 0;
      private readonly options: { from: number; increment: number; stops: { at: number }[] };
      constructor(given: { increment?: number } = {}) { this.options = { from: 0, increment: 0.05, stops: [{ at: 0.15 }, { at: 0.5 }], ...given }; }
      get brightness() { const { from, increment } = this.options; return from + this.notch * increment; }
      stop() { const now = this.brightness; return this.options.stops.find(s => s.at === now); } //!
    }`,
    `export function check(order: { taxRate: number; total: number }, lines: number[]) { let expected = 0; for (const l of lines) expected += l; const withTax = expected * (1 + order.taxRate); return withTax === order.total; } //!`,
    `declare function useState<T>(x: T): [T, (next: T | ((before: T) => T)) => void];
    export function Viewer() {
      const [zoom, setZoom] = useState(1);
      const wheel = (up: boolean) => { const by = up ? 0.1 : -0.1; setZoom(z => Math.max(0.2, Math.min(4, z + by))); };
      return zoom === 1 ? null : wheel; //!
    }`,
    `export function atEnd(el: HTMLElement) { return el.scrollHeight - Math.abs(el.scrollTop) === el.clientHeight; } //!`,
    `$(window).scroll(function () {
      if ($(window).scrollTop() == $(document).height() - $(window).height()) more(); //!
    });`,
    `export function atEnd(box: HTMLElement) { return box.scrollTop + box.clientHeight === box.scrollHeight; } //!`,
    `export function fits(width: number, css: number, dpr: number) { return width === css * dpr / dpr; } //!`,
    `export const third = (a: number) => a / 3 === 0.1; //!`,
    `export function same(a: number, b: number) { const x = a * 0.1; return x !== b / 7; } //!`,
    `export const sum = (a: number) => a * 0.1 + 0.2 === 0.3; //!`,
    `export function closed(x: number, y: number, r: number) { return Math.sqrt(x * x + y * y) === r; } //!`,
    `export class Form {
      rows: { percent: string }[] = [];
      total = computed(() => this.rows.reduce((sum, row) => sum + parseFloat(row.percent), 0));
      valid = computed(() => this.total() === 100); //!
    }
    declare function computed<T>(f: () => T): () => T;`,
    `export function normalised(weights: number[]) { let total = 0; for (const w of weights) total += w; return total === 1; } //!`,
    `const STEP = 0.1;
    export class Ramp { current = 0; target = 0;
      tick() {
        if (this.current === this.target) return; //!
        this.current += this.current < this.target ? STEP : -STEP;
      }
    }`,
    `export function check(input: { userSplit: string; ownerSplit: string }) {
      if (Number(input.userSplit) + Number(input.ownerSplit) !== 100) throw new Error('splits'); //!
    }`,
    `export function complete(expense: { amount: number; parts: { share: number }[] }) {
      let sum = 0;
      for (const part of expense.parts) sum += part.share;
      return sum === expense.amount; //!
    }`,
    `export function balanced(entries: { debit: number; credit: number }[]) { let d = 0, c = 0; for (const e of entries) { d += e.debit; c += e.credit; } return d === c; } //!`,
    `export const settled = (order: { total: number; items: { price: number }[] }) => order.total === order.items.reduce((sum, i) => sum + i.price, 0); //!`,
    `export function fade(el: HTMLElement, stop: () => void) { let o = 0; return () => { o += 0.1; el.style.opacity = String(o); if (o === 1) stop(); }; } //!`,
    `export const balanced = (debits: number[], credits: number[]) => debits.reduce((a, b) => a + b, 0) === credits.reduce((a, b) => a + b, 0); //!`,
    `export function fits(canvas: HTMLCanvasElement, width: number) { const box = canvas.getBoundingClientRect(); return box.width === width; } //!`,
    `export function level(resolution: number, base: number) { for (let z = 0; z < 20; z++) { if (resolution >= base / 2 ** z) return z; } return 20; } //!`,
    `export const sharp = (canvas: HTMLCanvasElement, css: number, dpr: number) => canvas.width === css * dpr; //!`,
    `export const third = (x: number, y: number) => x + y === 0.3; //!`,
    `export const adds = (i: { subtotal: number; tax: number; total: number }) => i.subtotal + i.tax === i.total; //!`,
    `export function check(l: { price: number; count: number; amount: number }) { if (l.price * l.count !== l.amount) throw new Error('amount'); } //!`,
    `export function verify(items: { price: number }[], total: number) { let sum = 0; items.forEach(i => { sum += i.price * 100; }); const totalCents = total * 100; if (sum !== totalCents) throw new Error('total'); } //!`,
    `export function check(form: { own: { weight: string }[]; others: { weight: string }[] }) {
      const own = form.own.reduce((sum, f) => sum + (Number(f.weight) || 0), 0);
      const others = form.others.reduce((sum, f) => sum + (Number(f.weight) || 0), 0);
      if (own + others !== 100) throw new RangeError('weights'); //!
    }`,
    `function totalOf(parts: { value: number }[]) { let sum = 0; for (const p of parts) sum += p.value; return sum; }
    export const complete = (parts: { value: number }[]) => totalOf(parts) === 100; //!`,
    `export class Mix { filled = 0; pour(drinks: { litres: number }[]) { for (const d of drinks) this.filled += d.litres; if (this.filled === 1) this.close(); } close() {} } //!`,
    `export const closed = (angles: number[]) => { let turn = 0; for (const a of angles) turn += a / Math.PI * 180; return turn === 360; }; //!`,
    `export const paid = (rows: { price: number }[]) => rows.reduce((sum, r) => sum + r.price, 0) === 59.9; //!`,
    `export function slots(asks: { price: number }[], bestAsk: number, tickSize: number) { return [0, 1, 2].map((_, i) => { const price = bestAsk + i * tickSize; return asks.some(o => o.price === price); }); } //!`,
    `export class Camera { x = 0; constructor(private goal: number) {} step() { this.x += (this.goal - this.x) * 0.15; return this.x === this.goal; } } //!`,
    `export function marks(at: number, n: number, gap = 0.1) { const mark = n * gap; return mark === at; } //!`,
  ],
  silent: [
    `export function plan(text: string) { const parts = text.split('/'); if (!parts.every(p => /^\\d+$/.test(p))) throw new Error(text);
      const shares = parts.map(Number); return shares.reduce((a, b) => a + b, 0) === 100; }`,
    `export class Loupe {
      private factor = 1;
      closer() { this.grow(1.3); }
      reset() { this.factor = 1; }
      private grow(by: number) { this.factor *= by; }
      get plain() { return this.factor === 1; }
    }`,
    `export class Binoculars { private factor = 1; closer() { this.grow(2); } farther() { this.grow(0.5); } private grow(by: number) { this.factor = Math.min(8, this.factor * by); } get plain() { return this.factor === 1; } }`,
    `declare function useState<T>(x: T): [T, (next: T | ((before: T) => T)) => void];
    export function Stepper({ max, step = 0.1 }: { max: number; step?: number }) { const [v, setV] = useState(0); return { up: () => setV(b => Math.min(max, b + step)), down: () => setV(b => b - step), full: v === max }; }`,
    `declare function useState<T>(x: T): [T, (next: T | ((before: T) => T)) => void];
    export function Fade() { const [alpha, setAlpha] = useState(0); return alpha === 1 ? null : () => setAlpha(a => Math.min(1, a + 0.1)); }`,
    `export function atEnd(box: HTMLElement) { return Math.ceil(box.scrollTop) + box.clientHeight === box.scrollHeight; }`,
    `export function root(a: number) {
      let x = a;
      for (let i = 0; i < 100; i++) { const next = (x + a / x) / 2; if (next === x) break; x = next; }
      return x;
    }`,
    `export const zeroSign = (a: number, b: number) => 1 / a === 1 / b;`,
    `export const zero = (a: number, b: number) => a / b === 0;`,
    `export const whole = (x: number) => x === Math.floor(x);`,
    `export const nan = (x: number) => x !== x;`,
    `export function last(i: number, xs: number[]) { return i === xs.length - 1; }`,
    `export function half(i: number, xs: number[]) { return i * 2 === xs.length; }`,
    `export function isMax(x: number, xs: number[]) { const m = Math.max(x, 1); return m === x; }`,
    `export function same(a: { x: number }, b: { x: number }) { return a.x === b.x; }`,
    `export const even = (n: number) => n % 2 === 0;`,
    `export function hue(r: number, g: number, b: number) { const high = Math.max(r / 255, g / 255, b / 255), low = Math.min(r / 255, g / 255, b / 255); return high === low ? 0 : high - low; }`,
    `export const complete = (items: { count: number }[]) => items.reduce((n, i) => n + i.count, 0) === 100;`,
    `export function steps(stop: () => void) { let o = 0; return () => { o += 0.25; if (o === 1) stop(); }; }`,
    `export const same = (xs: string[], ys: string[]) => xs.reduce((n, x) => n + x.length, 0) === ys.reduce((n, y) => n + y.length, 0);`,
    `export function moved(e: HTMLElement, last: DOMRect) { const box = e.getBoundingClientRect(); return box.width !== last.width; }`,
    `export const empty = (e: HTMLElement) => e.getBoundingClientRect().width === 0;`,
    `export const area = (a: { rows: number; columns: number; total: number }) => a.rows * a.columns === a.total;`,
    `export const adds = (i: { subtotalCents: number; taxCents: number; totalCents: number }) => i.subtotalCents + i.taxCents === i.totalCents;`,
    `export function elected(a: { votes: number }[], b: { votes: number }[]) { const x = a.reduce((n, r) => n + r.votes, 0), y = b.reduce((n, r) => n + r.votes, 0); return x + y === 100; }`,
    `export const full = (columns: { span: number }[]) => columns.reduce((n, col) => n + col.span, 0) === 12;`,
    `export function whole(weights: number[]) { let total = 0; for (const w of weights) total += w; total = Math.round(total * 1e6) / 1e6; return total === 100; }`,
    `export const only = (rows: { done: boolean }[]) => rows.reduce((n, r) => n + Number(r.done), 0) === 1;`,
    `export function shares(rows: { weight: number }[], more: { weight: number }[]) { const a = rows.reduce((s, r) => s + (r.weight | 0), 0), b = more.reduce((s, r) => s + Math.round(r.weight), 0); return a + b === 100; }`,
    `export const nothing = (rows: { weight: number }[]) => rows.reduce((s, r) => s + r.weight, 0) === 0;`,
    `export const twentyOne = (cards: { value: number }[]) => cards.reduce((s, card) => s + card.value, 0) === 21;`,
    `export function cells(rows: { top: number }[], top: number, step: number) { return rows.find(r => r.top === top + 3 * step); }`,
    `export class Camera { x = 0; constructor(private goal: number) {} step() { this.x += (this.goal - this.x) * 0.15; if (Math.abs(this.x - this.goal) < 0.01) this.x = this.goal; } }`,
    `export const level = (orders: { price: number }[], cents: number, i: number, tick: number) => orders.find(o => o.price === cents + i * tick);`,
  ],
};
