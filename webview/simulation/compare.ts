import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport, SiteReport } from '../../src/protocol/report';
import { flagsOfAll } from './selection';

/** One row of a side-by-side comparison: a line of the code before, of the code now, or both. */
export interface CompareRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added';
  readonly before: CompareLine | null;
  readonly after: CompareLine | null;
}

export interface CompareLine {
  /** 1-based, in the text of its own version. */
  readonly line: number;
  readonly text: string;
  /** Absolute error of the result that enters at this line: Σ |contribution| over its operations. */
  readonly error: number;
  readonly flags: readonly string[];
  readonly sites: readonly SiteReport[];
}

/** Both versions of the simulated function, aligned line by line, with the error that entered at each line under one format. */
export function compareRows(before: SimulationReport, after: SimulationReport, formatId: string): CompareRow[] {
  const a = linesOf(before, formatId), b = linesOf(after, formatId);
  return paired(align(a.map(l => l.text.trimEnd()), b.map(l => l.text.trimEnd())), a, b);
}

/** Whether the function's text differs between two reports. */
export function codeDiffers(before: SimulationReport, after: SimulationReport): boolean {
  return textOf(before) !== textOf(after);
}

/** How an error changed, in words: `▼ 240×` smaller, `▲ 3×` larger (`▼ ∞`, `▲ ∞` where one of them is infinite), `gone`, `new`, `=` within a tenth, nothing when there was none. */
export function changeText(before: number, after: number): string {
  if (!(before > 0) && !(after > 0)) return '';
  if (!(before > 0)) return 'new';
  if (!(after > 0)) return 'gone';
  if (before === Infinity || after === Infinity) return before === after ? '=' : after < before ? '▼ ∞' : '▲ ∞';
  const ratio = after / before;
  if (ratio > 1 / 1.1 && ratio < 1.1) return '=';
  const times = (x: number): string => x >= 1e4 ? x.toExponential(0).replace('e+', 'e') : x >= 10 ? String(Math.round(x)) : x.toPrecision(2).replace(/\.0$/, '');
  return ratio < 1 ? `▼ ${times(1 / ratio)}×` : `▲ ${times(ratio)}×`;
}

/** The middle part in which two lines differ, as `[start, end)` of each. */
export function changedPart(before: string, after: string): readonly [readonly [number, number], readonly [number, number]] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [[start, before.length - end], [start, after.length - end]];
}

/** Pairs of equal indices, the longest common subsequence. Above `limit` cells of its table only common lines at both ends are found. */
export function align(a: readonly string[], b: readonly string[], limit = 1e6): (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) { pairs.push([start, start]); start++; }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const rows = a.length - start - end, columns = b.length - start - end;
  if (rows * columns <= limit) {
    const width = columns + 1;
    const length = new Uint32Array((rows + 1) * width);
    for (let i = rows - 1; i >= 0; i--) for (let j = columns - 1; j >= 0; j--) {
      length[i * width + j] = a[start + i] === b[start + j] ? length[(i + 1) * width + j + 1] + 1 : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
    for (let i = 0, j = 0; i < rows && j < columns;) {
      if (a[start + i] === b[start + j]) pairs.push([start + i++, start + j++]);
      else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i++; else j++;
    }
  }
  for (let k = end; k > 0; k--) pairs.push([a.length - k, b.length - k]);
  return pairs;
}

/** Rows of the alignment. Between two equal lines, a line before and a similar one now are one change; the others are removed or added. */
function paired(pairs: readonly (readonly [number, number])[], a: readonly CompareLine[], b: readonly CompareLine[]): CompareRow[] {
  const rows: CompareRow[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairs, [a.length, b.length] as const]) {
    const changes = similarPairs(a.slice(i, nextI).map(l => l.text), b.slice(j, nextJ).map(l => l.text)).map(([p, q]) => [i + p, j + q] as const);
    for (const [changedI, changedJ] of [...changes, [nextI, nextJ] as const]) {
      while (i < changedI) rows.push({ kind: 'removed', before: a[i++], after: null });
      while (j < changedJ) rows.push({ kind: 'added', before: null, after: b[j++] });
      if (i < nextI && j < nextJ) rows.push({ kind: 'changed', before: a[i++], after: b[j++] });
    }
    if (i < a.length && j < b.length) rows.push({ kind: 'same', before: a[i++], after: b[j++] });
  }
  return rows;
}

/** Lines that are at least this similar, 0…1, are versions of each other. */
const similarEnough = 0.5;

/** In-order pairs of similar lines with the largest total similarity. */
export function similarPairs(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  if (a.length * b.length > 10_000) return [];
  const best = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0));
  const alike = a.map(x => b.map(y => similarity(x, y)));
  const gain = (i: number, j: number): number => alike[i][j] >= similarEnough ? alike[i][j] + best[i + 1][j + 1] : -1;
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], gain(i, j));
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (gain(i, j) >= 0 && gain(i, j) === best[i][j]) pairs.push([i++, j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i++; else j++;
  }
  return pairs;
}

/** Words and signs that two lines share, of all they have: Dice's coefficient, 0…1. */
function similarity(x: string, y: string): number {
  const words = (text: string): string[] => text.match(/[\w$.]+|[^\s\w$.]/g) ?? [];
  const [p, q] = [words(x), words(y)];
  const left = [...q];
  const shared = p.filter(word => { const at = left.indexOf(word); if (at >= 0) left.splice(at, 1); return at >= 0; }).length;
  return p.length + q.length === 0 ? 1 : 2 * shared / (p.length + q.length);
}

function linesOf(report: SimulationReport, formatId: string): CompareLine[] {
  const { description } = report;
  const format = formatOf(report, formatId);
  return textOf(report).split('\n').map((text, i) => {
    const line = description.line + i;
    const sites = format?.firstCase.sites.filter(s => s.file === description.file && s.endLine === line) ?? [];
    return { line, text: text.replace(/\r$/, ''), sites, flags: flagsOfAll(sites), error: sites.reduce((sum, s) => sum + (Math.abs(fromReal(s.contributedError)) || 0), 0) };
  });
}

function textOf(report: SimulationReport): string {
  const { description, sources } = report;
  return (sources[description.file] ?? '').split('\n').slice(description.line - 1, description.endLine).join('\n');
}

function formatOf(report: SimulationReport, id: string): FormatReport | undefined {
  return report.formats.find(f => f.id === id);
}
