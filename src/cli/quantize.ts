import { parseArgs } from 'node:util';
import { FormatError, mxScaleRules, quantizationSchemes, quantize, xoshiro, type Calibration, type Granularity, type MxScaleRule, type Nvfp4Convention, type Quantized, type QuantizeOptions } from '../formats';
import { toReal } from '../protocol/real';
import { CommandError, exit, type Command, type CommandIo } from './io';
import { readNumbers, type NumberArray } from './json-numbers';
import { PatientWriter } from './lines';

const usage = `roundoff quantize --scheme S [--granularity tensor|channel|group:N] [--calibration minmax|symmetric|percentile:P|kl|mse] [--json]

Standard input: a JSON array of numbers or of rows. Standard output: codes, dequantized values, scales and error as JSON, or a summary on a terminal without --json.
  --scheme      ${quantizationSchemes.join(', ')}
  --scale S, --zero-point Z   fix them instead of calibrating
  --mx-scale    ${mxScaleRules.join(', ')}; default floor, the rule of the MX standard
  --convention  torchao (default) or modelopt, for nvfp4
  --double      quantizes the block constants of nf4 too
  --mode        stochastic, for binary, with --seed N
`;

/** `roundoff quantize`. */
export const quantizeCommand: Command = async (args, io) => {
  const { values } = parse(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  if (values.scheme === undefined) throw new CommandError(`--scheme is missing; it takes ${quantizationSchemes.join(', ')}`);
  const options = optionsOf(values);
  const scheme = values.scheme.toLowerCase();
  const input = await readNumbers(io);
  let result: Quantized;
  try {
    result = quantize(input.values, scheme, options, input.rows ?? undefined);
  } catch (error) {
    throw error instanceof FormatError ? new CommandError(error.message) : error;
  }
  for (const note of notes(scheme, options, input, result)) io.stderr.write(`roundoff quantize: ${note}\n`);
  if (values.json || !(io.stdout as { isTTY?: boolean }).isTTY) await writeJson(io, scheme, input, result);
  else io.stdout.write(summary(scheme, input, result));
  return exit.ok;
};

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: joinNegative(args),
      options: {
        scheme: text, granularity: text, calibration: text, scale: text, 'zero-point': text, 'mx-scale': text, convention: text, double: flag, mode: text, seed: text, json: flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0].replace(/\.$/, '')}; roundoff quantize --help tells the options`);
  }
}

/** `--zero-point -5` is a value, not an option. */
function joinNegative(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (/^-[\d.]/.test(arg) && joined.length > 0 && /^--[a-z-]+$/.test(joined[joined.length - 1])) joined[joined.length - 1] += `=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function optionsOf(values: ReturnType<typeof parse>['values']): QuantizeOptions {
  const seed = values.seed === undefined ? 1 : number('--seed', values.seed);
  if (values.mode !== undefined && values.mode !== 'stochastic' && values.mode !== 'deterministic') throw new CommandError(`--mode takes deterministic or stochastic, not "${values.mode}"`);
  return {
    granularity: granularity(values.granularity), calibration: calibration(values.calibration),
    scale: values.scale === undefined ? undefined : number('--scale', values.scale),
    zeroPoint: values['zero-point'] === undefined ? undefined : number('--zero-point', values['zero-point']),
    mxScale: choice<MxScaleRule>('--mx-scale', values['mx-scale'], mxScaleRules),
    nvfp4: choice<Nvfp4Convention>('--convention', values.convention, ['torchao', 'modelopt']),
    doubleQuantization: values.double, random: values.mode === 'stochastic' ? xoshiro(seed) : undefined,
  };
}

function number(name: string, text: string): number {
  const x = Number(text);
  if (text.trim() === '' || !Number.isFinite(x)) throw new CommandError(`${name} takes a number, not "${text}"`);
  return x;
}

function choice<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined || (allowed as readonly string[]).includes(value)) return value as T | undefined;
  throw new CommandError(`${name} takes ${allowed.join(', ')}, not "${value}"`);
}

function granularity(text: string | undefined): Granularity | undefined {
  if (text === undefined) return undefined;
  const group = /^group:(\d+)$/.exec(text);
  if (group && Number(group[1]) >= 1) return { kind: 'group', size: Number(group[1]) };
  if (text === 'tensor' || text === 'channel') return { kind: text };
  throw new CommandError(`--granularity takes tensor, channel or group:N with N at least 1, not "${text}"`);
}

function calibration(text: string | undefined): Calibration | undefined {
  if (text === undefined) return undefined;
  const percentile = /^percentile:(\d+(?:\.\d+)?)$/.exec(text);
  if (percentile) return { kind: 'percentile', percent: Number(percentile[1]) };
  if (text === 'minmax' || text === 'symmetric' || text === 'kl' || text === 'mse') return { kind: text };
  throw new CommandError(`--calibration takes minmax, symmetric, percentile:P (as in percentile:99.9), kl or mse, not "${text}"`);
}

/** What was asked and has no effect, and what a reader would miss in the numbers. */
function notes(scheme: string, options: QuantizeOptions, input: NumberArray, result: Quantized): string[] {
  const affine = /^u?int/.test(scheme);
  const block = /^(mx|nvfp4|nf4)/.test(scheme);
  const texts: string[] = [];
  if (options.calibration && !affine) texts.push(`--calibration has no effect on ${scheme}`);
  if (options.granularity && options.granularity.kind !== 'group' && block) texts.push(`--granularity ${options.granularity.kind} has no effect on ${scheme}, which scales blocks of its own; group:N changes their size`);
  if (options.granularity?.kind === 'channel' && !input.rows && !block) texts.push('the input is one row, so that a scale per channel is a scale for the tensor');
  if (options.scale !== undefined && (/^mx/.test(scheme) || scheme === 'nf4')) texts.push(`--scale has no effect on ${scheme}`);
  const { thresholds } = result;
  if (thresholds?.length === 1 && options.calibration?.kind !== 'symmetric') {
    let clipped = 0;
    for (const x of input.values) if (Math.abs(x) > thresholds[0]) clipped++;
    if (clipped * 2 > input.values.length) texts.push(`the calibrated threshold ${thresholds[0]} clips ${clipped} of ${input.values.length} values; --calibration mse weighs clipping against rounding`);
  }
  return texts;
}

async function writeJson(io: CommandIo, scheme: string, input: NumberArray, result: Quantized): Promise<void> {
  const out = new PatientWriter(io);
  await out.write(`{"scheme":${JSON.stringify(scheme)},"codes":`);
  await writeNested(out, result.codes, input.rows);
  await out.write(',"values":');
  await writeNested(out, result.values, input.rows);
  await out.write(',"scales":');
  await writeNested(out, result.scales, null);
  await out.write(',"zeroPoints":');
  if (result.zeroPoints) await writeNested(out, result.zeroPoints, null); else await out.write('null');
  const thresholds = result.thresholds ? [...result.thresholds].map(toReal) : null;
  const { max, mean, sqnr } = result.error;
  await out.write(`,"tensorScale":${JSON.stringify(result.tensorScale)},"threshold":${JSON.stringify(thresholds?.length === 1 ? thresholds[0] : thresholds)}`);
  await out.write(`,"error":${JSON.stringify({ max: toReal(max), mean: toReal(mean), sqnr: toReal(sqnr) })}}\n`);
}

/** Numbers in pieces of a few hundred kilobytes; rows as the input had them. */
async function writeNested(out: PatientWriter, values: ArrayLike<number>, rows: readonly number[] | null): Promise<void> {
  await out.write('[');
  let start = 0;
  for (const [r, length] of (rows ?? [values.length]).entries()) {
    if (rows) await out.write(r === 0 ? '[' : ',[');
    for (let i = start; i < start + length; i += 16384) {
      let text = i === start ? '' : ',';
      for (let k = i; k < Math.min(i + 16384, start + length); k++) text += (k === i ? '' : ',') + json(values[k]);
      await out.write(text);
    }
    if (rows) await out.write(']');
    start += length;
  }
  await out.write(']');
}

function json(x: number): string {
  if (Number.isFinite(x)) return Object.is(x, -0) ? '"-0"' : String(x);
  return `"${x}"`;
}

function summary(scheme: string, input: NumberArray, result: Quantized): string {
  const { scales, zeroPoints, error } = result;
  const lines = [
    `${scheme}: ${input.values.length} values${input.rows ? ` in ${input.rows.length} rows` : ''}, ${scales.length} ${scales.length === 1 ? 'scale' : 'scales'}`,
    `scale        ${scales.length === 1 ? scales[0] : `${Math.min(...scales.subarray(0, 10000))} to ${Math.max(...scales.subarray(0, 10000))}`}`,
    ...(zeroPoints?.length === 1 ? [`zero point   ${zeroPoints[0]}`] : []),
    ...(result.tensorScale === null ? [] : [`tensor scale ${result.tensorScale}`]),
    ...(result.thresholds?.length === 1 ? [`threshold    ${result.thresholds[0]}`] : []),
    `max error    ${error.max}`, `mean error   ${error.mean}`, `SQNR         ${error.sqnr.toFixed(2)} dB`,
  ];
  return lines.join('\n') + '\n';
}
