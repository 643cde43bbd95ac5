import type { CancellationToken } from 'vscode-languageserver';
import type { RunProgress } from '../../protocol/panel';
import type { ServerRequests } from '../../protocol/requests';
import { functionNamed, type Program } from '../../program';
import type { Simulate, Tune } from '../platform';
import { checkExpressiveness } from './activation';
import { annotationEdits, tunableVariables, type AnnotatedVariable } from './variables';

type Answer<M extends keyof ServerRequests> = (params: ServerRequests[M]['params'], token: CancellationToken) => Promise<ServerRequests[M]['result']>;

export interface TuneRequestsHost {
  readonly answer: <M extends keyof ServerRequests>(method: M, handler: Answer<M>) => void;
  /** The program of a file as the editor has it. */
  readonly program: (file: string) => Program | null;
  readonly tune: Tune | undefined;
  /** What running needs: where progress and cancellation go; throws where nothing can be run. */
  readonly running: (progress: string, token: CancellationToken) => { readonly simulate: Simulate; readonly options: Parameters<Simulate>[1] };
}

/** Answers the editor's requests about tuning and expressiveness. */
export function answerTuning({ answer, program, tune, running }: TuneRequestsHost): void {
  const programOf = (file: string): Program => {
    const found = program(file);
    if (!found) throw new Error(`${file} cannot be read; open it in the editor first.`);
    return found;
  };

  answer('roundoff/tune', ({ request, token: progress }, token) => {
    const { options } = running(progress, token);
    const report = (told: RunProgress): void => options.onProgress(told);
    return tune!(request, programOf(request.file), { ...options, onProgress: report });
  });
  answer('roundoff/formatEdits', ({ file, functionName, formats }) => {
    const source = programOf(file);
    const fn = functionNamed(source, functionName);
    const found = fn ? tunableVariables(source, fn) : [];
    // Variables are found by name and order: offsets moved with every annotation that was written.
    const variables = formats.map(({ variable, ordinal }) => {
      const at = found.filter(v => v.name === variable)[ordinal] as AnnotatedVariable | undefined;
      if (!at) throw new Error(`${functionName} no longer has the variable ${variable}: tune it again.`);
      return at;
    });
    return Promise.resolve(annotationEdits(source.text, variables, formats.map(f => f.format)));
  });
  answer('roundoff/expressiveness', ({ request, token: progress }, token) => checkExpressiveness(request, simulation => {
    const { simulate, options } = running(progress, token);
    return simulate(simulation, options);
  }));
}
