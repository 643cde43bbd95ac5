import { FormatError, type Format } from './format';
import { customCodebook, customFloat, fixedFormat, integerFormat, p3109Format, uniformCodebook, type FixedKind } from './parametric';
import { formats } from './registry';

/** The format of that name, or undefined. Throws `FormatError` for a parametric name with impossible numbers, such as `float(0,70)`. */
export function findFormat(id: string): Format | undefined {
  const name = normalize(id);
  return byName.get(name) ?? byName.get(aliases[name] ?? '') ?? parametric(name);
}

/** The format of that name; throws a `FormatError` that names the nearest existing ones. */
export function parseFormat(id: string): Format {
  const format = findFormat(id);
  if (format) return format;
  const near = nearMatches(normalize(id));
  throw new FormatError(`There is no format "${id}"${near.length ? `; did you mean ${near.join(' or ')}?` : '.'} "roundoff formats" lists them, and float(e,m), fixed(i,f) or intN build others.`);
}

const byName = new Map(formats.map(format => [format.id, format]));

/** What people type, answered with the full name. The bare widths stand for the usual default. */
const aliases: Readonly<Record<string, string>> = {
  double: 'fp64', float64: 'fp64', f64: 'fp64', binary64: 'fp64', single: 'fp32', float32: 'fp32', f32: 'fp32', binary32: 'fp32', float: 'fp32',
  tensorfloat32: 'tf32', 'tensorfloat-32': 'tf32', half: 'fp16', float16: 'fp16', f16: 'fp16', binary16: 'fp16', bfloat16: 'bf16', bfloat: 'bf16',
  fp8: 'fp8-e4m3fn', e4m3fn: 'fp8-e4m3fn', e5m2: 'fp8-e5m2', e4m3: 'fp8-e4m3', e3m4: 'fp8-e3m4', e4m3fnuz: 'fp8-e4m3fnuz', e5m2fnuz: 'fp8-e5m2fnuz',
  e4m3b11fnuz: 'fp8-e4m3b11fnuz', fp6: 'fp6-e3m2fn', e3m2fn: 'fp6-e3m2fn', e2m3fn: 'fp6-e2m3fn', 'fp6-e3m2': 'fp6-e3m2fn', 'fp6-e2m3': 'fp6-e2m3fn',
  e3m2: 'fp6-e3m2fn', e2m3: 'fp6-e2m3fn', fp4: 'fp4-e2m1fn', e2m1fn: 'fp4-e2m1fn', e2m1: 'fp4-e2m1fn', 'fp4-e2m1': 'fp4-e2m1fn', e8m0: 'e8m0fnu',
  'fp8-e8m0fnu': 'e8m0fnu', 'fp4-radix4-even': 'fp4-radix4', 'radix4': 'fp4-radix4', normalfloat4: 'nf4', byte: 'int8', short: 'int16', int: 'int32',
};

function normalize(id: string): string {
  return id.trim().toLowerCase().replaceAll('_', '-').replace(/\s+/g, '');
}

const built = new Map<string, Format>();
const builtLimit = 1000;

/** Parametric formats are built once, so that a format found twice is the same object. */
function parametric(name: string): Format | undefined {
  const known = built.get(name);
  if (known) return known;
  const format = build(name);
  if (!format) return undefined;
  const named = byName.get(format.id) ?? built.get(format.id) ?? format;
  if (built.size >= builtLimit) built.clear();
  built.set(format.id, named);
  built.set(name, named);
  return named;
}

function build(name: string): Format | undefined {
  let m = /^float\((-?\d+),(-?\d+)\)$/.exec(name);
  if (m) return customFloat(Number(m[1]), Number(m[2]));
  m = /^([us]|sym|sy)?fixed\((-?\d+),(-?\d+)\)$/.exec(name);
  if (m) return fixedFormat(Number(m[2]), Number(m[3]), fixedKind(m[1]));
  m = /^([us])?q(\d+)\.(\d+)$/.exec(name);
  if (m) return fixedFormat(Number(m[2]), Number(m[3]), fixedKind(m[1]));
  m = /^(u)?int(\d+)$/.exec(name) ?? /^(u)?i(\d+)$/.exec(name);
  if (m) return integerFormat(Number(m[2]), m[1] === undefined);
  m = /^(?:p3109-)?k(\d+)p(\d+)([su])([ef])$/.exec(name);
  if (m) return p3109Format(Number(m[1]), Number(m[2]), m[3] === 's', m[4] === 'e');
  m = /^uniform\((\d+),([^,]+),([^,]+)\)$/.exec(name);
  if (m) return uniformCodebook(Number(m[1]), Number(m[2]), Number(m[3]));
  m = /^codebook\((.+)\)$/.exec(name);
  if (m) return customCodebook(name, m[1].split(',').map(Number));
  return undefined;
}

function fixedKind(prefix: string | undefined): FixedKind {
  return prefix === 'u' ? 'unsigned' : prefix === undefined ? 'signed' : 'symmetric';
}

function nearMatches(name: string): string[] {
  const candidates = [...byName.keys(), ...Object.keys(aliases)];
  const scored = candidates.map(id => ({ id: byName.has(id) ? id : aliases[id], distance: editDistance(name, id) }))
    .filter(({ id, distance }) => distance <= 2 || (name.length >= 3 && id.includes(name))).sort((a, b) => a.distance - b.distance);
  return [...new Set(scored.map(s => s.id))].slice(0, 3);
}

/** Levenshtein distance, with inputs cut to 24 characters. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 24);
  const b = right.slice(0, 24);
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
