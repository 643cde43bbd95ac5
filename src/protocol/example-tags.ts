import { isSimulationRequest } from './panel-guards';
import type { InputRequest, SchemeRequest } from './report';

/** What the comment at the top of an example (or of any file) says about simulating it. */
export interface ExampleTags {
  readonly title: string;
  readonly lesson: string;
  /** `@outcome`: what the simulation shows; `@source`: where it comes from. */
  readonly outcome: string;
  readonly source: string;
  /** From `@simulate NAME SCHEME…`. */
  readonly simulate: { readonly functionName: string; readonly schemes: readonly SchemeRequest[]; readonly inputs: InputRequest | null } | null;
}

/** Reads `@gallery`, `@lesson`, `@outcome`, `@source`, `@simulate` and `@inputs` (one line of JSON) from the first comment of a file; what is missing or malformed is left out. */
export function readExampleTags(text: string): ExampleTags {
  const comment = /^\s*\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? '';
  const tag = (name: string): string => new RegExp(`@${name}[ \\t]+(.+)`).exec(comment)?.[1].trim() ?? '';
  const [functionName, ...schemes] = tag('simulate').split(/\s+/);
  return {
    title: tag('gallery'),
    lesson: tag('lesson'),
    outcome: tag('outcome'),
    source: tag('source'),
    simulate: functionName === '' ? null : { functionName, schemes: schemes.map(id => ({ id })), inputs: readInputs(tag('inputs'), functionName) },
  };
}

function readInputs(json: string, functionName: string): InputRequest | null {
  try {
    const inputs = { kind: 'given', cases: (JSON.parse(json) as { cases: unknown }).cases };
    const request: unknown = { file: '', functionName, schemes: [], inputs };
    return isSimulationRequest(request) ? request.inputs : null;
  } catch { return null; }
}
