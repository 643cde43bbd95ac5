import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { activationNames, type ActivationChoice, type ExpressivenessReport } from '../protocol/expressiveness';
import { slashed } from '../server/node-host';
import { ActivationError, checkExpressiveness } from '../server/tune/activation';
import { CommandError, exit, type Command, type CommandIo } from './io';

const names = activationNames.map(a => a.id).join(', ');

const usage = `roundoff expressiveness --activation NAME --p BITS --s FRACTION_BITS [--network] [--json]
roundoff expressiveness FILE#NAME --p BITS --s FRACTION_BITS …      an activation function of your own

Whether networks with weights in Q(p,s) = {q/2^s : |q| ≤ 2^p − 1} and the rounded activation reach every function on Q(p,s).
Activations: ${names}. --network prints the indicator network evaluated on every point.
`;

export const expressivenessCommand: Command = async (args, io) => {
  const { values, positionals } = options(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  if (positionals.length > 1) throw new CommandError(`one activation at a time: "${positionals[1]}" is one too many`);
  if (positionals.length === 1 && values.activation !== undefined) throw new CommandError('give an activation or a function of your own, not both');
  const activation = activationOf(positionals[0] ?? values.activation, io);
  const request = { activation, p: integer('p', values.p), s: integer('s', values.s) };
  let result: ExpressivenessReport;
  try {
    result = await checkExpressiveness(request, async simulation => {
      // The compiler is loaded only for a function of the user's own.
      const [{ nodeSimulationHost, simulate }, { simulationAssets }] = await Promise.all([import('../server/simulate'), import('../server/simulate/assets')]);
      return simulate(simulation, { ...nodeSimulationHost(simulationAssets()), signal: io.signal });
    });
  } catch (error) {
    if (io.signal.aborted) return exit.interrupted;
    throw error instanceof RangeError || error instanceof ActivationError || (error instanceof Error && error.name === 'SimulationError') ? new CommandError(error.message) : error;
  }
  const { request: _, title, ...rest } = result;
  io.stdout.write(values.json ? JSON.stringify({ activation: activation.kind === 'known' ? activation.id : positionals[0] ?? values.activation, title, ...rest }, null, 2) + '\n' : describe(result, values.network === true));
  return exit.ok;
};

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: { activation: { type: 'string' }, p: { type: 'string' }, s: { type: 'string' }, network: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0]}; roundoff expressiveness --help lists the options`);
  }
}

/** A known name, or `FILE#NAME`. */
function activationOf(text: string | undefined, io: CommandIo): ActivationChoice {
  const known = activationNames.find(a => a.id === text?.toLowerCase());
  if (known) return { kind: 'known', id: known.id };
  const hash = text?.lastIndexOf('#') ?? -1;
  if (text !== undefined && hash > 0 && hash < text.length - 1) return { kind: 'function', file: slashed(resolve(io.cwd, text.slice(0, hash))), functionName: text.slice(hash + 1) };
  throw new CommandError(`--activation takes one of ${names}, or a function of your own as FILE#NAME${text === undefined ? '' : `, not "${text}"`}`);
}

function integer(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new CommandError(`--${name} takes an integer from ${name === 'p' ? 1 : 0} to 12${text === undefined ? '' : `, not "${text}"`}`);
  return Number(text);
}

function describe(result: ExpressivenessReport, network: boolean): string {
  const { title, p, s, indicator, missing } = result;
  const shown = missing.length > 20 ? `${missing.slice(0, 20).join(', ')}, … (${missing.length} in all)` : missing.join(', ');
  const lines = [
    `${title} on Q(${p},${s}): ${result.universal ? 'universal' : 'not universal'}`,
    result.split ? `  (i)  holds: the rounded activation splits after x = ${result.split.code / 2 ** s}` : '  (i)  fails: no point splits the rounded activation into smaller and larger values',
    `  (ii) ${missing.length === 0 ? 'holds' : 'fails'}: g = ${result.g} · 2^-${2 * s}, offset b = ${result.offset / 2 ** s}${missing.length === 0 ? '' : `, missing values: ${shown}`}`,
    'reason' in indicator ? `  indicator network: none, ${indicator.reason}` : `  indicator network: ${indicator.copies} copies, values ${indicator.low} and ${indicator.high}, ${indicator.separates ? 'separates at every threshold' : 'does not separate'}`,
  ];
  if (network && !('reason' in indicator)) {
    if (indicator.rows.length === 0) lines.push('    not listed beyond p = 8');
    for (const [i, row] of indicator.rows.entries()) lines.push(`    x ≥ ${((i - 2 ** p + 2) / 2 ** s).toString().padStart(8)}: ${row.map(v => v / 2 ** s).join(' ')}`);
  }
  return lines.join('\n') + '\n';
}
