import { describe, expect, it } from 'vitest';
import { functionNamed } from '../../../src/program';
import { annotate, annotationEdits, tunableVariables, type AnnotatedVariable } from '../../../src/server/tune/variables';
import { lowerText } from '../../../src/typescript';

const text = `export function dot(xs: number[], ys: Float64Array, name: string, codes: Int8Array, scale = 1): number {
  let sum = 0;
  /** @format fp32 */
  const kept = 1;
  const n = xs.length;
  for (let i = 0; i < n; i++) { const term = xs[i] * ys[i]; sum += term * kept; }
  return scale * sum;
}
`;

function variablesOf(source: string, name: string): readonly AnnotatedVariable[] {
  const program = lowerText('dot.ts', source);
  return tunableVariables(program, functionNamed(program, name)!);
}

describe('variables of the tuner', () => {
  const variables = variablesOf(text, 'dot');

  it('are the numeric data and the arrays of it, not counters, not text, not integer arrays, not what JSDoc fixes', () => {
    expect(variables.map(v => `${v.name}:${v.line}:${v.kind}`).sort()).toEqual(['scale:1:number', 'sum:2:number', 'term:6:number', 'xs:1:array', 'ys:1:array'].sort());
  });

  it('leave out what bounds a loop, indexes, sizes an array or is a bit pattern', () => {
    const names = (body: string): string[] => variablesOf(`export function f(n: number, m: number, k: number, bits: number, order: number[], xs: number[]): number {\n${body}\n}`, 'f').map(v => v.name);
    expect(names('const a = new Float64Array(m); for (let i = 0; i < n - 1; i++) a[i] = xs[order[i]] * xs[2 * k + 1]; return a[0] + (bits & 3);')).toEqual(['xs', 'a']);
    // A convergence loop is about data.
    expect(names('let error = 1; while (error > 1e-6) error /= n; return error;')).toContain('error');
  });

  it('are annotated in place, the annotation is read back, and the rest of the text is untouched', () => {
    const formats = variables.map(v => (v.name === 'sum' ? 'fp32' : 'bf16'));
    const annotated = annotate(text, variables, formats);
    expect(annotated).toContain('/* @format bf16 */ scale = 1');
    expect(annotated).toContain('let /* @format fp32 */ sum = 0');
    const again = lowerText('dot.ts', annotated);
    expect(again.problems).toEqual([]);
    expect(again.variables.filter(v => v.format).map(v => [v.name, v.format])).toEqual(expect.arrayContaining([['scale', 'bf16'], ['sum', 'fp32'], ['kept', 'fp32'], ['ys', 'bf16']]));
    expect(annotated.replace(/\/\* @format (bf16|fp32) \*\/ /g, '')).toBe(text);
  });

  it('are annotated again by replacing what was there; the same formats change nothing', () => {
    const once = annotate(text, variables, variables.map(() => 'fp16'));
    const found = variablesOf(once, 'dot');
    expect(found.map(v => v.name)).toEqual(variables.map(v => v.name));
    expect(annotationEdits(once, found, found.map(() => 'fp16'))).toEqual([]);
    expect(annotate(once, found, found.map(() => 'fp8-e5m2'))).toBe(annotate(text, variables, variables.map(() => 'fp8-e5m2')));
  });
});
