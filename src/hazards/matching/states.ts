import type { Call, Expression, VariableId } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { constantOf, isOperation, resolve, soleResult } from './structure';

/** A call that gives a component's state its next value: `setZoom(zoom + 0.1)`, `setZoom(z => z + 0.1)` of `const [zoom, setZoom] = useState(1)`. */
export interface StateUpdate {
  readonly state: VariableId;
  readonly call: Call;
  readonly next: Expression;
  /** The variables that hold the value before: the state itself, and the parameter of an updater function. */
  readonly previous: readonly VariableId[];
}

const tables = new WeakMap<HazardContext, readonly StateUpdate[]>();

export function stateUpdates(c: HazardContext): readonly StateUpdate[] {
  let found = tables.get(c);
  if (!found) tables.set(c, found = collect(c));
  return found;
}

function collect(c: HazardContext): StateUpdate[] {
  const pairs = new Set<VariableId>();
  for (const call of c.calls()) {
    if (!/^use([A-Z]\w*)?State$/.test(calledName(c, call))) continue;
    const statement = c.position(call).statement;
    if (statement?.kind === 'declare' && statement.value === call) pairs.add(statement.variable);
  }
  if (pairs.size === 0) return [];
  const parts = new Map<VariableId, { value?: VariableId; setter?: VariableId }>();
  for (const v of c.program.variables) {
    const only = c.definitions(v.id)[0];
    if (only?.kind !== 'value' || only.value.kind !== 'index' || only.value.object.kind !== 'variable' || !pairs.has(only.value.object.variable)) continue;
    const at = constantOf(c, only.value.index);
    const pair = parts.get(only.value.object.variable) ?? {};
    parts.set(only.value.object.variable, at === 0 ? { ...pair, value: v.id } : at === 1 ? { ...pair, setter: v.id } : pair);
  }
  const states = new Map<VariableId, VariableId>();
  for (const { value, setter } of parts.values()) if (value !== undefined && setter !== undefined) states.set(setter, value);
  return c.calls().flatMap(call => update(c, states, call) ?? []);
}

function update(c: HazardContext, states: ReadonlyMap<VariableId, VariableId>, call: Call): StateUpdate | null {
  const setter = call.callee.kind === 'dynamic' && call.callee.callee.kind === 'variable' ? call.callee.callee.variable : null;
  const state = setter === null ? undefined : states.get(setter);
  const given = call.arguments[0];
  if (state === undefined || !given) return null;
  const updater = resolve(c, given);
  if (updater.kind !== 'function') return { state, call, next: given, previous: [state] };
  const fn = c.program.functions[updater.function];
  const next = soleResult(fn);
  return next && fn.parameters[0] ? { state, call, next, previous: [state, fn.parameters[0].variable] } : null;
}

/** What is added to the state or taken from it, and the bounds that clamp the sum. Null when the next value is no step from the one before. */
export function stepOf(c: HazardContext, u: StateUpdate): { readonly sum: Expression; readonly step: Expression; readonly bounds: readonly Expression[] } | null {
  const bounds: Expression[] = [];
  let sum = resolve(c, u.next);
  while (isOperation(sum, 'min', 'max') && sum.operands.length === 2) {
    const inner = sum.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'min', 'max', 'add', 'sub'));
    if (!inner) return null;
    bounds.push(...sum.operands.filter(o => resolve(c, o) !== inner));
    sum = inner;
  }
  if (!isOperation(sum, 'add', 'sub')) return null;
  const before = sum.operands.find(o => o.kind === 'variable' && u.previous.includes(o.variable));
  return before && (before === sum.operands[0] || sum.operator === 'add') ? { sum, step: sum.operands.find(o => o !== before)!, bounds } : null;
}
