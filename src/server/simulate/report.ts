import type { JsonValue, Real } from '../../protocol/real';
import { fromReal, toReal } from '../../protocol/real';
import type { FormatReport, RunReport, SiteReport } from '../../protocol/report';
import { energyOf } from '../../simulation/energy';
import type { SchemePlan } from '../../simulation/plan';
import { exponentOf } from '../../simulation/runtime/facts';
import type { RunSummary } from '../../simulation/runtime/tape';
import type { InstrumentedProgram } from './program';
import type { SchemeRuns } from './runs';

/** The runs of one scheme in the words of the protocol: sites by their places, errors over all cases. */
export function describeFormat(plan: SchemePlan, runs: SchemeRuns, program: InstrumentedProgram, inputs: readonly (readonly JsonValue[])[]): FormatReport {
  const bits = significandBits(plan);
  let [maxAbsolute, maxRelative, correct, worst] = [0, 0, bits, 0];
  let known = false;
  const caseErrors: Real[] = [];
  runs.cases.forEach((run, index) => {
    if (!run.outcome) { caseErrors.push('NaN'); return; }
    known = true;
    let caseWorst = 0;
    let firstError = 0;
    run.outcome.numbers.forEach(([, v, r, low], i) => {
      const [absolute, relative] = errorOf(fromReal(v as Real), fromReal(r as Real), low);
      if (i === 0) firstError = relative;
      if (absolute > maxAbsolute) maxAbsolute = absolute;
      if (relative > caseWorst) caseWorst = relative;
      const digits = relative === 0 ? bits : Math.max(0, Math.min(bits, -Math.log2(relative)));
      if (digits < correct) correct = digits;
    });
    if (caseWorst > maxRelative) { maxRelative = caseWorst; worst = index; }
    caseErrors.push(toReal(firstError));
  });
  const operations: Record<string, number> = {};
  let energy = 0;
  runs.counts.forEach((n, s) => {
    const operator = program.sites[s]?.operator ?? 'call';
    const width = plan.energy.bits;
    const family = plan.energy.family;
    if (energyOf(operator, family, width) > 0) operations[`${operator}${width}`] = (operations[`${operator}${width}`] ?? 0) + n;
    energy += n * energyOf(operator, family, width);
  });
  const format = plan.format;
  return {
    id: plan.id, title: plan.title, status: runs.status, message: runs.message, ...(runs.at ? { at: runs.at } : {}),
    results: runs.cases.map(c => (c.outcome?.result ?? null) as JsonValue), references: runs.cases.map(c => (c.outcome?.reference ?? null) as JsonValue),
    maxAbsoluteError: toReal(known ? maxAbsolute : NaN), maxRelativeError: toReal(known ? maxRelative : NaN), correctBits: toReal(known ? correct : NaN), significandBits: bits, worstCase: worst, caseErrors,
    firstCase: describeRun(runs.first, program), operations, energyPicojoules: Number(energy.toPrecision(6)),
    memoryBytes: Math.ceil(numbersIn(inputs[0] ?? []) * (plan.blocks ? plan.format.bits + 8 / Math.max(1, plan.blocks.size) : format.bits) / 8), seconds: runs.seconds,
    exponents: runs.first?.exponents ?? { lowest: 0, counts: [], zeros: 0, nonFinite: 0 },
    representable: format.family === 'float' ? { lowest: exponentOf(format.minPositive), highest: exponentOf(format.maxFinite) } : null,
  };
}

/** Bits that a result can have correct: the accumulator's where sums are wider than operands. */
function significandBits(plan: SchemePlan): number {
  const base = plan.format.significandBits ?? plan.format.bits;
  const sums = plan.accumulator.kind === 'format' ? plan.accumulator.format.significandBits ?? 0 : 0;
  return plan.base.kind === 'calibrated' || plan.blocks ? base : Math.max(base, sums);
}

/** Absolute and relative error; a NaN or infinity that the reference does not share is an infinite error. */
export function errorOf(value: number, reference: number, low: number): readonly [number, number] {
  if (Object.is(value, reference) && low === 0 || (value !== value && reference !== reference)) return [0, 0];
  if (!Number.isFinite(value) || !Number.isFinite(reference)) return value === reference ? [0, 0] : [Infinity, Infinity];
  const absolute = Math.abs((value - reference) - low);
  return [absolute, absolute === 0 ? 0 : reference === 0 ? Infinity : absolute / Math.abs(reference)];
}

function describeRun(run: RunSummary | null, program: InstrumentedProgram): RunReport {
  if (!run) {
    return { sites: [], edges: [], output: null, outputPath: '', outputValue: 'NaN', outputReference: 'NaN', outputError: 'NaN', attributedError: 'NaN', attribution: 'incomplete', recordedOperations: 0, totalOperations: 0, series: [],
      firstDivergence: null, divergences: [], untracked: 0 };
  }
  const id = (s: number): string => program.sites[s].id;
  const total = run.sites.reduce((sum, s) => sum + Math.abs(number(s.contributed)), 0);
  const lost = new Map(run.untracked);
  const branches = new Map(run.divergences.map(d => [d.site, d.count]));
  const sites: SiteReport[] = run.sites.map(s => {
    const at = program.sites[s.site];
    return {
      site: at.id, file: at.file, start: at.start, end: at.end, line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn, text: at.text, operator: at.operator, count: s.count,
      range: [s.lo as Real, s.hi as Real], localError: s.local as Real, contributedError: number(s.contributed), share: total > 0 ? Math.abs(number(s.contributed)) / total : 0, condition: s.condition as Real,
      cancelledBits: s.cancelled, absorbed: s.absorbed, overflow: s.overflow, underflow: s.underflow, saturated: s.saturated, nan: s.nan, branchDivergence: branches.get(s.site) ?? 0, untracked: lost.get(s.site) ?? 0,
      last: { simulated: s.simulated as Real, reference: s.reference as Real },
      iterations: s.iterations.map(([index, simulated, reference, contributed]) => ({ index, simulated: simulated as Real, reference: reference as Real, contributed: contributed as Real })),
    };
  });
  // A comparison makes no value, and a call is no operation; when the reference decides otherwise, or a number comes back without its shadow, they are sites all the same.
  const listed = new Set(run.sites.map(s => s.site));
  for (const s of new Set([...branches.keys(), ...lost.keys()])) {
    const at = program.sites[s];
    if (listed.has(s)) continue;
    sites.push({ site: at.id, file: at.file, start: at.start, end: at.end, line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn, text: at.text, operator: at.operator, count: branches.get(s) ?? lost.get(s) ?? 0, range: ['NaN', 'NaN'],
      localError: 0, contributedError: 0, share: 0, condition: 0, cancelledBits: 0, absorbed: 0, overflow: 0, underflow: 0, saturated: 0, nan: 0, branchDivergence: branches.get(s) ?? 0, untracked: lost.get(s) ?? 0,
      last: { simulated: 'NaN', reference: 'NaN' }, iterations: [] });
  }
  const [observed, attributed] = [fromReal(run.output.error as Real), fromReal(run.attributed as Real)];
  const off = Math.abs(observed - attributed);
  const noise = Math.abs(fromReal(run.output.reference as Real)) * 2 ** -50;
  const attribution = !run.complete && run.recorded > 0 && !(observed === 0 && attributed === 0) ? 'incomplete' : run.recorded === 0 ? 'incomplete'
    : off <= 1e-9 * Math.abs(observed) || off <= noise ? 'exact' : off <= 0.01 * Math.abs(observed) ? 'first-order' : 'incomplete';
  return {
    sites: sites.sort((a, b) => a.start - b.start || b.end - a.end), edges: run.edges.map(([from, to, error, count]) => ({ from: id(from), to: id(to), error: error as Real, count })),
    output: run.output.site >= 0 ? id(run.output.site) : null, outputPath: run.output.path, outputValue: run.output.value as Real, outputReference: run.output.reference as Real, outputError: run.output.error as Real,
    attributedError: run.attributed as Real, attribution, recordedOperations: run.recorded, totalOperations: run.total,
    series: run.series.map(([operation, site, simulated, reference]) => ({ operation, site: id(site), simulated: simulated as Real, reference: reference as Real })),
    firstDivergence: run.firstDivergence >= 0 ? id(run.firstDivergence) : null,
    divergences: run.divergences.map(d => ({ site: id(d.site), kind: d.kind, simulated: d.simulated as JsonValue, reference: d.reference as JsonValue, count: d.count })), untracked: run.untracked.reduce((n, [, count]) => n + count, 0),
  };
}

function number(x: number | string): number {
  return typeof x === 'number' ? x : 0;
}

function numbersIn(value: JsonValue): number {
  if (typeof value === 'number') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((n: number, v) => n + numbersIn(v as JsonValue), 0);
}
