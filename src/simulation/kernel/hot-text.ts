import type { KernelMode } from './mode';

/**
 * The common range of a rounder as statements and expressions over `x`, so that an operation and its rounding are one function: the optimizer then inlines one call an operation, not three, and large
 * functions of the program stay within what it inlines.
 */
export interface InlineRounding {
  /** Declarations that the other two need. */
  readonly steps: string;
  /** Whether `value` is x rounded; anything else is for the rounder. */
  readonly holds: string;
  readonly value: string;
}

/** The parts of a generated rounder's `hot` function; undefined where it has another form. Subnormal results are for the rounder: their branch costs every other result more than it saves them. */
export function inlineRounding(hot: string, signedZero: boolean): InlineRounding | undefined {
  const parts = /^x => \{ ((?:const [^{}]*;)?) ?return ([^{}?]*) \? ([^{}?:]*) : \+rest\(x\); \}$/.exec(hot);
  if (!parts) return /^x => Math_fround\(x\)$/.test(hot) ? { steps: '', holds: '', value: 'Math_fround(x)' } : undefined;
  // Veltkamp's split leaves a zero and its sign alone.
  const splits = signedZero && parts[3] === 'z' && /const z = t - \(t - x\);$/.test(parts[1]);
  return { steps: parts[1], holds: splits ? `(${parts[2]} || x === 0)` : `(${parts[2]})`, value: parts[3] };
}


/** Whether operations are counted by the short form: a streaming run with a double reference that samples nothing. */
export function isHot(mode: KernelMode, inline: InlineRounding | undefined): inline is InlineRounding {
  return inline !== undefined && mode.shadow === 'statistics' && !mode.calibrating;
}

/**
 * One operation as a single test: a result within the range and the local error known of its site, which cancels no more than any before, changes the counts alone. Everything
 * else, the first result of a site included, takes the complete function `$0<name>_`.
 */
export function hotBinary(name: string, suffix: string, inline: InlineRounding, exact: string, reference: string, sum: boolean): string {
  const r = reference.replace(/\bp\b/g, 'ar').replace(/\bq\b/g, 'br');
  return `function $0${name}${suffix}(s, a, ar, b, br) { if (typeof a === "number" && typeof b === "number") { const x = ${exact}; ${inline.steps} const y = ${inline.value};`
    + ` if (${condition(inline, 'y', 'x')}${sum ? ' && !(Math_abs(y) < Math_abs(a) * $0CR[s])' : ''}) { $0C[s]++;${sum ? ' if (y === a ? b !== 0 : y === b && a !== 0) $0AB[s]++;' : ''} $0R[0] = ${r}; return y; } }`
    + ` return $0${name}${suffix}_(s, a, ar, b, br); }`;
}

/** A value enters: nothing is counted where it is in the format already. */
export function hotEnter(suffix: string, inline: InlineRounding): string {
  return `function $0in${suffix}(s, x, xr) { if (typeof x === "number") { ${inline.steps} const y = ${inline.value}, e = Math_abs(y - x);`
    + ` if (${inline.holds ? `${inline.holds} && ` : ''}e <= $0ME[s]) { if (e !== 0) $0C[s]++; $0R[0] = xr; return y; } } return $0in${suffix}_(s, x, xr); }`;
}

function condition(inline: InlineRounding, y: string, x: string): string {
  return `${inline.holds ? `${inline.holds} && ` : ''}${y} >= $0MN[s] && ${y} <= $0MX[s] && Math_abs(${y} - ${x}) <= $0ME[s]`;
}
