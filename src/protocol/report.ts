import type { JsonValue, Real } from './real';

/** What to simulate. `schemes` are preset ids or format ids (`fp16`, `bf16+fp32`, `int8`, `fixed(1,6)`, `mxfp4`), optionally with overrides. */
export interface SimulationRequest {
  /** Path or URI of the file, as the module loader of the host understands it. */
  readonly file: string;
  /** Exported or top-level function, or `Class.method`. */
  readonly functionName: string;
  readonly schemes: readonly SchemeRequest[];
  readonly inputs: InputRequest;
  readonly limits?: Partial<SimulationLimits>;
}

export interface SchemeRequest {
  readonly id: string;
  readonly rounding?: 'nearest-even' | 'nearest-away' | 'toward-zero' | 'up' | 'down' | 'to-odd' | 'stochastic';
  readonly overflow?: 'ieee' | 'saturate' | 'wrap';
  readonly subnormals?: 'keep' | 'flush';
  /** Format id of the accumulator of detected reductions. */
  readonly accumulator?: string;
  readonly granularity?: 'tensor' | 'channel' | `group:${number}`;
  readonly calibration?: 'minmax' | 'symmetric' | `percentile:${number}` | 'kl' | 'mse';
  /** Seed of stochastic rounding. */
  readonly seed?: number;
}

export type InputRequest =
  | { readonly kind: 'given'; readonly cases: readonly (readonly JsonValue[])[] }
  /** Made up from types and `@range`; some of them are calls that the workspace writes down. */
  | { readonly kind: 'generated'; readonly count: number; readonly seed: number }
  /** The arguments of the function's calls in the workspace, tests included, where they are literals. */
  | { readonly kind: 'calls' }
  /** One numeric parameter (index, or path such as `p.x`) runs over [lo, hi] in `count` steps, the others stay at `base`. */
  | { readonly kind: 'sweep'; readonly parameter: number; readonly path?: string; readonly lo: number; readonly hi: number; readonly count: number; readonly base: readonly JsonValue[] };

/** A call that the workspace writes down; lines from 1. */
export interface InputOrigin {
  readonly file: string;
  readonly line: number;
}

export interface SimulationLimits {
  /** Wall-clock limit of the whole request. */
  readonly milliseconds: number;
  readonly megabytes: number;
  /** Simulated numeric operations per run. */
  readonly operations: number;
  /** Operations recorded for the reverse sweep; beyond it a streaming summary. */
  readonly recorded: number;
}

export interface ParameterDescription {
  readonly name: string;
  /** TypeScript type as text. */
  readonly type: string;
  readonly range?: readonly [Real, Real];
}

export interface FunctionDescription {
  readonly name: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
  readonly parameters: readonly ParameterDescription[];
  /** Whether "Simulate" makes sense: some parameter, local or result is numeric. */
  readonly numeric: boolean;
}

/** The answer to one `SimulationRequest`; the CLI prints it as `simulate --json` (contract) with these extra fields. */
export interface SimulationReport {
  /** Set in a summary of a large report: what the server calls the whole, for `roundoff/page` (`report-pages.ts`). */
  readonly whole?: string;
  readonly version: 1;
  /** `FILE#NAME`. */
  readonly function: string;
  readonly description: FunctionDescription;
  /** Source text of the file at the time of the run: sites' offsets refer to it. Other files of the run are in `sources`. */
  readonly sources: Readonly<Record<string, string>>;
  readonly cases: number;
  readonly inputs: readonly (readonly JsonValue[])[];
  /** By input: the call that it was taken from; null where it was made up. Left out when none was taken from a call. */
  readonly origins?: readonly (InputOrigin | null)[];
  readonly formats: readonly FormatReport[];
  readonly seconds: number;
  /** Sentences that qualify the numbers: "Math.* functions are computed in double and rounded once", "3 values passed through untracked code". */
  readonly notes: readonly string[];
}

export interface FormatReport {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'timeout' | 'threw' | 'cancelled' | 'unsupported';
  /** One sentence when status is not `ok`; for `threw` the user's own error. */
  readonly message: string;
  /** Where it threw, when known. */
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
  /** Per case: what the simulated code returned, and the shadow of the same run. Cases that threw are null. */
  readonly results: readonly JsonValue[];
  readonly references: readonly JsonValue[];
  /** Over all cases and all numeric outputs. */
  readonly maxAbsoluteError: Real;
  readonly maxRelativeError: Real;
  /** Smallest number of correct leading bits over cases: min(significand bits, −log2(relative error)). */
  readonly correctBits: Real;
  readonly significandBits: number;
  /** Index of the case with the largest error. */
  readonly worstCase: number;
  /** Relative error of the first numeric output, per case. */
  readonly caseErrors: readonly Real[];
  readonly firstCase: RunReport;
  /** Numeric operations over all cases, by kind (`add16`, …: see the energy table). */
  readonly operations: Readonly<Record<string, number>>;
  readonly energyPicojoules: number;
  /** Bytes that the function's arrays and locals take in the storage format. */
  readonly memoryBytes: number;
  readonly seconds: number;
  /** Values stored or computed, by binary exponent ⌊log2|x|⌋ of the reference value, with how many of them the scheme flushed or saturated. */
  readonly exponents: { readonly lowest: number; readonly counts: readonly number[]; readonly zeros: number; readonly nonFinite: number };
  /** Binary exponents of the smallest positive and the largest finite value of the storage format; null for integers and codebooks. */
  readonly representable: { readonly lowest: number; readonly highest: number } | null;
}

/** One recorded run, swept backwards: the error of the first numeric output as a sum over sites. */
export interface RunReport {
  /** True in a summary for a format that is not shown: sites that matter least, iteration samples and edges are left out (`report-pages.ts`). */
  readonly outline?: true;
  readonly sites: readonly SiteReport[];
  readonly edges: readonly FlowEdge[];
  /** Site id of the expression that produced the first numeric output. */
  readonly output: string | null;
  readonly outputPath: string;
  readonly outputValue: Real;
  readonly outputReference: Real;
  /** Observed error of the output and the sum of contributions; they agree to first order, `attribution` says how well. */
  readonly outputError: Real;
  readonly attributedError: Real;
  readonly attribution: 'exact' | 'first-order' | 'incomplete';
  readonly recordedOperations: number;
  readonly totalOperations: number;
  /** Sampled along the run, at most 2,000 points. */
  readonly series: readonly SeriesPoint[];
  /** The first operation whose simulated value differs from its reference, and the first branch that goes the other way. */
  readonly firstDivergence: string | null;
  readonly divergences: readonly Divergence[];
  readonly untracked: number;
}

export interface SeriesPoint {
  /** Index of the operation in the run. */
  readonly operation: number;
  readonly site: string;
  readonly simulated: Real;
  readonly reference: Real;
}

export interface Divergence {
  readonly site: string;
  readonly kind: 'branch' | 'integer';
  readonly simulated: JsonValue;
  readonly reference: JsonValue;
  readonly count: number;
}

/** What one site did in one run. Errors are absolute, signed: simulated − reference. */
export interface SiteReport {
  /** Site id, `start-end`; unique within `file`. */
  readonly site: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
  readonly operator: string;
  readonly count: number;
  /** Range of simulated values. */
  readonly range: readonly [Real, Real];
  /** Largest |rounding error| made by this site in one operation, in ulps of the scheme's arithmetic format. */
  readonly localError: Real;
  /** Signed sum over the site's operations of (rounding error × sensitivity of the output). */
  readonly contributedError: Real;
  /** |contributedError| over the sum of |contributedError| of all sites, 0…1. */
  readonly share: number;
  /** Largest condition number max |x_i f_i′ / f| met. */
  readonly condition: Real;
  /** Most leading bits cancelled in one addition or subtraction. */
  readonly cancelledBits: number;
  /** Additions with a non-zero operand that left the other operand unchanged. */
  readonly absorbed: number;
  readonly overflow: number;
  readonly underflow: number;
  readonly saturated: number;
  /** NaN results whose operands were not NaN. */
  readonly nan: number;
  readonly branchDivergence: number;
  readonly untracked: number;
  /** Last simulated and reference value, for the hover. */
  readonly last: { readonly simulated: Real; readonly reference: Real };
  /** Along the iterations of the innermost loop, at most 200 samples. */
  readonly iterations: readonly { readonly index: number; readonly simulated: Real; readonly reference: Real; readonly contributed: Real }[];
}

/** Error that flows from one site into another: first-order part of the output error that travels this edge (absolute, signed). */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly error: Real;
  /** How many times values travelled it. */
  readonly count: number;
}

