import type { Shape, ShapeUse } from '../../program/shapes';
import type { SitePlace } from '../../protocol/place';
import { kernelText, type KernelMode } from '../../simulation/kernel';
import type { SchemePlan } from '../../simulation/plan';
import { formatUnit } from '../../simulation/scheme';
import { measuredIn, type InstrumentedFunction, type InstrumentedModule, type LiteralSlot } from '../../typescript/instrument';
import { instrumentFor, type LoadedModule } from './modules';

/** A program with all its modules, instrumented for one shadow mode; kernels for any scheme fit it. */
export interface InstrumentedProgram {
  readonly mode: KernelMode['shadow'];
  readonly prefix: string;
  readonly entry: string;
  readonly sites: readonly SitePlace[];
  readonly literals: readonly LiteralSlot[];
  readonly formats: readonly string[];
  readonly shapes: readonly Shape[];
  readonly shapeUses: readonly ShapeUse[];
  readonly functions: readonly InstrumentedFunction[];
  readonly modules: readonly InstrumentedModule[];
  readonly scripts: readonly { readonly name: string; readonly text: string }[];
  /** Columns of a script's first line before the module's own code, by file. */
  readonly indents: ReadonlyMap<string, number>;
}

/** Script names of modules start with it, so that stack traces can be told apart. */
export const SCRIPT_PREFIX = 'roundoff:';

export function instrumentProgram(loaded: readonly LoadedModule[], mode: KernelMode['shadow'], functionName: string): InstrumentedProgram {
  const steps = instrumentSteps(loaded, mode, functionName);
  for (;;) { const { done, value } = steps.next(); if (done) return value; }
}

/** The same, which hands control back after each module: a program with hundreds of them takes seconds. */
export function* instrumentSteps(loaded: readonly LoadedModule[], mode: KernelMode['shadow'], functionName: string): Generator<undefined, InstrumentedProgram> {
  let prefix = '$0';
  for (let i = 1; loaded.some(m => m.text.includes(prefix)); i++) prefix = `$${i}_`;
  const entry = loaded[0];
  // Site 0 stands for library functions that are called through a variable.
  const sites: SitePlace[] = [];
  const literals: LiteralSlot[] = [];
  const formats: string[] = [];
  const shapes: Shape[] = [];
  const shapeUses: ShapeUse[] = [];
  const modules: InstrumentedModule[] = [];
  const scripts: { name: string; text: string }[] = [];
  const indents = new Map<string, number>();
  let functions: readonly InstrumentedFunction[] = [];
  sites.push({ id: '0-0', file: entry.id, start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1, text: functionName, operator: 'call' });
  const measures = new Map(loaded.flatMap(m => { const names = m.json ? [] : measuredIn(m.text); return names.length ? [[m.id, names] as const] : []; }));
  for (const m of loaded) {
    const head = `${prefix}modules[${JSON.stringify(m.id)}] = { __proto__: null, file: ${JSON.stringify(m.id)}, exports: {}, bindings: { __proto__: null }, links: ${JSON.stringify(m.links)}, started: ${m.json}, `;
    if (m.json) { scripts.push({ name: SCRIPT_PREFIX + m.id, text: `${head} json: ${prefix}JSON_parse(${JSON.stringify(m.text)}) };` }); continue; }
    const made = instrumentFor(m.id, m.text, mode, prefix, sites.length, literals.length, formats.length, shapes.length, measuredFor(m, loaded, measures));
    yield undefined;
    modules.push(made);
    for (const site of made.sites) sites.push(site);
    for (const slot of made.literals) literals.push(slot);
    for (const format of made.formats) formats.push(format);
    for (const shape of made.shapes) shapes.push(shape);
    for (const use of made.shapeUses) shapeUses.push(use);
    if (m === entry) functions = made.functions;
    const syntax = made.problems.find(p => p.message.startsWith('Syntax error'));
    const body = syntax ? `${prefix}problem(${JSON.stringify(`${m.id}:${syntax.line}:${syntax.column}: ${syntax.message}`)});` : made.code;
    const text = `${head} body: ${withLocalGlobals(`function (${prefix}module, ${prefix}require, module, exports, require, __filename, __dirname) { ${body}\n}`)} };`;
    indents.set(m.id, text.indexOf(body));
    scripts.push({ name: SCRIPT_PREFIX + m.id, text });
  }
  const first = functions.find(f => f.name === functionName);
  if (first) sites[0] = { ...sites[0], id: `${first.nameStart}-${first.nameStart}`, start: first.nameStart, end: first.nameStart };
  return { mode, prefix, entry: entry.id, sites, literals, formats, shapes, shapeUses, functions, modules, scripts, indents };
}

/** Names such as `length` that a module knows as measures from modules that it imports, directly or not. */
function measuredFor(module: LoadedModule, loaded: readonly LoadedModule[], measures: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (measures.size === 0) return [];
  const byId = new Map(loaded.map(m => [m.id, m]));
  const reached = new Set([module.id]);
  for (const id of reached) for (const link of Object.values(byId.get(id)?.links ?? {})) reached.add(link);
  return [...reached].flatMap(id => (id === module.id ? [] : measures.get(id) ?? []));
}

export interface KernelRequest {
  readonly plan: SchemePlan;
  readonly operations: number;
  readonly recorded: number;
  readonly seed: number;
  readonly calibrating?: boolean;
  /** Calibrated ranges by site, for schemes with a scale per site. */
  readonly ranges?: ReadonlyMap<number, readonly [number, number]> | undefined;
}

/** All scripts of a context: run-time, kernel of the scheme, modules. */
export function scriptsFor(program: InstrumentedProgram, runtime: string, request: KernelRequest): { name: string; text: string }[] {
  const kernel = kernelText({
    plan: request.plan, mode: { shadow: program.mode, wide: request.plan.wideReference, calibrating: request.calibrating ?? false }, prefix: program.prefix, operators: program.sites.map(s => s.operator), literals: program.literals,
    formats: program.formats.map(f => formatUnit(f, request.seed)), shapes: program.shapes, shapeUses: program.shapeUses, operations: request.operations, recorded: request.recorded, seed: request.seed, ranges: request.ranges ?? new Map(),
  });
  return [{ name: 'roundoff-runtime', text: wrapped(runtime, program.prefix) }, { name: 'roundoff-kernel', text: kernel }, ...program.scripts];
}

/** The run-time keeps the `Math` of the language when the kernel replaces that of the program. */
function wrapped(runtime: string, prefix: string): string {
  return `const ${prefix}rt = ${withLocalGlobals(`(function (Math) { ${runtime}; return __roundoff_runtime__; })(Object.freeze(Object.create(null, Object.getOwnPropertyDescriptors(Math))))`)};`;
}

/** What the language itself puts into the global object. */
const globals = ['Array', 'ArrayBuffer', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'DataView', 'Date', 'Error', 'Float32Array', 'Float64Array', 'Infinity', 'Int16Array', 'Int32Array', 'Int8Array', 'JSON', 'Map', 'Math',
  'NaN', 'Number', 'Object', 'Promise', 'RangeError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'TypeError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'];

/**
 * Reading a global of a `vm` context asks the host each time, half a microsecond long: an expression gets the globals that it names as parameters of a function around it, read once.
 */
function withLocalGlobals(expression: string): string {
  const used = globals.filter(g => new RegExp(`(?<![\\w$.])${g}(?![\\w$])`).test(expression)).join(', ');
  return `(function (${used}) { return ${expression}; })(${used})`;
}
