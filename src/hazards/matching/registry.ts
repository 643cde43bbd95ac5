import type { Assignment, Call, Expression, FunctionId, PropertyRead } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { receiverName } from './names';

/** The file's fields, methods and lists by name: built once, so that following values stays linear in large files. */
export interface Registry {
  /** Reads of fields, plain stores left out. */
  readonly reads: ReadonlyMap<string, readonly PropertyRead[]>;
  /** Plain assignments to fields. */
  readonly stores: ReadonlyMap<string, readonly Assignment[]>;
  /** Values of object literals. */
  readonly values: ReadonlyMap<string, readonly { readonly value: Expression; readonly object: Expression }[]>;
  /** Methods, and function literals stored under a name in an object or field. */
  readonly methods: ReadonlyMap<string, readonly FunctionId[]>;
  readonly functions: ReadonlyMap<string, readonly FunctionId[]>;
  /** Getters of classes, as `Class.name`. */
  readonly getters: ReadonlyMap<string, readonly FunctionId[]>;
  /** Calls of push, unshift and add. */
  readonly additions: readonly Call[];
  /** Plain stores by index. */
  readonly elementStores: readonly Assignment[];
}

const registries = new WeakMap<HazardContext, Registry>();

export function registryOf(c: HazardContext): Registry {
  let known = registries.get(c);
  if (!known) registries.set(c, known = build(c));
  return known;
}

function build(c: HazardContext): Registry {
  const reads = new Map<string, PropertyRead[]>();
  const stores = new Map<string, Assignment[]>();
  const values = new Map<string, { value: Expression; object: Expression }[]>();
  const methods = new Map<string, FunctionId[]>();
  const functions = new Map<string, FunctionId[]>();
  const getters = new Map<string, FunctionId[]>();
  for (const e of c.scene.byKind.get('property') ?? []) {
    if (e.kind !== 'property') continue;
    const parent = c.parent(e);
    if (parent?.kind !== 'assign' || parent.target !== e || parent.compound !== null) put(reads, e.name, e);
  }
  for (const a of c.assignments()) if (a.compound === null && a.target.kind === 'property') put(stores, a.target.name, a);
  for (const o of c.scene.byKind.get('object') ?? []) if (o.kind === 'object') for (const p of o.properties) if (p.name !== null) put(values, p.name, { value: p.value, object: o });
  for (const f of c.program.functions) {
    if (f.kind === 'function') put(functions, f.name, f.id);
    if (f.kind === 'getter') put(getters, f.name, f.id);
    if (f.kind === 'method') { put(methods, f.name.replace(/^.*\./, ''), f.id); continue; }
    const literal = c.scene.literals.get(f.id);
    const name = literal && c.parent(literal) !== null ? receiverName(c, literal) : '';
    if (name !== '') put(methods, name, f.id);
  }
  return {
    reads, stores, values, methods, functions, getters,
    additions: c.calls().filter(call => /^(push|unshift|add)$/.test(calledName(c, call))),
    elementStores: c.assignments().filter(a => a.compound === null && a.target.kind === 'index'),
  };
}

function put<V>(map: Map<string, V[]>, name: string, value: V): void {
  const list = map.get(name);
  if (list) list.push(value); else map.set(name, [value]);
}
