import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BoundError, bounding, type BoundProgress, type BoundRequest, type BoundResult } from '../analysis/bounds';
import { FormatError, parseFormat } from '../formats';
import type { FunctionIr, Program } from '../program';
import type { Real } from '../protocol/real';
import { lowerText } from '../typescript';
import { CommandError, exit, type Command, type CommandIo } from './io';

const usage = `roundoff bound FILE#NAME [options]   sound bound on the rounding error of a function

  --range NAME=LO..HI    range of a parameter (p.x and xs[0] name parts); @range NAME [LO, HI] in the source does the same
  --format F             format of the arithmetic, fp64 unless given
  --rounded-inputs       parameters are reals that are rounded once, instead of values of the format
  --math-ulps N          accuracy of every Math function, in ulps
  --explain              how much each expression contributes
  --time-limit SECONDS   2 unless given; the bound is sound whenever it is stopped
  --json
`;

/** `roundoff bound FILE#NAME`: prints a sound bound of |computed − exact| over the given ranges. */
export const boundCommand: Command = async (args, io) => {
  const { values, positionals } = options(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  if (positionals.length !== 1) throw new CommandError('give one function as FILE#NAME, for example geometry.ts#area');
  const { program, f } = findFunction(positionals[0], io);
  const seconds = positive(values['time-limit'], '--time-limit', 2);
  const request: BoundRequest = {
    box: Object.fromEntries((values.range ?? []).map(parseRange)),
    roundedInputs: values['rounded-inputs'] ?? false,
    budget: { milliseconds: seconds * 1000, evaluations: Math.round(4000 * Math.max(1, seconds / 2)), reachMilliseconds: 20, cancelled: () => io.signal.aborted },
    ...(values['math-ulps'] === undefined ? {} : { mathUlps: positive(values['math-ulps'], '--math-ulps', 1) }),
    ...(values.format === undefined ? {} : { format: format(values.format) }),
  };
  const result = await refine(program, f, request, io);
  if (io.signal.aborted) return exit.interrupted;
  io.stdout.write(values.json ? `${JSON.stringify({ ...result, function: positionals[0] })}\n` : text(result, values.explain ?? false));
  return exit.ok;
};

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: {
        range: { type: 'string', multiple: true }, format: { type: 'string' }, 'rounded-inputs': { type: 'boolean' }, 'math-ulps': { type: 'string' },
        explain: { type: 'boolean' }, 'time-limit': { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0]}; roundoff bound --help lists the options`);
  }
}

function positive(given: string | undefined, name: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!(value > 0 && value < Infinity)) throw new CommandError(`${name} takes a positive number, not "${given}"`);
  return value;
}

function format(id: string): ReturnType<typeof parseFormat> {
  try {
    return parseFormat(id);
  } catch (error) {
    if (error instanceof FormatError) throw new CommandError(error.message);
    throw error;
  }
}

/** `x=LO..HI`. The two dots may touch decimal points: every way to read them is tried. */
function parseRange(given: string): [string, readonly [number, number]] {
  const equals = given.lastIndexOf('=');
  const name = given.slice(0, equals).trim();
  const ends = given.slice(equals + 1);
  for (let i = ends.indexOf('..'); equals > 0 && i > 0; i = ends.indexOf('..', i + 1)) {
    const [lo, hi] = [ends.slice(0, i), ends.slice(i + 2)];
    if (lo.trim() === '' || hi.trim() === '') continue;
    const range = [Number(lo), Number(hi)] as const;
    if (!range.every(Number.isFinite)) continue;
    if (range[0] > range[1]) throw new CommandError(`--range ${given}: the lower end is above the upper one`);
    return [name, range];
  }
  throw new CommandError(`--range takes NAME=LO..HI with two finite numbers, for example x=-1..1, not "${given}"`);
}

/** The function that FILE#NAME names. */
function findFunction(target: string, io: CommandIo): { program: Program; f: FunctionIr } {
  const hash = target.lastIndexOf('#');
  if (hash <= 0 || hash === target.length - 1) throw new CommandError(`"${target}" names no function; write FILE#NAME, for example geometry.ts#area`);
  const [file, name] = [target.slice(0, hash), target.slice(hash + 1)];
  let source: string;
  try {
    source = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch {
    throw new CommandError(`${file} cannot be read; give the path of a TypeScript or JavaScript file`);
  }
  // Types written in the file are enough here: the checker would take longer than the bound.
  const program = lowerText(file, source, { types: false });
  const named = program.functions.filter(x => x.kind !== 'module' && x.name !== '' && (x.enclosing === 0 || x.name.includes('.')));
  const f = named.find(x => x.name === name);
  if (!f) throw new CommandError(`${file} has no function ${name}; ${named.length > 0 ? `it has ${named.slice(0, 8).map(x => x.name).join(', ')}` : 'it has no named function'}`);
  return { program, f };
}

/** Runs the analysis in slices, so that Ctrl-C is heard. */
async function refine(program: Program, f: FunctionIr, request: BoundRequest, io: CommandIo): Promise<BoundResult> {
  const run = bounding(f, program, request);
  try {
    for (let last = performance.now(); ;) {
      const { done, value }: IteratorResult<BoundProgress, BoundResult> = run.next();
      if (done) return value;
      if (performance.now() - last > 50) { await setImmediate(); last = performance.now(); }
      if (io.signal.aborted) throw new CommandError('interrupted');
    }
  } catch (error) {
    if (error instanceof BoundError) throw new CommandError(error.message);
    throw error;
  }
}

function text(r: BoundResult, explain: boolean): string {
  const { result } = r;
  const lines = [
    `${r.function} in ${r.format}${r.parameters.map(p => `, ${p.name} in [${short(p.range[0])}, ${short(p.range[1])}]`).join('')}`,
    `  result   [${short(result.range[0])}, ${short(result.range[1])}]`,
    `  error    ≤ ${short(result.absoluteError)}${result.reached ? `   (reached ${short(result.reached.error)} at ${Object.entries(result.reached.at).map(([k, v]) => `${k} = ${v}`).join(', ')})` : ''}`,
    `  relative ≤ ${short(result.relativeError)}   ≤ ${short(result.ulps)} ulps   ${result.digits} correct digits`,
  ];
  if (explain) {
    lines.push('', '  share  line  error       expression');
    for (const s of [...r.sites].sort((a, b) => b.share - a.share)) {
      if (s.share > 0) lines.push(`  ${`${(100 * s.share).toFixed(1)}%`.padStart(5)}  ${String(s.line).padStart(4)}  ${short(s.absoluteError).padEnd(10)}  ${s.text.replace(/\s+/g, ' ').slice(0, 80)}`);
    }
  }
  lines.push('', ...r.assumptions.map(a => `  ${a}`), '');
  return lines.join('\n');
}

function short(x: Real): string {
  return typeof x === 'number' ? String(Number(x.toPrecision(4))) : x === 'Infinity' ? '∞' : x === '-Infinity' ? '-∞' : x;
}
