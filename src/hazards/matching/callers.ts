import type { Call, Construction, Expression, FunctionId, FunctionIr } from '../../program';
import type { HazardContext } from '../engine/context';
import { registryOf } from './registry';
import { resolve } from './structure';

/** A call or construction of this file that may run a function of it. */
export type Site = Call | Construction;

const tables = new WeakMap<HazardContext, ReadonlyMap<FunctionId, readonly Site[]>>();

/** The places of this file that call a function: by its name, as a method, through a local, a table or a field that holds it. */
export function sitesOf(c: HazardContext, fn: FunctionIr): readonly Site[] {
  let table = tables.get(c);
  if (!table) tables.set(c, table = buildTable(c));
  return table.get(fn.id) ?? [];
}

/** What the calls of this file hand to a function's parameter. */
export function argumentsOf(c: HazardContext, fn: FunctionIr, place: number): Expression[] {
  return sitesOf(c, fn).flatMap(site => { const given = site.arguments[place]; return given === undefined || site.spread.slice(0, place + 1).some(Boolean) ? [] : [given]; });
}

/** The functions that a call of unknown callee may run: one of `curves[kind]`, `shape ?? linear`, the one method or field of that name. */
export function tableOf(c: HazardContext, call: Call): FunctionId[] {
  if (call.callee.kind === 'dynamic') return functionsIn(c, call.callee.callee, 6);
  return call.callee.kind === 'method' ? methodsNamed(c, call.callee.name) : [];
}

function buildTable(c: HazardContext): ReadonlyMap<FunctionId, readonly Site[]> {
  const table = new Map<FunctionId, Site[]>();
  const add = (id: FunctionId, site: Site): void => { const list = table.get(id); if (list) list.push(site); else table.set(id, [site]); };
  for (const call of c.calls()) {
    if (call.callee.kind === 'local') add(call.callee.function, call);
    else for (const id of tableOf(c, call)) add(id, call);
  }
  for (const e of c.scene.byKind.get('new') ?? []) if (e.kind === 'new' && e.function !== null) add(e.function, e);
  return table;
}

/** The functions that an expression may be: literals, names of this file's functions, choices and tables of such. */
export function functionsOf(c: HazardContext, e: Expression): FunctionId[] {
  return functionsIn(c, e, 6);
}

function functionsIn(c: HazardContext, e: Expression, depth: number): FunctionId[] {
  const value = resolve(c, e);
  if (depth === 0) return [];
  switch (value.kind) {
    case 'function': return [value.function];
    case 'variable': {
      const known = c.variable(value.variable);
      if (known.kind === 'function') return [...registryOf(c).functions.get(known.name) ?? []];
      const initializer = c.program.functions[known.owner].parameters.find(p => p.variable === value.variable)?.initializer;
      return initializer ? functionsIn(c, initializer, depth - 1) : [];
    }
    case 'conditional': return [...functionsIn(c, value.then, depth - 1), ...functionsIn(c, value.otherwise, depth - 1)];
    case 'logical': return [...functionsIn(c, value.left, depth - 1), ...functionsIn(c, value.right, depth - 1)];
    case 'index': { const object = resolve(c, value.object); return object.kind === 'object' ? object.properties.flatMap(p => p.spread ? [] : functionsIn(c, p.value, depth - 1)) : []; }
    case 'property': {
      const object = resolve(c, value.object);
      const held = object.kind === 'object' ? object.properties.filter(p => p.name === value.name) : [];
      return held.length > 0 ? held.flatMap(p => functionsIn(c, p.value, depth - 1)) : methodsNamed(c, value.name);
    }
    default: return [];
  }
}

/** The class that an expression stands in, by the name of the method around it; empty outside of classes. */
export function classOf(c: HazardContext, e: Expression): string {
  for (let fn: FunctionIr | null = c.function(e); fn; fn = fn.enclosing === null ? null : c.program.functions[fn.enclosing]) if (/^(method|getter|setter|constructor|initializer)$/.test(fn.kind)) return fn.name.replace(/\.[^.]*$/, '');
  return '';
}

/** The one method, or function stored under a name, of this file. */
function methodsNamed(c: HazardContext, name: string): FunctionId[] {
  const found = registryOf(c).methods.get(name) ?? [];
  return found.length === 1 ? [found[0]] : [];
}
