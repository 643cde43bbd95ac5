import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FunctionIr, Program } from '../../../src/program';
import { lowerText } from '../../../src/typescript';

/** One published program with the bounds that other tools give, from the shared collection. */
export interface PublishedProgram {
  readonly name: string;
  readonly kind: 'straight-line' | 'conditional';
  readonly args: readonly string[];
  readonly pre: Readonly<Record<string, [number, number]>>;
  readonly constraints: readonly string[];
  readonly body: string;
  readonly operations: number;
  readonly exactInputs: Figures;
  readonly roundedInputs: Figures;
}

export interface Figures {
  readonly fptaylor: number | null;
  readonly gappa?: number | null;
  readonly daisy?: number | null;
  readonly precisa?: number | null;
  readonly observed: number | null;
}

/** The collection, from `../shared/bench/bounds.json` beside the repository. */
export function publishedPrograms(): readonly PublishedProgram[] {
  const path = resolve(process.cwd(), '../shared/bench/bounds.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PublishedProgram[];
  } catch (error) {
    throw new Error(`This test reads the collection of published programs at ${path}, which is missing or damaged.`, { cause: error });
  }
}

/** The program as TypeScript, its side conditions as guards that throw, lowered. */
export function lowerPublished(p: PublishedProgram): { readonly program: Program; readonly f: FunctionIr } {
  const guards = p.constraints.map(c => `  if (!(${c})) throw new RangeError('outside the domain');\n`).join('');
  const program = lowerText(`${p.name}.ts`, `export function ${p.name}(${p.args.map(a => `${a}: number`).join(', ')}): number {\n${guards}  ${p.body}\n}\n`, { types: false });
  return { program, f: program.functions.find(x => x.name === p.name)! };
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((s, x) => s + Math.log(x), 0) / values.length);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
