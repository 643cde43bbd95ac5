import type { Format, Rounding } from '../../formats';
import { rounderText } from '../../formats/generate';
import type { UnitRounding } from '../plan';
import { inlineRounding, noRounding, type InlineRounding } from './hot-text';

/** Text of the functions `$0r<unit>` (rounds a double) and, where rounding the double result would round twice, `$0g<unit>` (correctly rounded arithmetic). */
export interface UnitText {
  readonly declarations: string;
  /** Rounds the expression `x`. */
  readonly round: (x: string) => string;
  /** The same for a value that enters data arithmetic, where that differs: see `sentinels`. */
  readonly enter?: (x: string) => string;
  /** Correctly rounded operation for + − × ÷ √. */
  readonly operation: (name: 'add' | 'sub' | 'mul' | 'div' | 'sqrt', exact: string, operands: string) => string;
  /** The common range without a call, where rounding the double result rounds once. */
  readonly inline?: InlineRounding | undefined;
  readonly key: string;
}

/** Operations of units with the same rounding share their functions. */
export function unitKey(unit: UnitRounding): string {
  return unit.kind === 'exact' || unit.kind === 'accumulator' ? unit.kind : unit.kind === 'calibrated' ? `calibrated ${unit.format.id} ${unit.symmetric} ${unit.integerOnly}` : `${unit.format.id} ${JSON.stringify({ ...unit.rounding, random: undefined })} ${unit.seed}`;
}

/** The unit to whose format operands are converted. Operands of wide operations are values of the base format: what is wide is the result. */
export function entryUnit(suffix: string): string {
  return suffix === 'W' || suffix === 'P' ? '' : suffix;
}

export function unitText(suffix: string, unit: UnitRounding): UnitText {
  const key = unitKey(unit);
  const exactUnit = unit.kind === 'exact' || (unit.kind === 'format' && unit.format.id === 'fp64' && isDefault(unit.rounding));
  if (exactUnit) return { key: 'exact', declarations: `const $0r${suffix} = x => x;`, round: x => x, operation: (_, exact) => exact, inline: noRounding };
  if (unit.kind === 'accumulator') return { key, declarations: `const $0r${suffix} = x => x;`, round: x => x, operation: (name, exact) => name === 'mul' ? `$0integers.product(a, b, ${exact})` : name === 'add' || name === 'sub' ? `$0integers.sum(a, b, ${exact})` : exact };
  if (unit.kind === 'calibrated' && unit.integerOnly) {
    const spec = JSON.stringify({ bits: unit.format.bits, signed: unit.format.lowest < 0 });
    return { key, declarations: `const $0integers = $0rt.integerOnly($0ranges, ${spec}), $0r${suffix} = $0integers.quantize;`, round: x => `$0r${suffix}(${x}, s)`,
      operation: (name, exact) => name === 'mul' ? `$0integers.multiply(a, b, ${exact}, s)` : name === 'add' ? `$0integers.add(a, b, ${exact}, s)` : name === 'sub' ? `$0integers.add(a, -b, ${exact}, s)` : `$0r${suffix}(${exact}, s)` };
  }
  if (unit.kind === 'calibrated') {
    return { key, declarations: `const $0quantize = $0rt.quantizer($0ranges, ${JSON.stringify({ bits: unit.format.bits, signed: unit.format.lowest < 0, symmetric: unit.symmetric })}); const $0r${suffix} = (x, s) => $0quantize(x, s);`, round: x => `$0r${suffix}(${x}, s)`, operation: (_, exact) => `$0r${suffix}(${exact}, s)` };
  }
  const spec = JSON.stringify({ id: unit.format.id, rounding: { ...unit.rounding, random: undefined }, seed: unit.seed });
  const generated = unit.rounding.mode === 'stochastic' ? undefined : rounderText(unit.format, unit.rounding);
  // The program's own `Math` is replaced in the run's context; `Math_abs` is the language's.
  const text = generated && { hot: generated.hot.replaceAll('Math.', 'Math_'), rest: generated.rest.replaceAll('Math.', 'Math_') };
  const direct = text && unit.format.id === 'fp32' && text.hot.includes('Math_fround');
  const rounder = text && !direct ? `const $0r${suffix} = (() => { const far = $0rt.generalRounder(${spec}); const rest = ${text.rest}; return ${text.hot}; })();`
    : direct ? `const $0r${suffix} = x => Math_fround(x);` : `const $0r${suffix} = $0rt.rounder(${spec});`;
  const safe = (unit.rounding.mode ?? 'nearest-even') === 'nearest-even' && unit.format.values.kind === 'lattice' && unit.format.bits <= 32
    && (Number.isFinite(unit.format.values.precision) ? unit.format.values.precision <= 24 : unit.format.bits <= 16);
  const sentinel = sentinels(suffix, unit.format, unit.rounding);
  const inline = text ? inlineRounding(text.hot, text.rest, unit.format.signedZero) : undefined;
  if (safe) return { key, inline, ...sentinel, declarations: `${rounder} ${sentinel.declarations}`, round: x => `$0r${suffix}(${x})`, operation: (_, exact) => `$0r${suffix}(${exact})` };
  return {
    key, ...sentinel, declarations: `${rounder} ${sentinel.declarations} const $0g${suffix} = $0rt.arithmetic(${spec});`, round: x => `$0r${suffix}(${x})`,
    operation: (name, _, operands) => `$0g${suffix}.${name}(${operands})`,
  };
}

/**
 * `let least = Infinity` begins a search: it is compared, and means "beyond every value" in a format without infinities too. It therefore enters as it is; the result of
 * an operation on it follows the format's rule.
 */
function sentinels(suffix: string, format: Format, rounding: Rounding): Pick<UnitText, 'declarations' | 'enter'> {
  if (format.infinities || (rounding.overflow ?? 'ieee') !== 'ieee') return { declarations: '' };
  return { declarations: `const $0e${suffix} = x => x === 1 / 0 || x === -1 / 0 ? x : $0r${suffix}(x);`, enter: x => `$0e${suffix}(${x})` };
}

function isDefault(rounding: { readonly mode?: string; readonly overflow?: string; readonly subnormals?: string }): boolean {
  return (rounding.mode ?? 'nearest-even') === 'nearest-even' && (rounding.overflow ?? 'ieee') === 'ieee' && (rounding.subnormals ?? 'keep') === 'keep';
}
