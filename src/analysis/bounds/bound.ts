import { parseFormat, type Format } from '../../formats';
import { lineColumn, textOf, type FunctionIr, type Program } from '../../program';
import { toReal, type Real } from '../../protocol/real';
import { enumerate, type Enumeration } from './enumerate';
import { GraphTooLarge, Kind } from './graph';
import { callFunction } from './execute';
import { casesOf, tracePaths } from './paths';
import { reach } from './reach';
import { BoundError, type BoundResult, type BoundSite } from './result';
import type { Case, Measure } from './box';
import { searching, type Budget, type SearchResult } from './search';
import { stepModel } from './step-model';
import { Sweep, type SweepOptions } from './sweep';
import { Tracer, type Input } from './tracer';
import { TraceRefusal } from './value';

export interface BoundRequest {
  /** Format of all arithmetic, default fp64. */
  readonly format?: Format | string;
  /** Ranges of parameters by path (`x`, `p.x`, `xs[0]`); they win over `@range`. */
  readonly box?: Readonly<Record<string, readonly [number, number]>>;
  /** Parameters are reals that are rounded once, instead of values of the format. */
  readonly roundedInputs?: boolean;
  /** Accuracy of every `Math` function in ulps, instead of the operator table's. */
  readonly mathUlps?: number;
  readonly budget?: Partial<BoundBudget>;
}

export interface BoundBudget {
  /** Boxes that the search may look at. */
  readonly evaluations: number;
  readonly milliseconds: number;
  /** Milliseconds for the search of a large actual error; 0 leaves it out. */
  readonly reachMilliseconds: number;
  readonly cancelled: () => boolean;
  /** Operations to which loops are unrolled. */
  readonly operations: number;
  readonly paths: number;
}

const DEFAULTS: BoundBudget = { evaluations: 3000, milliseconds: 2000, reachMilliseconds: 0, cancelled: () => false, operations: 4000, paths: 200 };

/** What is known while a bound is refined. */
export interface BoundProgress {
  /** Sound bound of the absolute error so far. */
  readonly absoluteError: number;
}

/**
 * Sound bound on |computed − exact| of a function over a box of inputs. Anytime: the best bound when the budget ends. Infinite with the reason in `assumptions`
 * where there is none. Throws `BoundError` when a range is missing or the code is not followed.
 */
export function bound(f: FunctionIr, program: Program, request: BoundRequest = {}): BoundResult {
  const run = bounding(f, program, request);
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
  }
}

/** `bound` in slices of about a millisecond: yields the bound so far, so that a caller can show it, go on with something else, or stop. */
export function* bounding(f: FunctionIr, program: Program, request: BoundRequest = {}): Generator<BoundProgress, BoundResult, void> {
  const started = performance.now();
  const budget = { ...DEFAULTS, ...request.budget };
  const format = typeof request.format === 'object' ? request.format : parseFormat(request.format ?? f.format ?? 'fp64');
  const step = stepModel(format);
  const roundedInputs = request.roundedInputs ? step : null;
  const box = request.box ?? {};
  const options: SweepOptions = { inputs: step, roundedInputs, ...(request.mathUlps === undefined ? {} : { mathUlps: request.mathUlps }) };
  const tracer = new Tracer(program, step, options, budget, path => box[path] ?? null, callFunction);
  let cases: Case[];
  let lo: Float64Array;
  let hi: Float64Array;
  try {
    const paths = tracePaths(tracer, f);
    if (paths.every(p => p.results.length === 0)) throw new TraceRefusal('returns no number', -1);
    const inputs = tracer.inputs.filter(i => tracer.graph.nodes[i.node].kind === Kind.Input);
    lo = Float64Array.from(inputs, i => i.range[0]);
    hi = Float64Array.from(inputs, i => i.range[1]);
    cases = casesOf(tracer, paths, options, lo, hi);
  } catch (error) {
    if (error instanceof GraphTooLarge) throw new BoundError(`${f.name} has more operations than one bound takes at once; bound a part of it.`, 'code');
    if (error instanceof TraceRefusal) throw refusal(error, f, program);
    throw error;
  }
  const inputs = tracer.inputs.filter(i => !i.hidden || i.path.includes('#'));
  const clock: Budget = { evaluations: budget.evaluations, milliseconds: budget.milliseconds, now: () => performance.now(), cancelled: budget.cancelled };
  const tried = tracer.inputs.some(i => i.hidden) ? null : enumerate(tracer.graph, cases, format, options, lo, hi);
  if (tried && !tried.undefinedAt) return enumerated(tried, tracer, f, program, request, options, cases, lo, hi, started);
  const absolute = yield* minimise(cases, lo, hi, 'absolute', clock);
  const left = Math.max(0, budget.milliseconds - (performance.now() - started));
  // A result that may be 0 has no relative error: that is soon seen.
  const mayBeZero = absolute.range.lo <= 0 && absolute.range.hi >= 0;
  const small = { ...clock, evaluations: Math.ceil(budget.evaluations / (mayBeZero ? 100 : 25)), milliseconds: left / 2 };
  const relative = absolute.upper === 0 ? absolute : yield* silently(searching(cases, lo, hi, 'relative', small), absolute.upper);
  const ulps = absolute.upper === 0 ? absolute : yield* silently(searching(cases, lo, hi, 'ulps', small), absolute.upper);
  const range = absolute.range;
  const least = range.lo > 0 ? range.lo : range.hi < 0 ? -range.hi : 0;
  const relativeError = Math.min(relative.upper, least > 0 ? absolute.upper / least * (1 + 1e-15) : Infinity);
  const seconds = (performance.now() - started) / 1000;
  // A summarised loop cannot be run at a point.
  const reached = budget.reachMilliseconds > 0 && !tracer.inputs.some(i => i.hidden) && Number.isFinite(absolute.upper) ? reach(tracer.graph, cases, absolute, lo, hi, options, budget.reachMilliseconds) : null;
  const pair = (l: number, h: number): readonly [Real, Real] => [toReal(l + 0), toReal(h + 0)];
  return {
    function: f.name, format: format.id,
    parameters: inOrder(inputs, f, program).map(i => ({ name: i.path.replace(/\[#\d+\]/g, '[i]'), range: pair(i.range[0], i.range[1]) })),
    result: {
      range: pair(range.lo, range.hi), absoluteError: toReal(absolute.upper), relativeError: toReal(relativeError), ulps: toReal(ulps.upper),
      digits: toReal(digitsOf(relativeError, format)), limit: toReal(absolute.lower),
      reached: reached && { error: toReal(reached.error), at: Object.fromEntries(tracer.inputs.filter(i => tracer.graph.nodes[i.node].kind === Kind.Input).map((i, k) => [i.path, reached.at[k]])) },
    },
    assumptions: assumptions(tracer, request, options, absolute, program, lo, hi),
    sites: sitesOf(tracer, cases, absolute, program, options, lo, hi),
    sound: true, settled: absolute.complete, evaluations: absolute.evaluations + relative.evaluations + ulps.evaluations, seconds,
  };
}

/** The exact worst case of a small format. */
function enumerated(tried: Enumeration, t: Tracer, f: FunctionIr, program: Program, request: BoundRequest, options: SweepOptions, cases: readonly Case[], lo: Float64Array, hi: Float64Array, started: number): BoundResult {
  const none: SearchResult = { upper: tried.absolute, lower: tried.absolute, evaluations: tried.points, worst: null, range: { lo: tried.range[0], hi: tried.range[1] }, troubles: [], complete: true };
  const varying = t.inputs.filter(i => t.graph.nodes[i.node].kind === Kind.Input);
  const at = Float64Array.from(tried.at);
  const worst = cases.find(c => !c.unstable && c.sweep.forward(at, at));
  return {
    function: f.name, format: t.step.format.id,
    parameters: inOrder(t.inputs.filter(i => !i.hidden), f, program).map(i => ({ name: i.path, range: [toReal(i.range[0]), toReal(i.range[1])] })),
    result: {
      range: [toReal(tried.range[0] + 0), toReal(tried.range[1] + 0)], absoluteError: toReal(tried.absolute), relativeError: toReal(tried.relative), ulps: toReal(tried.ulps),
      digits: toReal(digitsOf(tried.relative, t.step.format)), limit: toReal(tried.absolute),
      reached: { error: toReal(tried.absolute), at: Object.fromEntries(varying.map((i, k) => [i.path, tried.at[k]])) },
    },
    assumptions: [...assumptions(t, request, options, none, program, lo, hi), `All ${tried.points} inputs were tried: this is the exact worst case, with this engine's Math functions.`],
    sites: sitesOf(t, cases, worst ? { ...none, worst: { lo: at, hi: at, of: worst } } : none, program, options, lo, hi),
    sound: true, settled: true, evaluations: tried.points, seconds: (performance.now() - started) / 1000,
  };
}

/** Inputs by the position of their parameter. */
function inOrder(inputs: readonly Input[], f: FunctionIr, program: Program): Input[] {
  const names = f.parameters.map(p => program.variables[p.variable].name);
  const position = (i: Input): number => names.indexOf(/^[^.[]*/.exec(i.path)![0]);
  // All elements that are taken at unknown places are one line.
  const seen = new Set<string>();
  const shown = inputs.filter(i => { const name = i.path.replace(/#\d+/g, 'i'); return !seen.has(name) && seen.add(name); });
  return shown.sort((a, b) => position(a) - position(b));
}

const GAP = 1.1;

/** The widest-side rule first; where a gap remains, the rule that tries every axis, and the better bound of the two. */
function* minimise(cases: readonly Case[], lo: Float64Array, hi: Float64Array, measure: Measure, budget: Budget): Generator<BoundProgress, SearchResult, void> {
  const started = budget.now();
  const first = yield* reporting(searching(cases, lo, hi, measure, { ...budget, evaluations: lo.length > 1 ? budget.evaluations / 2 : budget.evaluations }));
  if (first.complete || first.upper <= GAP * first.lower || lo.length < 2) return first;
  const second = yield* silently(searching(cases, lo, hi, measure, { ...budget, evaluations: budget.evaluations / 2, milliseconds: budget.milliseconds - (budget.now() - started) }, true), first.upper);
  const better = second.upper < first.upper ? second : first;
  return {
    ...better, lower: Math.max(first.lower, second.lower), evaluations: first.evaluations + second.evaluations,
    range: { lo: Math.max(first.range.lo, second.range.lo), hi: Math.min(first.range.hi, second.range.hi) },
  };
}

function* reporting(run: Generator<number, SearchResult, void>): Generator<BoundProgress, SearchResult, void> {
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
    yield { absoluteError: value };
  }
}

/** Yields as often as the search does, with a bound that is known already. */
function* silently(run: Generator<number, SearchResult, void>, absoluteError: number): Generator<BoundProgress, SearchResult, void> {
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
    yield { absoluteError };
  }
}

function digitsOf(relative: number, format: Format): number {
  const most = format.significandBits ? format.significandBits * Math.log10(2) : 15;
  return relative === 0 ? Math.floor(most) : Math.max(0, Math.min(Math.floor(most), Math.floor(-Math.log10(relative))));
}

function refusal(error: TraceRefusal, f: FunctionIr, program: Program): BoundError {
  const place = error.site >= 0 ? ` (line ${lineColumn(program, program.expressions[error.site].start).line})` : '';
  const missing = error.message.startsWith('needs the range');
  return new BoundError(`${f.name} ${error.message}${place}${missing ? '.' : '; bound a part of it without that.'}`, missing ? 'range' : 'code');
}

function assumptions(t: Tracer, request: BoundRequest, options: SweepOptions, found: SearchResult, program: Program, lo: Float64Array, hi: Float64Array): string[] {
  const list = [request.roundedInputs ? `Parameters are real numbers in their ranges, rounded once to ${t.step.format.id}.` : `Parameters are ${t.step.format.id} values in their ranges.`];
  const library = new Map<string, string>();
  for (const { operator: row } of t.graph.nodes) {
    if (row?.exactness.kind !== 'library') continue;
    const { ulps, sharper } = row.exactness;
    const most = options.mathUlps ?? ulps;
    library.set(row.id, `${most} ulp${most === 1 ? '' : 's'} (${row.id}${sharper && options.mathUlps === undefined ? `, ${sharper.ulps} ${sharper.where}` : ''})`);
  }
  if (library.size > 0) list.push(`Math functions are accurate to ${[...library.values()].join(', ')}; --math-ulps changes that.`);
  list.push('Rounding is to nearest, ties to even.');
  list.push(...t.notes);
  if (t.longest > 0) list.push(`Loops of up to ${t.longest} iterations are summarised: the error of one iteration is bounded over a range that the variables never leave, and carried through all iterations.`);
  const paths = t.inputs.filter(i => t.graph.nodes[i.node].kind === Kind.Input).map(i => i.path);
  for (const trouble of found.troubles.slice(0, 4)) {
    const where = paths.map((p, k) => (trouble.lo[k] > lo[k] || trouble.hi[k] < hi[k] ? `${p} in [${trouble.lo[k]}, ${trouble.hi[k]}]` : '')).filter(Boolean).join(', ');
    const what = trouble.site >= 0 ? `"${textOf(program, program.expressions[trouble.site]).slice(0, 60)}" (line ${lineColumn(program, program.expressions[trouble.site].start).line})` : 'the result';
    list.push(`No finite bound: at ${what} ${trouble.reason}${where ? `, for ${where}` : ''}.`);
  }
  return list;
}

/** Every expression with a node: range and error over the box, and its share of the bound at the worst box. */
function sitesOf(t: Tracer, cases: readonly Case[], found: SearchResult, program: Program, options: SweepOptions, lo: Float64Array, hi: Float64Array): BoundSite[] {
  const share = new Map<number, number>();
  const worst = found.worst;
  if (worst && !worst.of.unstable && Number.isFinite(found.upper)) {
    const { sweep, root } = worst.of;
    if (sweep.forward(worst.lo, worst.hi)) {
      sweep.backward(root);
      let total = 0;
      for (let i = 0; i <= root; i++) {
        const node = sweep.node(i);
        const own = node.kind === Kind.Constant ? sweep.error[i] : sweep.h[i];
        const part = own === 0 ? 0 : Math.max(-sweep.alo[i], sweep.ahi[i]) * own;
        if (part > 0) { share.set(node.site, (share.get(node.site) ?? 0) + part); total += part; }
      }
      for (const [site, part] of share) share.set(site, part / total);
    }
  }
  const all = new Sweep(t.graph, cases.filter(c => !c.unstable).map(c => c.sweep.order[c.root]), options);
  const fine = all.forward(lo, hi);
  const sites = new Map<number, BoundSite>();
  for (let i = 0; i < all.order.length; i++) {
    const { site, kind } = all.node(i);
    if (site < 0 || sites.has(site) || (kind === Kind.Input || (kind === Kind.Constant && all.error[i] === 0))) continue;
    const known = fine || i < all.trouble;
    const e = program.expressions[site];
    const { line, column } = lineColumn(program, e.start);
    sites.set(site, {
      start: e.start, end: e.end, line, column, text: textOf(program, e).slice(0, 200),
      range: known ? [toReal(all.vlo[i] + 0), toReal(all.vhi[i] + 0)] : ['-Infinity', 'Infinity'],
      absoluteError: toReal(known ? all.error[i] : Infinity), share: share.get(site) ?? 0,
    });
  }
  return [...sites.values()];
}
