import { findFormat } from '../../formats';
import { hasOperator, operator } from '../../operators';
import type { Assignment, Call, Expression, Operation, Target, ValueType } from '../../program';
import type { Guard } from './guard';
import { stepModel, type StepModel } from './step-model';
import type { Tracer } from './tracer';
import { TraceRefusal, UNDEFINED, type ArrayValue, type Value } from './value';

const COMPARISONS = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);
const FP32 = stepModel(findFormat('fp32')!);
const FP16 = stepModel(findFormat('fp16')!);
const FP64 = stepModel(findFormat('fp64')!);

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
      const truth = truthOf(t, left, e.id);
      return (e.operator === 'and') === truth ? evaluate(t, e.right) : left;
    }
    case 'conditional': return truthOf(t, evaluate(t, e.test), e.test.id) ? evaluate(t, e.then) : evaluate(t, e.otherwise);
    case 'assign': return assign(t, e);
    case 'property': return property(t, evaluate(t, e.object), e.name, e.id);
    case 'index': return element(t, evaluate(t, e.object), indexOf(t, e.index), e.id);
    case 'call': return call(t, e);
    case 'new': return construct(t, e.name, e.arguments.map(a => evaluate(t, a)), e.id);
    case 'array': return { kind: 'array', step: null, elements: spreadOut(t, e.elements.map(x => (x ? evaluate(t, x) : UNDEFINED)), e.spread, e.id) };
    case 'object': {
      const properties = new Map<string, Value>();
      for (const p of e.properties) {
        const value = evaluate(t, p.value);
        if (p.spread) { if (value.kind !== 'object') return refuse('spreads a value that is not a plain object', e.id); value.properties.forEach((v, k) => properties.set(k, v)); }
        else if (p.name === null) return refuse('has a computed property name', e.id);
        else properties.set(p.name, value);
      }
      return { kind: 'object', properties };
    }
    case 'function': return { kind: 'function', function: e.function };
    case 'sequence': return e.expressions.reduce<Value>((_, x) => evaluate(t, x), UNDEFINED);
    case 'template': return refuse('builds text', e.id);
    case 'opaque': return refuse(`uses ${e.reason}`, e.id);
  }
}

/** Whether a value counts as true; a number that may be zero or not splits the path. */
export function truthOf(t: Tracer, value: Value, site: number): boolean {
  if (value.kind === 'constant') return Boolean(value.value);
  if (value.kind === 'number' || (value.kind === 'symbol' && (value.type.kind === 'number' || value.type.kind === 'unknown'))) {
    return t.compare('ne', t.number(value, site), t.graph.exact(0), site);
  }
  if (value.kind === 'symbol' && value.type.kind === 'boolean') return refuse(`depends on the boolean ${value.path}`, site);
  return true;
}

export function refuse(message: string, site: number): never {
  throw new TraceRefusal(message, site);
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
  if (e.operator === 'not') return { kind: 'constant', value: !truthOf(t, evaluate(t, e.operands[0]), e.id) };
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
      t.environment.set(target.variable, value);
      return value;
    }
    case 'property': {
      const object = evaluate(t, target.object);
      if (object.kind !== 'object') return refuse('stores into a property of a value that is not a plain object', target.id);
      object.properties.set(target.name, value);
      return value;
    }
    case 'index': {
      const array = evaluate(t, target.object);
      if (array.kind !== 'array') return refuse('stores into an element of an array that is not known', target.id);
      const index = indexOf(t, target.index);
      if (typeof index !== 'number') return refuse('stores under a computed name', target.id);
      const stored = toElement(t, array, value, target.id);
      while (array.elements.length < index) array.elements.push(array.step ? number(t.graph.exact(0)) : UNDEFINED);
      if (array.step && index >= array.elements.length) return value;
      array.elements[index] = stored;
      return value;
    }
    case 'opaque': return refuse(`assigns to ${target.reason}`, target.id);
  }
}

function toElement(t: Tracer, array: ArrayValue, value: Value, site: number): Value {
  return array.step && array.step !== t.step ? number(t.graph.round(t.number(value, site), array.step, site)) : array.step ? number(t.number(value, site)) : value;
}

function indexOf(t: Tracer, e: Expression): number | string {
  const value = evaluate(t, e);
  if (value.kind === 'constant' && typeof value.value === 'string') return value.value;
  const index = t.graph.exactValue(t.number(value, e.id));
  return index === index ? index : refuse('indexes an array by a number that depends on the parameters', e.id);
}

export function property(t: Tracer, object: Value, name: string, site: number): Value {
  if (object.kind === 'object') return object.properties.get(name) ?? UNDEFINED;
  if (object.kind === 'array' && name === 'length') return number(t.graph.exact(object.elements.length));
  if (object.kind === 'symbol') {
    if (name === 'length') return number(t.graph.exact(lengthOf(t, object, site)));
    return part(object, `${object.path}.${name}`, name, object.type.kind === 'object' ? object.type.properties[name] : undefined);
  }
  return refuse(`reads the property ${name} of a value that is not known`, site);
}

function element(t: Tracer, array: Value, index: number | string, site: number): Value {
  if (typeof index === 'string') return property(t, array, index, site);
  if (array.kind === 'array') return array.elements[index] ?? UNDEFINED;
  if (array.kind === 'symbol') {
    const type = array.type.kind === 'tuple' ? array.type.elements[index] : array.type.kind === 'array' ? array.type.element : array.type.kind === 'typedArray' ? { kind: 'number' } as const : undefined;
    if (array.type.kind === 'tuple' && index >= array.type.elements.length) return UNDEFINED;
    return part(array, `${array.path}[${index}]`, String(index), type);
  }
  return refuse('reads an element of an array that is not known', site);
}

function part(whole: Extract<Value, { kind: 'symbol' }>, path: string, key: string, type: ValueType | undefined): Value {
  const ranges: Record<string, readonly [number, number]> = {};
  for (const [name, range] of Object.entries(whole.ranges)) if (name.startsWith(`${key}.`)) ranges[name.slice(key.length + 1)] = range;
  return { kind: 'symbol', path, type: type ?? { kind: 'unknown' }, range: whole.ranges[key] ?? whole.range, ranges };
}

function spreadOut(t: Tracer, values: readonly Value[], spread: readonly boolean[], site: number): Value[] {
  return values.flatMap((value, i) => {
    if (!spread[i]) return [value];
    return elementsOf(t, value, site);
  });
}

/** Elements of an array whose length is known. */
export function elementsOf(t: Tracer, value: Value, site: number): readonly Value[] {
  if (value.kind === 'array') return value.elements;
  if (value.kind === 'symbol') return Array.from({ length: lengthOf(t, value, site) }, (_, i) => element(t, value, i, site));
  return refuse('runs over a value that is not a known array', site);
}

/** Length of an array parameter: of its tuple type, or given as the range of `xs.length`. */
function lengthOf(t: Tracer, array: Extract<Value, { kind: 'symbol' }>, site: number): number {
  if (array.type.kind === 'tuple') return array.type.elements.length;
  const given = t.boxOf(`${array.path}.length`) ?? array.ranges.length;
  if (given && given[0] === given[1] && Number.isInteger(given[0]) && given[0] >= 0) return given[0];
  return refuse(`needs the range of ${array.path}.length, one length: give --range ${array.path}.length=N..N, or a tuple type`, site);
}

function elementStep(name: string): StepModel | null {
  return name === 'Float32Array' ? FP32 : name === 'Float64Array' ? FP64 : name === 'Float16Array' ? FP16 : null;
}

function construct(t: Tracer, name: string | null, operands: readonly Value[], site: number): Value {
  const step = name ? elementStep(name) : null;
  if (!step && name !== 'Array') return refuse(`creates a ${name ?? 'value of a computed class'}`, site);
  const first = operands[0] ?? number(t.graph.exact(0));
  const array: ArrayValue = { kind: 'array', step, elements: [] };
  if (first.kind === 'number' && operands.length <= 1) {
    const length = t.graph.exactValue(first.node);
    if (!(length >= 0 && length <= 10_000)) return refuse('creates an array whose length is not known', site);
    for (let i = 0; i < length; i++) array.elements.push(step ? number(t.graph.exact(0)) : UNDEFINED);
    return array;
  }
  const elements = name === 'Array' ? operands : elementsOf(t, first, site);
  for (const v of elements) array.elements.push(toElement(t, array, v, site));
  return array;
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
    case 'library': return library(t, callee.name, callee.receiver ? evaluate(t, callee.receiver) : UNDEFINED, operands, e);
  }
}

function library(t: Tracer, name: string, receiver: Value, operands: readonly Value[], e: Call): Value {
  const invoke = (f: Value, ...args: Value[]): Value => (f.kind === 'function' ? t.callFunction(t, f.function, args, e.id) : refuse('calls a function that is not known', e.id));
  const index = (i: number): Value => number(t.graph.exact(i));
  switch (name.replace(/^TypedArray\.prototype/, 'Array.prototype')) {
    case 'Number.isNaN': case 'isNaN': return { kind: 'constant', value: false };
    case 'Number.isFinite': case 'isFinite': return { kind: 'constant', value: true };
    case 'Number': case 'Number.parseFloat': case 'parseFloat': return number(t.number(operands[0], e.id));
    case 'Array.prototype.reduce': {
      const elements = [...elementsOf(t, receiver, e.id)];
      let result = operands.length > 1 ? operands[1] : elements[0] ?? refuse('reduces an empty array', e.id);
      for (let i = operands.length > 1 ? 0 : 1; i < elements.length; i++) result = invoke(operands[0], result, elements[i], index(i), receiver);
      return result;
    }
    case 'Array.prototype.map': return { kind: 'array', step: receiver.kind === 'array' ? receiver.step : null, elements: elementsOf(t, receiver, e.id).map((x, i) => invoke(operands[0], x, index(i), receiver)) };
    case 'Array.prototype.forEach': elementsOf(t, receiver, e.id).forEach((x, i) => invoke(operands[0], x, index(i), receiver)); return UNDEFINED;
    case 'Array.prototype.push':
      if (receiver.kind !== 'array') break;
      receiver.elements.push(...operands);
      return index(receiver.elements.length);
    case 'Array.prototype.slice': {
      const bounds = operands.map(v => t.graph.exactValue(t.number(v, e.id)));
      if (bounds.every(b => b === b)) return { kind: 'array', step: null, elements: [...elementsOf(t, receiver, e.id)].slice(...bounds) };
      break;
    }
    case 'Array.prototype.fill':
      if (receiver.kind !== 'array' || operands.length !== 1) break;
      receiver.elements.fill(operands[0]);
      return receiver;
  }
  if (name.startsWith('Math.') && hasOperator(name.slice(5))) return number(t.apply(operator(name.slice(5)).id, operands.map(v => t.number(v, e.id)), e.id));
  return refuse(`calls ${name}`, e.id);
}
