import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { completed, UNKNOWN } from '../../../src/program';
import { lowerText, typeText } from '../../../src/typescript';
import { lowerSlices } from '../../../src/typescript/lower/lower';
import { noTypes } from '../../../src/typescript/lower/type-source';

/** The type of the last `v` of a source, from syntax alone and as the checker infers it. */
function both(source: string): { readonly plain: string; readonly inferred: string } {
  const program = lowerText('a.ts', source, { types: false });
  const at = source.lastIndexOf('v');
  const read = program.expressions.find(e => e.kind === 'variable' && e.start === at);
  const library = 'interface Array<T> { length: number; [i: number]: T; push(...items: T[]): number } interface Float64Array { [i: number]: number } declare const Float64Array: { new (n: number): Float64Array }; interface Math { sqrt(x: number): number } declare const Math: Math;';
  const files = new Map([['a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.ES2022, true)], ['lib.d.ts', ts.createSourceFile('lib.d.ts', library, ts.ScriptTarget.ES2022, true)]]);
  const checker = ts.createProgram(['a.ts'], { strict: true, noResolve: true, target: ts.ScriptTarget.ES2022 }, {
    getSourceFile: name => files.get(name), getDefaultLibFileName: () => 'lib.d.ts', writeFile: () => undefined, getCurrentDirectory: () => '', getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true, getNewLine: () => '\n', fileExists: name => files.has(name), readFile: () => undefined,
  }).getTypeChecker();
  let node: ts.Node = files.get('a.ts')!;
  const find = (each: ts.Node): void => { if (each.pos <= at && at < each.end) { node = each; ts.forEachChild(each, find); } };
  find(node);
  return { plain: read ? typeText(read.type) : 'not read', inferred: checker.typeToString(checker.getTypeAtLocation(node)) };
}

describe('variables whose type nobody wrote', () => {
  const told = [
    'let v; v = 1; v * 2; export const r = -v;',
    'function f(a: number, b: number) { let v; if (a > b) { v = a - b; } else { v = b * 2; } return 2 * v; }',
    'function f(a: number) { let v; const t = 0.5 - a; if (t > 0) v = t * t * a; else v = 0; return 1 - v; }',
    'function f(xs: number[], n: number) { let i, v; for (i = 0, v = 0; i < n; i++) v += xs[i] * 1; return v - 1; }',
    'function f(n: number) { const buffer = new Float64Array(n); let v; v = buffer[0]; return v / 2; }',
    'function f(n: number) { const v = []; for (let i = 0; i < n; i++) v.push(i * 2); return v; }',
    'function f(n: number) { const v = []; v[0] = Math.sqrt(n); v.push(1, -2); return v; }',
    'function f(xs: number[]) { let v, n = 0; v = xs[0] * 1; if (v < 0) v = -v; while (n * 2 < v) n++; return v - n; }',
  ];
  for (const source of told) it(`as the checker infers them: ${source}`, () => {
    const { plain, inferred } = both(source);
    expect(plain).toBe(inferred);
  });

  const silent = [
    'function f(a: any) { let v; v = 1; v = a; return v; }', "let v; v = 1; v = 'a'; export const r = v;", 'function f(a: number[]) { let v; [v] = a; return v; }', 'function f(a: any) { let v; for (v of a) { v = 1; } return v; }',
    'function f(a: number[]) { let v; for (const x of a) if (v === undefined || x > v) v = x * 1; return v; }', 'function f(a: any) { const v = []; v.push(1, a); return v; }', 'function f(a: any[]) { const v = []; v.push(...a); return v; }',
    'function f(a: any) { let v = []; v.push(1); v = a; return v; }', 'export const v0 = []; let v; export const r = v;', 'let v; const a = 1; export function f(a: any) { v = a; } export const r = v;', 'const v = []; const a = 1; export const f = (a: any) => v.push(a); export const r = v;', 'function f(a: number) { let v; v ??= a * 1; return v; }',
  ];
  for (const source of silent) it(`left to the checker: ${source}`, () => expect(both(source).plain).toBe('unknown'));
});

/** The expressions about which lowering asks the checker. */
function questions(source: string): readonly string[] {
  const asked: string[] = [];
  completed(lowerSlices(ts.createSourceFile('a.ts', source, ts.ScriptTarget.ES2022, true), { ...noTypes, typeOf: node => { asked.push(node.getText()); return UNKNOWN; } }));
  return asked;
}

describe('unions are asked about where control flow may narrow them', () => {
  const near = 'declare function near(a: number, t?: number): boolean; ';
  it('not where nothing tests them', () => expect(questions(`${near}export function f(a: number, v?: number) { if (near(a, v)) return 1; return near(a, v); }`)).toEqual([]));
  it('not where it is only compared as a number', () => expect(questions(`${near}export function f(a: number, v = a, w?: number) { while (a < v) a++; return near(a, w); }`)).toEqual([]));
  it('not because another function tests a name', () => expect(questions(`${near}class C { f(a: number, v?: number) { return near(a, v); } g(v?: number) { return v === undefined; } }`)).toEqual([]));
  for (const test of ['if (v === undefined) return 0;', 'if (known(v)) return 0;', 'known(v);', 'switch (v) { case undefined: return 0; }', "const unset = typeof v === 'undefined'; if (unset) return 0;", 'v = a;', 'while (!v) a++;', 'v ?? a;']) {
    it(`after ${test}`, () => expect(questions(`${near}declare function known(x: unknown): boolean; export function f(a: number, v?: number) { ${test} return near(a, v); }`)).toContain('v'));
  }
});

it('another one of the class of `this` needs no question', () => {
  expect(questions("export class P { readonly ['constructor']!: new (x: number) => this; constructor(readonly x: number) {} twice(): this { return new this.constructor(this.x * 2); } size() { return this.twice().x; } }")).toEqual([]);
});
