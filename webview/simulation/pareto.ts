import { fromReal } from '../../src/protocol/real';
import type { FormatReport } from '../../src/protocol/report';

/** A format that ran, as a point: what it costs and how much it errs. */
export interface TradeOff {
  readonly id: string;
  readonly energy: number;
  /** Largest relative error; 0 for an exact format. */
  readonly error: number;
  /** No other format is at least as good in both and better in one. */
  readonly efficient: boolean;
  readonly best: boolean;
}

/** Errors below this are drawn at this: double precision's unit roundoff. */
export const smallestError = 2 ** -53;

/**
 * Every format that gave a finite error, with the efficient ones (the Pareto front) and the best trade-off: the efficient point that lies farthest below the
 * straight line between the front's ends, in logarithms of both. Formats that keep no correct bit cannot be the best; with fewer than three efficient
 * points no corner exists, and none is marked.
 */
export function tradeOffs(formats: readonly FormatReport[]): TradeOff[] {
  const points = formats.filter(f => f.status === 'ok' && f.energyPicojoules > 0 && fromReal(f.maxRelativeError) < Infinity)
    .map(f => ({ id: f.id, energy: f.energyPicojoules, error: fromReal(f.maxRelativeError), bits: fromReal(f.correctBits) }));
  const efficient = points.filter(p => !points.some(q => q !== p && q.energy <= p.energy && q.error <= p.error && (q.energy < p.energy || q.error < p.error)))
    .sort((a, b) => a.energy - b.energy);
  const best = corner(efficient.filter(p => p.bits >= 1));
  return points.map(({ id, energy, error }) => ({ id, energy, error, efficient: efficient.some(p => p.id === id), best: id === best }));
}

function corner(front: readonly { readonly id: string; readonly energy: number; readonly error: number }[]): string | undefined {
  if (front.length < 3) return undefined;
  const at = (p: { readonly energy: number; readonly error: number }): [number, number] => [Math.log(p.energy), Math.log(Math.max(p.error, smallestError))];
  const [x0, y0] = at(front[0]), [x1, y1] = at(front[front.length - 1]);
  let best: string | undefined, most = 0;
  for (const point of front.slice(1, -1)) {
    const [x, y] = at(point);
    const below = y0 + (y1 - y0) * (x - x0) / (x1 - x0) - y;
    if (below > most) { most = below; best = point.id; }
  }
  return best;
}
