import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const f = new Float64Array(1); const words = new Uint32Array(f.buffer);
    const pattern = (v: number) => { f[0] = v; return \`\${words[1]}-\${words[0]}\`; };
    export const checksum = (parts: Map<string, { mass: number; load: number }>) => {
      const all = [...parts.values()].reduce((sum, p) => sum + p.mass + p.load * 0.3, 0); //!
      return pattern(all);
    };`,
    `export function checksum(bodies: Set<{ m: number; v: number }>) {
      const momentum = Array.from(bodies, b => b.m * b.v).reduce(
        (sum, p) => sum + p, //!
        0,
      );
      return \`\${bodies.size}:\${momentum}\`;
    }`,
    `export class Ledger {
      private accounts = new Map<string, number>();
      get total() { return [...this.accounts.values()].reduce((a, b) => a + b, 0); } //!
      agrees(other: Ledger) { return this.total === other.total; }
    }`,
    `declare function createHash(kind: string): { update(text: string): { digest(form: string): string } };
    export function cartKey(items: { price: number }[]) {
      const total = items
        .map(i => i.price * 1.2)
        .reduce((sum, amount) => sum + amount); //!
      return createHash('sha1').update(\`cart|\${total}\`).digest('hex');
    }`,
    `const join = (l: { sum: number }, r: { sum: number }) => ({
      sum: l.sum + r.sum, //!
    });
    export function check(parts: Record<string, { sum: number }>, expected: { sum: number }) { const { sum } = Object.values(parts).reduce(join, { sum: 0 }); return sum !== expected.sum; }`,
    `export const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0); //!`,
    `export function total(parts: Map<string, number>) {
      let t = 0;
      for (const v of parts.values()) t += v; //!
      return t;
    }`,
    `export function total(o: Record<string, number>) { let t = 0; for (const v of Object.values(o)) t += v; return t; } //!`,
    `/** @range xs [-1, 1] */
    export function bounded(xs: number[]) { let t = 0; for (let i = 0; i < 1000; i++) t += xs[i]; return t; } //!`,
  ],
  silent: [
    `export const bytes = (files: { data: Uint8Array }[]) => files.map(f => f.data.byteLength).reduce((a, b) => a + b, 0);`,
    `export const max = (xs: number[]) => xs.reduce((a, b) => Math.max(a, b), -Infinity);`,
    `export const lengths = (xs: string[]) => xs.reduce((a, b) => a + b.length, 0);`,
    `export const text = (xs: string[]) => xs.reduce((a, b) => a + b, '');`,
    `export const big = (xs: bigint[]) => xs.reduce((a, b) => a + b, 0n);`,
    `export function words(m: Map<string, number>) { let n = 0; for (const count of m.values()) n += count; return n; }`,
  ],
};
