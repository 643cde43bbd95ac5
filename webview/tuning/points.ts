import { fromReal } from '../../src/protocol/real';
import type { TuneReport } from '../../src/protocol/tuning';

/** One assignment of formats that can be looked at and written. */
export interface Point {
  /** `all fp16` or `mixed 2`. */
  readonly name: string;
  /** What the search answers. */
  readonly chosen: boolean;
  /** No other is better in error, energy and memory together. */
  readonly efficient: boolean;
  /** Largest relative error; infinite when a run failed. */
  readonly error: number;
  readonly energy: number;
  readonly memory: number;
  /** In the order of the report's assignment. */
  readonly formats: readonly string[];
}

/** Every assignment of the report once, by rising energy: one format for everything, the efficient ones, and the answer. */
export function pointsOf(report: TuneReport): Point[] {
  const chosen = report.assignment.map(a => a.format);
  const found = new Map<string, Omit<Point, 'name'> & { readonly uniform: boolean }>();
  const add = (formats: readonly string[], error: number, energy: number, memory: number, efficient: boolean): void => {
    const key = formats.join(' ');
    const before = found.get(key);
    found.set(key, { formats, error, energy, memory, efficient: efficient || before?.efficient === true, chosen: key === chosen.join(' '), uniform: new Set(formats).size === 1 });
  };
  for (const u of report.uniform) add(chosen.map(() => u.format), fromReal(u.error), u.energyPicojoules, u.memoryBytes, false);
  for (const p of report.front) add(p.formats, p.error, p.energyPicojoules, p.memoryBytes, true);
  if (!found.has(chosen.join(' '))) add(chosen, fromReal(report.error), report.energyPicojoules, report.memoryBytes, false);
  let mixed = 0;
  return [...found.values()].sort((a, b) => a.energy - b.energy || a.memory - b.memory || a.error - b.error)
    .map(({ uniform, ...point }) => ({ ...point, name: uniform ? `all ${point.formats[0]}` : `mixed ${++mixed}` }));
}

/** The points that none beats in both error and this cost, by rising cost. */
export function frontOf(points: readonly Point[], cost: 'energy' | 'memory'): Point[] {
  let least = Infinity;
  return points.filter(p => Number.isFinite(p.error)).sort((a, b) => a[cost] - b[cost] || a.error - b.error).filter(p => p.error < least && ((least = p.error), true));
}
