import type { JsonValue } from '../../protocol/real';
import type { InputRequest } from '../../protocol/report';
import { generateCases, type InputParameter } from '../../simulation/inputs/generate';

/** What a parameter without `@range` is taken to hold when inputs are made up for tuning. */
const usualRange = [-10, 10] as const;

/**
 * The inputs of a search. Made-up ones are everyday numbers (±10) where no `@range` says otherwise: formats are chosen for the values that a function meets, and extremes of
 * a double would leave nothing but the widest format. What is given stays as it is.
 */
export function tuningInputs(inputs: InputRequest, parameters: readonly InputParameter[]): InputRequest {
  if (inputs.kind !== 'generated') return inputs;
  const { count, seed } = inputs;
  // Of each seed the first case is the everyday one; with ranges, their ends and edges belong to what is promised.
  const cases: readonly (readonly JsonValue[])[] = parameters.some(p => p.range !== null)
    ? generateCases(parameters.map(p => ({ ...p, range: p.range ?? usualRange })), count, seed).cases
    : Array.from({ length: count }, (_, i) => generateCases(parameters, 1, seed + i).cases[0]);
  return { kind: 'given', cases };
}
