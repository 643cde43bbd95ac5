import { functionNamed } from '../program';
import type { JsonValue } from '../protocol/real';
import { generateCases, type InputParameter } from '../simulation/inputs/generate';
import type { Analyses } from './analyses';

/** Generated arguments of a named function, from its parameters' types and `@range`; the same for the same seed. */
export function sampleInputs(analyses: Analyses, file: string, functionName: string, count: number, seed: number): readonly (readonly JsonValue[])[] {
  return generateCases(inputParameters(analyses, file, functionName), count, seed).cases;
}

/** Throws one sentence when the file or the function is not known. */
export function inputParameters(analyses: Analyses, file: string, functionName: string): InputParameter[] {
  const project = analyses.project(file);
  const program = project.program(file);
  const fn = program && functionNamed(program, functionName);
  if (!program || !fn) throw new Error(`${file} has no top-level function ${functionName}; save the file or choose another function.`);
  const types = project.parameterTypes(file, functionName);
  return fn.parameters.map(({ variable, optional, rest }, index) => {
    const { name, type, range } = program.variables[variable];
    return { name, type: types?.[index] ?? type, range, optional, rest };
  });
}
