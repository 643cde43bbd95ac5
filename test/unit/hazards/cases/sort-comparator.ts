import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Grid { private up = true; order(a: { rank: number }, b: { rank: number }) { return (a.rank < b.rank) !== this.up; } //!
      rows(list: { rank: number }[]) { return list.sort((a, b) => this.order(a, b)); } }`,
    `export const sort = (xs: { rank?: number }[]) => xs.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity)); //!`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => (a > b) as any); //!`,
    `export const sort = (xs: string[]) => xs.sort((a, b) => parseFloat(a) - parseFloat(b)); //!`,
    `export const mixed = (xs: number[]) => xs.slice().sort(() => Math.random() - 0.5); //!`,
    `export const mixed = (xs: number[]) => xs.sort(() => Math.random() > 0.5 ? 1 : -1); //!`,
    `export const flag = (xs: { v: number }[]) => xs.sort((a, b) => a.v > b.v ? true as never : false as never); //!`,
    `export const half = (xs: { v: number }[]) => xs.sort((a, b) => a.v > b.v ? 1 : 0); //!`,
    `export const either = (xs: { v: number; n: string }[]) => xs.sort((a, b) => a.v - b.v || (a.n > b.n) as never); //!`,
    `export const way = (xs: { v: number }[], up: boolean) => xs.sort((a, b) => (up ? a.v > b.v : a.v < b.v) as never); //!`,
    `export function compareNumbers(a: string, b: string) { return parseInt(a, 10) - parseInt(b, 10); } //!`,
    `export const sortFunctions = { number: (a: string, b: string) => parseFloat(a) - parseFloat(b), //!
      text: (a: string, b: string) => a.localeCompare(b) };`,
    `export function comparator(key: string) { return function (a: any, b: any) { return a[key] > b[key] ? 1 : 0; }; } //!`,
    `export const rank = (xs: { v: number }[]) => xs.sort((a, b) => {
      if (a.v > b.v) return 1;
      return 0; //!
    });`,
    `export const late = (xs: { z: number }[]) => xs.sort((a, b) => !(a.z < b.z) as never); //!`,
    `export const maybe = (xs: any[]) => xs.sort((a, b) => a?.rank - b?.rank); //!`,
    `function least(xs: number[]) { let m = Infinity; for (const x of xs) m = Math.min(m, x); return m; } export const sort = (xss: number[][]) => xss.sort((a, b) => least(a) - least(b)); //!`,
    `export const median = (xs: number[]) => xs.sort()[xs.length >> 1]; //!`,
    `export const compareNumbers = (a: number, b: number) => a - b; //!`,
    `const turn = (x: number, down: boolean) => down ? -x : x; export const byNumber = (down: boolean) => (a: number, b: number) => turn(a - b, down); //!`,
    `export const recent = (xs: any[]) => xs.sort((a, b) => Number(a.at ?? 0) - Number(b.at ?? 0)); //!`,
    `export const lengths = (words: any) => words.map((w: string) => w.length).sort(); //!`,
    `export const numbers = (texts: any) => texts.map(Number).sort(); //!`,
    `export class Shelf {
      before(a: { year: number }, b: { year: number }) {
        return a.year < b.year; //!
      }
      ordered(books: { year: number }[]) { return books.slice().sort((x, y) => this.before(x, y)); }
    }`,
    `export class Board {
      constructor(private readonly key: string) {}
      private above(a: any, b: any) { return a[this.key] > b[this.key]; } //!
      rows(list: any[]) { list.sort(this.above.bind(this)); return list; }
    }`,
    `function longest(left: string, right: string) { return left.length > right.length; } //!
    export const sorted = (words: string[]) => words.slice().sort(longest);`,
    `const order = { oldest(p: { born: number }, q: { born: number }) { return p.born >= q.born; } }; //!
    export const elders = (people: { born: number }[]) => people.sort(order.oldest);`,
    `export class List { heavier = (x: { kg: number }, y: { kg: number }) => x.kg < y.kg; show(list: { kg: number }[]) { return list.sort(this.heavier); } } //!`,
    `interface Item { dist: number } export function rank(items: Item[]) { for (const it of items) it.dist = Infinity; return items.sort((p, q) => -(p.dist - q.dist)); } //!`,
    `interface Job { id: string; due?: { at: string } }
    const orders = { near: (a: Job, b: Job) => parseFloat(a.id) - parseFloat(b.id), //!
      late: (a: Job, b: Job) => new Date(b.due?.at as string).getTime() - new Date(a.due?.at as string).getTime() }; //!
    export const by = (jobs: Job[], key: keyof typeof orders) => jobs.sort(orders[key]);`,
    `export const made = (xs: number[]) => xs.map(x => ({ x, score: -Infinity })).sort((a, b) => {
      const d = b.score - a.score; //!
      return d !== 0 ? d : a.x - b.x;
    });`,
    `export const column = (rows: string[][], k: number, sign: number) => rows.sort((a, b) => sign * (parseFloat(a[k]) - parseFloat(b[k]))); //!`,
    `function cell(row: string, n: number): string { return row.split(';')[n] ?? ''; }
    export function load(text: string) { return text.split('\\n').map(row => ({ name: cell(row, 0), born: Date.parse(cell(row, 1)) / 1000 })); }
    export function oldest(people: { name: string; born: number }[]) { return people.sort((p, q) => p.born - q.born); } //!`,
    `export class Shop { rows: { price?: number }[] = [];
      add(el: any) { const row: { price?: number } = {}; row.price = Number(el.getAttribute('data-price')); this.rows.push(row); }
      cheapest() { return this.rows.slice().sort((a, b) => (a.price ?? 0) - (b.price ?? 0)); } //!
    }`,
    `export const newest = (posts: { at: string }[]) => posts.sort((a, b) => { if (!a.at) return 1; return +new Date(b.at) - +new Date(a.at); }); //!`,
    `interface Talk { starts: number }
    const earlier = (a: Talk, b: Talk) => a.starts - b.starts; //!
    export const programme = (rows: string[][]): Talk[] => rows.map(r => ({ starts: Date.parse(r[2]) })).sort(earlier);`,
  ],
  silent: [
    `export const same = (xs: number[], a: number, b: number, up: boolean) => xs.some(x => (x > a) === up && x < b);`,
    `export const rows = (list: any[]) => list.map(r => ({ id: Number(r.id), at: new Date(r.created_at).getTime() })).sort((a, b) => a.at - b.at || a.id - b.id);`,
    `function cell(row: string, n: number): string { return row.split(';')[n] ?? ''; }
    export function load(text: string) { return text.split('\\n').map(row => ({ name: cell(row, 0), born: Number(cell(row, 1)) || 0 })); }
    export function oldest(people: { name: string; born: number }[]) { return people.sort((p, q) => p.born - q.born); }`,
    `function cell(row: string, n: number): string { return row.split(';')[n] ?? ''; }
    export function load(text: string) { const born = Number(cell(text, 1)); return { born: Number.isFinite(born) ? born : 0 }; }
    export function oldest(people: { born: number }[]) { return people.sort((p, q) => p.born - q.born); }`,
    `export function load(text: string) { return text.split(',').map(t => ({ n: Number(t.trim()) })).filter(x => !Number.isNaN(x.n)).sort((a, b) => a.n - b.n); }`,
    `export const newest = (posts: { at: string }[]) => posts.sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime());`,
    `export const newest = (posts: { at: number }[]) => posts.sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime());`,
    `export const newest = (posts: { at: string }[]) => posts.sort((a, b) => a.at && b.at ? new Date(b.at).getTime() - new Date(a.at).getTime() : 0);`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => a - b);`,
    `export const sort = (xs: string[]) => xs.sort((a, b) => a.length - b.length);`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => a === b ? 0 : a < b ? -1 : 1);`,
    `export const sort = (xs: Date[]) => xs.sort((a, b) => a.getTime() - b.getTime());`,
    `export const three = (xs: { v: number }[]) => xs.sort((a, b) => a.v > b.v ? 1 : a.v < b.v ? -1 : 0);`,
    `export class Heap { constructor(private less = (a: number, b: number) => a < b) {} top(a: number, b: number) { return this.less(a, b); } }`,
    `export const isBefore = (a: Date, b: Date) => a < b;`,
    `export function compareVersions(a: number[], b: number[]) { for (let i = 0; i < 3; i++) { if (a[i] > b[i]) return 1; if (a[i] < b[i]) return -1; } return 0; }`,
    `export const byName = (a: { n: string }, b: { n: string }) => a.n < b.n ? -1 : a.n > b.n ? 1 : 0;`,
    `export const names = (xs: string[]) => xs.sort();`,
    `export const floats = (xs: Float64Array) => xs.sort();`,
    `const ascending = (a: number, b: number) => a - b; export const sorted = (xs: number[]) => xs.slice().sort(ascending);`,
    `const compare = (a: number, b: number) => a < b; export const insert = (xs: number[], x: number) => { let i = 0; while (i < xs.length && compare(xs[i], x)) i++; xs.splice(i, 0, x); };`,
    `export const names = (rows: any) => rows.map((r: any) => r.name).sort();`,
    `export class Shelf { before(a: { year: number }, b: { year: number }) { return a.year - b.year; } ordered(books: { year: number }[]) { return books.slice().sort((x, y) => this.before(x, y)); } }`,
    `export class Heap { less(a: { key: number }, b: { key: number }) { return a.key < b.key; } push(x: { key: number }) { if (this.less(x, this.top)) this.top = x; } top = { key: 0 }; }`,
    `export class Shelf { before(a: { year: number }, b: { year: number }) { return a.year < b.year; } ordered(books: { year: number }[]) { return books.sort((x, y) => this.before(x, y) ? -1 : this.before(y, x) ? 1 : 0); } }`,
    `function longer(a: string, b: string) { return a.length > b.length; } export const most = (words: string[]) => words.filter(w => longer(w, 'abc')).sort((a, b) => a.length - b.length);`,
    `interface Hop { cost: number } export function fine(hops: Hop[]) { for (const h of hops) h.cost = Infinity; return hops.filter(h => h.cost < Infinity).sort((a, b) => a.cost - b.cost); }`,
    `export function best(hops: { weight: number }[]) { let least = { weight: Infinity }; for (const h of hops) if (h.weight < least.weight) least = h; return [least, ...hops.sort((a, b) => a.weight - b.weight)]; }`,
    `interface Job { due?: { at: string } } export const dates = (xs: Job[]) => xs.sort((a, b) => new Date(a.due?.at ?? 0).getTime() - new Date(b.due?.at ?? 0).getTime());`,
    `export const signed = (xs: { n: number }[], dir: 1 | -1) => xs.sort((a, b) => dir * (a.n - b.n));`,
    `export const ranked = (xs: { r?: number }[]) => xs.sort((a, b) => { const p = a.r ?? Infinity; const q = b.r ?? Infinity; return p === q ? 0 : p - q; });`,
  ],
  fixes: [{ before: `export const up = (xs: { n: number }[]) => xs.sort((a, b) => a.n > b.n);`, after: `export const up = (xs: { n: number }[]) => xs.sort((a, b) => a.n < b.n ? -1 : a.n > b.n ? 1 : 0);`, safe: false }],
};
