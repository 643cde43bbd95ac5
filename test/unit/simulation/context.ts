import { createContext, Script } from 'node:vm';
import { buildSync } from 'esbuild';
import { resolve } from 'node:path';
import { loadModules } from '../../../src/server/simulate/modules';
import { instrumentProgram, scriptsFor, type InstrumentedProgram } from '../../../src/server/simulate/program';
import type { SchemeRequest } from '../../../src/protocol/report';
import type { Outcome } from '../../../src/simulation/runtime/outcome';
import { parseScheme } from '../../../src/simulation/scheme';
import { encodeArgument } from '../../../src/simulation/inputs/encode';
import type { JsonValue } from '../../../src/protocol/real';

let runtime: string | undefined;

export function runtimeText(): string {
  runtime ??= buildSync({ entryPoints: [resolve(__dirname, '../../../src/simulation/runtime/entry.ts')], bundle: true, write: false, platform: 'neutral', format: 'iife', globalName: '__roundoff_runtime__', target: 'es2022',
    footer: { js: '__roundoff_runtime__ = __roundoff_runtime__.runtime;' } }).outputFiles[0].text;
  return runtime;
}

export interface Failure { readonly status: 'threw' | 'unsupported' | 'limit'; readonly message: string; readonly stack?: string }

interface Opened { readonly program: InstrumentedProgram; readonly evaluate: (code: string) => string }

const opened = new Map<string, Opened>();

function open(source: string, scheme: SchemeRequest, mode: InstrumentedProgram['mode'], file: string): Opened {
  const key = JSON.stringify([source, scheme, mode, file]);
  const known = opened.get(key);
  if (known) return known;
  const files = { readFile: (path: string) => path === file ? source : undefined, fileExists: (path: string) => path === file };
  const program = instrumentProgram(loadModules(file, files), mode, 'f');
  const plan = parseScheme(scheme);
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  const wide = mode === 'statistics' ? false : mode === 'statistics-wide' ? true : plan.wideReference;
  for (const s of scriptsFor(program, runtimeText(), { plan: { ...plan, wideReference: wide }, operations: 1e7, recorded: 3e5, seed: 1 })) new Script(s.text, { filename: s.name }).runInContext(context);
  const made: Opened = { program, evaluate: code => String(new Script(code).runInContext(context, { timeout: 10_000 })) };
  opened.set(key, made);
  return made;
}

/** Runs one function of a source text in a context of this process, as the worker does. */
export function run(source: string, name: string, scheme: string | SchemeRequest, args: readonly JsonValue[], mode: InstrumentedProgram['mode'] = 'record', file = '/test.ts'): Outcome | Failure {
  return JSON.parse(started(source, name, scheme, args, mode, file)()) as Outcome | Failure;
}

/** As `run`, for functions that answer with a promise. */
export async function runAsync(source: string, name: string, scheme: string | SchemeRequest, args: readonly JsonValue[], mode: InstrumentedProgram['mode'] = 'record'): Promise<Outcome | Failure> {
  const take = started(source, name, scheme, args, mode, '/test.ts');
  for (let i = 0; ; i++) {
    const text = take();
    if (text !== '') return JSON.parse(text) as Outcome | Failure;
    if (i > 20) throw new Error('the promise does not settle');
    await new Promise(done => { setTimeout(done, 1); });
  }
}

function started(source: string, name: string, scheme: string | SchemeRequest, args: readonly JsonValue[], mode: InstrumentedProgram['mode'], file: string): () => string {
  const { program, evaluate } = open(source, typeof scheme === 'string' ? { id: scheme } : scheme, mode, file);
  const types = program.functions.find(f => f.name === name)?.parameters ?? [];
  const encoded = JSON.stringify(args.map((a, i) => encodeArgument(a, types[i]?.type ?? { kind: 'unknown' })));
  evaluate(`${program.prefix}.start(${JSON.stringify(program.entry)}, ${JSON.stringify(name)}, ${JSON.stringify(encoded)}, true)`);
  return () => evaluate(`${program.prefix}.take()`);
}

/** The result of a run; fails when it threw. */
export function resultOf(outcome: Outcome | Failure): unknown {
  if (outcome.status !== 'ok') throw new Error(`${outcome.status}: ${outcome.message}`);
  return outcome.result;
}
