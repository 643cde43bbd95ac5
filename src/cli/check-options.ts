import { parseArgs } from 'node:util';
import { findFormat } from '../formats';
import { hazardPages } from '../hazards';
import type { Severity } from '../protocol/finding';
import { CommandError } from './io';

export const checkUsage = `roundoff check PATH… [options]     report numeric hazards in files and folders

  --format text|json|sarif   how to print (default text)
  --target FORMAT,…          also report what overflows or loses all digits in these number formats
  --fail-on LEVEL            exit with 1 from this severity up: error, warning (default), info, hint, never
  --show LEVEL               print findings from this severity up in text (default hint)
  --severity ID=LEVEL,…      severity of a hazard: error, warning, info, hint, off
  --fix                      apply the safe fixes
  --cache [--cache-file F]   skip files that have not changed (default node_modules/.cache/roundoff.json)
  --threads N                worker threads (default: as many as pay)
  --no-color                 plain text
`;

export type FailOn = Severity | 'never';

export interface CheckRequest {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly targets: readonly string[];
  readonly failOn: FailOn;
  readonly show: Severity;
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly fix: boolean;
  /** File of the cache, or null. */
  readonly cache: string | null;
  readonly threads: number | null;
  readonly color: boolean | null;
  readonly help: boolean;
}

export const severityOrder: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Reads the command line. A wrong option is refused with its name and what is allowed. */
export function parseCheckArguments(args: readonly string[]): CheckRequest {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args], allowPositionals: true,
      options: {
        format: { type: 'string' }, target: { type: 'string', multiple: true }, 'fail-on': { type: 'string' }, show: { type: 'string' }, severity: { type: 'string', multiple: true }, fix: { type: 'boolean' },
        cache: { type: 'boolean' }, 'cache-file': { type: 'string' }, threads: { type: 'string' }, color: { type: 'boolean' }, 'no-color': { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('. ')[0].replace(/\.$/, '')}; roundoff check --help lists the options.`);
  }
  const { values, positionals } = parsed;
  if (!values.help && positionals.length === 0) throw new CommandError('give a file or folder to check, as in: roundoff check src');
  return {
    paths: positionals,
    format: oneOf('--format', values.format ?? 'text', ['text', 'json', 'sarif'] as const),
    targets: (values.target ?? []).flatMap(list => list.split(',')).filter(Boolean).map(targetId),
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'warning', [...severityOrder, 'never'] as const),
    show: oneOf('--show', values.show ?? 'hint', severityOrder),
    severities: Object.fromEntries((values.severity ?? []).flatMap(list => list.split(',')).filter(Boolean).map(severityOf)),
    fix: values.fix ?? false,
    cache: values['cache-file'] ?? (values.cache ? 'node_modules/.cache/roundoff.json' : null),
    threads: values.threads === undefined ? null : threadCount(values.threads),
    color: values['no-color'] ? false : values.color ?? null,
    help: values.help ?? false,
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  if (!(allowed as readonly string[]).includes(value)) throw new CommandError(`${option} ${value}: give one of ${allowed.join(', ')}.`);
  return value as T;
}

function targetId(id: string): string {
  const format = findFormat(id.trim());
  if (!format) throw new CommandError(`--target ${id}: there is no such format; roundoff formats lists them.`);
  return format.id;
}

function severityOf(text: string): [string, Severity | 'off'] {
  const [id, level = ''] = text.split('=');
  if (!hazardPages.some(page => page.id === id)) throw new CommandError(`--severity ${text}: there is no hazard "${id}"; the pages of all hazards are in media/hazards.`);
  return [id, oneOf(`--severity ${id}=`, level, [...severityOrder, 'off'] as const)];
}

function threadCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 64) throw new CommandError(`--threads ${text}: give a whole number from 1 to 64.`);
  return count;
}
