import type { Assignment, Expression, FunctionIr, FunctionLiteral, Operation, PropertyRead, Statement, VariableId } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Guard } from '../engine/scene';

/** Deepest chain of locals and helper functions that matching follows. */
const maximumDepth = 8;

/** The expression that a `const` (or a local that is never assigned again) stands for, followed through other such locals. */
export function resolve(c: HazardContext, e: Expression, depth = maximumDepth): Expression {
  if (e.kind !== 'variable' || depth === 0) return e;
  const value = soleValue(c, e.variable);
  return value ? resolve(c, value, depth - 1) : e;
}

/** The one value a local ever has, or null: parameters, loop variables and locals with several assignments have none. */
export function soleValue(c: HazardContext, variable: VariableId): Expression | null {
  const definitions = c.definitions(variable);
  if (definitions.length !== 1 || c.variable(variable).kind === 'parameter') return null;
  const only = definitions[0];
  return only.kind === 'value' && only.compound === null ? only.value : null;
}

/**
 * The value that a variable holds at the read, when one assignment before it is passed on every way there: `x = Math.exp(x); return x / (x + 1)`. Its own reads of the
 * variable mean what was there before. Null when another assignment may come between, as in a branch or a later round of a loop.
 */
export function storedBefore(c: HazardContext, read: Expression): Expression | null {
  if (read.kind !== 'variable') return null;
  const place = c.position(read);
  let last: { value: Expression; start: number; end: number } | null = null;
  for (const d of c.definitions(read.variable)) {
    if (d.kind !== 'value') return null;
    const at = d.assignment ?? d.value;
    if (at.end > read.start || last !== null && at.start < last.start) continue;
    last = { value: d.value, start: at.start, end: at.end };
    const home = c.position(d.value);
    if (home.function !== place.function || home.repetition !== place.repetition || !dominates(home.guard, place.guard)) last = { value: d.value, start: at.start, end: -1 };
  }
  return last === null || last.end < 0 ? null : last.value;
}

function dominates(outer: Guard | null, inner: Guard | null): boolean {
  for (let guard = inner; ; guard = guard.outer) { if (guard === outer) return true; if (guard === null) return false; }
}

/** `resolve`, and further to what a local with several assignments was given last before the read. */
export function resolveAt(c: HazardContext, e: Expression, depth = maximumDepth): Expression {
  const value = resolve(c, e);
  const stored = depth > 0 ? storedBefore(c, value) : null;
  return stored ? resolveAt(c, stored, depth - 1) : value;
}

/** Like `resolve`, and through calls of small local functions whose body is one `return`. Their parameters stay unbound: use it to recognise a shape, not to quote it. */
export function resolveDeep(c: HazardContext, e: Expression, depth = maximumDepth): Expression {
  const value = resolve(c, e);
  if (depth > 0 && value.kind === 'call' && value.callee.kind === 'local') {
    const result = soleResult(c.program.functions[value.callee.function]);
    if (result) return resolveDeep(c, result, depth - 1);
  }
  return value;
}

/** Wrappers of user interface frameworks that call their argument and keep the answer. */
const memoising = new Set(['useMemo', 'computed', 'createMemo', 'memo', 'derived', '$derived', 'memoize', 'once']);

/**
 * The expression that a value comes from, through locals, small local functions, memoising wrappers and fields that hold a function without parameters:
 * `this.total()` with `total = computed(() => sum)` answers `sum`. Parameters stay unbound, as in `resolveDeep`.
 */
export function answerOf(c: HazardContext, e: Expression, depth = maximumDepth): Expression {
  const value = resolveDeep(c, e);
  if (depth === 0) return value;
  if (value.kind === 'call') {
    const name = value.callee.kind === 'dynamic' ? (value.callee.callee.kind === 'variable' ? c.variable(value.callee.callee.variable).name : '') : value.callee.kind === 'local' ? '' : value.callee.name.replace(/^.*\./, '');
    const first = value.arguments[0];
    if (first?.kind === 'function' && memoising.has(name)) return answerOfFunction(c, first, depth) ?? value;
    const field = value.callee.kind === 'method' ? value.callee.name : value.callee.kind === 'dynamic' && value.callee.callee.kind === 'property' ? value.callee.callee.name : null;
    const stored = value.callee.kind === 'dynamic' && value.callee.callee.kind === 'variable' ? soleValue(c, value.callee.callee.variable) : field ? fieldValue(c, field) : null;
    if (!stored) return value;
    if (stored.kind === 'function') return answerOfFunction(c, stored, depth) ?? value;
    return stored.kind === 'call' ? answerOf(c, stored, depth - 1) : value;
  }
  if (value.kind === 'property' && value.name === 'value') {
    const held = resolve(c, value.object);
    if (held.kind === 'call') { const answer = answerOf(c, held, depth - 1); return answer === held ? value : answer; }
  }
  return value;
}

function answerOfFunction(c: HazardContext, literal: FunctionLiteral, depth: number): Expression | null {
  const result = soleResult(c.program.functions[literal.function]);
  return result ? answerOf(c, result, depth - 1) : null;
}

/** The one value that is ever stored in a property of this name, or null. */
function fieldValue(c: HazardContext, name: string): Expression | null {
  const stored = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === name);
  return stored.length === 1 && stored[0].compound === null ? stored[0].value : null;
}

/** The value of a function that does nothing but return it (locals before it allowed). */
export function soleResult(fn: FunctionIr | undefined): Expression | null {
  const last = fn?.body.at(-1);
  if (!fn || last?.kind !== 'return' || !fn.body.slice(0, -1).every(s => s.kind === 'declare')) return null;
  return last.value;
}

export function isOperation<Id extends string>(e: Expression, ...operators: readonly Id[]): e is Operation & { readonly operator: Id } {
  return e.kind === 'operation' && (operators as readonly string[]).includes(e.operator);
}

/** The resolved expression when it is one of these operations. */
export function operationOf(c: HazardContext, e: Expression, ...operators: readonly string[]): Operation | null {
  const value = resolve(c, e);
  return isOperation(value, ...operators) ? value : null;
}

export interface Term {
  readonly value: Expression;
  readonly negative: boolean;
}

/** The summands of a chain of + and −, unresolved, in order. */
export function termsOf(e: Expression, negative = false): Term[] {
  if (isOperation(e, 'add') && e.operands.length === 2) return [...termsOf(e.operands[0], negative), ...termsOf(e.operands[1], negative)];
  if (isOperation(e, 'sub')) return [...termsOf(e.operands[0], negative), ...termsOf(e.operands[1], !negative)];
  if (isOperation(e, 'neg')) return termsOf(e.operands[0], !negative);
  return [{ value: e, negative }];
}

export interface Factor {
  readonly value: Expression;
  readonly inverted: boolean;
}

/** The factors of a chain of × and ÷, followed through single-valued locals. */
export function factorsOf(c: HazardContext, e: Expression, inverted = false, depth = maximumDepth): Factor[] {
  const value = depth > 0 ? resolve(c, e) : e;
  if (depth > 0 && isOperation(value, 'mul', 'div') && value.operands.length === 2) {
    return [...factorsOf(c, value.operands[0], inverted, depth - 1), ...factorsOf(c, value.operands[1], value.operator === 'div' ? !inverted : inverted, depth - 1)];
  }
  if (isOperation(value, 'neg')) return factorsOf(c, value.operands[0], inverted, depth - 1);
  return [{ value, inverted }];
}

/** Whether the value is a square: `x * x`, `x ** 2`, `Math.pow(x, 2)`; answers x. */
export function squareOf(c: HazardContext, e: Expression): Expression | null {
  const value = resolve(c, e);
  if (isOperation(value, 'mul') && sameValue(c, value.operands[0], value.operands[1])) return value.operands[0];
  if (isOperation(value, 'pow') && constantOf(c, value.operands[1]) === 2) return value.operands[0];
  // square(x), with a function of this file that does nothing else.
  if (value.kind === 'call' && value.callee.kind === 'local' && value.arguments.length === 1) {
    const fn = c.program.functions[value.callee.function];
    const result = fn.parameters.length === 1 ? soleResult(fn) : null;
    const own = (o: Expression): boolean => o.kind === 'variable' && o.variable === fn.parameters[0].variable;
    if (result && (isOperation(result, 'mul') && result.operands.every(own) || isOperation(result, 'pow') && own(result.operands[0]) && constantOf(c, result.operands[1]) === 2)) return value.arguments[0];
  }
  return null;
}

const stores = new WeakMap<HazardContext, Map<string, Assignment[]>>();

/** All assignments of the file to a property of that name. */
function storesTo(c: HazardContext, name: string): readonly Assignment[] {
  let table = stores.get(c);
  if (!table) {
    stores.set(c, table = new Map());
    for (const a of c.assignments()) if (a.target.kind === 'property') { const list = table.get(a.target.name); if (list) list.push(a); else table.set(a.target.name, [a]); }
  }
  return table.get(name) ?? [];
}

/** `limits.EPS` of an object literal in a local, where no property of that name is ever assigned; `Type.prototype.m` and the like that are assigned once, to a number, and fields of a class that are. */
function heldConstant(c: HazardContext, e: PropertyRead): Expression | null {
  const held = resolve(c, e.object);
  // A method of a class stores in its own objects, not in a literal.
  const assigned = held.kind === 'object' ? storesTo(c, e.name).filter(a => !inClass(c, a)) : storesTo(c, e.name);
  if (assigned.length > 0) {
    const only = assigned.length === 1 && assigned[0].compound === null && assigned[0].target.kind === 'property' ? assigned[0] : null;
    const shared = only?.target.kind === 'property' && (only.target.object.kind === 'property' && only.target.object.name === 'prototype' || ownField(c, only, e));
    return shared && (only.value.kind === 'number' || isOperation(only.value, 'pow', 'neg', 'mul')) ? only.value : null;
  }
  if (held.kind !== 'object') return null;
  const found = held.properties.filter(p => p.name === e.name);
  return found.length === 1 && !held.properties.some(p => p.spread) ? found[0].value : null;
}

function inClass(c: HazardContext, a: Assignment): boolean {
  return a.target.kind === 'property' && a.target.object.kind === 'opaque' && a.target.object.reason === 'this' && ['method', 'constructor', 'initializer', 'setter'].includes(c.function(a).kind) && /^\w+\./.test(c.function(a).name);
}

/** A field that nobody outside of the class can change: private, readonly or static, stored by its initializer and read by `this` or by the class. What starts at 0 is there to be counted up. */
function ownField(c: HazardContext, stored: Assignment, read: PropertyRead): boolean {
  if (stored.target.kind !== 'property' || !['constructor', 'initializer'].includes(c.function(stored).kind) || !/^(\w+\s+)*(private|readonly|static)\s|^#/.test(c.source(stored)) || stored.value.kind === 'number' && stored.value.value === 0) return false;
  const [owner, reader] = [stored.target.object, read.object];
  if (owner.kind === 'opaque') return owner.reason === 'this' && reader.kind === 'opaque' && reader.reason === 'this';
  return owner.kind === 'variable' && reader.kind === 'variable' && owner.variable === reader.variable && c.variable(owner.variable).kind === 'class';
}

/** The number that an expression of literals and `const` locals is, or null. */
export function constantOf(c: HazardContext, e: Expression, depth = maximumDepth): number | null {
  const value = resolve(c, e);
  if (value.kind === 'number') return value.value;
  if (value.kind === 'property' && depth > 0) {
    const held = heldConstant(c, value);
    return held ? constantOf(c, held, depth - 1) : null;
  }
  if (value.kind !== 'operation' || depth === 0) return null;
  const operands: number[] = [];
  for (const operand of value.operands) {
    const number = constantOf(c, operand, depth - 1);
    if (number === null) return null;
    operands.push(number);
  }
  const [a, b] = operands;
  switch (value.operator) {
    case 'neg': return -a;
    case 'plus': return a;
    case 'add': return a + b;
    case 'sub': return a - b;
    case 'mul': return a * b;
    case 'div': return a / b;
    case 'pow': return a ** b;
    case 'sqrt': return Math.sqrt(a);
    case 'log': return Math.log(a);
    default: return null;
  }
}

/** Whether two expressions read the same thing and compute the same of it; locals are compared after `resolve`. No claim about effects between them. */
export function sameValue(c: HazardContext, a: Expression, b: Expression): boolean {
  const x = resolve(c, a);
  const y = resolve(c, b);
  if (x === y) return true;
  if (x.kind !== y.kind) return false;
  const all = (xs: readonly Expression[], ys: readonly Expression[]): boolean => xs.length === ys.length && xs.every((e, i) => sameValue(c, e, ys[i]));
  switch (x.kind) {
    case 'variable': return x.variable === (y as typeof x).variable;
    case 'number': return Object.is(x.value, (y as typeof x).value);
    case 'constant': return x.value === (y as typeof x).value && x.of === (y as typeof x).of;
    case 'operation': return x.operator === (y as typeof x).operator && all(x.operands, (y as typeof x).operands);
    case 'property': return x.name === (y as typeof x).name && sameValue(c, x.object, (y as typeof x).object);
    case 'index': return sameValue(c, x.object, (y as typeof x).object) && sameValue(c, x.index, (y as typeof x).index);
    case 'template': return all(x.parts, (y as typeof x).parts);
    case 'opaque': return x.reason === 'this' && (y as typeof x).reason === 'this';
    case 'call': {
      const other = y as typeof x;
      const f = x.callee;
      const g = other.callee;
      if (f.kind !== g.kind || !all(x.arguments, other.arguments)) return false;
      if (f.kind === 'local') return f.function === (g as typeof f).function;
      if (f.kind === 'dynamic') return sameValue(c, f.callee, (g as typeof f).callee);
      const receiver = (g as typeof f).receiver;
      return f.name === (g as typeof f).name && (f.receiver === null ? receiver === null : receiver !== null && sameValue(c, f.receiver, receiver));
    }
    default: return false;
  }
}

/** Every expression inside (itself included), not into bodies of function literals, following single-valued locals when asked. */
export function* within(c: HazardContext, e: Expression, children: (e: Expression) => readonly Expression[], follow = false, depth = maximumDepth): Generator<Expression> {
  const value = follow && depth > 0 ? resolve(c, e) : e;
  yield value;
  for (const child of children(value)) yield* within(c, child, children, follow, value === e ? depth : depth - 1);
}

/** Statements of a list and of everything nested in it. */
export function* nested(body: readonly Statement[]): Generator<Statement> {
  for (const s of body) {
    yield s;
    switch (s.kind) {
      case 'if': yield* nested(s.then); yield* nested(s.otherwise); break;
      case 'loop': yield* nested(s.init); yield* nested(s.body); break;
      case 'for-of': case 'for-in': case 'block': yield* nested(s.body); break;
      case 'try': yield* nested(s.body); yield* nested(s.handler ?? []); yield* nested(s.finalizer ?? []); break;
      case 'switch': for (const one of s.cases) yield* nested(one.body); break;
    }
  }
}

/** Every value that an expression may stand for: the definitions of a local that is assigned several times, else the resolved expression. Updates (`x += 1`) are left out. */
export function valuesOf(c: HazardContext, e: Expression): Expression[] {
  const value = resolve(c, e);
  if (value.kind !== 'variable') return [value];
  const values = c.definitions(value.variable).flatMap(d => d.kind === 'value' && d.compound === null ? [resolve(c, d.value)] : []);
  return values.length > 0 ? values : [value];
}
