import { fromReal } from '../protocol/real';
import type { SimulationReport, SimulationRequest } from '../protocol/report';
import type { InputParameter } from '../simulation/inputs/generate';
import { searchWorst } from '../simulation/inputs/worst';
import type { Simulate } from './platform';

/** Runs of the function that a search may take. */
const budget = 512;

/**
 * Simulates a function on the inputs with the largest relative error under `scheme` that a search within the parameters' ranges finds. The search starts
 * from the request's own inputs. Throws one sentence when no input gives a finite reference.
 */
export async function findWorst(request: SimulationRequest, scheme: string, parameters: readonly InputParameter[], simulate: Simulate, options: Parameters<Simulate>[1]): Promise<SimulationReport> {
  const only = request.schemes.filter(({ id }) => id === scheme);
  const schemes = only.length > 0 ? only : [{ id: scheme }];
  let operations = 0;
  const begin = performance.now();
  const worst = await searchWorst({
    parameters, budget, seed: request.inputs.kind === 'generated' ? request.inputs.seed : 1, signal: options.signal,
    start: request.inputs.kind === 'given' ? request.inputs.cases : [],
    evaluate: async cases => {
      const report = await simulate({ ...request, schemes, inputs: { kind: 'given', cases } }, { ...options, onProgress: () => undefined });
      operations += Object.values(report.formats[0].operations).reduce((sum, count) => sum + count, 0);
      return report.formats[0].caseErrors.map(fromReal);
    },
    progress: fraction => options.onProgress({ fraction: 0.9 * fraction, operations, operationsPerSecond: operations / Math.max(1e-3, (performance.now() - begin) / 1000), phase: `searching under ${scheme}` }),
  });
  if (!worst) throw new Error(`No input of ${request.functionName} gave a finite result to compare with; give the parameters ranges with @range NAME [lo, hi].`);
  return simulate({ ...request, inputs: { kind: 'given', cases: [worst.case] } }, options);
}
