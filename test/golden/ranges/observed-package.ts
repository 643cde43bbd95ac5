import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { analyzeRanges } from '../../../src/analysis/ranges';
import type { Facts } from '../../../src/analysis/facts';
import { lineColumn, textOf, type Expression, type Program, type ValueType } from '../../../src/program';
import { nodeHost } from '../../../src/server/node-host';
import { openProject, type Project } from '../../../src/typescript';
import { instrumented } from '../../unit/ranges/instrumented';
import { contradiction } from '../../unit/ranges/observe';

/** A package whose files run with every expression's value compared with the facts of the range analysis. */
export interface ObservedPackage {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Its lowered files, by path. */
  readonly files: ReadonlyMap<string, ObservedFile>;
  readonly project: Project;
  /** Values that lie outside the facts of their expressions, the first of each expression: place, text and what is wrong. */
  readonly contradictions: ReadonlyMap<string, string>;
  /** Values compared so far. */
  observed(): number;
  /** Stop the running call after this many more observations. */
  limit(observations: number): void;
}

export interface ObservedFile {
  readonly program: Program;
  readonly facts: Facts;
}

/** Thrown inside observed code when it has run for long enough. */
export class OutOfObservations extends Error {}

/**
 * Bundles the package from its entry; what it imports from other packages runs as it is. `trusting`: it has functions without declared types that call functions with
 * them, so that random arguments can end up where another type is declared; from there on, until the call ends, nothing is compared.
 */
export async function observePackage(entry: string, folder = dirname(entry), { trusting = false } = {}): Promise<ObservedPackage> {
  const project = openProject(nodeHost(folder));
  project.include(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|\.min\.|__tests__|node_modules/.test(name)).map(name => `${folder}/${name.replaceAll('\\', '/')}`));
  const files = new Map<string, ObservedFile>();
  const plugin: Plugin = {
    name: 'observe',
    setup(plugins) {
      plugins.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
        if (!path.startsWith(folder)) return undefined;
        const program = project.program(path);
        if (!program) return undefined;
        files.set(path, { program, facts: analyzeRanges(program, { onDefect: error => { throw error; } }) });
        return { contents: instrumented(program, files.size - 1), loader: /ts$/.test(path) ? 'ts' : 'js' };
      });
    },
  };
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'cjs', platform: 'node', plugins: [plugin], logLevel: 'silent', target: 'es2022' });
  const list = [...files.values()];
  const contradictions = new Map<string, string>();
  let observed = 0;
  let left = Infinity;
  let lied = false;
  const see = (file: number, id: number, value: unknown): unknown => {
    observed++;
    if (--left < 0) throw new OutOfObservations();
    const { program, facts } = list[file];
    const e = program.expressions[id];
    // Of a value without a type the length is taken to be that of a list.
    if (trusting && e.kind === 'property' && e.name === 'length' && typeof value !== 'number') lied = true;
    const place = `${program.file}:${lineColumn(program, e.start).line} ${textOf(program, e).slice(0, 80)}`;
    if (!contradictions.has(place)) {
      // Destructuring reads its source once for each name: the value is right when it is right for one of the reads.
      const wrong = contradiction(facts, { id, value });
      const others = wrong && e.kind === 'variable' ? twins(program, e) : [];
      const declared = e.kind === 'variable' ? program.variables[e.variable].type : e.type;
      if (wrong && trusting && !(conforms(value, e.type) && conforms(value, declared))) lied = true;
      else if (wrong && !lied && others.every(other => contradiction(facts, { id: other, value }))) contradictions.set(place, wrong);
    }
    return value;
  };
  const module = { exports: {} as Record<string, unknown> };
  const start = runInThisContext(`(function (module, exports, require, __see) {${outputFiles[0].text}\n})`, { filename: `${folder}/observed.cjs` }) as (...all: unknown[]) => void;
  start(module, module.exports, () => ({}), see);
  return { exports: module.exports, files, project, contradictions, observed: () => observed, limit: n => { left = n; lied = false; } };
}

/** A value of the declared type, as far as its outermost kind goes. */
function conforms(value: unknown, type: ValueType): boolean {
  switch (type.kind) {
    case 'number': return typeof value === 'number';
    case 'string': return typeof value === 'string';
    case 'boolean': return typeof value === 'boolean';
    case 'undefined': return value === undefined;
    case 'null': return value === null;
    case 'array': case 'tuple': return Array.isArray(value) && (value.length === 0 || conforms(value[0], type.kind === 'array' ? type.element : type.elements[0] ?? { kind: 'unknown' }));
    case 'typedArray': return ArrayBuffer.isView(value);
    case 'function': return typeof value === 'function';
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'union': return type.members.some(member => conforms(value, member));
    default: return true;
  }
}

/** Other reads of a variable with the same span. */
function twins(program: Program, e: Expression): number[] {
  return program.expressions.filter(x => x !== e && x.start === e.start && x.end === e.end && x.kind === 'variable').map(x => x.id);
}
