import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import type { HostMessage, PanelMessage, Remedy } from '../../src/protocol/panel';
import type { InputRequest, SimulationReport, SimulationRequest, SiteReport } from '../../src/protocol/report';
import type { PageRequest } from '../../src/protocol/report-pages';
import type { Host } from '../shared/host';
import { fromReal, toReal } from '../../src/protocol/real';
import { svgText } from '../shared/svg-text';
import { CodeView } from './code-view';
import { CompareView } from './compare-view';
import type { ShareKind } from './controls-view';
import { ControlsView } from './controls-view';
import { FlowView } from './flow-view';
import { FormatsView } from './formats-view';
import type { View } from './model';
import { initialModel, reduce, stateOf } from './model';
import { PlotsView } from './plots-view';
import { sameRun, shownFormat } from './selection';
import { StateView } from './state-view';
import { failure, markdown, summary } from './summary';

/** Points of a sweep that the panel starts. */
const sweepCount = 200;

/** The simulation panel: one model, four linked views of it, and messages to and from the host. */
export function App({ host }: { readonly host: Host }): VNode {
  const [model, dispatch] = useReducer(reduce, null, () => initialModel(host.restore()));
  const latest = useRef(model);
  latest.current = model;

  useEffect(() => {
    const stop = host.listen((message: HostMessage) => dispatch({ type: 'message', message }));
    host.post({ type: 'ready', panel: 'simulation', state: host.restore() });
    return stop;
  }, [host]);
  useEffect(() => {
    const timer = setTimeout(() => host.store(stateOf(model)), 200);
    return () => clearTimeout(timer);
  }, [host, model.view, model.draft]);

  const change = (part: Partial<View>): void => dispatch({ type: 'view', change: part });
  const draft = (part: Partial<SimulationRequest>): void => dispatch({ type: 'draft', change: part });
  const compareWith = (baseline: SimulationReport | null): void => { dispatch({ type: 'baseline', report: baseline }); host.post({ type: 'keep', keep: baseline !== null }); };
  const start = (message: Extract<PanelMessage, { type: 'run' | 'findWorst' }>): void => { dispatch({ type: 'started' }); host.post(message); };
  const run = (): void => { const request = latest.current.draft; if (request) start({ type: 'run', request, detailed: format?.id }); };
  const revealSite = (site: SiteReport, focus: boolean): void => host.post({ type: 'reveal', file: site.file, start: site.start, end: site.end, focus });
  const openNumber = (site: SiteReport): void => { if (format) host.post({ type: 'openNumber', value: String(toReal(fromReal(site.last.reference))), format: format.id.split('+')[0] }); };
  const act = (remedy: Remedy['action']): void => { if (remedy === 'run' && latest.current.draft) run(); else host.post({ type: 'remedy', remedy }); };
  const runSweep = (parameter: number, path: string | undefined, lo: number, hi: number): void => {
    const request = latest.current.draft;
    if (!request) return;
    const inputs: InputRequest = { kind: 'sweep', parameter, ...(path === undefined ? {} : { path }), lo, hi, count: sweepCount, base: latest.current.report?.inputs[0] ?? [] };
    draft({ inputs });
    start({ type: 'run', request: { ...request, inputs }, detailed: format?.id });
  };
  const share = (what: ShareKind): void => {
    const { report } = latest.current;
    if (!report || !format) return;
    const name = `${report.description.name}-${format.id}`;
    if (what === 'markdown') host.post({ type: 'copy', text: markdown(report, format), what: 'the comparison' });
    if (what === 'json') host.post({ type: 'save', kind: 'json', suggestedName: `${report.description.name}.json`, ...(report.whole === undefined ? { content: JSON.stringify(report, null, 2) } : {}) });
    if (what === 'html') host.post({ type: 'save', kind: 'html', suggestedName: `${report.description.name}.html` });
    if (what === 'svg') { const graph = document.getElementById('flow-graph'); if (graph) host.post({ type: 'save', kind: 'svg', suggestedName: `${name}.svg`, content: svgText(graph) }); }
    change({ open: [] });
  };

  const { report, status } = model;
  const format = shownFormat(model);
  const whole = report?.whole;
  const askPage = (page: PageRequest): void => { if (whole !== undefined) host.post({ type: 'page', whole, page }); };
  const missing = whole !== undefined && format?.firstCase.outline ? format.id : undefined;
  useEffect(() => { if (missing !== undefined) askPage({ kind: 'run', format: missing }); }, [whole, missing]);
  const linked = { model, change };
  return <div class="panel">
    <ControlsView model={model} format={format} standalone={host.standalone} change={change} draft={draft} run={run} cancel={() => host.post({ type: 'cancel' })}
      findWorst={() => { if (model.draft) start({ type: 'findWorst', request: model.draft, scheme: format?.id ?? model.draft.schemes[0]?.id ?? 'fp16' }); }}
      reveal={() => { if (report) host.post({ type: 'reveal', file: report.description.file, start: report.description.start, end: report.description.start, focus: true }); }}
      setRerun={rerunOnSave => host.post({ type: 'settings', settings: { rerunOnSave } })}
      keepBaseline={() => compareWith(model.baseline ? null : report)} share={share} />
    <StateView status={status} compact={report !== null} act={act} />
    {report && format && <>
      <p class="summary" role="status">{summary(report, format)}</p>
      {format.status === 'ok'
        ? <div class="views">{model.baseline && !sameRun(model.baseline, report) && <CompareView {...linked} before={model.baseline} report={report} format={format} reveal={revealSite} stop={() => compareWith(null)} />}<CodeView {...linked} report={report} format={format} reveal={revealSite} openNumber={openNumber} standalone={host.standalone} /><FlowView {...linked} report={report} format={format} reveal={revealSite} /><FormatsView {...linked} report={report} /></div>
        : <div class="views failed"><div class="state failed" role="status"><h2>{format.id} has no result</h2><p>{failure(report, format)}</p></div><FormatsView {...linked} report={report} /></div>}
      {format.status === 'ok' && <PlotsView {...linked} report={report} format={format} runSweep={runSweep} askPage={askPage} standalone={host.standalone} />}
      {report.notes.length > 0 && <footer class="notes"><h2>Notes</h2><ul>{report.notes.map(note => <li key={note}>{note}</li>)}</ul></footer>}
    </>}
  </div>;
}
