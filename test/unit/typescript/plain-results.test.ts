import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { typeText } from '../../../src/typescript';
import { plainResult } from '../../../src/typescript/lower/plain-results';
import type { TypeNames } from '../../../src/typescript/lower/type-names';

const library = 'interface Array<T> { length: number; [i: number]: T } interface Math { sqrt(x: number): number; readonly PI: number } declare const Math: Math; interface Promise<T> {} interface IterableIterator<T> {} interface Generator<T> {}';
const frame = (text: string): string => `class Point { constructor(readonly x = 0, readonly label = 'a') {} }
class Box<T> { constructor(readonly value: T) {} }
class Owner { x = 1; on = true; name = 'n'; ${text} }`;

/** What syntax says of the member `f`, and what the checker infers. */
function both(text: string): { readonly plain: string | null; readonly inferred: string } {
  const files = new Map([['a.ts', ts.createSourceFile('a.ts', frame(text), ts.ScriptTarget.ES2022, true)], ['lib.d.ts', ts.createSourceFile('lib.d.ts', library, ts.ScriptTarget.ES2022, true)]]);
  const host: ts.CompilerHost = {
    getSourceFile: name => files.get(name), getDefaultLibFileName: () => 'lib.d.ts', writeFile: () => undefined, getCurrentDirectory: () => '', getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true, getNewLine: () => '\n', fileExists: name => files.has(name), readFile: () => undefined,
  };
  const checker = ts.createProgram(['a.ts'], { strict: true, noResolve: true, target: ts.ScriptTarget.ES2022 }, host).getTypeChecker();
  const classes = new Map(files.get('a.ts')!.statements.filter(ts.isClassDeclaration).map(each => [each.name!.text, each]));
  const names: TypeNames = { find: name => { const declaration = classes.get(name); return declaration ? { kind: 'declared', declaration, names } : { kind: 'global' }; }, valueType: () => null };
  const member = classes.get('Owner')!.members.find((each): each is ts.MethodDeclaration => each.name?.getText() === 'f')!;
  const plain = plainResult(member, { names, owner: classes.get('Owner'), self: { x: { kind: 'number' }, on: { kind: 'boolean' }, name: { kind: 'string' } } });
  const result = checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(member)!);
  const sorted = (type: string): string => type.split(' | ').sort().join(' | ');
  return { plain: plain && sorted(typeText(plain)), inferred: sorted(checker.typeToString(checker.getBaseTypeOfLiteralType(result))) };
}

describe('results that nobody wrote', () => {
  const told = [
    'f() { return 1; }', 'get f() { return this.x * 2; }', 'f(a: number) { return a - this.x; }', 'f(a: any) { return a / 2; }', 'f(a: any, b: any[]) { return a * b.length; }', 'f() { return Math.sqrt(2) + Math.PI; }',
    'f(a: number) { const b = a * 2; return b + a; }', 'f() { return new Point(1); }', 'f(a: number) { if (a > 1) return new Point(a); return new Point(); }',
    'f(a: number, b: string) { return a > 1 && b === b ? true : a !== 2; }', 'f(a: number) { if (a > 0) return undefined; return a * 2; }', 'f(a: any) { return +a; }', 'f(a = 2) { return -a; }',
    'f(a: any) { return !a; }', 'get f() { return this.on; }', 'f(a: number) { const g = () => { return "x"; }; g(); return a * 1; }', 'f(a: number) { return a > 0 ? new Point(1) : undefined; }', 'f(xs: number[], i: number) { return xs[i]; }', 'f(xs: readonly number[]) { const x = xs[0]; return x * x; }',
  ];
  for (const text of told) it(`as the checker infers them: ${text}`, () => {
    const { plain, inferred } = both(text);
    expect(plain).toBe(inferred);
  });

  const silent = [
    'f(a: any) { return a; }', 'f(a: string) { return a + 1; }', 'f(a: any) { return 1 + a; }', 'async f() { return 1; }', '*f() { return 1; }', 'f(a: bigint) { return a * a; }', 'get f() { return this.name; }',
    'f(a: number) { if (a > 1) return 1; }', 'f() { return new Box(1); }', 'f(Math: any) { return Math.sqrt(1); }', 'f(Point: any) { return new Point(); }', 'f(a: any) { let a1 = 1; { let a1 = a; a1; } return a1; }',
    'f(o: any) { const { x } = o; return x; }', 'f(a?: number) { return a; }', 'f(a: number): any', 'f(o: any) { return o?.x; }', 'f() { const a = 1, b = () => { const a = "t"; return a; }; return b(); }',
  ];
  for (const text of silent) it(`left to the checker: ${text}`, () => expect(both(text).plain).toBeNull());
});
