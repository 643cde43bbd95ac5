import { toReal, type JsonValue } from '../../protocol/real';
import type { InputRequest } from '../../protocol/report';

type Sweep = Extract<InputRequest, { kind: 'sweep' }>;

/** Cases in which one number runs over [lo, hi] and everything else stays at `base`. */
export function sweepCases(sweep: Sweep): JsonValue[][] {
  const count = Math.max(2, Math.min(100_000, Math.floor(sweep.count)));
  return Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1);
    const x = i === count - 1 ? sweep.hi : sweep.lo + (sweep.hi - sweep.lo) * t;
    return sweep.base.map((v, k) => k === sweep.parameter ? place(v, sweep.path ?? '', x) : v);
  });
}

/** A copy of `value` with the number at `path` (`.x`, `[0].y`) replaced. */
function place(value: JsonValue, path: string, x: number): JsonValue {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  if (steps.length === 0) return toReal(x);
  const [first, ...rest] = steps;
  if (Array.isArray(value)) return value.map((v: JsonValue, i) => String(i) === first ? place(v, rest.join('.'), x) : v);
  if (typeof value !== 'object' || value === null) return toReal(x);
  return { ...value as Readonly<Record<string, JsonValue>>, [first]: place((value as Readonly<Record<string, JsonValue>>)[first] ?? null, rest.join('.'), x) };
}

