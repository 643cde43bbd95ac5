import type { Format } from './format';
import { finish, type Rounding } from './rounding';

/**
 * Nearest-even without code generation: the same arithmetic as `generate.ts` over captured constants. Undefined where it does not apply; the general
 * rounder then serves.
 */
export function nearestClosure(format: Format, rounding: Rounding, far: (x: number) => number): ((x: number) => number) | undefined {
  const lattice = format.values;
  if (lattice.kind !== 'lattice' || !lattice.zero || lattice.precision === 1 || (rounding.mode ?? 'nearest-even') !== 'nearest-even') return undefined;
  const isFloat = Number.isFinite(lattice.precision);
  if (!isFloat && format.bits > 50) return undefined;
  const done = finish(lattice, rounding);
  const split = isFloat ? 2 ** (53 - lattice.precision) + 1 : 0;
  const normal = isFloat ? 2 ** (lattice.quantum + lattice.precision - 1) : 2 ** (50 + lattice.quantum);
  const magic = 1.5 * 2 ** (52 + lattice.quantum);
  const { highest, lowest } = lattice;
  return x => {
    const magnitude = Math.abs(x);
    if (magnitude < normal) {
      const y = (magnitude + magic) - magic;
      return done(x < 0 ? -y : x === 0 ? x : y, false);
    }
    if (!isFloat || !(magnitude < 2 ** 960)) return far(x);
    const t = x * split;
    const z = t - (t - x);
    return z <= highest && z >= lowest ? z : done(z, false);
  };
}
