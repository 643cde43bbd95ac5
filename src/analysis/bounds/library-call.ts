import { hasOperator, operator } from '../../operators';
import type { Call } from '../../program';
import { construct, element, elementsOf, knownLength, lengthNode, property, stepOf, toElement } from './arrays';
import { summarise } from './long-loop';
import { splitRange } from './split-range';
import type { Tracer } from './tracer';
import { UNDEFINED, refuse, type Value } from './value';

/** Result of a function or method of the language's library. */
export function libraryCall(t: Tracer, name: string, receiver: Value, operands: readonly Value[], e: Call): Value {
  if (name.startsWith('Math.') && hasOperator(name.slice(5))) return node(t.apply(operator(name.slice(5)).id, operands.map(v => t.number(v, e.id)), e.id));
  const method = /^(?:Array|TypedArray)\.prototype\.(\w+)$/.exec(name)?.[1];
  const result = method ? arrayMethod(t, method, receiver, operands, e) : plainFunction(t, name, operands, e);
  return result ?? refuse(`calls ${name}`, e.id);
}

function node(n: number): Value {
  return { kind: 'number', node: n };
}

function plainFunction(t: Tracer, name: string, operands: readonly Value[], e: Call): Value | null {
  switch (name) {
    case 'Number.isNaN': case 'isNaN': return { kind: 'constant', value: false };
    case 'Number.isFinite': case 'isFinite': return { kind: 'constant', value: true };
    case 'Number': case 'Number.parseFloat': case 'parseFloat': return node(t.number(operands[0], e.id));
    case 'Array.isArray': return { kind: 'constant', value: operands[0].kind === 'array' || (operands[0].kind === 'symbol' && (operands[0].type.kind === 'array' || operands[0].type.kind === 'tuple')) };
    case 'Array.of': return { kind: 'array', step: null, elements: [...operands] };
  }
  const from = /^(Array|Float(?:16|32|64)Array)\.(from|of)$/.exec(name);
  if (!from) return null;
  if (from[2] === 'of') return construct(t, from[1], [{ kind: 'array', step: null, elements: [...operands] }], e.id);
  const elements = operands[0].kind === 'object' ? Array.from({ length: lengthOf(t, operands[0], e) }, () => UNDEFINED) : [...elementsOf(t, operands[0], e.id)];
  const mapped = operands[1] ? elements.map((x, i) => invoke(t, e, operands[1], x, node(t.graph.exact(i)))) : elements;
  return from[1] === 'Array' ? { kind: 'array', step: null, elements: mapped } : construct(t, from[1], [{ kind: 'array', step: null, elements: mapped }], e.id);
}

/** The known length of `{ length: n }`. */
function lengthOf(t: Tracer, object: Value, e: Call): number {
  const length = t.graph.exactValue(t.number(property(t, object, 'length', e.id), e.id));
  return length >= 0 && length <= 20_000 ? length : refuse('creates an array whose length is not known', e.id);
}

function invoke(t: Tracer, e: Call, f: Value, ...operands: Value[]): Value {
  return f.kind === 'function' ? t.callFunction(t, f.function, operands, e.id) : refuse('calls a function that is not known', e.id);
}

function arrayMethod(t: Tracer, method: string, receiver: Value, operands: readonly Value[], e: Call): Value | null {
  const index = (i: number): Value => node(t.graph.exact(i));
  const all = (): readonly Value[] => elementsOf(t, receiver, e.id);
  const each = (x: Value, i: number): Value => invoke(t, e, operands[0], x, index(i), receiver);
  const holds = (x: Value, i: number): boolean => t.truthOf(each(x, i), e.id);
  const known = (): number[] | null => {
    const bounds = operands.map(v => t.graph.exactValue(t.number(v, e.id)));
    return bounds.every(b => b === b) ? bounds : null;
  };
  const array = (elements: Value[]): Value => t.created({ kind: 'array', step: stepOf(receiver), elements });
  switch (method) {
    case 'reduce': case 'reduceRight': {
      if (receiver.kind === 'symbol' && isLong(t, receiver, e)) return longReduce(t, receiver, operands, e);
      const elements = method === 'reduce' ? [...all()] : [...all()].reverse();
      const start = operands.length > 1 ? 0 : 1;
      let result = operands.length > 1 ? operands[1] : elements[0] ?? refuse('reduces an empty array', e.id);
      for (let i = start; i < elements.length; i++) result = invoke(t, e, operands[0], result, elements[i], index(method === 'reduce' ? i : elements.length - 1 - i), receiver);
      return result;
    }
    case 'map': return array(all().map((x, i) => toElement(t, stepOf(receiver), each(x, i), e.id)));
    case 'filter': return array(all().filter(holds));
    case 'every': return { kind: 'constant', value: all().every(holds) };
    case 'some': return { kind: 'constant', value: all().some(holds) };
    case 'find': return all().find(holds) ?? UNDEFINED;
    case 'findIndex': return index(all().findIndex(holds));
    case 'forEach': all().forEach(each); return UNDEFINED;
    case 'at': {
      const bounds = known();
      return bounds ? all().at(bounds[0] ?? 0) ?? UNDEFINED : null;
    }
    case 'slice': case 'subarray': {
      const bounds = known();
      // A part of a typed array that shares its memory would have to follow later stores.
      return bounds && (method === 'slice' || receiver.kind === 'symbol') ? array([...all()].slice(...bounds)) : null;
    }
    case 'concat': return array([...all(), ...operands.flatMap(v => (v.kind === 'array' || v.kind === 'symbol' && v.type.kind !== 'number' ? [...elementsOf(t, v, e.id)] : [v]))]);
    case 'toReversed': return array([...all()].reverse());
    case 'entries': return { kind: 'array', step: null, elements: all().map((x, i) => ({ kind: 'array', step: null, elements: [index(i), x] })) };
    case 'keys': return { kind: 'array', step: null, elements: all().map((_, i) => index(i)) };
    case 'values': return { kind: 'array', step: null, elements: [...all()] };
  }
  if (receiver.kind !== 'array') return null;
  const { elements, step } = receiver;
  if (['push', 'pop', 'shift', 'unshift', 'reverse', 'fill'].includes(method)) t.changes(receiver, e.id);
  switch (method) {
    case 'push': elements.push(...operands); return index(elements.length);
    case 'pop': return elements.pop() ?? UNDEFINED;
    case 'shift': return elements.shift() ?? UNDEFINED;
    case 'unshift': elements.unshift(...operands); return index(elements.length);
    case 'reverse': elements.reverse(); return receiver;
    case 'fill': {
      const bounds = operands.slice(1).map(v => t.graph.exactValue(t.number(v, e.id)));
      if (!bounds.every(b => b === b)) return null;
      elements.fill(toElement(t, step, operands[0], e.id), ...bounds);
      return receiver;
    }
  }
  return null;
}

/** Whether an array parameter has too many elements, or too uncertain a number of them, to be taken one by one. */
export function isLong(t: Tracer, array: Extract<Value, { kind: 'symbol' }>, e: { readonly id: number }): boolean {
  const length = knownLength(t, array, e.id);
  return length === null || 2 * length > t.limits.operations - t.operations;
}

/** `reduce` over an array parameter that is long, or whose length is a range. */
function longReduce(t: Tracer, receiver: Extract<Value, { kind: 'symbol' }>, operands: readonly Value[], e: Call): Value {
  const [least, most] = splitRange(t, lengthNode(t, receiver, e.id), e.id)!;
  const key = `reduce ${e.start}`;
  const first = operands.length > 1 ? operands[1] : element(t, receiver, 0, e.id);
  if (operands.length === 1 && least === 0) return refuse('reduces an array that may be empty', e.id);
  const skipped = operands.length > 1 ? 0 : 1;
  const { outlives } = t;
  t.outlives = new Set(t.environment.keys());
  t.iterations++;
  const [result] = summarise(t, {
    key, trips: [least - skipped, most - skipped], before: [t.number(first, e.id)],
    run: ([state], turn) => {
      const i = t.hiddenInput(`${key} index ${most} ${turn}`, [0, Math.max(0, most - 1)], 0, e.id, true);
      return [t.number(invoke(t, e, operands[0], node(state), element(t, receiver, { node: i }, e.id), node(i), receiver), e.id)];
    },
  }, e.id);
  t.iterations--;
  t.outlives = outlives;
  return node(result);
}
