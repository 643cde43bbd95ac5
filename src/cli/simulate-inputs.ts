import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonValue } from '../protocol/real';
import type { InputRequest } from '../protocol/report';
import { CommandError, type CommandIo } from './io';

/** The cases of `--inputs FILE.json`: `{"cases": [[arg1, arg2, …], …]}`. */
export function casesFrom(file: string, io: CommandIo): InputRequest {
  let content: string;
  try { content = readFileSync(resolve(io.cwd, file), 'utf8'); } catch { throw new CommandError(`--inputs: the file ${file} cannot be read`); }
  let parsed: unknown;
  try { parsed = JSON.parse(content); } catch (error) { throw new CommandError(`--inputs: ${file} is not JSON (${(error as Error).message})`); }
  const cases = (parsed as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(cases) || !cases.every(c => Array.isArray(c))) throw new CommandError(`--inputs: ${file} must be {"cases": [[arg1, arg2, …], …]}, one array of arguments a case`);
  return { kind: 'given', cases: cases as JsonValue[][] };
}
