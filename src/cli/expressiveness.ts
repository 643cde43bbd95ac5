import { parseArgs } from 'node:util';
import { activations, findActivation } from '../tuning/activations';
import { expressiveness, type Expressiveness } from '../tuning/expressiveness';
import { CommandError, exit, type Command } from './io';

const usage = `roundoff expressiveness --activation NAME --p BITS --s FRACTION_BITS [--network] [--json]

Whether networks with weights in Q(p,s) = {q/2^s : |q| ≤ 2^p − 1} and the rounded activation reach every function on Q(p,s).
Activations: ${activations.map(a => a.id).join(', ')}. --network prints the indicator network evaluated on every point.
`;

function integer(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new CommandError(`--${name} takes an integer from ${name === 'p' ? 1 : 0} to 12${text === undefined ? '' : `, not "${text}"`}`);
  return Number(text);
}

export const expressivenessCommand: Command = async (args, io) => {
  const { values } = parseArgs({
    args: [...args],
    options: { activation: { type: 'string' }, p: { type: 'string' }, s: { type: 'string' }, network: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  const activation = findActivation(values.activation ?? '');
  if (!activation) throw new CommandError(`--activation takes one of ${activations.map(a => a.id).join(', ')}${values.activation === undefined ? '' : `, not "${values.activation}"`}`);
  let result: Expressiveness;
  try {
    result = expressiveness(activation.value, integer('p', values.p), integer('s', values.s));
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  }
  io.stdout.write(values.json ? JSON.stringify({ activation: activation.id, ...result }, null, 2) + '\n' : describe(activation.title, result, values.network === true));
  return exit.ok;
};

function describe(title: string, result: Expressiveness, network: boolean): string {
  const { p, s, indicator } = result;
  const lines = [
    `${title} on Q(${p},${s}): ${result.universal ? 'universal' : 'not universal'}`,
    result.split ? `  (i)  holds: the rounded activation splits after x = ${result.split.code / 2 ** s}` : '  (i)  fails: no point splits the rounded activation into smaller and larger values',
    `  (ii) ${result.missing.length === 0 ? 'holds' : 'fails'}: g = ${result.g} · 2^-${2 * s}, offset b = ${result.offset / 2 ** s}${result.missing.length === 0 ? '' : `, missing values: ${result.missing.join(', ')}`}`,
    'reason' in indicator ? `  indicator network: none, ${indicator.reason}` : `  indicator network: ${indicator.copies} copies, values ${indicator.low} and ${indicator.high}, ${indicator.separates ? 'separates at every threshold' : 'does not separate'}`,
  ];
  if (network && !('reason' in indicator)) for (const [i, row] of indicator.rows.entries()) lines.push(`    x ≥ ${((i - 2 ** p + 2) / 2 ** s).toString().padStart(8)}: ${row.map(v => v / 2 ** s).join(' ')}`);
  return lines.join('\n') + '\n';
}
