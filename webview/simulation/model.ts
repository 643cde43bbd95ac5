import type { HostMessage, PanelContext, PanelState, PanelStatus, RunProgress } from '../../src/protocol/panel';
import type { JsonValue } from '../../src/protocol/real';
import type { SimulationReport, SimulationRequest } from '../../src/protocol/report';
import type { ReportPage } from '../../src/protocol/report-pages';

/** Everything that the simulation panel knows. It changes only through `reduce`; every view is a function of it. */
export interface Model {
  readonly context: PanelContext | null;
  readonly report: SimulationReport | null;
  /** What `report` was made from. */
  readonly request: SimulationRequest | null;
  /** An earlier report to compare with: another version of the code, or other inputs. */
  readonly baseline: SimulationReport | null;
  /** Of a report that is a summary: the page of inputs that came last. */
  readonly cases: Extract<ReportPage, { kind: 'cases' }> | null;
  /** What the controls say now and the next run will do. */
  readonly draft: SimulationRequest | null;
  readonly status: PanelStatus;
  readonly progress: RunProgress | null;
  readonly view: View;
}

/** What is selected and how it is shown. It is stored with the webview's state, so it is plain JSON. */
export interface View {
  /** Id of the format whose run the code, the graph and the plots show. */
  readonly format: string | null;
  /** Selected site, and the site under the pointer, which the other views follow while it is there. */
  readonly site: string | null;
  readonly hover: string | null;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly plot: PlotId;
  readonly logScale: boolean;
  readonly level: Level;
  /** Groups of the graph that are opened one level further. */
  readonly expanded: readonly string[];
  /** Iteration that the graph shows; null for all of them together. */
  readonly iteration: number | null;
  /** Disclosures that are open. */
  readonly open: readonly Drawer[];
  /** Leaf of the arguments along which errors are plotted. */
  readonly sweepLeaf: string | null;
}

export type SortKey = 'order' | 'format' | 'error' | 'relative' | 'bits' | 'operations' | 'energy' | 'memory';
export type PlotId = 'run' | 'inputs' | 'sweep' | 'values' | 'line';
export type Level = 'loops' | 'lines' | 'operations';
export type Drawer = 'inputs' | 'schemes' | 'share';

export type Action =
  | { readonly type: 'message'; readonly message: HostMessage }
  | { readonly type: 'view'; readonly change: Partial<View> }
  | { readonly type: 'draft'; readonly change: Partial<SimulationRequest> }
  | { readonly type: 'baseline'; readonly report: SimulationReport | null }
  | { readonly type: 'started' };

const initialView: View = {
  format: null, site: null, hover: null, sort: 'order', descending: false, plot: 'run', logScale: true, level: 'lines', expanded: [], iteration: null, open: [], sweepLeaf: null,
};

const empty: PanelStatus = { state: 'empty', message: '', place: null, remedies: [] };
const running: PanelStatus = { state: 'running', message: '', place: null, remedies: [] };

/** The model of a panel that has just started, with what its webview had stored. */
export function initialModel(stored: PanelState | null): Model {
  const state = stored?.panel === 'simulation' ? stored : null;
  return { context: null, report: null, request: null, baseline: null, cases: null, draft: state?.request ?? null, status: empty, progress: null, view: restoredView(state?.view) };
}

export function reduce(model: Model, action: Action): Model {
  switch (action.type) {
    case 'view': return { ...model, view: { ...model.view, ...action.change } };
    case 'draft': return model.draft ? { ...model, draft: { ...model.draft, ...action.change } } : model;
    case 'baseline': return { ...model, baseline: action.report };
    case 'started': return { ...model, status: running, progress: null };
    case 'message': return receive(model, action.message);
  }
}

/** What is stored between reloads. The report is not: the host sends it again. */
export function stateOf(model: Model): PanelState {
  const { hover: _hover, ...view } = model.view;
  return { version: 1, panel: 'simulation', request: model.draft, view: view as unknown as Record<string, JsonValue> };
}

function receive(model: Model, message: HostMessage): Model {
  switch (message.type) {
    case 'context': return { ...model, context: message.context, draft: model.draft ?? message.context.request };
    case 'progress': return { ...model, progress: message.progress };
    case 'status': return { ...model, status: message.status, progress: message.status.state === 'running' ? model.progress : null };
    case 'report': return {
      ...model, report: message.report, request: message.request, cases: null, draft: draftAfter(model, message.request), progress: null,
      status: { state: 'done', message: '', place: null, remedies: [] }, view: fitted(model.view, message.report),
    };
    case 'kept': return { ...model, baseline: message.report };
    case 'page': return model.report?.whole === message.whole ? withPage(model, model.report, message.page) : model;
    case 'select': {
      const site = model.report && innermost(model.report, model.view.format, message.file, message.start, message.end);
      return site ? { ...model, view: { ...model.view, site } } : model;
    }
    default: return model;
  }
}

function withPage(model: Model, report: SimulationReport, page: ReportPage): Model {
  switch (page.kind) {
    case 'run': return { ...model, report: { ...report, formats: report.formats.map(f => f.id === page.format ? { ...f, firstCase: page.run, caseErrors: page.caseErrors } : f) } };
    case 'cases': return { ...model, cases: page };
    default: return model;
  }
}

/** A report that answers another request than the controls show (opened from the editor) takes the controls with it; otherwise edits in progress stay. */
function draftAfter(model: Model, request: SimulationRequest): SimulationRequest {
  const { draft } = model;
  return draft && draft.file === request.file && draft.functionName === request.functionName && model.request ? draft : request;
}

/** The view of the last report on a new one: the selection stays where it still means something. */
function fitted(view: View, report: SimulationReport): View {
  const format = report.formats.find(f => f.id === view.format) ?? defaultFormat(report);
  const sites = format?.firstCase.sites ?? [];
  return {
    ...view, format: format?.id ?? null, hover: null,
    // A format that was cut off says nothing about where the selection is; the next run may.
    site: sites.length === 0 || sites.some(s => s.site === view.site) ? view.site : null,
    expanded: view.expanded,
    iteration: null,
  };
}

/** The widest format that loses something to look at: the first in the report with fewer than half of its bits, else the first that errs at all. */
function defaultFormat(report: SimulationReport): SimulationReport['formats'][number] | undefined {
  const ran = report.formats.filter(f => f.status === 'ok');
  const bits = (f: SimulationReport['formats'][number]): number => typeof f.correctBits === 'number' ? f.correctBits : 0;
  return ran.find(f => bits(f) < f.significandBits / 2) ?? ran.find(f => f.maxAbsoluteError !== 0) ?? ran[0] ?? report.formats[0];
}

/** The innermost operation around a place, else the one on its line where most error is born. */
function innermost(report: SimulationReport, format: string | null, file: string, start: number, end: number): string | null {
  const sites = (report.formats.find(f => f.id === format) ?? report.formats[0])?.firstCase.sites ?? [];
  const around = sites.filter(s => s.file === file && s.start <= start && end <= s.end);
  const inner = around.sort((a, b) => (a.end - a.start) - (b.end - b.start)).at(0);
  if (inner) return inner.site;
  const line = (report.sources[file] ?? '').slice(0, start).split('\n').length;
  return sites.filter(s => s.file === file && s.endLine === line).sort((a, b) => b.share - a.share).at(0)?.site ?? null;
}

function restoredView(stored: Readonly<Record<string, JsonValue>> | undefined): View {
  if (!stored) return initialView;
  const known = Object.entries(initialView).filter(([name, value]) => {
    const other = stored[name];
    return other !== undefined && (value === null ? other === null || typeof other === 'string' || typeof other === 'number'
      : Array.isArray(value) ? Array.isArray(other) && other.every(v => typeof v === 'string') : typeof other === typeof value);
  }).map(([name]) => [name, stored[name]]);
  return { ...initialView, ...Object.fromEntries(known) as Partial<View>, hover: null };
}
