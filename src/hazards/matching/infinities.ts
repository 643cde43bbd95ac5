import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { accumulationsOf, calledName, receiverOf } from './accumulation';
import { classOf } from './callers';
import { usualConstant } from './defaults';
import { originsOf } from './origins';
import { unpacked } from './patterns';
import { constantOf, factorsOf, isOperation, nested, resolve, sameValue, soleResult } from './structure';

/**
 * What a number is as long as a search has found nothing: the infinity that its variable, field, record or list starts with, and what arithmetic with constants makes
 * of it. Null for everything else, and where the search cannot come out empty.
 */
export function emptyValue(c: HazardContext, e: Expression, depth = 6): number | null {
  const constant = constantOf(c, e);
  if (constant !== null || depth === 0) return constant;
  const value = resolve(c, e);
  if (value.kind === 'operation') {
    const operands: number[] = [];
    for (const o of value.operands) { const k = emptyValue(c, o, depth - 1); if (k === null) return null; operands.push(k); }
    const [a, b] = operands;
    switch (value.operator) {
      case 'neg': return -a;
      case 'add': return a + b;
      case 'sub': return a - b;
      case 'mul': return a * b;
      case 'div': return a / b;
      case 'abs': return Math.abs(a);
      default: return null;
    }
  }
  if (value.kind === 'variable') return startOfVariable(c, value);
  if (value.kind === 'property') return startOfField(c, value, depth);
  if (value.kind === 'call') {
    const fn = value.callee.kind === 'local' && value.arguments.length === 0 ? c.program.functions[value.callee.function] : undefined;
    const result = fn?.parameters.length === 0 ? soleResult(fn) : null;
    return result ? emptyValue(c, result, depth - 1) : null;
  }
  if (value.kind === 'index') return startOfElement(c, value, depth);
  return null;
}

/** The infinity that an expression is as written, or null. */
export function infinite(c: HazardContext, e: Expression): number | null {
  const value = constantOf(c, e);
  return value === Infinity || value === -Infinity ? value : null;
}

/** Starts infinite, and is only given something else under a condition or in a loop that may have no round. */
function startOfVariable(c: HazardContext, read: Expression & { kind: 'variable' }): number | null {
  const definitions = c.definitions(read.variable);
  const fact = c.fact(read);
  if (definitions.length < 2 || fact && Number.isFinite(fact.lo) && Number.isFinite(fact.hi)) return null;
  let start: number | null = null;
  for (const d of definitions) {
    if (d.kind !== 'value') return null;
    if (d.assignment === null) { start = infinite(c, d.value); continue; }
    if (certain(c, d.assignment, read)) return null;
  }
  return start;
}

/** Passed in any case before the read, so that the search always finds something: outside branches, and in loops with a first round. */
function certain(c: HazardContext, assignment: Expression, read: Expression): boolean {
  const around = new Set(c.repetitions(read));
  const inner = [...c.repetitions(assignment)].filter(r => !around.has(r));
  return inner.length === 0 ? c.position(assignment).guard === c.position(read).guard : inner.every(r => {
    if (r.kind === 'loop') return (c.facts.trips[r.loop.start]?.lo ?? 0) >= 1;
    const list = receiverOf(r.call);
    return list !== null && (list.type.kind === 'tuple' || (c.facts.lengths[list.id]?.lo ?? 0) >= 1);
  });
}

function startOfField(c: HazardContext, e: Expression & { kind: 'property' }, depth: number): number | null {
  const made = madeAt(c, e.object, depth);
  if (made?.kind === 'object') {
    const field = made.properties.find(p => p.name === e.name);
    const changes = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === e.name);
    if (!field || changes.some(a => certain(c, a, e))) return null;
    return field.value.kind === 'variable' ? startOfVariable(c, field.value) : infinite(c, field.value);
  }
  return e.object.kind === 'opaque' && e.object.reason === 'this' ? startOfOwn(c, e, depth) : null;
}

/** A field of the class or object literal that the method belongs to, and what a getter answers with such fields. */
function startOfOwn(c: HazardContext, e: Expression & { kind: 'property' }, depth: number): number | null {
  const literal = literalAround(c, e);
  if (literal) {
    const field = literal.properties.find(p => p.name === e.name);
    const getter = field?.value.kind === 'opaque' && field.value.children[0]?.kind === 'function' ? soleResult(c.program.functions[field.value.children[0].function]) : null;
    if (getter) return emptyValue(c, getter, depth - 1);
    return field && c.assignments().some(a => a.target.kind === 'property' && a.target.name === e.name) ? infinite(c, field.value) : null;
  }
  const home = classOf(c, e);
  if (home === '') return null;
  const getter = soleResult(c.program.functions.find(f => f.kind === 'getter' && f.name === `${home}.${e.name}`));
  if (getter) return emptyValue(c, getter, depth - 1);
  // Infinite wherever a constant is stored in it, and changed somewhere.
  const stored = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === e.name && classOf(c, a) === home);
  const starts = stored.map(a => constantOf(c, a.value)).filter(k => k !== null);
  const one = starts.length > 0 && starts.length < stored.length && starts.every(k => k === starts[0]) ? starts[0] : null;
  return one !== null && Math.abs(one) === Infinity ? one : null;
}

/** The object literal that the function around an expression is a method or getter of. */
function literalAround(c: HazardContext, e: Expression): (Expression & { kind: 'object' }) | null {
  const method = c.scene.literals.get(c.function(e).id);
  const user = method ? c.parent(method) : null;
  const object = user?.kind === 'opaque' ? c.parent(user) : user;
  return object?.kind === 'object' ? object : null;
}

function startOfElement(c: HazardContext, e: Expression & { kind: 'index' }, depth: number): number | null {
  const list = madeAt(c, e.object, depth);
  const at = constantOf(c, e.index);
  const element = at === null || list?.kind !== 'array' ? null : list.elements[at] ?? null;
  if (!element || c.assignments().some(a => a.target.kind === 'index' && sameValue(c, a.target.object, e.object) && certain(c, a, e))) return null;
  return element.kind === 'variable' ? startOfVariable(c, element) : infinite(c, element);
}

/** The literal that a record or list starts as: of a local, of a reduction, of the only answer of a function of this file. */
function madeAt(c: HazardContext, e: Expression, depth: number): Expression | null {
  const value = resolve(c, e);
  if (value.kind === 'property' && depth > 0) {
    // this.extent = next, with next = emptyExtent()
    const kept = originsOf(c, value);
    return kept.length > 0 && kept.every(o => o.kind === 'object') ? kept[0] : value;
  }
  if (value.kind !== 'call' || depth === 0) return value;
  if (/^reduce(Right)?$/.test(calledName(c, value)) && value.arguments.length === 2) return resolve(c, value.arguments[1]);
  const answers = value.callee.kind === 'local' ? [...nested(c.program.functions[value.callee.function].body)].filter(s => s.kind === 'return') : [];
  const only = answers.length === 1 && answers[0].kind === 'return' ? answers[0].value : null;
  return only ? madeAt(c, only, depth - 1) : null;
}

/** A list that is filled with an infinity: `new Array(n).fill(Infinity)`. */
export function filledInfinite(c: HazardContext, e: Expression): number | null {
  const value = resolve(c, e);
  if (value.kind !== 'index') return null;
  const list = resolve(c, value.object);
  return list.kind === 'call' && calledName(c, list) === 'fill' && list.arguments.length === 1 ? infinite(c, list.arguments[0]) : null;
}

/** The argument of a logarithm that is 0 when nothing is given (`counts[x] ?? 0`), among those that a value adds up. */
export function logarithmOfNothing(c: HazardContext, e: Expression): Expression | null {
  const value = resolve(c, e);
  const terms = value.kind === 'variable' ? accumulationsOf(c).filter(a => a.operator === 'add' && !a.call && a.target.kind === 'variable' && a.target.variable === value.variable).flatMap(a => a.terms.filter(t => !t.negative).map(t => t.value)) : [value];
  for (const term of terms) {
    const log = resolve(c, term);
    if (!isOperation(log, 'log', 'log2', 'log10')) continue;
    const factors = factorsOf(c, log.operands[0]).filter(f => !f.inverted).map(f => f.value);
    const zero = factors.find(f => usualConstant(c, f) === 0 && constantOf(c, f) === null);
    if (zero && ![...c.guards(log)].some(g => speaks(c, g.test, zero))) return zero;
  }
  return null;
}

function speaks(c: HazardContext, test: Expression, value: Expression): boolean {
  if (sameValue(c, test, value) || sameValue(c, unpacked(c, test), unpacked(c, value))) return true;
  if (test.kind === 'logical') return speaks(c, test.left, value) || speaks(c, test.right, value);
  return test.kind === 'operation' && test.operands.some(o => speaks(c, o, value));
}

/** A condition other than that of a loop stands before: it may ask whether anything was found. */
export function conditional(c: HazardContext, e: Expression): boolean {
  const loops = new Set<Expression>();
  for (const r of c.repetitions(e)) if (r.kind === 'loop' && r.loop.kind === 'loop' && r.loop.test) loops.add(r.loop.test);
  return [...c.guards(e)].some(g => !loops.has(g.test));
}
