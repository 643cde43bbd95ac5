import type { Finding, Severity } from '../protocol/finding';
import type { FileReport } from '../server/check/check-file';
import { displayName } from './check-json';
import { severityOrder } from './check-options';

export interface TextOptions {
  readonly color: boolean;
  readonly show: Severity;
  readonly cwd: string;
  readonly seconds: number;
  /** Text of a file, for the lines that are quoted. */
  readonly sources: (file: string) => string | undefined;
}

const colors: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36', hint: '90' };

/** Findings for people: place, sentence, the line with a mark under the expression, and a count at the end. */
export function reportText(reports: readonly FileReport[], options: TextOptions): string {
  const paint = (code: string, text: string): string => options.color ? `\x1b[${code}m${text}\x1b[0m` : text;
  const limit = severityOrder.indexOf(options.show);
  const out: string[] = [];
  for (const report of reports) {
    const lines = report.findings.length > 0 ? options.sources(report.file)?.split('\n') : undefined;
    for (const problem of report.problems) out.push(`${displayName(problem.file, options.cwd)}:${problem.line}:${problem.column}: ${paint('31', 'problem')}: ${problem.message}`);
    for (const finding of report.findings) if (severityOrder.indexOf(finding.severity) <= limit) out.push(...block(finding, lines, options, paint));
  }
  out.push(summary(reports, options.seconds));
  return out.join('\n') + '\n';
}

function* block(f: Finding, lines: readonly string[] | undefined, options: TextOptions, paint: (code: string, text: string) => string): Generator<string> {
  const { line, column, endLine, endColumn } = f.place;
  yield `${paint('1', `${displayName(f.place.file, options.cwd)}:${line}:${column}:`)} ${paint(`1;${colors[f.severity]}`, f.severity)}: ${f.message} [${f.hazard}]`;
  const text = lines?.[line - 1]?.replace(/\r$/, '');
  if (text !== undefined && text.length <= 400) {
    const gutter = String(line).padStart(5);
    const end = endLine === line ? endColumn : text.length + 1;
    const lead = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
    yield `${paint('90', `${gutter} |`)} ${text}`;
    yield `${paint('90', '      |')} ${lead}${paint(`1;${colors[f.severity]}`, '^' + '~'.repeat(Math.max(0, end - column - 1)))}`;
  }
  for (const related of f.related) yield `      ${paint('90', `${related.place.line}:${related.place.column}`)} ${related.message}`;
  for (const fix of f.fixes) yield `      ${paint('32', fix.safe ? 'fix' : 'suggestion')}: ${fix.title}`;
}

function summary(reports: readonly FileReport[], seconds: number): string {
  const counts = severityOrder.map(s => [s, reports.reduce((n, r) => n + r.findings.filter(f => f.severity === s).length, 0)] as const).filter(([, n]) => n > 0);
  const files = `${reports.length} ${reports.length === 1 ? 'file' : 'files'}`;
  const found = counts.length === 0 ? 'no findings' : counts.map(([s, n]) => `${n} ${s === 'info' ? (n === 1 ? 'information' : 'informations') : n === 1 ? s : `${s}s`}`).join(', ');
  const problems = reports.reduce((n, r) => n + r.problems.length, 0);
  return `${found} in ${files}${problems > 0 ? `, ${problems} ${problems === 1 ? 'problem' : 'problems'}` : ''} (${seconds.toFixed(1)} s)`;
}
