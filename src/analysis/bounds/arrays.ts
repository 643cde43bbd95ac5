import { findFormat } from '../../formats';
import type { ValueType } from '../../program';
import { stepModel, type StepModel } from './step-model';
import type { Tracer } from './tracer';
import { UNDEFINED, refuse, type ArrayValue, type Value } from './value';

export const FP32 = stepModel(findFormat('fp32')!);
export const FP16 = stepModel(findFormat('fp16')!);
const FP64 = stepModel(findFormat('fp64')!);

function number(node: number): Value {
  return { kind: 'number', node };
}

export function property(t: Tracer, object: Value, name: string, site: number): Value {
  if (object.kind === 'object') return object.properties.get(name) ?? UNDEFINED;
  if (object.kind === 'array' && name === 'length') return number(t.graph.exact(object.elements.length));
  if (object.kind === 'symbol') {
    if (name === 'length') {
      return number(lengthNode(t, object, site));
    }
    return part(object, `${object.path}.${name}`, name, object.type.kind === 'object' ? object.type.properties[name] : undefined);
  }
  return refuse(`reads the property ${name} of a value that is not known`, site);
}

/** An element. An element of an array parameter at an index that is not known is any value of its range, the same one for the same index. */
export function element(t: Tracer, array: Value, index: number | string | { readonly node: number }, site: number): Value {
  if (typeof index === 'string') return property(t, array, index, site);
  if (typeof index === 'object') {
    if (array.kind !== 'symbol' || array.type.kind === 'tuple') return refuse('indexes an array by a number that depends on the parameters', site);
    const type = array.type.kind === 'array' ? array.type.element : { kind: 'number' } as const;
    return part(array, `${array.path}[${t.indexName(index.node)}]`, '', type);
  }
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

export function spreadOut(t: Tracer, values: readonly Value[], spread: readonly boolean[], site: number): Value[] {
  return values.flatMap((value, i) => {
    if (!spread[i]) return [value];
    return elementsOf(t, value, site);
  });
}

/** Elements of an array whose length is known. */
export function elementsOf(t: Tracer, value: Value, site: number): readonly Value[] {
  if (value.kind === 'array') return value.elements;
  if (value.kind !== 'symbol') return refuse('runs over a value that is not a known array', site);
  const length = knownLength(t, value, site);
  if (length === null) return refuse(`does with the array ${value.path} what needs one known length: give --range ${value.path}.length=N..N`, site);
  if (length > 20_000) return refuse(`takes the array ${value.path} apart, which is too long for that`, site);
  return Array.from({ length }, (_, i) => element(t, value, i, site));
}


/** Length of an array parameter where it is one number: of its tuple type, or given as the range of `xs.length`; null where it is a range. */
export function knownLength(t: Tracer, array: Extract<Value, { kind: 'symbol' }>, site: number): number | null {
  if (array.type.kind === 'tuple') return array.type.elements.length;
  const [lo, hi] = lengthRange(t, array, site);
  return lo === hi ? lo : null;
}

/** The node of `xs.length`: a constant, or a whole number of its range. */
export function lengthNode(t: Tracer, array: Extract<Value, { kind: 'symbol' }>, site: number): number {
  const length = knownLength(t, array, site);
  return length === null ? t.wholeInput(`${array.path}.length`, lengthRange(t, array, site), site) : t.graph.exact(length);
}

/** The range of `xs.length`. */
export function lengthRange(t: Tracer, array: Extract<Value, { kind: 'symbol' }>, site: number): readonly [number, number] {
  if (array.type.kind === 'tuple') return [array.type.elements.length, array.type.elements.length];
  const given = t.boxOf(`${array.path}.length`) ?? array.ranges.length;
  if (!given) return refuse(`needs the range of ${array.path}.length: give --range ${array.path}.length=N..N, @range ${array.path}.length [N, N] above the function, or a tuple type`, site);
  const [lo, hi] = [Math.ceil(Math.max(0, given[0])), Math.floor(given[1])];
  return lo <= hi ? [lo, hi] : refuse(`needs a range of ${array.path}.length that contains a whole number`, site);
}

function elementStep(name: string): StepModel | null {
  return name === 'Float32Array' ? FP32 : name === 'Float64Array' ? FP64 : name === 'Float16Array' ? FP16 : null;
}

/** A new array or typed array. */
export function construct(t: Tracer, name: string | null, operands: readonly Value[], site: number): Value {
  const step = name ? elementStep(name) : null;
  if (!step && name !== 'Array') return refuse(`creates a ${name ?? 'value of a computed class'}`, site);
  const first = operands[0] ?? number(t.graph.exact(0));
  const array: ArrayValue = t.created({ kind: 'array', step, elements: [] });
  if (first.kind === 'number' && operands.length <= 1) {
    const length = t.graph.exactValue(first.node);
    if (!(length >= 0 && length <= 10_000)) return refuse('creates an array whose length is not known', site);
    for (let i = 0; i < length; i++) array.elements.push(step ? number(t.graph.exact(0)) : UNDEFINED);
    return array;
  }
  const elements = name === 'Array' ? operands : elementsOf(t, first, site);
  for (const v of elements) array.elements.push(toElement(t, step, v, site));
  return array;
}

/** A value as an array stores it: `Float32Array` rounds. */
export function toElement(t: Tracer, step: StepModel | null, value: Value, site: number): Value {
  return step && step !== t.step ? number(t.graph.round(t.number(value, site), step, site)) : step ? number(t.number(value, site)) : value;
}

/** What stores into an array round to; null: nothing. */
export function stepOf(value: Value): StepModel | null {
  return value.kind === 'array' ? value.step : value.kind === 'symbol' && value.type.kind === 'typedArray' ? elementStep(value.type.name) : null;
}

/** Elements up to which an array parameter is taken apart at once, so that the function may store into it. */
const MOST_ELEMENTS = 400;

/** An array parameter as an array of its elements where its length is known and moderate; anything else as it is. */
export function materialise(t: Tracer, value: Value): Value {
  if (value.kind !== 'symbol') return value;
  const { type } = value;
  if (type.kind !== 'tuple' && type.kind !== 'array' && type.kind !== 'typedArray') return value;
  const given = t.boxOf(`${value.path}.length`) ?? value.ranges.length;
  const length = type.kind === 'tuple' ? type.elements.length : given && given[0] === given[1] ? given[0] : Infinity;
  if (!(length <= MOST_ELEMENTS)) return value;
  return { kind: 'array', step: stepOf(value), elements: Array.from({ length }, (_, i) => materialise(t, element(t, value, i, -1))) };
}
