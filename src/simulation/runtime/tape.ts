import { exponentOf, spacing, type FormatFacts } from './facts';

/** A recorded run: node k computed V[k] (reference F[k] + G[k]) with local error E[k] from operands A[k], B[k] with partials P[k], Q[k] (1 and ±1 at sums, where P and Q are not written), at site S[k]. Node 0 is nobody. */
export interface Tape {
  readonly top: number;
  readonly V: Float64Array;
  readonly E: Float64Array;
  readonly F: Float64Array;
  readonly G: Float64Array | null;
  readonly A: Int32Array;
  readonly B: Int32Array;
  readonly P: Float64Array;
  readonly Q: Float64Array;
  readonly S: Int32Array;
}

/** Counters of a run that was not recorded, by site. */
export interface Counters {
  readonly C: Float64Array;
  readonly MN: Float64Array;
  readonly MX: Float64Array;
  readonly ME: Float64Array;
  readonly CR: Float64Array;
  readonly AB: Float64Array;
  readonly UF: Float64Array;
  readonly OF: Float64Array;
  readonly NN: Float64Array;
}

interface Decision {
  readonly site: number;
  readonly simulated: number | boolean;
  readonly reference: number | boolean;
  readonly count: number;
}

export interface RunDetails {
  readonly tape: Tape | null;
  readonly counters: Counters | null;
  readonly kinds: readonly string[];
  /** Nodes 1 … literals are the constants of the source. */
  readonly literals: number;
  readonly format: FormatFacts;
  readonly divergences: readonly [ReadonlyMap<number, Decision>, ReadonlyMap<number, Decision>];
  /** Sites of calls from which a number came back without its shadow, with how often. */
  readonly untracked: ReadonlyMap<number, number>;
}

export interface Output {
  readonly node: number;
  readonly path: string;
  readonly value: number;
  readonly reference: number;
  readonly low: number;
}

type Text = number | string;

/** One site of a summary; infinities and NaN as text. */
export interface SiteSummary {
  readonly site: number;
  count: number;
  lo: Text;
  hi: Text;
  /** Ulps. */
  local: Text;
  contributed: Text;
  condition: Text;
  cancelled: number;
  absorbed: number;
  overflow: number;
  underflow: number;
  saturated: number;
  nan: number;
  simulated: Text;
  reference: Text;
  iterations: [index: number, simulated: Text, reference: Text, contributed: Text][];
}

export interface RunSummary {
  readonly sites: readonly SiteSummary[];
  readonly edges: readonly (readonly [from: number, to: number, error: Text, count: number])[];
  readonly output: { readonly site: number; readonly path: string; readonly value: Text; readonly reference: Text; readonly error: Text };
  readonly attributed: Text;
  readonly complete: boolean;
  readonly recorded: number;
  readonly total: number;
  readonly series: readonly (readonly [operation: number, site: number, simulated: Text, reference: Text])[];
  readonly firstDivergence: number;
  readonly divergences: readonly { readonly site: number; readonly kind: 'branch' | 'integer'; readonly simulated: Text | boolean; readonly reference: Text | boolean; readonly count: number }[];
  readonly untracked: readonly (readonly [site: number, count: number])[];
  readonly exponents: { readonly lowest: number; readonly counts: readonly number[]; readonly zeros: number; readonly nonFinite: number };
}

const SERIES = 2000;
const ITERATIONS = 200;

export function describeRun(details: RunDetails, output: Output): RunSummary {
  const error = (output.value - output.reference) - output.low;
  const head = {
    output: { site: details.tape && output.node > 0 ? details.tape.S[output.node] : -1, path: output.path, value: text(output.value), reference: text(output.reference), error: text(error) },
    divergences: details.divergences.flatMap((m, kind) => [...m.values()].map(d => ({ site: d.site, kind: kind === 0 ? 'branch' as const : 'integer' as const, simulated: said(d.simulated), reference: said(d.reference), count: d.count }))),
    untracked: [...details.untracked],
  };
  return details.tape ? { ...recorded(details, details.tape, output.node), ...head } : { ...counted(details, details.counters!), ...head };
}

/**
 * The reverse sweep. The partials are secants between the simulated and the reference operands, so the error of a node is exactly its local error plus the partials times the errors of its
 * operands, and summing local error × sensitivity over all nodes gives the error of the output, not an estimate of it.
 */
function recorded(details: RunDetails, tape: Tape, output: number): Omit<RunSummary, 'output' | 'divergences' | 'untracked'> {
  const { top, V, E, F, G, A, B, P, Q, S } = tape;
  const sums = signsOf(details.kinds);
  const left = (k: number): number => sums[S[k]] === 0 ? P[k] : 1;
  const right = (k: number): number => sums[S[k]] === 0 ? Q[k] : sums[S[k]];
  const adjoint = new Float64Array(top + 1);
  adjoint[output] = output > 0 ? 1 : 0;
  let complete = output > 0;
  let attributed = 0;
  for (let k = output; k > 0; k--) {
    const a = adjoint[k];
    if (a === 0) continue;
    const contribution = a * E[k];
    if (contribution - contribution !== 0) complete = false; else attributed += contribution;
    const p = a * left(k);
    const q = B[k] === 0 ? 0 : a * right(k);
    if (p - p !== 0 || q - q !== 0) complete = false;
    if (A[k] !== 0 && p - p === 0) adjoint[A[k]] += p;
    if (B[k] !== 0 && q - q === 0) adjoint[B[k]] += q;
  }
  const sites = new Map<number, SiteSummary>();
  const counts = new Int32Array(details.kinds.length);
  // Constants stand first on the tape whether they are reached or not.
  const used = new Uint8Array(details.literals + 1);
  for (let k = 1; k <= top; k++) {
    if (k > details.literals) counts[S[k]]++;
    if (A[k] <= details.literals) used[A[k]] = 1;
    if (B[k] <= details.literals) used[B[k]] = 1;
  }
  const lo = new Float64Array(details.kinds.length).fill(Infinity);
  const hi = new Float64Array(details.kinds.length).fill(-Infinity);
  const contributed = new Float64Array(details.kinds.length);
  const edges = new Map<number, [number, number, number, number]>();
  const exponents = new Map<number, number>();
  let [zeros, nonFinite, firstDivergence] = [0, 0, -1];
  const stride = Math.max(1, Math.ceil(top / SERIES));
  const series: [number, number, Text, Text][] = [];
  for (let k = 1; k <= top; k++) {
    if (k <= details.literals && used[k] === 0 && k !== output) continue;
    const s = S[k];
    let site = sites.get(s);
    if (!site) {
      site = { site: s, count: 0, lo: 0, hi: 0, local: 0, contributed: 0, condition: 0, cancelled: 0, absorbed: 0, overflow: 0, underflow: 0, saturated: 0, nan: 0, simulated: 0, reference: 0, iterations: [] };
      sites.set(s, site);
    }
    const v = V[k];
    const index = site.count++;
    if (v < lo[s]) lo[s] = v;
    if (v > hi[s]) hi[s] = v;
    const contribution = adjoint[k] * E[k];
    if (contribution === contribution && Math.abs(contribution) !== Infinity) contributed[s] += contribution;
    diagnose(site, tape, k, details.kinds[s], details.format);
    const every = Math.max(1, Math.ceil(counts[s] / ITERATIONS));
    if (counts[s] > 1 && index % every === 0 && site.iterations.length < ITERATIONS) site.iterations.push([index, text(v), text(F[k]), text(contribution)]);
    site.simulated = text(v);
    site.reference = text(F[k]);
    if (firstDivergence < 0 && v !== F[k] && (v === v || F[k] === F[k])) firstDivergence = s;
    if (k % stride === 0) series.push([k, s, text(v), text(F[k])]);
    const r = F[k];
    if (r === 0) zeros++; else if (r - r !== 0) nonFinite++; else { const e = exponentOf(r); exponents.set(e, (exponents.get(e) ?? 0) + 1); }
    for (let side = 0; side < 2; side++) {
      const from = side === 0 ? A[k] : B[k];
      if (from === 0) continue;
      const key = S[from] * details.kinds.length + s;
      const flow = adjoint[k] * (side === 0 ? left(k) : right(k)) * ((V[from] - F[from]) - (G ? G[from] : 0));
      const edge = edges.get(key);
      if (edge) { edge[2] += flow - flow === 0 ? flow : 0; edge[3]++; } else edges.set(key, [S[from], s, flow - flow === 0 ? flow : 0, 1]);
    }
  }
  for (const site of sites.values()) {
    site.lo = text(lo[site.site] > hi[site.site] ? NaN : lo[site.site]);
    site.hi = text(lo[site.site] > hi[site.site] ? NaN : hi[site.site]);
    site.contributed = text(contributed[site.site]);
  }
  return { sites: [...sites.values()], edges: [...edges.values()].map(([from, to, e, n]) => [from, to, text(e), n] as const), attributed: text(attributed), complete, recorded: top, total: top, series, firstDivergence,
    exponents: histogram(exponents, zeros, nonFinite) };
}

/** By site: 1 for sums, −1 for differences, 0 for everything else. */
function signsOf(kinds: readonly string[]): Int8Array {
  return Int8Array.from(kinds, k => k === 'add' ? 1 : k === 'sub' ? -1 : 0);
}

/** What went wrong at one node: all of it can be told from value, local error and operands. */
function diagnose(site: SiteSummary, tape: Tape, k: number, kind: string, format: FormatFacts): void {
  const { V, E, A, B, P, Q } = tape;
  const v = V[k];
  const e = E[k];
  const [an, bn] = [A[k], B[k]];
  if (v !== v) {
    if ((an === 0 || V[an] === V[an]) && (bn === 0 || V[bn] === V[bn])) { if (beyond(tape, k, kind, format)) site.overflow++; else site.nan++; }
    return;
  }
  if (v === Infinity || v === -Infinity) {
    // What is infinite by itself is no overflow: its error is then ∞ − ∞. A change of sign never overflows.
    if (kind === 'neg' || kind === 'abs' || e !== e && (kind === 'literal' || kind === 'convert')) return;
    if ((an === 0 || Number.isFinite(V[an])) && (bn === 0 || Number.isFinite(V[bn]))) site.overflow++;
    return;
  }
  const exact = v - e;
  if (e !== 0 && kind !== 'floor' && kind !== 'ceil' && kind !== 'round' && kind !== 'trunc') {
    if (exact > format.maxFinite || exact < format.lowest) site.saturated++;
    else if (exact !== 0 && Math.abs(exact) < format.minNormal) site.underflow++;
    const ulps = Math.abs(e) / spacing(format, exact);
    if (ulps > (site.local as number)) site.local = ulps;
  }
  if (kind === 'add' || kind === 'sub') {
    const sign = kind === 'add' ? 1 : -1;
    // An operand that made no node is known from the other one.
    const a = an !== 0 ? V[an] : bn !== 0 ? exact - sign * V[bn] : NaN;
    const b = bn !== 0 ? V[bn] : an !== 0 ? sign * (exact - V[an]) : NaN;
    const m = Math.max(Math.abs(a), Math.abs(b));
    if (m > 0) {
      const bits = v === 0 ? format.precision ?? 53 : exponentOf(m) - exponentOf(v);
      if (bits > site.cancelled && (v !== 0 || a === -sign * b)) site.cancelled = bits;
      condition(site, v === 0 ? Infinity : m / Math.abs(v));
      if (v === a ? b !== 0 : v === sign * b && a !== 0) site.absorbed++;
    }
  } else if (kind === 'mul' || kind === 'div') condition(site, 1);
  else if (bn === 0 && an >= 0 && Q[k] !== 0 && v !== 0 && kind !== 'literal' && kind !== 'convert') condition(site, Math.abs(Q[k] * P[k] / v));
  else if (bn !== 0 && v !== 0) condition(site, Math.max(an === 0 ? 0 : Math.abs(V[an] * P[k] / v), Math.abs(V[bn] * Q[k] / v)));
}

/** A NaN in a format without infinities stands for overflow when the exact result was finite. */
function beyond(tape: Tape, k: number, kind: string, format: FormatFacts): boolean {
  const a = tape.A[k] ? tape.V[tape.A[k]] : NaN;
  const b = tape.B[k] ? tape.V[tape.B[k]] : NaN;
  const x = kind === 'add' ? a + b : kind === 'sub' ? a - b : kind === 'mul' ? a * b : kind === 'div' ? a / b : tape.F[k];
  return Number.isFinite(x) && Math.abs(x) > format.maxFinite;
}

function condition(site: SiteSummary, value: number): void {
  if (value !== value) return;
  const known = site.condition === 'Infinity' ? Infinity : site.condition as number;
  if (value > known) site.condition = text(value);
}

function counted(details: RunDetails, c: Counters): Omit<RunSummary, 'output' | 'divergences' | 'untracked'> {
  const sites: SiteSummary[] = [];
  let total = 0;
  for (let s = 0; s < details.kinds.length; s++) {
    const count = c.C[s];
    if (count === 0) continue;
    total += count;
    const largest = Math.max(Math.abs(c.MN[s]), Math.abs(c.MX[s]));
    const ranged = c.MN[s] <= c.MX[s];
    sites.push({ site: s, count, lo: text(ranged ? c.MN[s] : NaN), hi: text(ranged ? c.MX[s] : NaN), local: text(c.ME[s] / spacing(details.format, ranged ? largest : 1)), contributed: 0, condition: text(c.CR[s] === 0 ? Infinity : 1 / c.CR[s]),
      cancelled: c.CR[s] === 0 ? details.format.precision ?? 53 : Math.max(0, Math.floor(-Math.log2(c.CR[s]))), absorbed: c.AB[s], overflow: c.OF[s], underflow: c.UF[s], saturated: 0, nan: c.NN[s], simulated: text(ranged ? c.MX[s] : NaN), reference: text(ranged ? c.MX[s] : NaN), iterations: [] });
  }
  return { sites, edges: [], attributed: 0, complete: false, recorded: 0, total, series: [], firstDivergence: -1, exponents: { lowest: 0, counts: [], zeros: 0, nonFinite: 0 } };
}

function histogram(exponents: ReadonlyMap<number, number>, zeros: number, nonFinite: number): RunSummary['exponents'] {
  if (exponents.size === 0) return { lowest: 0, counts: [], zeros, nonFinite };
  const keys = [...exponents.keys()];
  const [lowest, highest] = [Math.min(...keys), Math.max(...keys)];
  return { lowest, counts: Array.from({ length: highest - lowest + 1 }, (_, i) => exponents.get(lowest + i) ?? 0), zeros, nonFinite };
}

function text(x: number): Text {
  return Number.isFinite(x) ? Object.is(x, -0) ? 0 : x : x !== x ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
}

function said(x: number | boolean): Text | boolean {
  return typeof x === 'boolean' ? x : text(x);
}
