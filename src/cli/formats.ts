import { parseArgs } from 'node:util';
import { FormatError, formats, parseFormat, type Format } from '../formats';
import { toReal } from '../protocol/real';
import { CommandError, exit, type Command } from './io';

const usage = `roundoff formats [FORMAT…] [--json]

Lists the number formats, or tells about the named ones. Besides the names in the list: float(e,m), fixed(i,f) or qI.F (two's complement),
uqI.F (unsigned), sqI.F (symmetric), intN and uintN up to 32 bits, p3109-kKpP{s,u}{e,f} for K up to 16, uniform(bits,lo,hi), codebook(v1,v2,…).
`;

/** `roundoff formats`. */
export const formatsCommand: Command = async (args, io) => {
  const { values, positionals } = options(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  const listed = positionals.length ? positionals.map(named) : formats;
  io.stdout.write(values.json ? JSON.stringify({ formats: listed.map(row) }, null, 2) + '\n' : table(listed));
  return exit.ok;
};

function options(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0].replace(/\.$/, '')}; roundoff formats --help tells the options`);
  }
}

function named(id: string): Format {
  try {
    return parseFormat(id);
  } catch (error) {
    throw error instanceof FormatError ? new CommandError(error.message) : error;
  }
}

/** The contract's columns, then the rest. */
function row(f: Format): object {
  return {
    id: f.id, title: f.title, family: f.family, bits: f.bits, significandBits: f.significandBits, exponentBits: f.exponentBits, bias: f.bias, maxFinite: toReal(f.maxFinite),
    minNormal: f.minNormal, minPositive: toReal(f.minPositive), unitRoundoff: f.unitRoundoff, infinities: f.infinities, nans: f.nans, subnormals: f.subnormals,
    signedZero: f.signedZero, lowest: toReal(f.lowest), group: f.group,
  };
}

function table(listed: readonly Format[]): string {
  const header = ['format', 'bits', 'p', 'largest', 'smallest > 0', 'u', 'has', 'what it is'];
  const rows = listed.map(f => [f.id, String(f.bits), String(f.significandBits ?? ''), short(f.maxFinite), short(f.minPositive), f.unitRoundoff === null ? '' : `2^${Math.log2(f.unitRoundoff)}`,
    [f.infinities ? 'inf' : '', f.nans ? 'nan' : '', f.signedZero ? '−0' : ''].filter(Boolean).join(' '), f.title]);
  const widths = header.map((h, i) => Math.max(h.length, ...rows.map(r => r[i].length)));
  const line = (cells: readonly string[]): string => cells.map((c, i) => i === cells.length - 1 ? c : c.padEnd(widths[i])).join('  ') + '\n';
  let group = '';
  return line(header) + listed.map((f, i) => {
    const heading = f.group === group ? '' : `\n${f.group}\n`;
    group = f.group;
    return heading + line(rows[i]);
  }).join('');
}

function short(x: number): string {
  return Number.isInteger(x) && Math.abs(x) < 1e7 ? String(x) : x.toPrecision(5).replace(/\.?0+(?=e|$)/, "");
}
