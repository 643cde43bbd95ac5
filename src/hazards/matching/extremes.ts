import type { Assignment, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { reductionOf } from './callbacks';
import { classOf, functionsOf, sitesOf } from './callers';
import { likelyIntegral } from './integers';
import { listOf } from './list-elements';
import { nameOf, receiverName, sizeWords, wordsOf } from './names';
import { originsOf } from './origins';
import { unpacked } from './patterns';
import { registryOf } from './registry';
import { constantOf, isOperation, resolve, soleResult } from './structure';
import { flowsTo } from './usage';

/** Minima and maxima carried on from value to value: what is known of where the values come from, and of what becomes of the answer. */

/** The maximum of a softmax: it is subtracted from what is exponentiated, where a NaN makes everything NaN in any case. */
export function onlyShifts(c: HazardContext, own: Expression): boolean {
  const shifts = (e: Expression): boolean => { const user = c.parent(e); return user !== null && isOperation(user, 'sub') && user.operands[1] === e && flowsTo(c, user, x => isOperation(x, 'exp'), ['mul', 'div']); };
  const value = unpacked(c, own);
  if (value.kind !== 'variable') return false;
  const reduction = reductionOf(c, value.variable);
  if (!reduction) return c.reads(value.variable).some(shifts);
  const statement = c.position(reduction).statement;
  return statement?.kind === 'declare' && statement.value === reduction && c.reads(statement.variable).some(shifts);
}

/**
 * A field that starts infinite and is narrowed by each call of a method with the caller's number: a bounding box, running statistics. Information when its being infinite still is
 * what decides whether there was any value, since NaN passes for one then.
 */
export function keptExtreme(c: HazardContext, a: Assignment, candidate: Expression): 'info' | 'hint' | null {
  const target = a.target;
  if (target.kind !== 'property' || target.object.kind !== 'opaque' || !fromCaller(c, candidate)) return null;
  const home = classOf(c, a);
  const starts = (registryOf(c).stores.get(target.name) ?? []).filter(s => s !== a && classOf(c, s) === home).map(s => constantOf(c, s.value));
  if (home === '' || !starts.some(k => k !== null && (Math.abs(k) === Infinity || Math.abs(k) === Number.MAX_VALUE))) return null;
  const asks = c.calls().some(call => /^(isNaN|isFinite)$/.test(calledName(c, call)) && classOf(c, call) === home);
  if (asks) return null;
  const decided = [...c.operations('eq'), ...c.operations('ne')].some(o => classOf(c, o) === home && o.operands.some(x => x.kind === 'property' && x.name === target.name && x.object.kind === 'opaque') && o.operands.some(x => Math.abs(constantOf(c, x) ?? 0) === Infinity));
  return decided ? 'info' : 'hint';
}

/** A parameter of a method, or a coordinate of one, unless this file calls the method with tested values. */
function fromCaller(c: HazardContext, candidate: Expression): boolean {
  const value = unpacked(c, candidate);
  const root = value.kind === 'property' || value.kind === 'index' ? resolve(c, value.object) : value;
  if (root.kind !== 'variable' || c.variable(root.variable).kind !== 'parameter' || value.kind === 'property' && value.name === 'length') return false;
  if (likelyIntegral(c, value) || wordsOf(nameOf(c, value)).some(w => w.length > 1 && sizeWords.has(w))) return false;
  const fn = c.function(candidate);
  return fn.kind === 'method' && !sitesOf(c, fn).some(site => [...c.guards(site)].some(g => /isNaN|isFinite/.test(c.source(g.test))));
}

const keyWords: ReadonlySet<string> = new Set(['key', 'field', 'prop', 'property', 'column', 'col', 'attr', 'attribute', 'metric', 'dimension', 'measure', 'feature', 'name']);

/** `rows[i][column]`, `row[key]` with a name that the caller gives: a record that lacks it yields undefined, which is NaN to any comparison. */
export function fieldByName(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind !== 'index' || value.type.kind === 'number' || value.index.kind !== 'variable' || c.variable(value.index.variable).kind !== 'parameter') return false;
  if (value.index.type.kind !== 'string' && value.index.type.kind !== 'unknown' || !wordsOf(nameOf(c, value.index)).some(w => keyWords.has(w))) return false;
  const row = resolve(c, value.object);
  return row.kind === 'index' || listOf(c, row) !== null;
}

/** `if (lo === undefined || v < lo) lo = v`: the condition and what v is, when the assignment is such a one. A first value that is NaN is never replaced. */
export function seededByNothing(c: HazardContext, a: Assignment): { readonly test: Expression; readonly candidate: Expression } | null {
  const guard = c.position(a).guard;
  if (a.target.kind !== 'variable' || a.compound !== null || !guard?.truth || !c.position(a).repetition) return null;
  const variable = a.target.variable;
  const own = (e: Expression): boolean => e.kind === 'variable' && e.variable === variable;
  const missing = (e: Expression): boolean => isOperation(e, 'eq') ? e.operands.some(own) && e.operands.some(o => o.kind === 'constant' && (o.of === 'undefined' || o.of === 'null')) : isOperation(e, 'not') && own(e.operands[0]);
  const either = alternatives(guard.test);
  const order = either.find(e => isOperation(e, 'lt', 'gt', 'le', 'ge') && e.operands.some(own));
  if (!either.some(missing) || order?.kind !== 'operation') return null;
  const candidate = order.operands.find(o => !own(o));
  return candidate && c.source(resolve(c, candidate)) === c.source(resolve(c, a.value)) ? { test: guard.test, candidate } : null;
}

function alternatives(test: Expression): Expression[] {
  if (test.kind !== 'logical') return [test];
  return test.operator === 'or' ? [...alternatives(test.left), ...alternatives(test.right)] : test.operator === 'and' ? alternatives(test.right) : [];
}

/** An element of a list of absolute values: `Array.from(samples, Math.abs)`, `xs.map(x => Math.abs(x))`, also kept in a field. */
export function absolute(c: HazardContext, candidate: Expression): boolean {
  if (candidate.kind !== 'variable') return false;
  const d = c.definitions(candidate.variable).find(x => x.kind === 'element');
  let list = d?.kind === 'element' ? resolve(c, d.loop.iterable) : null;
  for (let depth = 0; depth < 4 && list?.kind === 'call' && /^(slice|subarray|filter)$/.test(calledName(c, list)); depth++) { const receiver: Expression | null = receiverOf(list); list = receiver && resolve(c, receiver); }
  const made = list ? originsOf(c, list).filter(o => !(o.kind === 'array' && o.elements.length === 0)) : [];
  return made.length > 0 && made.every(o => o.kind === 'call' && /^(map|from)$/.test(calledName(c, o)) && o.arguments.some(a => c.source(a) === 'Math.abs' || functionsOf(c, a).some(id => { const r = soleResult(c.program.functions[id]); return r !== null && isOperation(r, 'abs'); })));
}

/** A read of the variable is compared as larger or smaller, also inside a conversion: `Number(top) > Number(v)`. */
export function comparedAnywhere(c: HazardContext, variable: number): boolean {
  return c.reads(variable).some(r => {
    const user = c.parent(r);
    const outer = user?.kind === 'call' && /^(Number|parseFloat)$/.test(calledName(c, user)) ? c.parent(user) : user;
    return outer !== null && outer !== undefined && isOperation(outer, 'lt', 'le', 'gt', 'ge', 'max');
  });
}

/** The nearest name around a part that says maximum, or the empty text. */
export function containerName(c: HazardContext, value: Expression): string {
  for (let e = value, parent = c.parent(e); ; e = parent, parent = c.parent(e)) {
    const name = receiverName(c, e);
    if (/max|highest|largest|greatest|peak|upper/i.test(name)) return name;
    if (!parent || !['object', 'array', 'new', 'assign'].includes(parent.kind)) return '';
    if (parent.kind === 'assign' && e === value) return '';
  }
}
