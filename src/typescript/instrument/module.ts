import type { SitePlace } from '../../protocol/place';
import type { Shape, ShapeUse } from '../../program/shapes';
import type { ValueType } from '../../program/types';
import type { Positions } from './positions';

/**
 * How the shadow of a value travels beside it:
 * - `record`: one integer, the index of the node of the tape that made the value (0: none);
 * - `statistics`: one double, the reference value;
 * - `statistics-wide`: two doubles, the reference as an unevaluated sum (double-double).
 */
export type ShadowMode = 'record' | 'statistics' | 'statistics-wide';

/** Where an operation stands, which decides the format that it rounds to: see `unitSuffix`. */
export type Unit =
  /** An operation whose result is stored, passed, compared or returned. */
  | ''
  /** + − × directly inside another + − ×: wide in fixed point, where sums of products round once. */
  | 'W'
  /** Inside the addend of a reduction. */
  | 'P'
  /** The addition of a reduction: `s += …` in a loop, the callback of `reduce`. */
  | 'A'
  /** A format named by `@format`: `F0`, `F1`, … are indices of `InstrumentedModule.formats`. */
  | `F${number}`;

/** One literal of the source that enters data arithmetic; the run-time rounds it once per run. */
export interface LiteralSlot {
  readonly value: number;
  readonly site: number;
  readonly unit: Unit;
}

export interface ModuleImport {
  /** As written: `./matrix`, `ml-matrix`. */
  readonly specifier: string;
}

export interface InstrumentOptions {
  readonly file: string;
  readonly text: string;
  readonly mode: ShadowMode;
  /** Prefix of every name of the run-time; it must not occur in any text of the run. */
  readonly prefix: string;
  /** First free indices of the tables that all modules of a run share. */
  readonly firstSite: number;
  readonly firstLiteral: number;
  readonly firstFormat: number;
  readonly firstShape: number;
  /** Names such as `length` that modules which the file imports declare themselves: see `measuredIn`. */
  readonly measured?: readonly string[];
}

export interface InstrumentedFunction {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly exported: boolean;
  readonly parameters: readonly InstrumentedParameter[];
  readonly resultText: string;
}

export interface InstrumentedParameter {
  readonly name: string;
  /** Type as written, or as far as a JSDoc `@param {type}` tells. */
  readonly typeText: string;
  readonly type: ValueType;
  readonly range: readonly [number, number] | null;
  readonly optional: boolean;
  readonly rest: boolean;
}

/** One source file, instrumented. Plain data. */
export interface InstrumentedModule {
  readonly file: string;
  /**
   * Body of a function of (module, exports, require) whose result is the record of its bindings; each statement stands on the line that it has in the source, so that
   * a position in the run is a position in the source.
   */
  readonly code: string;
  /** Where the code came from, for stack traces. */
  readonly positions: Positions;
  readonly sites: readonly SitePlace[];
  readonly literals: readonly LiteralSlot[];
  /** Format ids of `@format`, in the order of their units. */
  readonly formats: readonly string[];
  /** Expressions of several operations that the kernel computes in one function, and their places. Streaming runs with a double reference alone have them. */
  readonly shapes: readonly Shape[];
  readonly shapeUses: readonly ShapeUse[];
  readonly imports: readonly ModuleImport[];
  readonly functions: readonly InstrumentedFunction[];
  /** What cannot be run, each with its place and a remedy; when there are any, `code` throws the first one where it would have run. */
  readonly problems: readonly { readonly message: string; readonly start: number; readonly line: number; readonly column: number }[];
}
