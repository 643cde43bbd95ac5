import { fromReal, type JsonValue, type Real } from './real';
import type { FormatReport, RunReport, SimulationReport, SiteReport } from './report';

/**
 * A panel is sent a summary of a large report and asks for the rest page by page, so that no message grows with the length of a run, the number of its
 * inputs or the size of their values. A report within the limits below is its own summary.
 */
export const summaryLimits = {
  /** Numbers and texts in all inputs together, and in the results and in the references of one format. */
  values: 10_000,
  /** Inputs whose arguments and results are sent. */
  inputs: 1_000,
  /** Errors of single inputs, of all formats together. */
  errors: 20_000,
  /** Iteration samples and flow edges of all formats together. */
  samples: 12_000,
  /** Sites of a format that is not shown: those with most of the error, and those with a flag. */
  sites: 200,
} as const;

/** What a summary leaves out and a panel asks for. `worst`: inputs with the largest error first. */
export type PageRequest =
  | { readonly kind: 'run'; readonly format: string }
  | { readonly kind: 'cases'; readonly format: string; readonly order: CaseOrder; readonly from: number; readonly count: number }
  | { readonly kind: 'input'; readonly index: number };

export type CaseOrder = 'given' | 'worst';

export type ReportPage =
  /** The recorded run of a format, with the errors of all inputs. */
  | { readonly kind: 'run'; readonly format: string; readonly run: RunReport; readonly caseErrors: readonly Real[] }
  /** Some inputs with what came out; long values are cut as in the summary. */
  | { readonly kind: 'cases'; readonly format: string; readonly order: CaseOrder; readonly from: number; readonly rows: readonly CaseRow[] }
  /** The arguments of one input, uncut. */
  | { readonly kind: 'input'; readonly index: number; readonly input: readonly JsonValue[] };

export interface CaseRow {
  /** Index among the inputs. */
  readonly index: number;
  readonly input: JsonValue;
  readonly result: JsonValue;
  readonly reference: JsonValue;
  /** Relative error of the first number of the result. */
  readonly error: Real;
}

/** Values of one cell of a page of inputs. */
const cellValues = 100;

/** The report, shortened where it is large; `id` names the whole for `pageOf`. The format named `detailed`, or the first that ran, keeps its run. */
export function summaryOf(report: SimulationReport, id: string, detailed?: string): SimulationReport {
  const { formats } = report;
  const kept = (formats.find(f => f.id === detailed) ?? formats.find(f => f.status === 'ok') ?? formats.at(0))?.id;
  const sum = (weigh: (f: FormatReport) => number): number => formats.reduce((n, f) => n + weigh(f), 0);
  const manyErrors = sum(f => f.caseErrors.length) > summaryLimits.errors;
  const manySamples = sum(f => samplesOf(f.firstCase)) > summaryLimits.samples;
  const inputs = cutList(report.inputs, summaryLimits.values);
  const shortened = formats.map((f): FormatReport => {
    const shown = f.id === kept;
    return {
      ...f, results: cutList(f.results, summaryLimits.values), references: cutList(f.references, summaryLimits.values),
      caseErrors: manyErrors && !shown ? [] : f.caseErrors, firstCase: manySamples ? shown ? thinned(f.firstCase) : outlineOf(f.firstCase) : f.firstCase,
    };
  });
  const cut = manyErrors || manySamples || inputs !== report.inputs || shortened.some((f, i) => f.results !== formats[i].results || f.references !== formats[i].references);
  return cut ? { ...report, inputs, formats: shortened, whole: id } : report;
}

/** The page of a whole report; undefined where it has no such format or input. */
export function pageOf(report: SimulationReport, request: PageRequest): ReportPage | undefined {
  if (request.kind === 'input') {
    const input = report.inputs.at(request.index);
    return input && { kind: 'input', index: request.index, input };
  }
  const format = report.formats.find(f => f.id === request.format);
  if (!format) return undefined;
  if (request.kind === 'run') return { kind: 'run', format: format.id, run: thinned(format.firstCase), caseErrors: format.caseErrors };
  const { order, from, count } = request;
  return { kind: 'cases', format: format.id, order, from, rows: caseRows(report, format, order, from, count) };
}

/** Inputs `from` … `from + count − 1` of an order, with their results. */
export function caseRows(report: SimulationReport, format: FormatReport, order: CaseOrder, from: number, count: number): CaseRow[] {
  const indices = format.caseErrors.map((_, i) => i);
  if (order === 'worst') {
    const size = (i: number): number => { const e = fromReal(format.caseErrors[i]); return e === e ? e : Infinity; };
    indices.sort((a, b) => (size(b) === size(a) ? 0 : size(b) - size(a)) || a - b);
  }
  return indices.slice(from, from + count).map(index => ({
    index, input: cutValue(report.inputs[index] ?? [], cellValues), result: cutValue(format.results[index] ?? null, cellValues), reference: cutValue(format.references[index] ?? null, cellValues),
    error: format.caseErrors[index],
  }));
}

/** Whether a value is uncut: a cut list ends in a text that begins with "… ". */
export function isWhole(value: JsonValue): boolean {
  if (typeof value === 'string') return !value.startsWith(cutMark);
  return typeof value !== 'object' || value === null || Object.values(value).every(inner => isWhole(inner as JsonValue));
}

const cutMark = '… ';

/** Elements that a list has, cut or not. */
export function wholeLength(list: readonly JsonValue[]): number {
  const last = list.at(-1);
  const cut = typeof last === 'string' && last.startsWith(cutMark) ? parseInt(last.slice(cutMark.length), 10) : NaN;
  return cut > 0 ? list.length - 1 + cut : list.length;
}

/** The first elements of a list, with at most about `limit` leaves together: those after that are cut to two leaves. The same list when nothing is cut. */
function cutList<T extends JsonValue>(list: readonly T[], limit: number): readonly T[] {
  let left = limit;
  let changed = list.length > summaryLimits.inputs;
  const result = list.slice(0, summaryLimits.inputs).map(item => {
    const cut = cutValue(item, Math.max(2, left));
    left -= leaves(cut);
    changed ||= cut !== item;
    return cut as T;
  });
  return changed ? result : list;
}

/** A value of at most `limit` leaves: arrays and objects end where the limit is reached, arrays with a text that says how many elements follow. */
function cutValue(value: JsonValue, limit: number): JsonValue {
  if (typeof value !== 'object' || value === null || leaves(value, limit + 1) <= limit) return value;
  let left = limit;
  if (!Array.isArray(value)) {
    const entries: [string, JsonValue][] = [];
    for (const [key, inner] of Object.entries(value)) {
      if (left <= 0) break;
      const cut = cutValue(inner as JsonValue, left);
      left -= leaves(cut);
      entries.push([key, cut]);
    }
    return Object.fromEntries(entries);
  }
  const items: JsonValue[] = [];
  for (const inner of value as readonly JsonValue[]) {
    if (left <= 0) break;
    const cut = cutValue(inner, left);
    left -= leaves(cut);
    items.push(cut);
  }
  return items.length < value.length ? [...items, `${cutMark}${value.length - items.length} more`] : items;
}

/** Numbers and texts in a value, counted up to `limit`. */
function leaves(value: JsonValue, limit = Infinity): number {
  if (typeof value !== 'object' || value === null) return 1;
  let n = 0;
  for (const inner of Object.values(value)) {
    n += leaves(inner as JsonValue, limit - n);
    if (n >= limit) break;
  }
  return Math.max(1, n);
}

function samplesOf(run: RunReport): number {
  return run.edges.length + run.sites.reduce((n, s) => n + s.iterations.length, 0);
}

/** A run whose iteration samples are thinned evenly until they are within the limit. */
function thinned(run: RunReport): RunReport {
  const step = Math.ceil(run.sites.reduce((n, s) => n + s.iterations.length, 0) / summaryLimits.samples);
  if (step <= 1) return run;
  return { ...run, sites: run.sites.map(s => ({ ...s, iterations: s.iterations.filter((_, i) => i % step === 0 || i === s.iterations.length - 1) })) };
}

/** What the comparison of formats needs of a run: the sites that matter, without samples and edges, and a tenth of the series. */
function outlineOf(run: RunReport): RunReport {
  const flagged = (s: SiteReport): boolean => s.nan + s.overflow + s.saturated + s.underflow + s.absorbed + s.branchDivergence > 0 || s.cancelledBits >= 4;
  const chosen = run.sites.length <= summaryLimits.sites ? run.sites
    : [...run.sites].sort((a, b) => b.share - a.share || Number(flagged(b)) - Number(flagged(a))).slice(0, summaryLimits.sites);
  return { ...run, outline: true, edges: [], sites: chosen.map(s => ({ ...s, iterations: [] })), series: run.series.filter((_, i) => i % 10 === 0) };
}
