import { FormatError, parseFormat, type Format, type Rounding } from '../formats';
import type { SchemeRequest } from '../protocol/report';
import type { BlockScaling, SchemePlan, UnitRounding } from './plan';
import { schemePresets } from './presets';

/** A scheme that does not exist or cannot be what is asked; the message is one sentence with the remedy. */
export class SchemeError extends Error {
  override readonly name = 'SchemeError';
}

const blockSizes: Readonly<Record<string, readonly [scheme: string, size: number, element: string]>> = {
  mxfp8: ['mxfp8-e4m3', 32, 'fp8-e4m3fn'], 'mxfp8-e4m3': ['mxfp8-e4m3', 32, 'fp8-e4m3fn'], 'mxfp8-e5m2': ['mxfp8-e5m2', 32, 'fp8-e5m2'],
  mxfp6: ['mxfp6-e2m3', 32, 'fp6-e2m3fn'], 'mxfp6-e2m3': ['mxfp6-e2m3', 32, 'fp6-e2m3fn'], 'mxfp6-e3m2': ['mxfp6-e3m2', 32, 'fp6-e3m2fn'],
  mxfp4: ['mxfp4', 32, 'fp4-e2m1fn'], mxint8: ['mxint8', 32, 'int8'], nvfp4: ['nvfp4', 16, 'fp4-e2m1fn'], nf4: ['nf4', 64, 'nf4'], 'int4-g32': ['int4', 32, 'int4'], 'int8-g32': ['int8', 32, 'int8'],
  ternary: ['ternary', 0, 'ternary'], binary: ['binary', 0, 'binary'],
};

/** Resolves a scheme: what rounds where. Throws `SchemeError`. */
export function parseScheme(request: SchemeRequest): SchemePlan {
  const id = request.id.trim();
  const seed = request.seed ?? 1;
  const block = Object.hasOwn(blockSizes, id) ? blockSizes[id] : undefined;
  if (block) {
    const fp32 = format('fp32');
    const unit = rounded(fp32, {}, seed);
    const blocks: BlockScaling = { scheme: block[0], size: granularity(request) ?? block[1] };
    return { id, title: titleOf(id), format: elementFormat(block[2]), base: unit, wide: unit, product: unit, accumulator: unit, roundsLiterals: true, blocks, wideReference: false,
      energy: { family: 'float', bits: 32, accumulatorBits: 32 } };
  }
  const raw = id.endsWith('-raw');
  const integerOnly = id.endsWith('-integer-only');
  const [name, wideName] = raw ? [id.slice(0, -4), undefined] : integerOnly ? [id.slice(0, -13), undefined] : id.split('+');
  const f = format(name);
  const accumulatorName = request.accumulator ?? wideName;
  if (f.family === 'integer' && !raw) return calibrated(id, f, request, seed);
  return direct(id, f, accumulatorName === undefined ? undefined : format(accumulatorName), request, seed);
}

function direct(id: string, f: Format, accumulator: Format | undefined, request: SchemeRequest, seed: number): SchemePlan {
  const grid = f.family === 'fixed' || f.family === 'integer';
  const fixed = f.family === 'fixed';
  const rounding: Rounding = {
    mode: request.rounding ?? (fixed ? 'nearest-away' : 'nearest-even'),
    overflow: request.overflow ?? (grid || (!f.infinities && !f.nans) ? 'saturate' : 'ieee'),
    subnormals: request.subnormals ?? 'keep',
  };
  if (rounding.overflow === 'wrap' && !grid) throw new SchemeError(`Overflow "wrap" is for integers and fixed point; for ${f.id} take "ieee" or "saturate".`);
  const base = rounded(f, rounding, seed);
  const exact: UnitRounding = { kind: 'exact' };
  const sums = accumulator ? rounded(accumulator, { ...rounding, overflow: request.overflow ?? (accumulator.infinities ? 'ieee' : 'saturate') }, seed) : undefined;
  const precision = Math.max(f.significandBits ?? 0, accumulator?.significandBits ?? 0);
  return {
    id, title: titleOf(id, f), format: f, base,
    wide: fixed ? exact : base,
    product: fixed ? exact : sums ?? base,
    accumulator: sums ?? base,
    roundsLiterals: !fixed, blocks: null, wideReference: precision > 24 || (fixed && f.bits > 24),
    energy: { family: grid ? 'integer' : 'float', bits: f.bits, accumulatorBits: accumulator?.bits ?? f.bits },
  };
}

/** int8, int4, …: every site has a scale of its own, found by a run in double; reductions are summed in 32-bit integers, which fp64 holds exactly. */
function calibrated(id: string, f: Format, request: SchemeRequest, seed: number): SchemePlan {
  if (request.rounding !== undefined && request.rounding !== 'nearest-even') throw new SchemeError(`${id} is calibrated and rounds to nearest; take ${f.id}-raw for rounding mode "${request.rounding}".`);
  const integerOnly = id.endsWith('-integer-only');
  const calibration = request.calibration ?? 'minmax';
  if (!/^(?:minmax|symmetric|kl|mse|percentile:(?:100|\d{1,2})(?:\.\d+)?)$/.test(calibration)) throw new SchemeError(`There is no calibration "${calibration}"; take minmax, symmetric, percentile:99.9, kl or mse.`);
  const unit: UnitRounding = { kind: 'calibrated', format: f, symmetric: integerOnly || calibration !== 'minmax', integerOnly, calibration };
  const sums: UnitRounding = integerOnly && request.accumulator === undefined ? { kind: 'accumulator' } : rounded(format(request.accumulator ?? 'fp32'), {}, seed);
  return { id, title: titleOf(id, f), format: f, base: unit, wide: sums, product: sums, accumulator: sums, roundsLiterals: false, blocks: null, wideReference: false,
    energy: { family: 'integer', bits: f.bits, accumulatorBits: 32 } };
}

/** The unit of a `@format`. */
export function formatUnit(id: string, seed: number): UnitRounding {
  const f = format(id);
  const fixed = f.family === 'fixed' || f.family === 'integer';
  return rounded(f, { mode: fixed ? 'nearest-away' : 'nearest-even', overflow: fixed || (!f.infinities && !f.nans) ? 'saturate' : 'ieee' }, seed);
}

function rounded(f: Format, rounding: Rounding, seed: number): UnitRounding {
  const plainDouble = f.id === 'fp64' && (rounding.mode ?? 'nearest-even') === 'nearest-even' && (rounding.overflow ?? 'ieee') === 'ieee' && (rounding.subnormals ?? 'keep') === 'keep';
  return plainDouble ? { kind: 'exact' } : { kind: 'format', format: f, rounding, seed };
}

function elementFormat(id: string): Format {
  return format(id);
}

function granularity(request: SchemeRequest): number | undefined {
  const m = /^group:(\d+)$/.exec(request.granularity ?? '');
  return m ? Number(m[1]) : request.granularity === 'tensor' ? 0 : undefined;
}

function format(id: string): Format {
  try {
    return parseFormat(id);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const near = schemePresets.map(p => p.id).filter(p => p.startsWith(id.slice(0, 3)));
    throw new SchemeError(`${error.message}${near.length ? ` Schemes with a similar name: ${near.join(', ')}.` : ''}`);
  }
}

function titleOf(id: string, f?: Format): string {
  return schemePresets.find(p => p.id === id)?.title ?? (f && f.id === id ? f.title : id);
}
