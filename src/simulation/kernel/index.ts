import type { Shape, ShapeUse } from '../../program/shapes';
import type { SchemePlan, UnitRounding } from '../plan';
import { factsOf } from '../runtime/facts';
import { collectionsText } from './collections-text';
import { foldText, fusedText, primeText } from './fused-text';
import { libraryText } from './library-text';
import type { KernelMode } from './mode';
import { binaryText, comparisonText, enterText, integerText, mathText, quotientText } from './operations-text';
import { entryUnit, unitText, type UnitText } from './rounding-text';
import { runText } from './run-text';
import { prelude, shadowText, sharedText } from './shadows-text';
import { tapeText } from './tape-text';
import { writtenNumbersText } from './written-numbers-text';

export type { KernelMode } from './mode';

export interface KernelOptions {
  readonly plan: SchemePlan;
  readonly mode: KernelMode;
  readonly prefix: string;
  /** Operator of each site. */
  readonly operators: readonly string[];
  readonly literals: readonly { readonly value: number; readonly site: number; readonly unit: string }[];
  /** Units of `@format`: F0, F1, … */
  readonly formats: readonly UnitRounding[];
  /** Expressions that are computed as a whole: f0, f1, …, and their places. */
  readonly shapes: readonly Shape[];
  readonly shapeUses: readonly ShapeUse[];
  /** Loop iterations and calls before the run is stopped. */
  readonly operations: number;
  /** Nodes of the tape. */
  readonly recorded: number;
  /** Seed of `Math.random`. */
  readonly seed: number;
  /** Calibrated ranges by site. */
  readonly ranges: ReadonlyMap<number, readonly [number, number]>;
}

/**
 * The run-time of one run as JavaScript text. It is generated for the scheme: every rounding constant is a literal and every function is small, so that the engine inlines operation,
 * rounding and bookkeeping into the user's loop. The text is a classic script: its top-level names are the context's own, and each name carries the run's prefix.
 */
export function kernelText(options: KernelOptions): string {
  const { plan, mode } = options;
  const units: [string, UnitRounding][] = [['', plan.base], ['W', plan.wide], ['P', plan.product], ['A', plan.accumulator], ...options.formats.map((f, i): [string, UnitRounding] => [`F${i}`, f])];
  const made = new Map<string, { suffix: string; text: UnitText }>();
  const unitTexts = new Map<string, UnitText>();
  const parts: string[] = [prelude({ ...mode, blocks: plan.blocks !== null }), `const $0ranges = ${JSON.stringify([...options.ranges])}; ${blockText(plan.blocks)}`, tapeText(mode, options.operators, options.recorded, factsOf(plan.format)), shadowText({ ...mode, blocks: plan.blocks !== null }), `$0R[5] = ${options.operations};`, sharedText];
  const all = ['add', 'sub', 'mul', 'div', 'rem', 'pow'];
  for (const [suffix, unit] of units) {
    const text = unitText(suffix, unit);
    unitTexts.set(suffix, text);
    const known = suffix.startsWith('F') ? undefined : made.get(text.key);
    const names = suffix === '' || suffix.startsWith('F') ? all : ['add', 'sub', 'mul'];
    if (known && suffix === 'A') {
      parts.push(`const ${names.map(n => `$0${n}A = $0${n}${known.suffix}`).join(', ')}, $0rA = $0r${known.suffix}${text.enter ? `, $0eA = $0e${known.suffix}` : ''};`, enterText(mode, suffix, text));
      continue;
    }
    if (known) {
      parts.push(`const ${[...names.map(n => `$0${n}${suffix} = $0${n}${known.suffix}`), `$0in${suffix} = $0in${entryUnit(suffix) === suffix ? known.suffix : entryUnit(suffix)}`, `$0r${suffix} = $0r${known.suffix}`].join(', ')};`);
      continue;
    }
    if (!suffix.startsWith('F')) made.set(text.key, { suffix, text });
    parts.push(text.declarations, entryUnit(suffix) === suffix ? enterText(mode, suffix, text) : `const $0in${suffix} = $0in;`, binaryText(mode, suffix, text, names));
    if (suffix === '') parts.push(mathText(mode, text));
  }
  if (mode.shadow !== 'record') parts.push(primeText(plan.format.minNormal ?? 1, options.shapes.length), foldText(options.shapes, options.shapeUses));
  parts.push(fusedText(mode, unitTexts, options.shapes), comparisonText(mode), integerText(mode), quotientText(mode), libraryText(), collectionsText(), writtenNumbersText(), literalsText(options), runText(mode));
  return inScriptScope(withoutGlobals(parts.join('\n'))).replaceAll('$0', options.prefix);
}

/** `NaN` and `Infinity` are globals too, and as slow to read (see `inScriptScope`); here they are constants. What stands in quotes stays. */
function withoutGlobals(text: string): string {
  return `const $0NaN = 0 / 0, $0Infinity = 1 / 0;\n${text.replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<![\w$.])(?:NaN|Infinity)\b/g, found => found === 'NaN' || found === 'Infinity' ? `$0${found}` : found)}`;
}

/**
 * Function declarations of a script are properties of its global object, and the global object of a `vm` context asks the host about each of them, half a microsecond a time; constants live in
 * the script's own scope and are folded into the code that uses them.
 */
function inScriptScope(text: string): string {
  return text.replace(/(^|[;}] )function (\$0\w+)\(/gm, (_, before: string, name: string) => `${before ? `${before}; ` : ''}const ${name} = function ${name}(`);
}

/**
 * Block scaling: lists of numbers are quantized where they enter the program, where functions return them, and when one that a loop has filled (as many elements stored as it has) is read. What is
 * stored into by `+=` accumulates and is left alone until it is returned.
 */
function blockText(blocks: SchemePlan['blocks']): string {
  if (!blocks) return 'const $0b = (s, v) => v, $0whole = o => true, $0stored = o => 0;';
  return `const $0b = (s, v) => typeof v === "object" && v !== null ? $0blocks(s, v, 0) : v; const $0quantizeBlocks = $0rt.blockQuantizer(${JSON.stringify(blocks)});
function $0blocks(s, o, depth) {
  if (!$0isList(o) || o.length === 0 || depth > 4) return o;
  if (typeof o[0] === "object" && o[0] !== null) { for (let i = 0; i < o.length; i++) $0blocks(s, o[i], depth + 1); return o; }
  const K = $0w(o);
  K.w = 0;
  const q = $0quantizeBlocks(o);
  if (q === null) return o;
  for (let i = 0; i < o.length; i++) { const v = o[i], t = $0lt(o, i), y = q[i]; if (y === v) continue; $0quantized(s, v, t, y); o[i] = y; $0put(o, i, y, $0sv()); }
  return o;
}
const $0whole = o => { const K = $0c(o); if (K.w > 0 && K.w >= o.length && o.length > 1) { K.w = 0; $0blocks(0, o, 0); } return true; };
const $0stored = o => { $0w(o).w++; };`;
}

/** Rounded constants, and in record mode their nodes, which come first on the tape. */
function literalsText({ literals, mode, plan }: KernelOptions): string {
  const lines = literals.map((l, i) => {
    const value = Object.is(l.value, -0) ? '-0' : Number.isFinite(l.value) ? String(l.value) : 'Infinity';
    const rounded = plan.roundsLiterals || l.unit.startsWith('F') ? `$0r${l.unit.startsWith('F') ? l.unit : ''}(${value}, ${l.site})` : value;
    return `const $0L${i} = ${rounded};${mode.shadow === 'record' ? ` $0literal(${l.site}, ${value}, $0L${i});` : ''}`;
  });
  return [`const $0literals = ${literals.length};`, ...lines].join('\n');
}
