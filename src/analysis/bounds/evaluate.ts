import { hasOperator } from '../../operators';
import type { Assignment, Call, Expression, Operation, Target } from '../../program';
import { FP16, FP32, construct, element, property, spreadOut, toElement } from './arrays';
import type { Guard } from './guard';
import { libraryCall } from './library-call';
import type { Tracer } from './tracer';
import { UNDEFINED, refuse, type Value } from './value';

const COMPARISONS = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);
/** The value of an expression on the current path. */
export function evaluate(t: Tracer, e: Expression): Value {
  switch (e.kind) {
    case 'number': return number(t.literal(e));
    case 'constant': return e.of === 'bigint' || e.of === 'regexp' ? refuse(`uses a ${e.of}`, e.id) : { kind: 'constant', value: e.value };
    case 'variable': return variable(t, e.variable, e.id);
    case 'operation': return operation(t, e);
    case 'logical': {
      const left = evaluate(t, e.left);
      if (e.operator === 'nullish') return left.kind === 'constant' && left.value == null ? evaluate(t, e.right) : left;
      const truth = t.truthOf(left, e.id);
      return (e.operator === 'and') === truth ? evaluate(t, e.right) : left;
    }
    case 'conditional': return t.truthOf(evaluate(t, e.test), e.test.id) ? evaluate(t, e.then) : evaluate(t, e.otherwise);
    case 'assign': return assign(t, e);
    case 'property': return property(t, evaluate(t, e.object), e.name, e.id);
    case 'index': return element(t, evaluate(t, e.object), indexOf(t, e.index), e.id);
    case 'call': return call(t, e);
    case 'new': return construct(t, e.name, e.arguments.map(a => evaluate(t, a)), e.id);
    case 'array': return t.created({ kind: 'array', step: null, elements: spreadOut(t, e.elements.map(x => (x ? evaluate(t, x) : UNDEFINED)), e.spread, e.id) });
    case 'object': {
      const properties = new Map<string, Value>();
      for (const p of e.properties) {
        const value = evaluate(t, p.value);
        if (p.spread) { if (value.kind !== 'object') return refuse('spreads a value that is not a plain object', e.id); value.properties.forEach((v, k) => properties.set(k, v)); }
        else if (p.name === null) return refuse('has a computed property name', e.id);
        else properties.set(p.name, value);
      }
      return t.created({ kind: 'object', properties });
    }
    case 'function': return { kind: 'function', function: e.function };
    case 'sequence': return e.expressions.reduce<Value>((_, x) => evaluate(t, x), UNDEFINED);
    case 'template': return refuse('builds text', e.id);
    case 'opaque': return refuse(`uses ${e.reason}`, e.id);
  }
}

function number(node: number): Value {
  return { kind: 'number', node };
}

function variable(t: Tracer, id: number, site: number): Value {
  const known = t.environment.get(id);
  if (known) return known;
  const v = t.program.variables[id];
  if (v.kind === 'global' && v.name === 'undefined') return UNDEFINED;
  if (v.owner === 0 && v.kind === 'const') {
    for (const s of t.program.functions[0].body) {
      if (s.kind === 'declare' && s.variable === id && s.value) {
        const value = evaluate(t, s.value);
        t.environment.set(id, value);
        return value;
      }
    }
  }
  if (v.kind === 'function') {
    const f = t.program.functions.find(x => x.nameStart === v.start && x.name === v.name);
    if (f) return { kind: 'function', function: f.id };
  }
  if (v.owner === 0 && v.assignments > 0) return refuse(`reads the module variable ${v.name}, which is assigned elsewhere`, site);
  return refuse(`reads ${v.name}, whose value is not known here`, site);
}

function operation(t: Tracer, e: Operation): Value {
  if (e.operator === 'not') return { kind: 'constant', value: !t.truthOf(evaluate(t, e.operands[0]), e.id) };
  const operands = spreadOut(t, e.operands.map(x => evaluate(t, x)), e.spread ?? [], e.id);
  if (COMPARISONS.has(e.operator)) return compare(t, e, operands[0], operands[1]);
  if (!hasOperator(e.operator)) return refuse(`uses ${e.operator}`, e.id);
  if (e.operator === 'fround' || e.operator === 'f16round') {
    t.tick(e.id);
    return number(t.graph.round(t.number(operands[0], e.id), e.operator === 'fround' ? FP32 : FP16, e.id));
  }
  return number(t.apply(e.operator, operands.map(v => t.number(v, e.id)), e.id, !e.operands.every(literalOnly)));
}

/** Arithmetic on literals alone is data arithmetic, never counting. */
function literalOnly(e: Expression): boolean {
  return e.kind === 'number' || (e.kind === 'operation' && e.operands.every(literalOnly));
}

function compare(t: Tracer, e: Operation, left: Value, right: Value): Value {
  if (left.kind === 'constant' || right.kind === 'constant') {
    if (left.kind === 'constant' && right.kind === 'constant' && (e.operator === 'eq' || e.operator === 'ne')) {
      // `== null` is the one loose comparison that is not a comparison of equal types.
      const same = e.loose && left.value == null && right.value == null ? true : left.value === right.value;
      return { kind: 'constant', value: same === (e.operator === 'eq') };
    }
    const other = left.kind === 'constant' ? left : right;
    if (other.kind === 'constant' && typeof other.value !== 'boolean' && (e.operator === 'eq' || e.operator === 'ne')) return { kind: 'constant', value: e.operator === 'ne' };
  }
  return { kind: 'constant', value: t.compare(e.operator as Guard['relation'], t.number(left, e.id), t.number(right, e.id), e.id) };
}

function assign(t: Tracer, e: Assignment): Value {
  const old = e.result === 'old' ? evaluate(t, e.target) : UNDEFINED;
  const value = store(t, e.target, evaluate(t, e.value));
  return e.result === 'old' ? old : value;
}

/** Stores a value; answers what is read back. */
export function store(t: Tracer, target: Target, value: Value): Value {
  switch (target.kind) {
    case 'variable': {
      const v = t.program.variables[target.variable];
      if (v.owner === 0 && v.kind !== 'const') refuse(`assigns the module variable ${v.name}`, target.id);
      t.assigns(target.variable, target.id);
      t.environment.set(target.variable, value);
      return value;
    }
    case 'property': {
      const object = evaluate(t, target.object);
      if (object.kind !== 'object') return refuse('stores into a property of a value that is not a plain object', target.id);
      t.changes(object, target.id);
      object.properties.set(target.name, value);
      return value;
    }
    case 'index': {
      const array = evaluate(t, target.object);
      if (array.kind !== 'array') return refuse('stores into an element of an array that is not known', target.id);
      const index = indexOf(t, target.index);
      if (typeof index === 'object') return refuse('stores into an array at an index that depends on the parameters', target.id);
      if (typeof index !== 'number') return refuse('stores under a computed name', target.id);
      t.changes(array, target.id);
      const stored = toElement(t, array.step, value, target.id);
      while (array.elements.length < index) array.elements.push(array.step ? number(t.graph.exact(0)) : UNDEFINED);
      if (array.step && index >= array.elements.length) return value;
      array.elements[index] = stored;
      return value;
    }
    case 'opaque': return refuse(`assigns to ${target.reason}`, target.id);
  }
}

/** A known index, a property name, or the node of an index that is not known. */
function indexOf(t: Tracer, e: Expression): number | string | { readonly node: number } {
  const value = evaluate(t, e);
  if (value.kind === 'constant' && typeof value.value === 'string') return value.value;
  const node = t.number(value, e.id);
  const index = t.graph.exactValue(node);
  return index === index ? index : { node };
}

function call(t: Tracer, e: Call): Value {
  const { callee } = e;
  const operands = spreadOut(t, e.arguments.map(a => evaluate(t, a)), e.spread, e.id);
  switch (callee.kind) {
    case 'local': return t.callFunction(t, callee.function, operands, e.id);
    case 'dynamic': {
      const f = evaluate(t, callee.callee);
      return f.kind === 'function' ? t.callFunction(t, f.function, operands, e.id) : refuse('calls a function that is not known', e.id);
    }
    case 'imported': return refuse(`calls ${callee.name} of "${callee.module}"`, e.id);
    case 'method': return refuse(`calls the method ${callee.name}, whose code is not known`, e.id);
    case 'library': return libraryCall(t, callee.name, callee.receiver ? evaluate(t, callee.receiver) : UNDEFINED, operands, e);
  }
}
