import type { Call, Expression, FunctionIr, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { childrenOf } from '../engine/scene';
import { calledName, sameTarget } from './accumulation';
import { classOf, tableOf } from './callers';
import { conditional, emptyValue } from './infinities';
import { registryOf } from './registry';
import { constantOf, isOperation, resolve, termsOf, within } from './structure';
import { usesOf } from './usage';

/**
 * `max - min` of a search that has found nothing is −Infinity: said once a function, where the size goes on as a number and nothing in the file asks whether anything was found.
 * A hint where another function or class gets the size alone, which may look at it.
 */
export function* emptySizes(c: HazardContext): Generator<Detection> {
  const told = new Set<number>();
  const say = (at: Expression, size: string, ends: Ends, goal: Goal): Detection | null => {
    const home = c.position(at).function;
    if (told.has(home)) return null;
    told.add(home);
    return {
      at, severity: goal === 'kept' || ends.some(end => leftOut(c, end, at)) ? undefined : 'hint',
      message: `${size} is −Infinity while ${c.text(ends[0])} and ${c.text(ends[1])} still hold the infinities they started with.`,
      why: 'Nothing here asks whether anything was found, and a size of −Infinity spoils everything that is computed from it.',
    };
  };
  for (const operator of ['add', 'sub'] as const) for (const e of c.operations(operator)) {
    const user = c.parent(e);
    const ends = user && isOperation(user, 'add', 'sub') ? null : endsOf(c, e);
    const goal = ends && !guarded(c, e, ends) ? goalOf(c, e) : null;
    const found = ends && goal ? say(e, c.text(e), ends, goal) : null;
    if (found) yield found;
  }
  for (const call of c.calls()) {
    const given = handed(c, call);
    const goal = given && !guarded(c, call, given.ends) ? goalOf(c, call) : null;
    const found = given && goal ? say(call, `${c.text(given.size)} in ${calledName(c, call)}`, given.ends, goal) : null;
    if (found) yield found;
  }
}

type Ends = readonly [high: Expression, low: Expression];

/** Where a size goes: into a record, field or text, or only to somebody else. */
type Goal = 'kept' | 'handed';

/** The upper and the lower end, when the sum has just these two values of infinities that add up: −Infinity − Infinity. */
function endsOf(c: HazardContext, e: Operation): Ends | null {
  const open = termsOf(e).filter(t => constantOf(c, t.value) === null);
  if (open.length !== 2) return null;
  const high = open.find(t => !t.negative)?.value;
  const low = open.find(t => t.negative)?.value;
  return high && low && emptyValue(c, high) === -Infinity && emptyValue(c, low) === Infinity ? [high, low] : null;
}

/** A call that hands both ends to a function of this file that subtracts its parameters. */
function handed(c: HazardContext, call: Call): { readonly size: Operation; readonly ends: Ends } | null {
  const infinite = call.arguments.map(a => a.kind === 'variable' || a.kind === 'property' ? emptyValue(c, a) : null);
  if (call.spread.some(Boolean) || !infinite.includes(Infinity) || !infinite.includes(-Infinity)) return null;
  const id = call.callee.kind === 'local' ? call.callee.function : tableOf(c, call)[0];
  if (id === undefined) return null;
  const fn: FunctionIr = c.program.functions[id];
  const place = (o: Expression): number => o.kind === 'variable' ? fn.parameters.findIndex(p => p.variable === o.variable) : -1;
  for (const size of c.operations('sub')) {
    if (c.position(size).function !== id) continue;
    const [high, low] = size.operands.map(place);
    if (infinite[high] === -Infinity && infinite[low] === Infinity && [...c.guards(size)].length === 0 && goalOf(c, size)) return { size, ends: [call.arguments[high], call.arguments[low]] };
  }
  return null;
}

/** A condition stands before, the class says whether it is empty, or the file compares one of the ends with the other, a number or Infinity. */
function guarded(c: HazardContext, at: Expression, ends: Ends): boolean {
  if (conditional(c, at)) return true;
  const home = classOf(c, at);
  if (home !== '' && c.program.functions.some(f => f.name.startsWith(`${home}.`) && /\.(is_?)?(empty|valid|finite)$/i.test(f.name))) return true;
  return ends.some(end => asked(c, end, ends) || resetsOf(c, end).length > 0 && !leftOut(c, end, at));
}

function asked(c: HazardContext, end: Expression, ends: Ends): boolean {
  return readsOf(c, end).some(read => {
    const user = c.parent(read);
    if (user?.kind === 'call') return /^(isFinite|isNaN)$/.test(calledName(c, user));
    if (!user || !isOperation(user, 'lt', 'le', 'gt', 'ge', 'eq', 'ne')) return false;
    const other = user.operands[0] === read ? user.operands[1] : user.operands[0];
    return constantOf(c, other) !== null || ends.some(o => o !== end && (sameTarget(c, o, other) || o.kind === 'property' && other.kind === 'property' && o.name === other.name));
  });
}

/** All reads of the variable or field that an end is. */
function readsOf(c: HazardContext, end: Expression): Expression[] {
  return [end, resolve(c, end)].flatMap((e): readonly Expression[] => e.kind === 'variable' ? c.reads(e.variable) : e.kind === 'property' ? registryOf(c).reads.get(e.name) ?? [] : []);
}

function givenTo(c: HazardContext, end: Expression): Expression[] {
  const value = resolve(c, end);
  return value.kind === 'variable' ? c.definitions(value.variable).flatMap(d => d.kind === 'value' && d.assignment !== null ? [d.value] : []) : [];
}

/** Another branch gives the end a number: what is to be searched is known to be empty there. */
function resetsOf(c: HazardContext, end: Expression): Expression[] {
  return givenTo(c, end).filter(v => Number.isFinite(constantOf(c, v) ?? Infinity));
}

/** The list is asked whether it is empty, and then the search leaves out some of its elements, perhaps all. */
function leftOut(c: HazardContext, end: Expression, at: Expression): boolean {
  const resets = resetsOf(c, end);
  const tests = resets.flatMap(v => [...c.guards(v)].map(g => g.test));
  if (tests.length === 0 || tests.some(test => [...within(c, test, childrenOf, true)].some(e => e.kind === 'call' && calledName(c, e) === 'filter'))) return false;
  const known = new Set([...tests, ...[...c.guards(at)].map(g => g.test)]);
  const variable = resolve(c, end);
  const own = (test: Expression): boolean => [...within(c, test, childrenOf)].some(e => e.kind === 'variable' && variable.kind === 'variable' && e.variable === variable.variable);
  const updates = givenTo(c, end).filter(v => !resets.includes(v));
  return updates.length > 0 && updates.every(v => [...c.guards(v)].some(g => !known.has(g.test) && !own(g.test)));
}

/** Stored, returned, formatted or handed on, after arithmetic that leaves it infinite; null when something replaces or bounds it, or nothing of it is left. */
function goalOf(c: HazardContext, e: Expression, depth = 6, budget = { left: 200 }): Goal | null {
  let goal: Goal | null = null;
  for (const { user, operand } of usesOf(c, e)) {
    // Used in more ways than anybody reads: nothing is said.
    if (budget.left-- <= 0) return null;
    if (user === null) { if (returned(c, operand)) goal = getter(c, operand) ? 'kept' : goal ?? 'handed'; continue; }
    if (isOperation(user, 'max', 'min', 'lt', 'le', 'gt', 'ge', 'eq', 'ne', 'not', 'bitor', 'ushr') || user.kind === 'logical' || user.kind === 'conditional') return null;
    if (isOperation(user, 'div') && user.operands[1] === operand) continue;
    // lo - pad, hi + pad: the ends themselves, and infinite without the size.
    if (isOperation(user, 'add', 'sub') && user.operands.some(o => o !== operand && Math.abs(emptyValue(c, o) ?? 0) === Infinity)) continue;
    if (user.kind === 'operation') { const further = depth > 0 ? goalOf(c, user, depth - 1, budget) : null; goal = further === 'kept' ? 'kept' : goal ?? further; continue; }
    if (user.kind === 'call' && /^(isFinite|isNaN)$/.test(calledName(c, user))) return null;
    if (fieldAsked(c, user, operand)) return null;
    if (user.kind === 'template' || user.kind === 'object' || user.kind === 'array' || user.kind === 'assign' || user.kind === 'call' && /^(toFixed|toPrecision|String|setAttribute|attr)$/.test(calledName(c, user))) goal = 'kept';
    else if (user.kind === 'call' || user.kind === 'new') goal ??= 'handed';
  }
  return goal;
}

/** `box.width = max - min; if (!isFinite(box.width)) …`: the field that keeps the size is asked. */
function fieldAsked(c: HazardContext, user: Expression, operand: Expression): boolean {
  const name = user.kind === 'object' ? user.properties.find(p => p.value === operand)?.name : user.kind === 'assign' && user.target.kind === 'property' ? user.target.name : null;
  return name != null && (registryOf(c).reads.get(name) ?? []).some(read => { const asking = c.parent(read); return asking?.kind === 'call' && /^(isFinite|isNaN)$/.test(calledName(c, asking)) || asking !== null && isOperation(asking, 'lt', 'le', 'gt', 'ge', 'eq', 'ne') && asking.operands.some(o => [0, Infinity, -Infinity].includes(constantOf(c, o) ?? NaN)); });
}

function returned(c: HazardContext, e: Expression): boolean {
  const statement = c.position(e).statement;
  return c.parent(e) === null && (statement === null || statement.kind === 'return');
}

/** What reads as a field of the record that holds the ends. */
function getter(c: HazardContext, e: Expression): boolean {
  const fn = c.function(e);
  const literal = c.scene.literals.get(fn.id);
  return fn.kind === 'getter' || literal !== undefined && c.parent(literal)?.kind === 'opaque';
}
