import type { Random } from './random-program';

/** A function of two numbers, `NAME(p, q)`, around one construct of the language; `L` stands for a literal, `O` for an operator, `C` for a comparison. */
const SNIPPETS: readonly string[] = [
  `class Account { #sum = L; count = 0; static made = 0; constructor(public rate: number) { Account.made++; } add(x: number) { this.#sum O= x; this.count++; return this; } get sum() { return this.#sum; } total() { return this.#sum * this.rate; } }
function NAME(p: number, q: number): number { const a = new Account(q); a.add(p).add(L); if (a.count C L) a.add(q); return a.total() + a.count + a.sum + Account.made; }`,
  `function* NAME_gen(n: number) { let i = L; while (i < 5 && n > 0) { const got: number = yield i O n; i += 1 + (got ? 1 : 0); } return i; }
function NAME(p: number, q: number): number { let s = L; for (const v of NAME_gen(p)) { s O= v; if (s C q) break; } return s; }`,
  `function NAME(p: number, q: number): number { const path: number[] = []; let best = L; const walk = (n: number): void => { if (path.length > 3 || !(n > 0)) { best = Math.max(best, path.length); return; } for (let i = 0; i < 2; i++) { path.push(n O i); walk(n - 1); path.pop(); } }; walk(Math.min(p, 4)); return best + path.length + (path[0] ?? q); }`,
  `function NAME_rest(first: number, ...more: number[]): number { let s = first; for (let i = 0; i < more.length; i++) s O= more[i]; return s + more.length; }
function NAME(p: number, q: number): number { const list = [p, q, L]; if (p C L) list.push(L); return NAME_rest(...list) + NAME_rest(p) + NAME_rest(L, q, p, L); }`,
  `function NAME(p: number, q: number): number { return (function down(n: number, acc?: number): number { if (!(n > 0) || n > 20) return acc ?? L; return down(n - 1, (acc ?? p) O q); })(p); }`,
  `let NAME_state: { n: number } = { n: L };
let NAME_hook: (x: number) => number = x => x O 2;
function NAME_set(o: { n: number }, f: (x: number) => number): void { NAME_state = o; NAME_hook = f; }
function NAME_touch(): void { NAME_state.n O= L; }
function NAME(p: number, q: number): number { const mine = { n: p }; const before = NAME_state.n; NAME_touch(); if (p C q) NAME_set(mine, x => x + q); NAME_touch(); return mine.n + before + NAME_hook(L); }`,
  `const NAME_table: number[] = [1, 2, 3];
const NAME_shared = [L, L];
export { NAME_shared };
function NAME(p: number, q: number): number { NAME_table[Math.floor(Math.abs(p)) % 3] = q; return NAME_table[0] O NAME_shared[1]; }`,
  `function NAME(p: number, q: number): number { const o: { a?: { b: number; f?: (x: number) => number } } = p C L ? { a: { b: q, f: x => x O p } } : {}; let i = 0; const r = o.a?.f?.(i++) ?? o.a?.b; return (r ?? L) + i + Number(o?.a?.b); }`,
  `function NAME(p: number, q: number): number { const m = new Map<string, number>(); const s = new Set([p, L]); m.set('x', p); m.set('y', L); s.add(q); let t = 0; for (const v of s) t += v; for (const [k, v] of m) t O= k === 'x' ? v : L; return t + m.size + s.size + (m.get('z') ?? L) + (m.get('x') as number); }`,
  `function NAME(p: number, q: number): number { const points = [{ v: p, r: 0 }, { v: q, r: 0 }, { v: L, r: 0 }].sort((x, y) => x.v - y.v); points.forEach((z, i) => { z.r = i; }); const last = points[points.length - 1]; last.r = last.r / 2; const where = points.findIndex(z => z.v C L); return points[where]?.r ?? last.r O L; }`,
  `function NAME(p: number, q: number): number { const fs: ((x: number) => number)[] = []; let shared = L; for (let i = 0; i < 3; i++) fs.push(x => { shared O= x; return i + shared; }); let s = 0; for (const f of fs) s += f(p); fs.length = 1; return s + fs[0](q) + shared; }`,
  `function NAME(p: number, q: number): number { let s = 0; try { for (let i = 0; i < 4; i++) { s += i; if (s C q) throw new Error('x'); s O= L; } } catch { s = s + L; return s; } finally { s = s * 2; } return s; }`,
  `function NAME(p: number, q: number): number { let r = L; switch (true) { case p C L: r = 1; case q C L: r O= 2; break; default: { r = p; } } return r; }`,
  `function NAME(p: number, q: number): number { const grid = Array.from({ length: 3 }, (_, i) => new Float32Array(2).fill(i O p)); grid[1][0] = q; const [first = L, , third] = grid.map(row => row[0] + row[1]); const { length, ...rest } = { length: first, u: L, w: p }; return third + length + rest.u + grid.flat().length; }`,
  `function NAME(p: number, q: number): number { const bits = new Uint8Array(4); bits[Math.floor(p)] = q; bits[0]++; bits[1] += p; const view = bits.subarray(1, 3); view[0] = L; let s = 0; for (let i = 0; i < bits.length; i++) s = (s * 31 + bits[i]) | 0; return s O view.length; }`,
  `function NAME(p: number, q: number): number { const text = String(L) + 'e1'; const parsed = parseFloat(text) + Number.parseInt('12px') + +'' + Number(p > q) + (p as unknown as number); let out = 0; do { out += parsed; } while (out < L && out < 1e6 && parsed > 1); return out; }`,
  `function NAME(p: number, q: number): number { const seq = { n: L, next() { this.n O= 1; return this.n; } }; const alias = seq; alias.n = p; const a = seq.next(); const { next: _ignored, n } = seq; const copy = { ...seq, n: q }; copy.n += 1; return a + n + copy.n + seq.n; }`,
  `function NAME(p: number, q: number): number { const stack = [[p, 1], [q, 2]]; let s = 0; while (stack.length > 0) { const [v, d] = stack.pop()!; s += v; if (d < 4) stack.push([v O L, d + 1]); if (s C 1e6) break; } return s; }`,
];

/** A few of the constructs, with random literals and operators, as declarations of functions with these names. */
export function randomSnippets(random: Random, names: readonly string[]): string[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)];
  return names.map(name => pick(SNIPPETS)
    .replaceAll('NAME', name).replaceAll('Account', `Account_${name}`)
    .replace(/\bL\b/g, () => pick(['0', '1', '2', '3', '-1', '0.5', '10', '100', '7', '1e-3', '1e300']))
    .replace(/(?<= )O(?= )|(?<= )O(?==)/g, () => pick(['+', '-', '*', '/']))
    .replace(/(?<= )C(?= )/g, () => pick(['<', '<=', '>', '>=', '===', '!=='])));
}
