import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Fingerprint {
      private h: number;
      private readonly factor: number;
      constructor({ start = 0x811c9dc5, factor = 16777619 }: { start?: number; factor?: number } = {}) { this.h = start; this.factor = factor; }
      add(code: number) { this.h = this.step(this.h ^ code); return this; }
      private step(x: number) { return (x * this.factor) >>> 0; } //!
    }`,
    `export function fnv(s: string) {
      let h = 0x811c9dc5;
      for (let i = 0; i < s.length; i++) {
        h ^= s.charCodeAt(i);
        h = (h * 0x01000193) >>> 0; //!
      }
      return h;
    }`,
    `export function fnv(s: string) {
      let hash = 2166136261;
      for (let i = 0; i < s.length; i++) {
        hash ^= s.charCodeAt(i);
        hash *= 16777619; //!
      }
      return hash >>> 0;
    }`,
    `export function mix(h: number) { const x = h ^ (h >>> 16); return ((x * 0x85ebca6b) | 0) >>> 0; } //!`,
    `export const table = {
      add: (a: number, b: number) => (a + b) >>> 0,
      sub: (a: number, b: number) => (a - b) >>> 0,
      mul: (a: number, b: number) => (a * b) >>> 0, //!
    };`,
    `const table: Record<number, { prime: number }> = {}; export function hash(text: string) { const prime = table[52].prime; let h = 5; for (let i = 0; i < text.length; i++) {
      h ^= text.charCodeAt(i);
      h *= prime; //!
    } return h; }`,
    `export const slot = (n: number) => (n * 2654435761) >>> 0; //!`,
  ],
  silent: [
    `export class Fingerprint {
      private h = 5381;
      private readonly factor: number;
      constructor({ factor = 33 }: { factor?: number } = {}) { this.factor = factor; }
      add(code: number) { this.h = this.step(this.h ^ code); return this; }
      private step(x: number) { return (x * this.factor) >>> 0; }
    }`,
    `export function hash(s: string) { let h = 0; for (let i = 0; i < s.length; i++) h = (31 * h + s.charCodeAt(i)) | 0; return h; }`,
    `export function fnv(s: string) { let h = 0x811c9dc5; for (let i = 0; i < s.length; i++) { h ^= s.charCodeAt(i); h = Math.imul(h, 0x01000193); } return h >>> 0; }`,
    `export function djb2(s: string) { let h = 5381; for (let i = 0; i < s.length; i++) h = (h * 33) ^ s.charCodeAt(i); return h >>> 0; }`,
    `export function fnv(h: bigint) { return (h * 1099511628211n) & 0xffffffffffffffffn; }`,
    `export function mul(n: number, m: number) { m >>>= 0; const low = n & 0xffff; const high = n - low; return (((high * m) >>> 0) + low * m) >>> 0; }`,
    `export const area = (w: number, h: number) => (w * h) | 0;`,
    `export const high = (x: number) => (x * 0x100000000) >>> 0;`,
    `export const slot = (n: number) => Math.imul(n, 2654435761) >>> 0;`,
    `export const byte = (n: number) => ((n & 255) * 2654435761) >>> 0;`,
  ],
};
