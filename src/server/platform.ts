import type { RunProgress } from '../protocol/panel';
import type { SimulationReport, SimulationRequest } from '../protocol/report';
import type { Program } from '../program';
import type { TuneReport, TuneRequest } from '../protocol/tuning';
import type { ProjectHost } from '../typescript';

/** What the language server needs of where it runs; Node and the browser each give their own. */
export interface Platform {
  /** The files below a folder of the workspace; nothing is read where there is no disk. */
  readonly projectHost: (root: string) => ProjectHost;
  /** The page of a hazard when the client has no address for it; undefined where none can be named. */
  readonly hazardPage: (id: string) => string | undefined;
  /** Lets waiting messages be answered before a long computation goes on. */
  readonly nextTurn: () => Promise<void>;
  /** Runs a function of the workspace; undefined where nothing can be run (a browser worker cannot be confined the way we promise). */
  readonly simulate?: Simulate;
  /** Searches formats for the variables of a function; undefined where nothing can be run. */
  readonly tune?: Tune;
}

export type Tune = (request: TuneRequest, program: Program, options: Parameters<Simulate>[1]) => Promise<TuneReport>;

export type Simulate = (request: SimulationRequest, options: {
  /** Text of files as the editor has them, unsaved changes included; undefined for files that are not open. */
  readonly openText: (file: string) => string | undefined;
  readonly onProgress: (progress: RunProgress) => void;
  readonly signal: AbortSignal;
}) => Promise<SimulationReport>;
