import { describe, expect, it } from 'vitest';
import { hoverFacts, type NumberFacts } from '../../../src/analysis/hover';
import { analyzeRanges } from '../../../src/analysis/ranges';
import { lowerText } from '../../../src/typescript';

/** Facts at the character after `|` in the source. */
function at(source: string, formats?: readonly string[]): ReturnType<typeof hoverFacts> {
  const offset = source.indexOf('|');
  const program = lowerText('test.ts', source.replace('|', ''));
  return hoverFacts(program, analyzeRanges(program), offset, { milliseconds: 200, ...(formats ? { formats } : {}) });
}

function number(source: string, formats?: readonly string[]): NumberFacts {
  const facts = at(source, formats);
  if (facts?.kind !== 'number') throw new Error(`no number there: ${JSON.stringify(facts)}`);
  return facts;
}

const RANGED = '/** @range x [1, 30]\n * @range y [0.5, 2] */\nexport function f(x: number, y: number): number { ';

describe('hover facts of numbers', () => {
  it('give the range with its reason', () => {
    const facts = number(`${RANGED}return x |+ y; }`);
    expect(facts.range).toEqual([1.5, 32]);
    expect(facts.reason).toBe('from @range x [1, 30], from @range y [0.5, 2]');
    expect(facts.format).toBe('fp64');
  });
  it('bound the error of one rounding by half an ulp of the largest result', () => {
    const facts = number(`${RANGED}return x |+ y; }`);
    expect(facts.error?.absolute).toBeLessThanOrEqual(2 ** -48);
    expect(facts.error?.absolute).toBeGreaterThanOrEqual(2 ** -49);
    expect(facts.digits).toBe(15);
  });
  it('say why there is no bound', () => {
    const facts = number('export function f(x: number) { return x |* 2 + x; }');
    expect(facts.range).toBeNull();
    expect(facts.error).toBeNull();
    expect(facts.noError).toBe('the range of x is not known');
  });
  it('guarantee no digits where the value may be 0', () => {
    const facts = number('/** @range x [0, 1] */\nexport function f(x: number) { return x |* 0.1; }');
    expect(facts.digits).toBeNull();
    expect(facts.noDigits).toBe('the range contains 0');
  });
  it('name the line where most of the error of the result enters', () => {
    const facts = number('/** @range x [1, 2] */\nexport function f(x: number) {\n  const big = x * 1000000.1;\n  return big |- 3;\n}');
    expect(facts.error?.scope).toBe('function');
    expect(facts.error?.largest?.line).toBe(3);
  });
  it('see that sums of integers are exact', () => {
    const facts = number('export function f(bytes: Uint8Array) { let s = 0; for (let i = 0; i < 100; i++) s = s |+ bytes[i]; return s; }');
    expect(facts.error?.absolute).toBe(0);
  });
  it('compare formats: fits, overflows with the inputs that do it, needs a scale', () => {
    const facts = number('/** @range x [0, 1000] */\nexport function f(x: number) { return x |* x; }', ['fp32', 'fp16', 'int8']);
    const [fp32, fp16, int8] = facts.formats;
    expect(fp32.fate).toBe('fits');
    expect(fp16.fate).toBe('overflows');
    expect(fp16.overflowsFor?.name).toBe('x');
    // 65504 is the largest half-precision number; its square root is 255.94.
    expect(fp16.overflowsFor?.above).toBeCloseTo(255.94, 1);
    expect(int8.fate).toBe('needs-scale');
    expect(int8.scale?.scale).toBeCloseTo(1e6 / 127, 6);
  });
  it('see values vanish', () => {
    const [fp16] = number('/** @range x [1e-9, 1e-8] */\nexport function f(x: number) { return |x; }', ['fp16']).formats;
    expect(fp16.fate).toBe('vanishes');
  });
  it('have nothing to say of text', () => {
    expect(at("const a = |'text';")).toBeNull();
  });
});

describe('hover facts of literals', () => {
  it('give the exact value, the bits and the error in formats', () => {
    const facts = at('const a = 0|.1;');
    if (facts?.kind !== 'literal') throw new Error('no literal');
    expect(facts.exactDecimal).toBe('0.1000000000000000055511151231257827021181583404541015625');
    expect(facts.bits.map(b => b.bits.length)).toEqual([1, 11, 52]);
    expect(facts.formats.map(f => [f.format, f.value])).toEqual([
      ['fp32', Math.fround(0.1)], ['fp16', 0.0999755859375], ['bf16', 0.10009765625], ['fp8-e4m3fn', 0.1015625], ['fp4-e2m1fn', 0],
    ]);
    expect(facts.relativeError).toBeCloseTo(5.55e-17, 18);
  });
  it('take the sign along', () => {
    const facts = at('const a = -2|.5e-1;');
    expect(facts).toMatchObject({ kind: 'literal', value: -0.25, relativeError: 0, exactDecimal: '-0.25' });
  });
});
