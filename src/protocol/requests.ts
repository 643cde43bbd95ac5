import type { JsonValue } from './real';
import type { OrdersReport, OrdersRequest, RunProgress, SchemePreset } from './panel';
import type { FunctionDescription, SimulationReport, SimulationRequest } from './report';
import type { TuningRequests } from './tuning';
import type { PageRequest, ReportPage } from './report-pages';

/**
 * What the editor asks of the language server beyond the Language Server Protocol. Each name maps to its parameters and its answer. Requests are cancelled
 * by the protocol's own cancellation. `uri` is a document URI, offsets are 0-based UTF-16 units.
 */
export interface ServerRequests extends TuningRequests {
  /** The functions of a document, in source order. */
  'roundoff/functions': { params: { readonly uri: string }; result: readonly FunctionDescription[] };
  /** Schemes and formats that a picker offers. */
  'roundoff/presets': { params: Record<string, never>; result: readonly SchemePreset[] };
  /**
   * Runs a function of the workspace, with notifications `roundoff/progress` that carry `token` on the way. The answer is a summary when the report is large:
   * then `whole` names it. `detailed`: the format that is looked at; `replaces`: the `whole` of an earlier report that can be forgotten.
   */
  'roundoff/simulate': { params: { readonly request: SimulationRequest; readonly token: string; readonly detailed?: string; readonly replaces?: string }; result: SimulationReport };
  /** As simulate, on the inputs with the largest error under `scheme` that a search within the parameters' ranges finds. */
  'roundoff/findWorst': { params: { readonly request: SimulationRequest; readonly scheme: string; readonly token: string; readonly detailed?: string; readonly replaces?: string }; result: SimulationReport };
  /** What the summary of a large report left out. */
  'roundoff/page': { params: { readonly whole: string; readonly page: PageRequest }; result: ReportPage };
  /** The large report itself, to be saved. */
  'roundoff/wholeReport': { params: { readonly whole: string }; result: SimulationReport };
  /** Generated arguments for a function, to start typing from. */
  'roundoff/sampleInputs': { params: { readonly file: string; readonly functionName: string; readonly count: number; readonly seed: number }; result: readonly (readonly JsonValue[])[] };
  /** The number at an offset: a literal, or a constant expression whose value is known. */
  'roundoff/numberAt': { params: { readonly uri: string; readonly offset: number }; result: { readonly value: string; readonly format: string } | null };
  /** The reduction at an offset with numbers to sum, or null when there is none. */
  'roundoff/reductionAt': { params: { readonly uri: string; readonly offset: number }; result: OrdersRequest | null };
  'roundoff/orders': { params: { readonly request: OrdersRequest }; result: OrdersReport };
}

/** From the server, unasked. */
export interface ServerNotifications {
  'roundoff/progress': { readonly token: string; readonly progress: RunProgress };
  'roundoff/state': ServerState;
}

/** What the language status item shows. */
export interface ServerState {
  readonly uri: string;
  readonly state: 'analysing' | 'ready' | 'off' | 'failed';
  /** Findings of the document when ready; the sentence of the failure when failed. */
  readonly findings: number;
  readonly message: string;
  readonly milliseconds: number;
}

/** What a client may tell at start, in `initializationOptions`. */
export interface InitializationOptions {
  /** URI of a hazard's page, `{id}` stands for the hazard. Without it the pages that ship with the server are named by `file:` URIs. */
  readonly hazardPage?: string;
  /** True when the client has the commands `roundoff.simulateFunction` and `roundoff.explainHazard`: hovers and lenses then link to them. */
  readonly commands?: boolean;
}

/** Commands of the client that the server's hovers, lenses and actions name. */
export const clientCommands = {
  simulate: 'roundoff.simulateFunction',
  explain: 'roundoff.explainHazard',
  showNumber: 'roundoff.showNumberFormat',
  orders: 'roundoff.exploreSummationOrders',
} as const;
