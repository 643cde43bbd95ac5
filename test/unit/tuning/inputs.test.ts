import { describe, expect, it } from 'vitest';
import { tuningInputs } from '../../../src/server/tune/inputs';
import type { InputParameter } from '../../../src/simulation/inputs/generate';

const parameter = (name: string, range: readonly [number, number] | null): InputParameter => ({ name, type: { kind: 'array', element: { kind: 'number' } }, range, optional: false, rest: false });
const numbersOf = (cases: readonly unknown[]): number[] => (cases as number[][][]).flat(2);

describe('inputs of a search', () => {
  it('that are made up are everyday numbers without a range, the same for the same seed', () => {
    const inputs = tuningInputs({ kind: 'generated', count: 6, seed: 3 }, [parameter('xs', null), parameter('ys', null)]);
    if (inputs.kind !== 'given') throw new Error(inputs.kind);
    expect(inputs.cases).toHaveLength(6);
    for (const x of numbersOf(inputs.cases)) expect(Math.abs(x)).toBeLessThanOrEqual(10);
    expect(new Set(numbersOf(inputs.cases)).size).toBeGreaterThan(90);
    expect(tuningInputs({ kind: 'generated', count: 6, seed: 3 }, [parameter('xs', null), parameter('ys', null)])).toEqual(inputs);
  });

  it('keep to declared ranges and try their ends', () => {
    const inputs = tuningInputs({ kind: 'generated', count: 8, seed: 1 }, [parameter('xs', [2, 3])]);
    if (inputs.kind !== 'given') throw new Error(inputs.kind);
    const numbers = numbersOf(inputs.cases);
    expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([2, 3]);
  });

  it('stay as they are when they are given', () => {
    const given = { kind: 'given', cases: [[[1e300]]] } as const;
    expect(tuningInputs(given, [parameter('xs', null)])).toBe(given);
  });
});
