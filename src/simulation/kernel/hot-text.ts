import { cell } from './counters';
import type { KernelMode } from './mode';

/**
 * The common range of a rounder as statements and expressions over `x`, so that an operation and its rounding are one function: the optimizer then inlines one call an operation, not three, and large
 * functions of the program stay within what it inlines.
 */
export interface InlineRounding {
  /** Declarations that the others need. */
  readonly steps: string;
  /** Whether `value` is x rounded; anything else is for the rounder. Empty: always. */
  readonly holds: string;
  /** The same for a value that is known to be no larger than some finite value of the format. */
  readonly holdsInRange: string;
  readonly value: string;
  /** The value is x itself: nothing rounds. */
  readonly exact: boolean;
  /** Where `value` holds for normal magnitudes alone: the smallest one, and the number whose addition and subtraction rounds those below it, except to zero; whether `value` is right for zeros. */
  readonly subnormal?: { readonly normal: string; readonly magic: string; readonly zero: boolean } | undefined;
}

/** Rounding of a format that doubles are values of. */
export const noRounding: InlineRounding = { steps: '', holds: '', holdsInRange: '', value: 'x', exact: true };

/** The parts of a generated rounder's `hot` function; undefined where it has another form. Subnormal results are for the rounder: their branch costs every other result more than it saves them. */
export function inlineRounding(hot: string, rest: string, signedZero: boolean): InlineRounding | undefined {
  const parts = /^x => \{ ((?:const [^{}]*;)?) ?return ([^{}?]*) \? ([^{}?:]*) : \+rest\(x\); \}$/.exec(hot);
  if (!parts) return /^x => Math_fround\(x\)$/.test(hot) ? { steps: '', holds: '', holdsInRange: '', value: 'Math_fround(x)', exact: false } : undefined;
  const [, steps, holds, value] = parts;
  // Veltkamp's split leaves a zero and its sign alone.
  const orZero = (test: string): string => signedZero && value === 'z' && /const z = t - \(t - x\);$/.test(steps) ? `(${test} || x === 0)` : test === '' ? '' : `(${test})`;
  const below = /^x => \{ const ax = Math_abs\(x\); if \(ax < (\S+)\) \{ const y = \(ax \+ (\S+)\) - \2; const z = x < 0 \? -y : y; if \(z > \S+\) return \S+ if \(z < \S+\) return \S+  return/.exec(rest);
  const subnormal = below && value === 'z' && holds.startsWith(`ax >= ${below[1]} && ax <= `) ? { normal: below[1], magic: below[2], zero: signedZero } : undefined;
  return { steps, holds: orZero(holds), holdsInRange: orZero(value === 'z' ? withoutUpperEnd(holds) : holds), value, exact: false, subnormal };
}

/** The test without what follows from the range of the result: what rounds to a larger magnitude is beyond it. */
function withoutUpperEnd(holds: string): string {
  return holds.replace(/^(ax >= \S+) && ax <= \S+$/, '$1').replace(/^z >= \S+ && z <= \S+(?: && |$)/, '');
}

/** Whether operations are counted by the short form: a streaming run with a double reference that samples nothing. */
export function isHot(mode: KernelMode, inline: InlineRounding | undefined): inline is InlineRounding {
  return inline !== undefined && mode.shadow === 'statistics' && !mode.calibrating;
}

/** Tests that an operation changes nothing but its count: a result within the known range and error of its site. */
export function unremarkable(inline: InlineRounding, y: string, x: string, site: string): string[] {
  return [`${y} >= ${cell('low', site)}`, `${y} <= ${cell('high', site)}`, inline.exact ? '' : `Math_abs(${y} - ${x}) <= ${cell('error', site)}`].filter(Boolean);
}

/** Tests that a sum cancels no more than any before. */
export function noNewCancellation(y: string, a: string, b: string, site: string): string[] {
  return [a, b].map(operand => `!(Math_abs(${y}) < Math_abs(${operand}) * ${cell('ratio', site)})`);
}

/**
 * Statements that round `x` to a constant or variable `y` as `inline` does, subnormal magnitudes included; what they cannot round leaves the block `hot`. `bounded`: the result is tested against
 * a known range afterwards. No call stands here: the optimizer would keep all values in memory around it.
 */
export function roundingSteps(inline: InlineRounding, x: string, y: string, bounded: boolean): string {
  const { subnormal } = inline;
  if (!subnormal) { const holds = bounded ? inline.holdsInRange : inline.holds; return `${inline.steps} const ${y} = ${inline.value};${holds ? ` if (!${holds}) break hot;` : ''}`; }
  const [, magnitude, upper] = /(\w+) >= \S+ && (\w+ <= [^\s|)]+)/.exec(inline.holds)!;
  const small = `${y} = (${x} + ${subnormal.magic}) - ${subnormal.magic}; if (${y} === 0) break hot;`;
  return `${inline.steps} let ${y} = ${inline.value}; if (!(${magnitude} >= ${subnormal.normal})) { ${subnormal.zero ? `if (${x} !== 0) { ${small} }` : small} }${bounded ? '' : ` else if (!(${upper})) break hot;`}`;
}

/** Counts a sum that leaves one operand as it is. */
export function absorption(name: 'add' | 'sub', y: string, a: string, b: string, site: string): string {
  return `if (${y} === ${a} ? ${b} !== 0 : ${y} === ${name === 'add' ? b : `-${b}`} && ${a} !== 0) $0absorbed(${site});`;
}

/**
 * One operation as a single test: a result within the range and the local error known of its site, which cancels no more than any before, changes the counts alone. Everything
 * else, the first result of a site included, takes the complete function `$0<name>_`.
 */
export function hotBinary(name: string, suffix: string, inline: InlineRounding, exact: string, reference: string, sum: 'add' | 'sub' | undefined): string {
  const r = reference.replace(/\bp\b/g, 'ar').replace(/\bq\b/g, 'br');
  const tests = [...inline.holdsInRange ? [inline.holdsInRange] : [], ...unremarkable(inline, 'y', 'x', 's'), ...sum ? noNewCancellation('y', 'a', 'b', 's') : []];
  return `function $0${name}${suffix}(s, a, ar, b, br) { if (typeof a === "number" && typeof b === "number") { const x = ${exact}; ${inline.steps} const y = ${inline.value};`
    + ` if (${tests.join(' && ')}) { ${cell('count')}++; ${sum ? absorption(sum, 'y', 'a', 'b', 's') : ''} $0R[0] = ${r}; return y; } return +$0${name}${suffix}_(s, a, ar, b, br); }`
    + ` return $0${name}${suffix}_(s, a, ar, b, br); }`;
}

/** A value enters: nothing is counted where it is in the format already. */
export function hotEnter(suffix: string, inline: InlineRounding): string {
  return `function $0in${suffix}(s, x, xr) { if (typeof x === "number") { ${inline.steps} const y = ${inline.value};`
    + ` if (${inline.holds ? `${inline.holds} && ` : ''}${entersQuietly(inline, 'y', 'x', 's')}) { ${inline.exact ? '' : `if (y !== x) ${cell('count')}++;`} $0R[0] = xr; return y; } return +$0in${suffix}_(s, x, xr); } return $0in${suffix}_(s, x, xr); }`;
}

/** Test that a conversion changes nothing but its count. */
export function entersQuietly(inline: InlineRounding, y: string, x: string, site: string): string {
  return inline.exact ? `${x} === ${x}` : `Math_abs(${y} - ${x}) <= ${cell('error', site)}`;
}
