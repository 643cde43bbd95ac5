import { describe, expect, it } from 'vitest';
import { loadModules } from '../../../src/server/simulate/modules';
import { instrumentProgram } from '../../../src/server/simulate/program';
import { measuredIn } from '../../../src/typescript/instrument';

const texts: Readonly<Record<string, string>> = {
  '/vector.ts': 'export class V { constructor(public x: number, public y: number) {} get length(): number { return Math.sqrt(this.x * this.x + this.y * this.y); } }',
  '/index.ts': "export * from './vector';",
  '/list.ts': 'export class L { items = [1]; get length(): number { return this.items.length; } }',
  '/measures.ts': "import { V } from './index'; export function f(x: number): number { const v = new V(x, x); return v.length * 2; }",
  '/counts.ts': "import { L } from './list'; export function f(x: number): number { const v = new L(); return v.length * x; }",
  '/list-beside.ts': "import { V } from './index'; export function f(v: readonly number[], x: number): number { return v.length * x + new V(x, x).x; }",
  '/unknown-beside.ts': "import { V } from './index'; export function f(v: V | number[], x: number): number { return v.length * x; }",
  '/alone.ts': 'export function f(v: number[], x: number): number { return v.length * x; }',
};

/** Whether `v.length` of a file is converted to the format, as data are, and counted and rounded where the format cannot hold it. */
function roundsLength(file: string): boolean {
  const program = instrumentProgram(loadModules(file, { readFile: path => texts[path], fileExists: path => path in texts }), 'record', 'f');
  return /\.n_length/.test(program.modules[0].code);
}

describe('what is called length', () => {
  it('is data where a module that the file imports computes it', () => { expect(roundsLength('/measures.ts')).toBe(true); });
  it('counts where such a module passes a count on, and where there is none', () => {
    expect(roundsLength('/counts.ts')).toBe(false);
    expect(roundsLength('/alone.ts')).toBe(false);
  });
  it('counts for variables declared as lists, whatever else computes a length', () => {
    expect(roundsLength('/list-beside.ts')).toBe(false);
    expect(roundsLength('/unknown-beside.ts')).toBe(true);
  });
  it('is told from the text of accessors', () => {
    expect(measuredIn('class A { get size() { return this.w * this.h; } get length() { return this.a.length; } get area() { return this.w * this.h; } }')).toEqual(['size']);
    expect(measuredIn('const o = { get length(): number { return Math.hypot(this.x, this.y); } };')).toEqual(['length']);
  });
});
