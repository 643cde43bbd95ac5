import { activationNames, type ExpressivenessReport, type ExpressivenessRequest } from './expressiveness';
import type { PanelStatus } from './panel';
import { isSimulationRequest } from './panel-guards';
import type { FunctionDescription } from './report';
import type { TuneReport, TuneRequest } from './tuning';

/**
 * What the tuning panel and the expressiveness panel say to the editor and hear from it; the same rules hold as for the other panels: plain data, each side drops
 * what its guard refuses, and every `ready` is answered with the whole picture.
 */
export type TuningMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'tune'; readonly request: TuneRequest }
  | { readonly type: 'cancel' }
  /** Show the line of a variable in the editor. */
  | { readonly type: 'reveal'; readonly start: number }
  /** Write these formats into the document as comments, or write them and simulate the function under `formats[0]`. `formats` is in the order of the report's assignment. */
  | { readonly type: 'write' | 'simulate'; readonly formats: readonly string[] }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'remedy'; readonly remedy: PanelStatus['remedies'][number]['action'] };

export type TuningHostMessage =
  | { readonly type: 'context'; readonly context: TuningContext }
  | { readonly type: 'report'; readonly report: TuneReport }
  | { readonly type: 'status'; readonly status: PanelStatus }
  | { readonly type: 'progress'; readonly text: string };

export interface TuningContext {
  readonly request: TuneRequest | null;
  /** Whether the request's own inputs were given with the file or by the user; they can be chosen again. */
  readonly ownInputs: TuneRequest['inputs'] | null;
  /** The source in the editor is not the one that was tuned. */
  readonly stale: boolean;
  /** What the panel last wrote into the document, as formats in the order of the assignment; null when nothing. */
  readonly written: readonly string[] | null;
}

export type ExpressivenessMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'check'; readonly request: ExpressivenessRequest }
  | { readonly type: 'copy'; readonly text: string; readonly what: string };

export type ExpressivenessHostMessage =
  /** Functions of the active document that take one number. */
  | { readonly type: 'context'; readonly functions: readonly Pick<FunctionDescription, 'file' | 'name'>[]; readonly request: ExpressivenessRequest }
  | { readonly type: 'report'; readonly report: ExpressivenessReport }
  | { readonly type: 'status'; readonly status: PanelStatus };

/** What a tuning panel keeps over a reload of the window. */
export interface TuningState {
  readonly version: 1;
  readonly request: TuneRequest;
}

export interface ExpressivenessState {
  readonly version: 1;
  readonly request: ExpressivenessRequest;
}

export function isTuningMessage(data: unknown): data is TuningMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'ready': case 'cancel': return true;
    case 'tune': return isTuneRequest(data.request);
    case 'reveal': return isCount(data.start);
    case 'write': case 'simulate': return isFormats(data.formats);
    case 'copy': return isText(data.text, 1_000_000) && isText(data.what);
    case 'remedy': return isText(data.remedy);
    default: return false;
  }
}

export function isTuningHostMessage(data: unknown): data is TuningHostMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'context': return isRecord(data.context) && (data.context.request === null || isTuneRequest(data.context.request));
    case 'report': return isRecord(data.report) && Array.isArray(data.report.assignment) && Array.isArray(data.report.front) && Array.isArray(data.report.uniform);
    case 'status': return isStatus(data.status);
    case 'progress': return typeof data.text === 'string';
    default: return false;
  }
}

export function isExpressivenessMessage(data: unknown): data is ExpressivenessMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'ready': return true;
    case 'check': return isExpressivenessRequest(data.request);
    case 'copy': return isText(data.text, 1_000_000) && isText(data.what);
    default: return false;
  }
}

export function isExpressivenessHostMessage(data: unknown): data is ExpressivenessHostMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'context': return Array.isArray(data.functions) && isExpressivenessRequest(data.request);
    case 'report': return isRecord(data.report) && isExpressivenessRequest(data.report.request) && Array.isArray(data.report.table) && Array.isArray(data.report.missing);
    case 'status': return isStatus(data.status);
    default: return false;
  }
}

export function isTuningState(data: unknown): data is TuningState {
  return isRecord(data) && data.version === 1 && isTuneRequest(data.request);
}

export function isExpressivenessState(data: unknown): data is ExpressivenessState {
  return isRecord(data) && data.version === 1 && isExpressivenessRequest(data.request);
}

export function isTuneRequest(data: unknown): data is TuneRequest {
  return isRecord(data) && isText(data.file) && isText(data.functionName) && typeof data.tolerance === 'number' && data.tolerance > 0 && Number.isFinite(data.tolerance)
    && isFormats(data.formats) && ['greedy', 'delta', 'differentiable'].includes(data.strategy as string) && (data.milliseconds === undefined || isCount(data.milliseconds))
    && isSimulationRequest({ file: data.file, functionName: data.functionName, schemes: [], inputs: data.inputs });
}

export function isExpressivenessRequest(data: unknown): data is ExpressivenessRequest {
  if (!isRecord(data) || !isRecord(data.activation) || !isCount(data.p) || !isCount(data.s) || data.p > 12 || data.p < 1 || data.s > 12) return false;
  const { kind, id, file, functionName } = data.activation;
  return kind === 'known' ? activationNames.some(a => a.id === id) : kind === 'function' && isText(file) && isText(functionName);
}

function isStatus(data: unknown): boolean {
  return isRecord(data) && typeof data.state === 'string' && typeof data.message === 'string' && Array.isArray(data.remedies);
}

function isFormats(data: unknown): data is readonly string[] {
  return Array.isArray(data) && data.length <= 2000 && data.every(f => isText(f));
}

function isText(data: unknown, limit = 4000): data is string {
  return typeof data === 'string' && data.length <= limit;
}

function isCount(data: unknown): data is number {
  return typeof data === 'number' && Number.isInteger(data) && data >= 0;
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
