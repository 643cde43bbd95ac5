import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileReport } from '../server/check/check-file';
import { writeFixes } from './check-fix';
import { reportJson } from './check-json';
import { checkUsage, parseCheckArguments, severityOrder, type CheckRequest } from './check-options';
import { runChecks } from './check-run';
import { reportText } from './check-text';
import { expandPaths } from './files';
import { CommandError, exit, type Command, type CommandIo } from './io';
import { reportSarif } from './sarif';

/** `roundoff check`: files to findings, in the three forms of the contract. */
export const checkCommand: Command = async (args, io) => {
  const request = parseCheckArguments(args);
  if (request.help) { io.stdout.write(checkUsage); return exit.ok; }
  const start = performance.now();
  const files = expandPaths(request.paths, io.cwd);
  if (files.length === 0) throw new CommandError(`${request.paths.join(', ')}: there is no TypeScript or JavaScript file in it (node_modules, declaration files and what .gitignore names are left out).`);
  const progress = progressBar(io, files.length);
  let reports = await runChecks(files, request, io, progress);
  progress(files.length);
  if (io.signal.aborted) return exit.interrupted;
  if (request.fix) {
    const changed = writeFixes(reports);
    if (changed.files.length > 0) {
      io.stderr.write(`${changed.fixes} safe ${changed.fixes === 1 ? 'fix' : 'fixes'} applied in ${changed.files.length} ${changed.files.length === 1 ? 'file' : 'files'}\n`);
      const again = await runChecks(changed.files, request, io, () => undefined);
      reports = reports.map(report => again.find(r => r.file === report.file) ?? report);
    }
  }
  const seconds = (performance.now() - start) / 1000;
  await write(io, render(request, reports, seconds, io));
  return outcome(request, reports);
};

function render(request: CheckRequest, reports: readonly FileReport[], seconds: number, io: CommandIo): string {
  if (request.format === 'json') return reportJson(reports, seconds, io.cwd);
  if (request.format === 'sarif') return reportSarif(reports, io.cwd);
  const color = request.color ?? (isTerminal(io.stdout) && !process.env.NO_COLOR);
  const sources = (file: string): string | undefined => { try { return readFileSync(resolve(io.cwd, file), 'utf8').replace(/^\uFEFF/, ''); } catch { return undefined; } };
  return reportText(reports, { color, show: request.show, cwd: io.cwd, seconds, sources });
}

function outcome(request: CheckRequest, reports: readonly FileReport[]): number {
  if (request.failOn === 'never') return exit.ok;
  const limit = severityOrder.indexOf(request.failOn);
  return reports.some(r => r.findings.some(f => severityOrder.indexOf(f.severity) <= limit)) ? exit.findings : exit.ok;
}

/** Waits until the stream has taken the text, so that a pipe gets all of it before the process ends. */
function write(io: CommandIo, text: string): Promise<void> {
  return new Promise((done, failed) => io.stdout.write(text, error => error ? failed(error) : done()));
}

function progressBar(io: CommandIo, total: number): (done: number) => void {
  if (!isTerminal(io.stderr) || total < 8) return () => undefined;
  return done => {
    const width = 30;
    const filled = Math.round(width * done / total);
    io.stderr.write(done >= total ? '\r\x1b[K' : `\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total} files`);
  };
}

function isTerminal(stream: NodeJS.WritableStream | CommandIo['stdout']): boolean {
  return (stream as { isTTY?: boolean }).isTTY === true;
}
