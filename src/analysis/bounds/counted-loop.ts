import { childrenOf, type Assignment, type Expression, type Loop, type Statement, type VariableId } from '../../program';
import { evaluate } from './evaluate';
import { Kind } from './graph';
import { splitRange } from './split-range';
import { Sweep } from './sweep';
import type { Tracer } from './tracer';

/** A loop `for (i = start; i < end; i += stride)` with known numbers, but for `end`, which may be a range. */
export interface CountedLoop {
  readonly counter: VariableId;
  /** Fewest and most iterations. */
  readonly trips: readonly [number, number];
  readonly first: number;
  readonly stride: number;
}

/** Reads a counted loop, its counter being set already; null when it is none. */
export function countedLoop(t: Tracer, s: Loop): CountedLoop | null {
  const { test, update } = s;
  if (s.form === 'do' || test?.kind !== 'operation' || update?.kind !== 'assign' || update.target.kind !== 'variable') return null;
  const [left, right] = test.operands;
  if (left?.kind !== 'variable' || left.variable !== update.target.variable || !['lt', 'le', 'gt', 'ge'].includes(test.operator)) return null;
  const step = update.value;
  if (step.kind !== 'operation' || (step.operator !== 'add' && step.operator !== 'sub') || step.operands[0]?.kind !== 'variable' || step.operands[0].variable !== left.variable) return null;
  if (!['number', 'variable', 'property', 'operation'].includes(right.kind)) return null;
  const assigned = assignedIn(s.body);
  if (assigned.has(left.variable) || [...readIn(right)].some(v => assigned.has(v) || v === left.variable)) return null;
  const [start, width] = [exactNumber(t, left), exactNumber(t, step.operands[1])];
  const end = rangeOfEnd(t, right);
  const stride = step.operator === 'add' ? width : -width;
  const up = test.operator === 'lt' || test.operator === 'le';
  if (!end || !Number.isInteger(start) || !Number.isInteger(stride) || (up ? stride <= 0 : stride >= 0)) return null;
  const inclusive = test.operator === 'le' || test.operator === 'ge';
  const count = (e: number): number => Math.max(0, inclusive ? Math.floor((e - start) / stride) + 1 : Math.ceil((e - start) / stride));
  const trips = end.map(count).sort((a, b) => a - b);
  return { counter: left.variable, trips: [trips[0], trips[1]], first: start, stride };
}

function exactNumber(t: Tracer, e: Expression): number {
  const value = evaluate(t, e);
  return value.kind === 'number' ? t.graph.exactValue(value.node) : NaN;
}

/** An exact number, or the range of one that comes without error. */
function rangeOfEnd(t: Tracer, e: Expression): readonly [number, number] | null {
  const value = evaluate(t, e);
  if (value.kind !== 'number' && value.kind !== 'symbol') return null;
  const node = t.number(value, e.id);
  const exact = t.graph.exactValue(node);
  if (exact === exact) return Number.isInteger(exact) ? [exact, exact] : null;
  const sweep = new Sweep(t.graph, [node], t.options);
  const inputs = t.inputs.filter(i => t.graph.nodes[i.node].kind === Kind.Input);
  if (!sweep.forward(Float64Array.from(inputs, i => i.range[0]), Float64Array.from(inputs, i => i.range[1])) || sweep.error[sweep.at(node)] > 0) return null;
  return splitRange(t, node, e.id);
}

/** Variables that an expression reads. */
function readIn(e: Expression): Set<VariableId> {
  const found = new Set<VariableId>();
  const walk = (x: Expression): void => {
    if (x.kind === 'variable') found.add(x.variable);
    for (const child of childrenOf(x)) walk(child);
  };
  walk(e);
  return found;
}

/** Variables that statements assign (declarations of their own left out). */
export function assignedIn(body: readonly Statement[]): Set<VariableId> {
  const found = new Set<VariableId>();
  // The IR is plain data: every assignment in it is found by walking the objects.
  const walk = (x: unknown): void => {
    if (Array.isArray(x)) { x.forEach(walk); return; }
    if (typeof x !== 'object' || x === null) return;
    const node = x as Partial<Assignment>;
    if (node.kind === 'assign' && node.target?.kind === 'variable') found.add(node.target.variable);
    for (const value of Object.values(x)) walk(value);
  };
  walk(body);
  return found;
}
