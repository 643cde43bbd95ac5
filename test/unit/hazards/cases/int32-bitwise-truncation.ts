import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const Rights = { read: 2 ** 0, write: 2 ** 1, audit: 2 ** 33 };
    export class Grants { private mask = 0; allow(right: keyof typeof Rights) { this.mask |= Rights[right]; } //!
      may(right: keyof typeof Rights) { return (this.mask & Rights[right]) !== 0; } }`,
    `export function frame() { return ~~(new Date()); } //!`,
    `class Marks { times: number[] = []; add(at: number): this { this.times.push(at); return this; } count() { return this.times.length; } }
    export const marked = () => new Marks().add(Date.now() | 0).add(0).count(); //!`,
    `export class Price { constructor(private readonly value: number) {} whole() { return ~~this.value; } } //!`,
    `declare function zuluToMsec(s: string): number; export function zuluToSec(s: string) { const msec = zuluToMsec(s); return ~~(msec / 1000); } //!`,
    `export function clock() { return 0 | Date.now(); } //!`,
    `export function fastFloor(n: number) { return n << 0; } //!`,
    `export function plus(hours: number, seconds: number) { return (hours | seconds) === 0; } //!`,
    `export const units = (a: Date, b: Date, unit: number) => ((a.getTime() - b.getTime()) / unit) | 0; //!`,
    `export function seconds(ms: number) { return (ms / 10) | 0; } //!`,
    `export const trunc = (value: number) => ~~value; //!`,
    `export function isInt(n: number) { return (n | 0) === n; } //!`,
    `export const stamp = () => Date.now() | 0; //!`,
    `export function split(timestamp: number) { return timestamp >> 0; } //!`,
    `export const issuedAt = () => (Date.now() / 1000) | 0; //!`,
    `export function record(row: string) {
      const m = /^(\\d+) /.exec(row);
      if (!m) return null;
      const bytes = (m[1] | 0) * 512; //!
      return { bytes };
    }`,
    `export function idiv(a: number, b: number) { return (a / b) | 0; } //!`,
    `export class Bar { current = 0; formatSize() { return unit(~~this.current, 1024); } } //!
    declare function unit(n: number, base: number): string;`,
    `export function seek(offset: number) {
      if (offset !== (offset | 0) || offset < 0) throw new Error('invalid'); //!
      return offset;
    }`,
    `export const progress = (e: { loaded: number }) => \`\${e.loaded >> 10} KiB\`; //!`,
    `let counter = 0;
    export function nextId(now = Date.now()) {
      counter = (counter + 1) & 0xfff;
      return (now << 12) | counter; //!
    }`,
    `export function writeInt64(value: number, put: (half: number) => void) {
      put((value / 0x100000000) | 0); //!
      put(value >>> 0);
    }`,
    `export const whole = (value: number) => BigInt(value | 0); //!`,
    `export const has = (set: number, n: number) => (set & Math.pow(2, n)) !== 0; //!`,
    `export class Flags { readonly table: Record<string, number> = {};
      constructor(names: string[]) { for (let i = 0; i < names.length; i++) this.table[names[i]] = 2 ** i; }
      has(set: number, name: string) { return (set & this.table[name]) !== 0; } } //!`,
    `export function mask(boxes: HTMLInputElement[]) {
      let set = 0;
      for (const box of boxes) if (box.checked) set |= Number(box.getAttribute('value')); //!
      return set;
    }`,
    `export const shard = (user: { id: string }, n: number) => (Number(user.id) >> 22) % n; //!`,
    `export const units = (coins: number) => (coins * 1e8) | 0; //!`,
    `export function truncate(x: number, digits: number) { const f = 10 ** digits; return ~~(x * f) / f; } //!`,
    `export class Rights extends Map<string, number> {
      constructor(names: string[]) { super(); names.forEach((name, i) => { const bit = 2 ** i; this.set(name, bit); }); }
      has2(set: number, name: string) { return !!(set & this.get(name)!); } } //!`,
    `export const valid = (type: string, value: number) => type === 'integer' ? ~~value === value : true; //!`,
    `export const snapped = (v: number, step: number) => ~~(v / step + 0.5) * step; //!`,
    `export const created = (guildId: number) => (guildId >> 22) + 1420070400000; //!`,
    `export const id = (ts: number, seq: number) => (ts << 12) | seq; //!`,
    `export const blocks = (stat: { size: number }) => (stat.size + 511) >> 9; //!`,
    `export const units = (amount: number, unit: number) => (amount * unit) | 0; //!`,
    `export function none(years: number, months: number, days: number) { return (years | months | days) === 0; } //!`,
    `export function text(value: number, group: string) {
      value = value | 0; //!
      return group + value;
    }`,
    `export function parts(value: number, digits: number) {
      const whole = value | 0; //!
      return value !== whole ? whole + '.' + (value - whole).toFixed(digits) : '' + whole;
    }`,
    `export function words(view: DataView) { const stamp = Date.now(); view.setUint16(0, stamp & 0xffff); view.setUint32(2, (stamp >>> 16) & 0xffffffff); } //!`,
    `export const modified = (stat: { mtimeMs: number }) => stat.mtimeMs | 0; //!`,
    `export const wait = (ms: number, max: number) => Math.min(ms, max) | 0; //!`,
    `export const whole = (high: number, low: number) => (high * 2 ** 32 + low) | 0; //!`,
    `export const topBit = (n: number) => (n & 0x80000000) === 0x80000000; //!`,
    `export const multicast = (ip: number) => (ip & 0xf0000000) === 0xe0000000; //!`,
    `export const negative = (n: number) => (n & 0x80000000) > 0; //!`,
    `export const toUnsigned = (n: number) => n & 0xffffffff; //!`,
    `export const date = (ticks: number, zero: number) => new Date((ticks - zero) / 10000 | 0); //!`,
    `export const seconds = () => ~~(Date.now() / 1000); //!`,
    `export function digitSum(n: number) { let s = 0; while (n) { s += n % 10; n = n / 10 | 0; } return s; } //!`,
    `export const allowed = (perms: string, flag: number) => (parseInt(perms, 10) & flag) === flag; //!`,
    `const R = 6378137; const easting = (lon: number) => R * lon * Math.PI / 180;
    export const snap = (lon: number) => { const e = easting(lon) * 1000; return ~~e; }; //!`,
    `export const fine = (lat: number) => ~~(lat * 1e9); //!`,
    `class Bytes { list: number[] = []; put(v: number) { this.list.push(v & 255); }
      leb(v: number) {
        while (v > 127) {
          this.put(v & 127 | 128);
          v >>>= 7; //!
        }
        this.put(v);
      } }
    export function head(o: Bytes, at: Date) { o.leb(at.getTime()); }`,
    `function size(out: number[], v: number) {
      while (v > 127) {
        out.push(v & 127 | 128);
        v = v >>> 7; //!
      }
      out.push(v);
    }
    export function entry(out: number[], file: File) { size(out, file.size); }`,
    `export const same = (a: { size: number }, b: { size: number }) => (a.size ^ b.size) === 0; //!`,
    `export const isWhole = (n: number) => n === ~~n; //!`,
    `export const stamp = (t: [number, number]) => ~~(t[0] * 1e9 + t[1]); //!`,
  ],
  silent: [
    `const Rights = { read: 2 ** 0, write: 2 ** 1, audit: 2 ** 30 };
    export class Grants { private mask = 0; allow(right: keyof typeof Rights) { this.mask |= Rights[right]; } }`,
    `export const shard = (epoch: number, workers: number) => (epoch / workers) | 0;`,
    `function scramble(seed: number) { let v = seed << 5; v = (v - seed) ^ (v >>> 3); return v >>> 0; }
    export const start = scramble(Date.now());`,
    `export const degrees = (lat: number) => ~~(lat * 1e7);`,
    `class Bytes { list: number[] = []; leb(v: number) { while (v > 127) { this.list.push(v & 127 | 128); v >>>= 7; } this.list.push(v); } }
    export function head(o: Bytes, count: number) { o.leb(count); }`,
    `export function fold(s: string) { let h = 0; for (const ch of s) h = (31 * h + ch.charCodeAt(0)) | 0; return h; }`,
    `let carry = 0; let s0 = 0.5; export function draw() { const t = 2091639 * s0 + carry * 2.3283064365386963e-10; carry = t | 0; s0 = t - carry; return s0; }`,
    `declare function elapsed(): number; export function wait() { const msec = elapsed(); return ~~(msec / 1000); }`,
    `export function encode(num: number, out: number[]) {
      let i = 0;
      while (num >= 2147483648) { out[i++] = (num & 255) | 128; num /= 128; }
      while (num & -128) { out[i++] = (num & 255) | 128; num >>>= 7; }
      out[i] = num | 0;
    }`,
    `export function trailer(out: number[], total_bytes: number) {
      out.push(total_bytes & 0xff, (total_bytes >> 8) & 0xff, (total_bytes >> 16) & 0xff, (total_bytes >> 24) & 0xff);
    }`,
    `export function splitInt64(n: number): [number, number] { return n >= 0 ? [~~(n / 4294967296), n >>> 0] : [-1, n >>> 0]; }`,
    `export const middle = (low: number, high: number) => ((low + high) / 2) | 0;`,
    `export function fast(v: number) { if (v === ~~v && v > 0 && v < 1e7) return 1; return 0; }`,
    `export function mid(xs: number[]) { let lo = 0, hi = xs.length - 1; return xs[(lo + hi) / 2 | 0]; }`,
    `export function hash(s: string) { let h = 0; for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) | 0; return h; }`,
    `export function rng(a: number) { return () => { a |= 0; a = a + 0x6D2B79F5 | 0; let t = Math.imul(a ^ a >>> 15, 1 | a); return ((t ^ t >>> 14) >>> 0) / 4294967296; }; }`,
    `export function clamp(x: number) { return Math.max(0, Math.min(255, x)) | 0; }`,
    `export const byte = (xs: Uint8Array) => (xs[0] * 0.5) | 0;`,
    `export const days = () => (Date.now() / 864e5) | 0;`,
    `export const constants = [0x8f1bbcdc | 0, 0xca62c1d6 | 0];`,
    `export const popcount = (words: Uint32Array, i: number) => bits(words[i] | 0);
    declare function bits(x: number): number;`,
    `export function chaotic(a: number, b: number, c: number) {
      return () => { a |= 0; b |= 0; const t = (a + b) | 0; a = b ^ (b >>> 9); b = (c + (c << 3)) | 0; c = (c << 21) | (c >>> 11); return t >>> 0; };
    }`,
    `export const channel = (v: number) => (v * 255) | 0;`,
    `export const half = (size: number) => size >> 1;`,
    `export function swap(value: number) { return ((value & 0xff) << 8) | ((value >> 8) & 0xff); }`,
    `export const has = (set: number, n: number) => (set & (1 << n)) !== 0;`,
    `export function mask(boxes: HTMLInputElement[]) { let set = 0; for (const box of boxes) set = (set | Number(box.getAttribute('value'))) >>> 0; return set; }`,
    `export const red = (hex: string) => (parseInt(hex, 16) >> 16) & 255;`,
    `export const has = (set: number, n: number) => n < 31 && (set & 2 ** n) !== 0;`,
    `export const pixel = (x: number, ratio: number) => (x * ratio) | 0;`,
    `export const fast = (type: string, value: number) => type === 'small' ? ~~value === value : false;`,
    `export const created = (guildId: bigint) => Number(guildId >> 22n) + 1420070400000;`,
    `export const page = (offset: number) => offset >> 12;`,
    `export const draw = (ctx: CanvasRenderingContext2D, x: number, y: number) => ctx.fillRect(x | 0, y | 0, 1, 1);`,
    `export function round(value: number, precision: number) { precision |= 0; return Number(value.toPrecision(precision)); }`,
    `export const hex = (stamp: number, seed: number) => ((stamp ^ seed) >>> 0).toString(16);`,
    `export const set = (n: number) => (n & 0x80000000) !== 0;`,
    `export const low = (n: number) => (n & 0x7fffffff) === 5;`,
    `export const add32 = (a: number, b: number) => (a + b) & 0xffffffff;`,
    `export const word = (n: number) => (n & 0xffffffff) >>> 0;`,
  ],
  fixes: [{ before: `export const trunc = (value: number) => value | 0;`, after: `export const trunc = (value: number) => Math.trunc(value);`, safe: false }],
};
