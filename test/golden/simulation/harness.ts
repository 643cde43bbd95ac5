import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createContext, Script, type Context } from 'node:vm';
import { buildSync } from 'esbuild';
import { loadModules, type ModuleFiles } from '../../../src/server/simulate/modules';
import { instrumentProgram, scriptsFor, type InstrumentedProgram } from '../../../src/server/simulate/program';
import { nodeSimulationHost } from '../../../src/server/simulate';
import { parseScheme } from '../../../src/simulation/scheme';

let text: string | undefined;

/** The run-time as the build makes it, made from the sources. */
export function runtimeText(): string {
  text ??= buildSync({ entryPoints: [resolve('src/simulation/runtime/entry.ts')], bundle: true, write: false, platform: 'neutral', format: 'iife', globalName: '__roundoff_runtime__', target: 'es2022',
    footer: { js: '__roundoff_runtime__ = __roundoff_runtime__.runtime;' } }).outputFiles[0].text;
  return text;
}

export interface Opened {
  readonly context: Context;
  readonly program: InstrumentedProgram;
  readonly evaluate: (code: string) => unknown;
}

/** Opens a module in a context of this process, as the worker does, so that tests can call into it. */
export function open(file: string, scheme: string, mode: InstrumentedProgram['mode'], files: ModuleFiles = nodeSimulationHost('')): Opened {
  const program = instrumentProgram(loadModules(file, files), mode, '');
  const plan = parseScheme({ id: scheme });
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  for (const s of scriptsFor(program, runtimeText(), { plan: { ...plan, wideReference: mode === 'statistics' ? false : plan.wideReference }, operations: 2e9, recorded: 4e6, seed: 1 })) new Script(s.text, { filename: s.name }).runInContext(context);
  const evaluate = (code: string): unknown => new Script(code).runInContext(context, { timeout: 20_000 });
  const failure = evaluate(`${program.prefix}.load(${JSON.stringify(program.entry)})`);
  if (failure) throw new Error(`${file}: ${String(failure)}`);
  return { context, program, evaluate };
}

/** Source text of a function that writes a value down completely, −0, NaN, holes and class names included. */
export const serializer = `(function () {
  const write = (v, depth) => {
    if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
    if (typeof v === 'function') return 'function';
    if (v === undefined || v === null || typeof v !== 'object') return typeof v + ' ' + String(v);
    if (depth > 6) return 'deep';
    const name = v.constructor ? v.constructor.name : '';
    if (Array.isArray(v) || ArrayBuffer.isView(v)) { const out = []; for (let i = 0; i < v.length; i++) out.push(i in v ? write(v[i], depth + 1) : 'hole'); return name + '[' + out.join(',') + ']'; }
    if (v instanceof Map) return 'Map' + write([...v], depth + 1);
    if (v instanceof Set) return 'Set' + write([...v], depth + 1);
    return name + '{' + Object.keys(v).map(k => k + ':' + write(v[k], depth + 1)).join(',') + '}';
  };
  return write;
})()`;

export function source(path: string): string {
  return readFileSync(resolve(path), 'utf8');
}
