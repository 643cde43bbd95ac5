import { describe, expect, it } from 'vitest';
import { functionNamed } from '../../../src/program';
import { annotate, tunableVariables } from '../../../src/server/tune/variables';
import { lowerText } from '../../../src/typescript';

const text = `export function dot(xs: number[], ys: Float64Array, name: string, scale = 1): number {
  let sum = 0, /* @format fp32 */ kept = 1;
  const n = xs.length;
  for (let i = 0; i < n; i++) { const term = xs[i] * ys[i]; sum += term * kept; }
  return scale * sum;
}
`;

describe('variables of the tuner', () => {
  const program = lowerText('dot.ts', text);
  const variables = tunableVariables(program, functionNamed(program, 'dot')!);

  it('are the numeric data, not counters, not text, not what has a format', () => {
    expect(variables.map(v => `${v.name}:${v.line}`)).toEqual(expect.arrayContaining(['scale:1', 'sum:2', 'term:4']));
    expect(variables.map(v => v.name)).not.toContain('i');
    expect(variables.map(v => v.name)).not.toContain('name');
    expect(variables.map(v => v.name)).not.toContain('xs');
    expect(variables.map(v => v.name)).not.toContain('kept');
  });

  it('are annotated in place, and the annotation is read back', () => {
    const annotated = annotate(text, variables, variables.map(v => (v.name === 'sum' ? 'fp32' : v.name === 'scale' ? 'bf16' : null)));
    expect(annotated).toContain('/* @format bf16 */ scale = 1');
    expect(annotated).toContain('let /* @format fp32 */ sum = 0');
    const again = lowerText('dot.ts', annotated);
    expect(again.problems).toEqual([]);
    expect(again.variables.filter(v => v.format).map(v => [v.name, v.format])).toEqual(expect.arrayContaining([['scale', 'bf16'], ['sum', 'fp32'], ['kept', 'fp32']]));
    expect(annotated.replace(/\/\* @format (bf16|fp32) \*\/ (scale|sum)/g, '$2')).toBe(text);
  });
});
