import { describe, expect, it } from 'vitest';
import { lowerText } from '../../../src/typescript';

function ranges(source: string): Record<string, unknown> {
  const program = lowerText('a.ts', source);
  expect(program.problems).toEqual([]);
  return Object.fromEntries(program.variables.filter(v => v.range || v.propertyRanges || v.format).map(v => [v.name, v.format ?? v.propertyRanges ?? v.range]));
}

describe('@range', () => {
  it('of parameters, in every notation of a number', () => {
    expect(ranges(`/**
 * Adds.
 * @param x the first
 * @range x [-1.5e3, Infinity]
 * @range y [0, 2*pi]
 * @range z 0x10..2**31
 * @range w [-Math.PI/2, +.5]
 */
export function f(x: number, y: number, z: number, w: number) { return x + y + z + w; }`))
      .toEqual({ x: [-1500, Infinity], y: [0, 2 * Math.PI], z: [16, 2 ** 31], w: [-Math.PI / 2, 0.5] });
  });

  it('of arrow functions, methods and destructured parameters', () => {
    expect(ranges(`/** @range a [0, 1] */ export const f = (a: number) => a;
class C { /** @range b [2, 3] */ m(b: number) { return b; } }
/** @range c [4, 5] */ function g({ c }: { c: number }) { return c; }`)).toEqual({ a: [0, 1], b: [2, 3], c: [4, 5] });
  });

  it('of variables', () => {
    expect(ranges('/** @range [0, 1] */ const x = Math.random(); function f() { /** @range y [0, 9] */ let y = 0; return y + x; } /** @range [1, 2] */ declare const z: number;'))
      .toEqual({ x: [0, 1], y: [0, 9], z: [1, 2] });
  });

  it('of properties of a parameter', () => {
    expect(ranges('/** @range p.x [0, 1]\n * @range p.a.b [2, 3] */ function f(p: any) { return p.x; }')).toEqual({ p: { x: [0, 1], 'a.b': [2, 3] } });
  });

  it('that cannot be read is a problem with its line, once', () => {
    const program = lowerText('a.ts', '\n/** @range x [1, 0] */ function f(x: number) { return x; }\n/** @range y [a, b] */ function g(y: number) { return y; }\n/** @range q [0, 1] */ function h(y: number) { return y; }');
    expect(program.problems.map(p => [p.line, p.message.includes('@range')])).toEqual([[2, true], [3, true], [4, true]]);
    expect(program.problems[2].message).toContain('"q"');
  });

  it('mentioned in prose is text, unless an interval follows', () => {
    expect(ranges('/** Ends come from @range when it is given; `@range x [0, 1]` promises one. */ function f(x: number) { return x; }')).toEqual({});
    expect(ranges('/** The share, @range x [0, 1]. */ function f(x: number) { return x; }')).toEqual({ x: [0, 1] });
  });

  it('in a string is text', () => {
    expect(ranges('const s = "@range x [0, 1]"; function f(x: number) { return x; }')).toEqual({});
  });
});

describe('@format', () => {
  it('of functions and variables', () => {
    const program = lowerText('a.ts', '/** @format fp16 */ function f(/* @format bf16 */ x: number) { let s /* @format fp32 */ = 0; /** @format fixed(1,6) */ const t = x; return s + t; }');
    expect(program.functions[1].format).toBe('fp16');
    expect(program.variables.filter(v => v.format).map(v => [v.name, v.format])).toEqual([['x', 'bf16'], ['s', 'fp32'], ['t', 'fixed(1,6)']]);
  });
});

describe('directives', () => {
  it('are read from comments only', () => {
    const program = lowerText('a.tsx', `// roundoff-disable-next-line float-equality, naive-summation -- compared with a copy
const a = "// roundoff-disable"; /* roundoff-disable-line */
const b = \`// roundoff-disable \${a}\`;
// roundoff-disable
// roundoff-enable float-equality`);
    expect(program.directives.map(d => [d.kind, d.hazards, d.reason, d.line])).toEqual([
      ['disable-next-line', ['float-equality', 'naive-summation'], 'compared with a copy', 1],
      ['disable-line', [], '', 2],
      ['disable', [], '', 4],
      ['enable', ['float-equality'], '', 5],
    ]);
  });
});
