import { neighbours, type Format } from '../../formats';
import type { Graph } from './graph';
import { errorAt, PointRun } from './point-run';
import type { Case } from './box';
import type { SweepOptions } from './sweep';

const MOST_BITS = 8;
const MOST_POINTS = 70_000;

export interface Enumeration {
  readonly points: number;
  readonly absolute: number;
  readonly relative: number;
  readonly ulps: number;
  readonly range: readonly [number, number];
  readonly at: readonly number[];
  /** Inputs where a run gives no finite number, when there are some. */
  readonly undefinedAt: readonly number[] | null;
}

/**
 * Every input of a small format, tried: the exact worst case, no analysis. Null when there are too many inputs, or a box without values of the format.
 */
export function enumerate(graph: Graph, cases: readonly Case[], format: Format, options: SweepOptions, lo: Float64Array, hi: Float64Array): Enumeration | null {
  if (format.bits > MOST_BITS || lo.length === 0 || lo.length > 2 || options.roundedInputs) return null;
  const axes = [...lo].map((l, k) => valuesBetween(format, l, hi[k]));
  const points = axes.reduce((n, a) => n * a.length, 1);
  if (points === 0 || points > MOST_POINTS) return null;
  const runs = cases.filter(c => !c.unstable).map(c => new PointRun(graph, c, options));
  let [absolute, relative, ulps, least, most] = [0, 0, 0, Infinity, -Infinity];
  let at: readonly number[] = axes.map(a => a[0]);
  let undefinedAt: readonly number[] | null = null;
  const { half } = options.inputs;
  for (const x of axes[0]) {
    for (const y of axes[1] ?? [0]) {
      const point = lo.length === 1 ? [x] : [x, y];
      const { error, atMost, computed, exact } = errorAt(runs, point);
      // Neither run returns a number: a guard throws here.
      if (computed !== computed && exact !== exact && !runs.some(r => r.reaches(point))) continue;
      if (error < 0 || !Number.isFinite(error)) { undefinedAt ??= point; continue; }
      const total = atMost;
      if (total > absolute) { absolute = total; at = point; }
      if (total > 0) {
        relative = Math.max(relative, total / Math.abs(exact) * (1 + 2 ** -51));
        ulps = Math.max(ulps, total / (2 * half(Math.abs(exact))) * (1 + 2 ** -51));
      }
      least = Math.min(least, computed, exact);
      most = Math.max(most, computed, exact);
    }
  }
  return { points, absolute, relative, ulps, range: [least, most], at, undefinedAt };
}

function valuesBetween(format: Format, lo: number, hi: number): number[] {
  const values: number[] = [];
  let v = neighbours(format, lo).down;
  v = Number.isFinite(v) ? neighbours(format, v).up : neighbours(format, -Infinity).up;
  if (!Number.isFinite(v)) v = format.lowest;
  for (; v <= hi && values.length <= 300; v = neighbours(format, v).up) {
    if (v >= lo) values.push(v);
    // Division tells the zeros apart.
    if (v === 0 && lo <= 0 && format.signedZero) values.push(Object.is(v, -0) ? 0 : -0);
  }
  return values;
}
