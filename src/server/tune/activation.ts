import type { ExpressivenessReport, ExpressivenessRequest } from '../../protocol/expressiveness';
import { fromReal, type JsonValue, type Real } from '../../protocol/real';
import type { SimulationReport, SimulationRequest } from '../../protocol/report';
import { findActivation } from '../../tuning/activations';
import { expressiveness } from '../../tuning/expressiveness';

/** A function that cannot be used as an activation: one sentence with the reason. */
export class ActivationError extends Error {
  override readonly name = 'ActivationError';
}

/** Bits of a grid on which a function of the workspace is evaluated point by point. */
const mostBits = 10;

/**
 * Decides expressiveness for a known activation, or for a function of the workspace, which runs in double, confined, on every point of the grid.
 * Throws `ActivationError` when the function takes or returns anything but a number, and RangeError for p or s out of range.
 */
export async function checkExpressiveness(request: ExpressivenessRequest, simulate: (request: SimulationRequest) => Promise<SimulationReport>): Promise<ExpressivenessReport> {
  const { activation, p, s } = request;
  if (activation.kind === 'known') {
    const { title, value } = findActivation(activation.id)!;
    return { request, title, ...expressiveness(value, p, s) };
  }
  const { file, functionName } = activation;
  // The grid's own limits are checked first, with a function that costs nothing.
  expressiveness(() => 0, p > mostBits ? 1 : p, s);
  if (p > mostBits) throw new ActivationError(`p may be at most ${mostBits} for a function of your own, because it runs on every point of the grid; it is ${p}.`);
  const limit = 2 ** p - 1;
  const points = Array.from({ length: 2 * limit + 1 }, (_, i) => (i - limit) / 2 ** s);
  const { formats: [run] } = await simulate({ file, functionName, schemes: [{ id: 'fp64' }], inputs: { kind: 'given', cases: points.map(x => [x]) } });
  if (run.status !== 'ok') throw new ActivationError(`${functionName} cannot be evaluated on the grid: ${run.message}`);
  const values = new Map(points.map((x, i) => [x, valueOf(run.results[i], functionName, x)]));
  return { request, title: functionName, ...expressiveness(x => values.get(x)!, p, s) };
}

function valueOf(result: JsonValue, functionName: string, x: number): number {
  const value = typeof result === 'number' || ['Infinity', '-Infinity', '-0'].includes(result as string) ? fromReal(result as Real) : NaN;
  if (value !== value) throw new ActivationError(`An activation takes one number and returns one; ${functionName}(${x}) is ${typeof result === 'string' ? result : JSON.stringify(result)}.`);
  return value;
}
