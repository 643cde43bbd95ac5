import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `import { randomBytes } from 'node:crypto';
    class Source { private kept = Buffer.alloc(0); private at = 0; take(): number { if (this.at >= this.kept.length) { this.kept = randomBytes(64); this.at = 0; } return this.kept[this.at++]; } }
    export class Names { private readonly source = new Source(); one(letters: string[]) { return letters[this.source.take() % 26]; } } //!`,
    `const draw = (count: number) => Math.floor(Math.random() * count);
    const exchange = (xs: number[], i: number, j: number) => { const t = xs[i]; xs[i] = xs[j]; xs[j] = t; };
    export function mixUp(tracks: number[]) { tracks.forEach((_, i) => exchange(tracks, i, draw(tracks.length))); } //!`,
    `export class Verifier {
      constructor(private readonly source: Crypto) {}
      make() { const bytes = new Uint8Array(43); this.source.getRandomValues(bytes); return this.text(bytes); }
      private text(bytes: Uint8Array) {
        let out = '';
        for (let i = 0; i < bytes.length; i++) out += letters[bytes[i] % letters.length]; //!
        return out;
      }
    }
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';`,
    `export const shuffle = <T>(xs: T[]) => xs.sort(() => (Math.random() > 0.5 ? 1 : -1)); //!`,
    `import { randomBytes } from 'crypto';
    export const digit = () => randomBytes(1)[0] % 10; //!`,
    `export function pick(chars: string) {
      const bytes = new Uint8Array(16);
      crypto.getRandomValues(bytes);
      let out = '';
      for (const b of bytes) out += chars[b % chars.length]; //!
      return out;
    }
    declare const crypto: { getRandomValues(a: Uint8Array): void };`,
    `export const shuffle = <T>(xs: T[]) => xs.sort(() => Math.random() - 0.5); //!`,
    `export function shuffle(xs: number[]) {
      for (let i = 0; i < xs.length; i++) {
        const j = Math.floor(Math.random() * xs.length); //!
        const t = xs[i]; xs[i] = xs[j]; xs[j] = t;
      }
    }`,
    `const source = () => window.crypto;
    export const token = () => {
      const letters = 'abcdefghijklmnopqrstuvwxyz-_~.';
      let text = '';
      const bytes = Array.from(source().getRandomValues(new Uint8Array(20)));
      bytes.forEach(b => (text += letters[b % letters.length])); //!
      return text;
    };`,
    `export const pick = (xs: string[]) => { const bytes = crypto.getRandomValues(new Uint8Array(4)); return [...bytes].map(b => xs[b % xs.length]); }; //!`,
    `export function secret(length: number, letters: string) {
      const bytes = new Uint8Array(length);
      let text = '';
      crypto.getRandomValues(bytes);
      for (let i = 0; i < length; i++) text += letters[Math.floor(bytes[i] * letters.length / 256)]; //!
      return text;
    }`,
    `export const pick = (xs: string[]) => xs[Math.round(Math.random() * (xs.length - 1))]; //!`,
    `export function randomInt(min: number, max: number) { return Math.round(Math.random() * (max - min) + min); } //!`,
    `import { randomBytes } from 'crypto'; export const pin = () => parseInt(randomBytes(3).toString('hex'), 16) % 10000; //!`,
    `import { randomBytes } from 'crypto'; export function word(list: string[]) { const b = randomBytes(2); return list[(b[0] * 256 + b[1]) % list.length]; } //!`,
    `export function shuffle(xs: number[]) { xs.forEach((x, i) => { const j = Math.floor(Math.random() * xs.length); xs[i] = xs[j]; xs[j] = x; }); } //!`,
    `export function shuffle(xs: number[]) {
      xs.sort(function () { //!
        return Math.random() - 0.5;
      });
    }`,
    `export function below(max: number) { const x = crypto.getRandomValues(new Uint32Array(1))[0]; return Math.floor(x / 0xffffffff * max); } //!`,
    `import crypto from 'crypto'; const bytes = (n: number) => crypto.randomBytes(n); export const token = (n: number, letters: string) => [...bytes(n)].map(b => letters[b % letters.length]).join(''); //!`,
    `export const between = (min: number, max: number) => Math.round(Math.random() * (max - min)) + min; //!`,
    `declare const tools: { randomBuf(n: number): ArrayBuffer }; export const pin = () => new Uint8Array(tools.randomBuf(4)).map(n => n % 10); //!`,
    `declare function secureRandomBytes(n: number): Promise<Uint8Array>;
    export async function code(letters: string) {
      const bytes = await secureRandomBytes(12);
      return Array.from(bytes, b => letters[b % letters.length]).join(''); //!
    }`,
    `import { randomBytes } from 'crypto';
    export const word = (letters: string) => [...randomBytes(8)].reduce((text, b) => text + letters[b % letters.length], ''); //!`,
    `import { randomBytes } from 'crypto';
    const dial = '0123456789';
    function toDigit(byte: number) { return dial[byte % dial.length]; } //!
    export const phone = () => Array.from(randomBytes(7)).map(toDigit).join('');`,
    `import { randomBytes } from 'crypto';
    export function draw(names: string[], done: (name: string) => void) {
      randomBytes(1, (error, bytes) => { if (!error) done(names[bytes[0] % names.length]); }); //!
    }`,
    `export function mixUp(a: string[], rnd: () => number) { const n = a.length; for (let i = 0; i < n; i++) {
      const k = Math.floor(rnd() * n); //!
      const t = a[i]; a[i] = a[k]; a[k] = t; } }`,
    `function exchange(a: number[], i: number, k: number) { const kept = a[i]; a[i] = a[k]; a[k] = kept; }
    export function mixed(a: number[]) { for (let i = 0; i < a.length; i++) { const k = Math.floor(Math.random() * a.length); exchange(a, i, k); } return a; } //!`,
    `export function dice(sides: number, randomBytes: (n: number) => number[]) { const b = randomBytes(4); return 1 + Math.abs((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]) % sides; } //!`,
    `export function ticket(size: number, randomBytes: (n: number) => Uint8Array) { const bytes = randomBytes(4); let n = 0; for (let i = 0; i < 4; i++) n = n * 256 + bytes[i]; return n % size; } //!`,
  ],
  silent: [
    `import { randomBytes } from 'node:crypto';
    class Source { private kept = Buffer.alloc(0); private at = 0; take(): number { if (this.at >= this.kept.length) { this.kept = randomBytes(64); this.at = 0; } return this.kept[this.at++]; } }
    export class Names { private readonly source = new Source(); private readonly letters: string; constructor({ letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789' } = {}) { this.letters = letters; } one() { return this.letters[this.source.take() % this.letters.length]; } }`,
    `const draw = (count: number) => Math.floor(Math.random() * count);
    const exchange = (xs: number[], i: number, j: number) => { const t = xs[i]; xs[i] = xs[j]; xs[j] = t; };
    export function mixUp(tracks: number[]) { for (let i = tracks.length - 1; i > 0; i--) exchange(tracks, i, draw(i + 1)); }`,
    `export function bucket(size: number, key: Uint8Array) { let n = 0; for (let i = 0; i < 4; i++) n = n * 256 + key[i]; return n % size; }`,
    `export function dice(sides: number) { return 1 + Math.abs(Math.floor(Math.random() * 600)) % sides; }`,
    `export function shuffle(xs: number[]) { for (let i = xs.length - 1; i > 0; i--) { const j = Math.floor(Math.random() * (i + 1)); const t = xs[i]; xs[i] = xs[j]; xs[j] = t; } }`,
    `export const pick = (xs: number[]) => xs[Math.floor(Math.random() * xs.length)];`,
    `import { randomBytes } from 'crypto'; export const nibble = () => randomBytes(1)[0] % 16;`,
    `export function below(max: number) {
      const a = new Uint32Array(1);
      const limit = Math.floor(2 ** 32 / max) * max;
      do { crypto.getRandomValues(a); } while (a[0] >= limit);
      return a[0] % max;
    }`,
    `export function token(letters: string) {
      const limit = 256 - (256 % letters.length);
      let text = '';
      while (text.length < 20) for (const b of crypto.getRandomValues(new Uint8Array(20))) if (b < limit) text += letters[b % letters.length];
      return text;
    }`,
    `export const coin = () => Math.round(Math.random());`,
    `export const grey = () => Math.round(Math.random() * 255);`,
    `export const angle = (from: number, to: number) => Math.random() * (to - from) + from;`,
    `declare const tools: { randomBuf(n: number): ArrayBuffer }; export const hex = () => new Uint8Array(tools.randomBuf(4)).map(n => n % 16);`,
    `import { randomBytes } from 'crypto';
    const letters = 'abcdefghijklmnopqrstuvwxyz234567';
    export const base32 = () => Array.from(randomBytes(10), b => letters[b % letters.length]).join('');`,
    `import { randomBytes } from 'crypto';
    export const digits = () => randomBytes(40).filter(b => b < 250).map(b => b % 10);`,
    `export const columns = (bytes: Uint8Array, width: number) => Array.from(bytes, (b, i) => [i % width, b]);`,
    `import { randomBytes } from 'crypto';
    export const rows = (width: number) => Array.from(randomBytes(64), (b, i) => (i % width === 0 ? '\\n' : '') + b);`,
    `export function mutate(a: number[], rate: number) { for (let i = 0; i < a.length; i++) if (Math.random() < rate) { const j = Math.floor(Math.random() * a.length); const t = a[i]; a[i] = a[j]; a[j] = t; } }`,
  ],
};
