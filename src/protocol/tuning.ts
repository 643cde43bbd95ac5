import type { ExpressivenessReport, ExpressivenessRequest } from './expressiveness';
import type { Real } from './real';
import type { InputRequest } from './report';

/** Find the cheapest format for each variable of a function that keeps its results within a tolerance. */
export interface TuneRequest {
  readonly file: string;
  readonly functionName: string;
  /** Largest relative error of any output that is acceptable. */
  readonly tolerance: number;
  /** Format ids to choose from; the most precise one is what everything is compared with. */
  readonly formats: readonly string[];
  readonly strategy: TuneStrategy;
  readonly inputs: InputRequest;
  /** Of the whole search, 60 000 unless given. When it ends, the best assignment so far is the answer. */
  readonly milliseconds?: number;
}

export type TuneStrategy = 'greedy' | 'delta' | 'differentiable';

/** What one assignment of formats gives: the largest relative error of any output, energy of the operations of all cases, bytes of variables and arrays. */
export interface TunePoint {
  readonly error: number;
  readonly energyPicojoules: number;
  readonly memoryBytes: number;
  /** In the order of `TuneReport.assignment`. */
  readonly formats: readonly string[];
}

export interface TunedVariable {
  readonly variable: string;
  /** 1-based. */
  readonly line: number;
  readonly format: string;
  /** Offset of the name in the source that was tuned; -1 for the intermediate results. */
  readonly start: number;
  /** Which of the variables of this name it is, from 0. */
  readonly ordinal: number;
  /** Numbers that it held at most: 1, or the elements of an array; 0 for the intermediate results. */
  readonly elements: number;
}

export interface TuneReport {
  readonly function: string;
  /** The results of operations that no variable holds (`(intermediate results)`), then the variables in source order. */
  readonly assignment: readonly TunedVariable[];
  /** Of the annotated source, simulated once more from scratch under `scheme`. */
  readonly error: Real;
  readonly tolerance: number;
  /** Whether an assignment within the tolerance was found; otherwise the most precise one is answered. */
  readonly met: boolean;
  readonly energyPicojoules: number;
  /** Everything in the most precise format. */
  readonly baselineEnergyPicojoules: number;
  readonly memoryBytes: number;
  readonly baselineMemoryBytes: number;
  readonly evaluations: number;
  /** False when the time limit ended the search. */
  readonly complete: boolean;
  readonly strategy: TuneStrategy;
  /** The format of intermediate results: simulate the annotated source under it. */
  readonly scheme: string;
  /** Everything in one format, for each of the formats. `error` is infinite when a run failed. */
  readonly uniform: readonly { readonly format: string; readonly error: Real; readonly energyPicojoules: number; readonly memoryBytes: number }[];
  /** Assignments that were run and that no other beats in error, energy and memory together, by rising energy. */
  readonly front: readonly TunePoint[];
  readonly cases: number;
  /** Inputs that were not judged: the function fails on them, or made-up ones overflow, even in the most precise format. */
  readonly leftOut: number;
  /** The inputs of all runs. */
  readonly inputs: InputRequest;
  /** The source with a comment `/* @format F *\/` before the name of each variable. */
  readonly annotated: string;
  readonly seconds: number;
}

export interface TuneProgress {
  readonly evaluations: number;
  /** Lowest energy within the tolerance so far as a share of the most precise formats', or null before the first. */
  readonly share: number | null;
}

/** Replaces the characters from `start` to `end` (UTF-16 offsets). */
export interface FormatEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What the editor asks of the language server about tuning; see `ServerRequests`. */
export interface TuningRequests {
  /** Searches formats, with notifications `roundoff/progress` that carry `token` on the way. */
  'roundoff/tune': { params: { readonly request: TuneRequest; readonly token: string }; result: TuneReport };
  /** The edits that give the variables of a function these formats as `@format` comments, in the text that the editor has now. */
  'roundoff/formatEdits': { params: { readonly file: string; readonly functionName: string; readonly formats: readonly { readonly variable: string; readonly ordinal: number; readonly format: string }[] }; result: readonly FormatEdit[] };
  'roundoff/expressiveness': { params: { readonly request: ExpressivenessRequest; readonly token: string }; result: ExpressivenessReport };
}
