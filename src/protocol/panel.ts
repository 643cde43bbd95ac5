import type { Place } from './place';
import type { JsonValue, Real } from './real';
import type { FunctionDescription, SimulationReport, SimulationRequest } from './report';
import type { PageRequest, ReportPage } from './report-pages';

/**
 * What the panels (webviews) and the editor say to each other. Everything is plain data, sent with `postMessage`; each side drops what its guard in
 * `panel-guards.ts` refuses. A hidden webview receives nothing, so the host answers every `ready` with the whole picture: `context`, then the last
 * `report`, `orders` or `number` when there is one, then `status`.
 *
 * The simulation panel computes no simulation: it sends a `SimulationRequest` and draws the `SimulationReport`. The number format panel computes with
 * `src/formats` in the webview. The summation-orders panel draws an `OrdersReport`.
 */
export type PanelKind = 'simulation' | 'formats' | 'orders';

/** From a panel to the host. */
export type PanelMessage =
  /** The script runs and listens. `state` is what the webview had stored before a reload, or null. */
  | { readonly type: 'ready'; readonly panel: PanelKind; readonly state: PanelState | null }
  /** Simulate. The host answers with `status: running`, any number of `progress`, then `report` and `status: done`, or another `status`. */
  | { readonly type: 'run'; readonly request: SimulationRequest; readonly detailed?: string }
  /** As `run`, but first search for the inputs with the largest error within the parameters' ranges; the report's inputs are what was found. */
  | { readonly type: 'findWorst'; readonly request: SimulationRequest; readonly scheme: string }
  | { readonly type: 'cancel' }
  /** Select these characters in the editor beside the panel. `focus`: move the keyboard there too. Offsets refer to the text in the report's `sources`. */
  | { readonly type: 'reveal'; readonly file: string; readonly start: number; readonly end: number; readonly focus: boolean }
  | { readonly type: 'settings'; readonly settings: PanelSettings }
  /** Put `text` on the clipboard; `what` names it in the confirmation ("the comparison table"). */
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  /** The report that was sent is a summary: send this part of the whole. The host answers with `page`, or not at all when there is none any more. */
  | { readonly type: 'page'; readonly whole: string; readonly page: PageRequest }
  /** Keep the report that was sent last, to compare later ones with it, or forget what was kept. */
  | { readonly type: 'keep'; readonly keep: boolean }
  /** Ask where to save, then write. `html`, and `json` without content, are made by the host from the whole report. */
  | { readonly type: 'save'; readonly kind: 'json' | 'svg' | 'markdown'; readonly suggestedName: string; readonly content: string }
  | { readonly type: 'save'; readonly kind: 'html' | 'json'; readonly suggestedName: string; readonly content?: undefined }
  /** A remedy button was pressed. */
  | { readonly type: 'remedy'; readonly remedy: Remedy['action'] }
  /** Open the number format panel on this value. */
  | { readonly type: 'openNumber'; readonly value: string; readonly format: string }
  /** Summation orders again, with other data or another format. */
  | { readonly type: 'runOrders'; readonly request: OrdersRequest };

/** From the host to a panel. */
export type HostMessage =
  | { readonly type: 'context'; readonly context: PanelContext }
  | { readonly type: 'report'; readonly request: SimulationRequest; readonly report: SimulationReport }
  | { readonly type: 'page'; readonly whole: string; readonly page: ReportPage }
  /** The report that was kept for comparison, after a `ready`. */
  | { readonly type: 'kept'; readonly report: SimulationReport }
  | { readonly type: 'status'; readonly status: PanelStatus }
  | { readonly type: 'progress'; readonly progress: RunProgress }
  /** The editor's cursor moved to this place of `file` (offsets of the text that was simulated); the panel selects the innermost site there. */
  | { readonly type: 'select'; readonly file: string; readonly start: number; readonly end: number }
  /** For the number format panel: show this value (any text its entry field accepts) in this format. */
  | { readonly type: 'number'; readonly value: string; readonly format: string }
  | { readonly type: 'orders'; readonly report: OrdersReport };

/** What a panel needs to know before it can offer anything. Sent on `ready` and whenever it changes. */
export interface PanelContext {
  /** False: the workspace is not trusted, so nothing can be simulated. */
  readonly trusted: boolean;
  /** The functions of the request's file that can be simulated, for the function picker. */
  readonly functions: readonly FunctionDescription[];
  readonly presets: readonly SchemePreset[];
  /** Formats that the number format panel compares, and others may be added by the user. */
  readonly formats: readonly string[];
  /** What the panel was opened for, before there is a report; null for a panel opened from nothing. */
  readonly request: SimulationRequest | null;
  readonly settings: PanelSettings;
  /** True while the source in the editor differs from what the last report simulated. */
  readonly stale: boolean;
}

/** A scheme that the pickers offer. */
export interface SchemePreset {
  readonly id: string;
  readonly title: string;
  /** One sentence: what rounds where. */
  readonly explanation: string;
  /** Heading in the picker, such as `floating point`, `integer`, `block scaled`. */
  readonly group: string;
}

export interface PanelSettings {
  /** Run again when the file is saved. */
  readonly rerunOnSave: boolean;
}

/** Where the simulation stands. Every state but `running` and `done` carries its remedies, drawn as buttons. */
export interface PanelStatus {
  readonly state: 'empty' | 'running' | 'done' | 'failed' | 'cancelled' | 'untrusted' | 'unsupported';
  /** One sentence that names the place and the remedy; empty for `running` and `done`. */
  readonly message: string;
  readonly place: Pick<Place, 'file' | 'line' | 'column'> | null;
  readonly remedies: readonly Remedy[];
}

export interface Remedy {
  /** Verb first, as on a button: "Trust this workspace…". */
  readonly title: string;
  readonly action: 'run' | 'trust' | 'pickFunction' | 'openExample' | 'openSettings' | 'showOutput' | 'revealProblem';
}

export interface RunProgress {
  /** 0…1, or null when unknown. */
  readonly fraction: number | null;
  /** Simulated operations so far, and the rate at which they go. */
  readonly operations: number;
  readonly operationsPerSecond: number;
  /** What runs now: "fp16, case 3 of 32". */
  readonly phase: string;
}

/** What a webview stores with `setState`, and what the host gets back when it restores the panel. */
export type PanelState =
  | { readonly version: 1; readonly panel: 'simulation'; readonly request: SimulationRequest | null; readonly view: Readonly<Record<string, JsonValue>> }
  | { readonly version: 1; readonly panel: 'formats'; readonly value: string; readonly format: string; readonly view: Readonly<Record<string, JsonValue>> }
  | { readonly version: 1; readonly panel: 'orders'; readonly request: OrdersRequest | null; readonly view: Readonly<Record<string, JsonValue>> };

/** Sum these numbers in many orders. */
export interface OrdersRequest {
  /** The reduction in the source that the numbers belong to, when there is one. */
  readonly place: Place | null;
  /** Source text of the summed expression, or a title for typed-in data. */
  readonly text: string;
  /** Summands in source order. */
  readonly values: readonly Real[];
  /** Format or scheme id of the additions. */
  readonly format: string;
  /** How many random orders to try; all of them are tried when there are no more than this. */
  readonly orders: number;
  readonly seed: number;
}

/** Results of summing the same numbers in different orders, each addition rounded to `request.format`. */
export interface OrdersReport {
  readonly version: 1;
  readonly request: OrdersRequest;
  /** The exact sum, rounded once to a double, and rounded once to the format. */
  readonly exact: Real;
  readonly rounded: Real;
  /** Condition number of the sum: Σ|x| / |Σx|. */
  readonly condition: Real;
  /** Bound on |result − exact| that holds for every order: (n − 1)·u·Σ|x| to first order; absolute. */
  readonly bound: Real;
  /** Orders and algorithms with a name: `source order`, `reversed`, `ascending magnitude`, `pairwise`, `compensated (Kahan–Neumaier)`. */
  readonly named: readonly NamedOrder[];
  /** Every different result over the tried orders, ascending, with how often it came out. */
  readonly distribution: readonly { readonly result: Real; readonly count: number }[];
  /** Orders tried, and whether they were all there are. */
  readonly tried: number;
  readonly exhaustive: boolean;
  /** One order (indices into `values`) that gives the lowest result and one that gives the highest. */
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  readonly seconds: number;
}

export interface NamedOrder {
  readonly name: string;
  readonly result: Real;
  /** |result − exact| in ulps of the format at the exact sum. */
  readonly ulps: Real;
}
