import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const start = Date.UTC(2020, 0, 1);
    export class Tickets { private readonly unit: number; private readonly clock: () => number; serial = 0;
      constructor({ clock = Date.now } = {}) { this.clock = clock; this.unit = 2 ** 20; }
      next() { const t = this.clock() - start; this.serial = (this.serial + 1) % 4096; return t * this.unit + this.serial; } } //!`,
    `const toNanos = (at: { s: number; ns: number }) => at.s * 1e9 + at.ns; //!
    export const key = () => { const ms = Date.now(); return toNanos({ s: Math.floor(ms / 1000), ns: (ms % 1000) * 1e6 }); };`,
    `export const shown = ($cell: unknown) => typeof $cell === 'bigint' ? Number($cell) : $cell; //!`,
    `export function plain(cell: unknown) { if (typeof cell === 'bigint') return Number(cell); return cell; } //!`,
    `export const uint64 = (b: Uint8Array, at: number) => b[at] * 2 ** 56 + b[at + 1] * 2 ** 48 + b[at + 2] * 2 ** 40 + b[at + 3] * 2 ** 32 + b[at + 4] * 2 ** 24 + b[at + 5] * 65536 + b[at + 6] * 256 + b[at + 7]; //!`,
    `export const limits = { min: -(2 ** 63), max: 2 ** 63 - 1 }; //!`,
    `const BASE = 2 ** 64; export const last = BASE - 1; //!`,
    `export function hash64(h1: number, h2: number) { return (h1 >>> 0) * 4294967296 + (h2 >>> 0); } //!`,
    `const MOD = 1000000007;
    export function power(base: number, n: number) { let r = 1; for (let i = 0; i < n; i++) r = (r * base) % MOD; return r; } //!`,
    `export function hash(s: string) {
      let hash = 7;
      for (let i = 0; i < s.length; i++) {
        hash = hash * 31 + s.charCodeAt(i); //!
      }
      return hash;
    }`,
    `export const nanoseconds = () => BigInt(Date.now() * 1_000_000); //!`,
    `export function modPow(base: number, exponent: number, mod: number) {
      let r = 1;
      while (exponent > 0) {
        if (exponent % 2 === 1) r = (r * base) % mod; //!
        base = (base * base) % mod; //!
        exponent = Math.floor(exponent / 2);
      }
      return r;
    }`,
    `export const wei = (eth: number) => BigInt(eth * 1e18); //!`,
    `export const hashCode = (s: string) => s.split('').reduce((h, ch) => h * 31 + ch.charCodeAt(0), 0); //!`,
    `export function Lcg(this: { seed: number }) { this.seed = 1; }
    Lcg.prototype.m = 0x80000000;
    Lcg.prototype.a = 1103515245;
    Lcg.prototype.next = function () { this.seed = (this.a * this.seed + 12345) % this.m; return this.seed; }; //!`,
    `export const wei = (text: string) => BigInt(Math.floor(parseFloat(text) * 1e18)); //!`,
    `export function hashCode(text: string) { let hash = 0; for (let i = 0; i < text.length; i++) { hash = 31 * hash + text.charCodeAt(i); } return hash | 0; } //!`,
    `export class Ids { private readonly origin = 1609459200000; private n = 0;
      make(): number { const t = Date.now() - this.origin; return t * 2 ** 22 + this.n++; } } //!`,
    `const START = 1609459200000;
    export function id(n: number, at = Date.now()) { const high = (at - START) * 4194304; return high + 12288 + (n & 4095); } //!`,
    `export const timestampToNanos = (ts: { seconds: number; nanos: number }) => ts.seconds * 1e9 + ts.nanos; //!`,
    `export function unixNanos([sec, nsec]: [number, number]) { const whole = sec * 1e9; return whole + nsec; } //!`,
    `const first = 90071992547409984;
    export const numberOf = (n: number) => first + n; //!`,
    `export const filetime = (ms: number) => (ms + 11644473600000) * 10000; //!`,
    `export const origin = () => (performance.timeOrigin + performance.now()) * 1e6; //!`,
    `export function bytes(b: Uint8Array) { let n = 0;
      for (let i = 0; i < 8; i++) n = n * 256 + b[i]; //!
      return n; }`,
  ],
  silent: [
    `export class Tickets { private readonly unit: number; serial = 0; constructor() { this.unit = 2 ** 20; } next(days: number) { return days * this.unit + this.serial; } }`,
    `const toNanos = (at: { s: number; ns: number }) => at.s * 1e9 + at.ns;
    export const span = (from: [number, number]) => { const [s, ns] = process.hrtime(from); return toNanos({ s, ns }); };`,
    `export const shown = (cell: unknown) => typeof cell !== 'bigint' ? Number(cell) : cell;`,
    `export function plain(cell: unknown) { if (typeof cell === 'bigint' && cell <= Number.MAX_SAFE_INTEGER) return Number(cell); return cell; }`,
    `const c2 = 299792458 ** 2;
    export const rest = (v2: number) => c2 - v2;`,
    `const START = 1609459200000;
    export const short = (n: number) => (Date.now() - START) * 1024 + (n % 1024);`,
    `export const exact = () => Date.now() * 4096;`,
    `export const micros = (d: Date) => d.getTime() * 1000;`,
    `export const spent = () => { const [s, n] = process.hrtime(); return s * 1e9 + n; };`,
    `export const even = (x: number) => (x + 9007199254740992) - 9007199254740992;`,
    `export const never = (x: number) => x + 1e18;`,
    `export function bytes(b: Uint8Array) { let n = 0; for (let i = 0; i < 6; i++) n = n * 256 + b[i]; return n; }`,
    `export const uint48 = (b: Uint8Array, at: number) => b[at] * 2 ** 40 + b[at + 1] * 2 ** 32 + b[at + 2] * 2 ** 24 + b[at + 3] * 65536 + b[at + 4] * 256 + b[at + 5];`,
    `export const limits = { min: -(2 ** 53), max: 2 ** 53 - 1, half: 2 ** 60 - 2 ** 20 };`,
    `export const time = (high: number, low: number) => (high >>> 0) * 4294967296 + (low >>> 0);`,
    `export const scaled = 2 ** 60 + 0.5;`,
    `export function denominator(hash: number) { let hashed = 1; while (hashed < hash) { hashed *= 256; } return hashed; }`,
    `export function lcg(seed: number) { return (seed * 16807) % 2147483647; }`,
    `export function hash(s: string) { let hash = 7; for (let i = 0; i < s.length; i++) hash = (hash * 31 + s.charCodeAt(i)) | 0; return hash; }`,
    `export const m = (a: bigint, b: bigint) => (a * b) % 1000000007n;`,
    `export function parse(s: string) { let v = 0; for (let i = 0; i < s.length; i++) v = v * 10 + s.charCodeAt(i) - 48; return v; }`,
    `export const micro = () => Date.now() * 1000;`,
    `export const hashCode = (s: string) => s.split('').reduce((h, ch) => (h * 31 + ch.charCodeAt(0)) | 0, 0);`,
    `export class Lcg { m = 0x80000000; a = 48271; seed = 1; next() { this.seed = this.a * this.seed % this.m; return this.seed; } }`,
    `export function powmod(b: any, e: any, m: any) { let r: any = 1n; while (e > 0n) { r = r * b % m; e -= 1n; } return r; }`,
    `export const wei = (whole: bigint) => whole * 10n ** 18n;`,
    `export function hashCode(text: string) { let hash = 0; for (let i = 0; i < text.length; i++) { hash = (31 * hash + text.charCodeAt(i)) | 0; } return hash; }`,
  ],
};
