import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { isClock } from './epoch';
import { nameOf } from './names';
import { originsOf } from './origins';
import { constantOf } from './structure';

/** Seconds from 1970 to 2027, rounded down: what clocks of this decade show. */
const epochSeconds = 1.8e9;

/** How large the file itself shows a value to become: from constants that reach it, from the clock, from names that give a unit of time since an epoch. Null: nothing is said. */
export function magnitudeOf(c: HazardContext, e: Expression, depth = 10): number | null {
  let sizes = known.get(c);
  if (!sizes) known.set(c, sizes = new Map());
  const before = sizes.get(e.id);
  if (before !== undefined) return before;
  // What leads back to itself says nothing of its own size.
  sizes.set(e.id, null);
  const size = sizeOf(c, e, depth);
  sizes.set(e.id, size);
  return size;
}

/** Asked again and again along the ways that values take, which meet. */
const known = new WeakMap<HazardContext, Map<number, number | null>>();

function sizeOf(c: HazardContext, e: Expression, depth: number): number | null {
  const constant = constantOf(c, e);
  if (constant !== null) return Math.abs(constant);
  const named = sizeByName(nameOf(c, e));
  if ((e.kind === 'variable' || e.kind === 'property') && named !== null) return named;
  if (depth === 0) return null;
  return largest(originsOf(c, e).map(o => o.kind === 'variable' || o.kind === 'property' ? sizeByName(nameOf(c, o)) : composed(c, o, depth - 1)));
}

function largest(sizes: readonly (number | null)[]): number | null {
  const known = sizes.filter(x => x !== null && Number.isFinite(x)) as number[];
  return known.length > 0 ? Math.max(...known) : null;
}

function composed(c: HazardContext, e: Expression, depth: number): number | null {
  const constant = constantOf(c, e);
  if (constant !== null) return Math.abs(constant);
  if (isClock(c, e)) return epochSeconds * 1e3;
  if (e.kind === 'call') return /^(Number|parseInt|parseFloat)$/.test(calledName(c, e)) && e.arguments[0] ? sizeByName(nameOf(c, e.arguments[0])) : null;
  if (e.kind !== 'operation') return null;
  const sizes = (): (number | null)[] => e.operands.map(o => magnitudeOf(c, o, depth));
  switch (e.operator) {
    case 'neg': case 'plus': case 'abs': case 'floor': case 'ceil': case 'round': case 'trunc': return magnitudeOf(c, e.operands[0], depth);
    case 'mul': {
      // A rate is at least one a second, or nobody would give it in that unit.
      const factors = e.operands.map(o => magnitudeOf(c, o, depth) ?? (rate(c, o) ? 1 : null));
      return factors.every(f => f !== null) ? factors.reduce<number>((p, f) => p * f!, 1) : null;
    }
    case 'div': { const below = constantOf(c, e.operands[1]); const above = magnitudeOf(c, e.operands[0], depth); return below === null || below === 0 || above === null ? null : above / Math.abs(below); }
    case 'add': return largest(sizes());
    // The difference of two moments is the time between them; only a known distance leaves the size as it is.
    case 'sub': { const less = constantOf(c, e.operands[1]); const from = magnitudeOf(c, e.operands[0], depth); return less === null || from === null ? null : Math.abs(from - Math.abs(less)); }
    case 'rem': return magnitudeOf(c, e.operands[1], depth);
    case 'min': { const known = sizes().filter(x => x !== null) as number[]; return known.length > 0 ? Math.min(...known) : null; }
    case 'max': return largest(sizes());
    default: return null;
  }
}

function rate(c: HazardContext, e: Expression): boolean {
  return (e.kind === 'variable' || e.kind === 'property') && /(^|_|[a-z](?=[A-Z]))(m|k|g)?hz$|freq(uency)?$|bpm$|rpm$/i.test(nameOf(c, e));
}

/** Time since 1970, or days of the Julian count, by a name that says so and gives the unit; null for other names, `timestamp` among them (a page's clock starts at 0). */
export function sizeByName(name: string): number | null {
  const said = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (/^(mjd|modified_julian(_day|_date)?)$/.test(said)) return 6e4;
  if (/^(jd|jde|jdn|julian_?(days?|dates?|ephemeris_day))$/.test(said)) return 2.46e6;
  if (!/(^|_)(unix|epoch|posix)_/.test(said) && !/_since_(epoch|1970)$/.test(said) && !/^now_(ms|millis|milliseconds|seconds|secs?|us|micros|ns|nanos)$/.test(said)) return null;
  if (/(^|_)(ns|nanos(econds)?)(_|$)/.test(said)) return epochSeconds * 1e9;
  if (/(^|_)(us|micros(econds)?)(_|$)/.test(said)) return epochSeconds * 1e6;
  if (/(^|_)(ms|millis(econds)?)(_|$)/.test(said)) return epochSeconds * 1e3;
  return /(^|_)(s|secs?|seconds?|time|timestamp)(_|$)/.test(said) ? epochSeconds : null;
}
