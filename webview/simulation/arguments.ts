import type { JsonValue, Real } from '../../src/protocol/real';
import { fromReal } from '../../src/protocol/real';
import type { SimulationReport } from '../../src/protocol/report';

/** One number among a function's arguments: a parameter itself, or a number inside it. */
export interface Leaf {
  /** As it is written in the code: `x`, `p.x`, `xs[0]`. */
  readonly id: string;
  readonly parameter: number;
  /** Path from the argument, `x` or `0.y`; undefined for the argument itself. */
  readonly path: string | undefined;
}

/** Numbers offered inside one argument. */
const leafLimit = 12;

/** The numbers among the arguments of the first input that a sweep can move. */
export function numericLeaves(report: SimulationReport): Leaf[] {
  const first = report.inputs[0] ?? [];
  return first.flatMap((value, parameter) => {
    const name = report.description.parameters[parameter]?.name ?? `argument ${parameter + 1}`;
    return inside(value, name, '').slice(0, leafLimit).map(({ id, path }) => ({ id, parameter, path: path === '' ? undefined : path }));
  });
}

export function leafValue(input: readonly JsonValue[], leaf: Leaf): number | undefined {
  let value: JsonValue | undefined = input[leaf.parameter];
  for (const key of leaf.path?.split('.') ?? []) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Readonly<Record<string, JsonValue>>)[key];
  }
  return isNumber(value) ? fromReal(value) : undefined;
}

function inside(value: JsonValue, id: string, path: string): { id: string; path: string }[] {
  if (isNumber(value)) return [{ id, path }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).slice(0, leafLimit).flatMap(([key, inner]) => inside(inner as JsonValue, Array.isArray(value) ? `${id}[${key}]` : `${id}.${key}`, path === '' ? key : `${path}.${key}`));
}

function isNumber(value: JsonValue | undefined): value is Real {
  return typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity' || value === '-0';
}
