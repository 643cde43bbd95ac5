import { parseArgs } from 'node:util';
import { arithmetic, contains, FormatError, parseFormat, rounder, roundingModes, roundText, xoshiro, type Format, type Rounding, type RoundingMode } from '../formats';
import { CommandError, exit, type Command } from './io';
import { mapLines } from './lines';

const usage = `roundoff round --format ID [--mode M] [--overflow ieee|saturate|wrap] [--op add|sub|mul|div|fma|sqrt] [--hex] [--exact] [--seed N]

Rounds one value for each line of standard input, or with --op performs one correctly rounded operation on the operands of each line.
  --mode        ${roundingModes.join(', ')}; default nearest-even
  --overflow    ieee: the format's own rule (default); saturate: the extreme finite value; wrap: integers and fixed point
  --subnormals  keep (default) or flush
  --hex         values are 16 hexadecimal digits of the binary64 pattern, in and out; ! where the format has no answer
  --exact       inputs are exact decimals, fractions (1/3), hexadecimal floats or bits, rounded once; without it they are read as doubles first
  --seed        of stochastic rounding, default 1; --random-bits N rounds with N random bits as hardware does
`;

const operations = { add: 2, sub: 2, mul: 2, div: 2, fma: 3, sqrt: 1 } as const;
type Operation = keyof typeof operations;

/** `roundoff round`. */
export const roundCommand: Command = async (args, io) => {
  const { values } = options(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  if (values.format === undefined) throw new CommandError('--format is missing; "roundoff formats" lists the formats, as in --format fp16');
  const format = asCommand(() => parseFormat(values.format!));
  const rounding = roundingOf(values);
  const read = values.hex ? fromHex : fromDecimal;
  const write = values.hex ? toHex : toDecimal;
  const answer = (x: number): string => x !== x && !format.nans ? '!' : write(x);
  const round = asCommand(() => rounder(format, rounding));
  if (values.op !== undefined) {
    const compute = asCommand(() => operate(format, rounding, values.op!));
    await mapLines(io, (line, number) => answer(compute(fields(line).map(text => read(text, number)), number)));
  } else if (values.exact) {
    if (values.hex) throw new CommandError('--exact reads text and --hex reads bit patterns of doubles; leave one out');
    await mapLines(io, (line, number) => answer(asCommand(() => roundText(line, format, rounding), `line ${number}: `)));
  } else {
    await mapLines(io, (line, number) => answer(round(read(line.trim(), number))));
  }
  return exit.ok;
};

function options(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { format: text, mode: text, overflow: text, subnormals: text, op: text, hex: flag, exact: flag, seed: text, 'random-bits': text, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0].replace(/\.$/, '')}; roundoff round --help tells the options`);
  }
}

function roundingOf(values: ReturnType<typeof options>['values']): Rounding {
  const mode = choice('--mode', values.mode, roundingModes) as RoundingMode | undefined;
  const overflow = choice('--overflow', values.overflow, ['ieee', 'saturate', 'wrap']) as Rounding['overflow'];
  const subnormals = choice('--subnormals', values.subnormals, ['keep', 'flush']) as Rounding['subnormals'];
  const seed = values.seed === undefined ? 1 : Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new CommandError(`--seed takes an integer, not "${values.seed}"`);
  const randomBits = values['random-bits'] === undefined ? undefined : Number(values['random-bits']);
  return { mode, overflow, subnormals, random: xoshiro(seed), randomBits };
}

function choice(name: string, value: string | undefined, allowed: readonly string[]): string | undefined {
  if (value !== undefined && !allowed.includes(value)) throw new CommandError(`${name} takes ${allowed.join(', ')}, not "${value}"`);
  return value;
}

/** A `FormatError` is the user's, with an optional place in front. */
function asCommand<T>(work: () => T, place = ''): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof FormatError ? new CommandError(place + error.message) : error;
  }
}

function operate(format: Format, rounding: Rounding, name: string): (operands: number[], line: number) => number {
  if (!Object.hasOwn(operations, name)) throw new CommandError(`--op takes ${Object.keys(operations).join(', ')}, not "${name}"`);
  const op = name as Operation;
  const count = operations[op];
  const ops = arithmetic(format, rounding);
  const compute: Record<Operation, (x: number[]) => number> = {
    add: x => ops.add(x[0], x[1]), sub: x => ops.sub(x[0], x[1]), mul: x => ops.mul(x[0], x[1]), div: x => ops.div(x[0], x[1]), fma: x => ops.fma(x[0], x[1], x[2]), sqrt: x => ops.sqrt(x[0]),
  };
  return (operands, line) => {
    if (operands.length !== count) throw new CommandError(`line ${line}: ${op} takes ${count} ${count === 1 ? 'operand' : 'operands'}, separated by spaces, and there ${operands.length === 1 ? 'is' : 'are'} ${operands.length}`);
    const stranger = operands.find(x => x === x && !contains(format, x));
    if (stranger !== undefined) throw new CommandError(`line ${line}: ${stranger} is not a value of ${format.id}; round it first`);
    return compute[op](operands);
  };
}

function fields(line: string): string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

const view = new DataView(new ArrayBuffer(8));

function fromHex(text: string, line: number): number {
  if (!/^[0-9a-fA-F]{16}$/.test(text)) throw new CommandError(`line ${line}: "${text.slice(0, 40)}" is not 16 hexadecimal digits of a double, as in 3ff0000000000000`);
  view.setUint32(0, parseInt(text.slice(0, 8), 16));
  view.setUint32(4, parseInt(text.slice(8), 16));
  return view.getFloat64(0);
}

function toHex(x: number): string {
  if (x !== x) return '7ff8000000000000';
  view.setFloat64(0, x);
  return view.getUint32(0).toString(16).padStart(8, '0') + view.getUint32(4).toString(16).padStart(8, '0');
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const specials: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, infinity: Infinity, '+inf': Infinity, '+infinity': Infinity, '-inf': -Infinity, '-infinity': -Infinity };

function fromDecimal(text: string, line: number): number {
  if (decimal.test(text)) return Number(text);
  const special = specials[text.toLowerCase()];
  if (special === undefined) throw new CommandError(`line ${line}: "${text.slice(0, 40)}" is not a number; a line holds one decimal, NaN, Infinity or -Infinity`);
  return special;
}

function toDecimal(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x);
}
