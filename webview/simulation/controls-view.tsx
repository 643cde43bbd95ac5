import type { VNode } from 'preact';
import type { FormatReport, SimulationRequest } from '../../src/protocol/report';
import { Button, Checkbox, Choice } from '../shared/controls';
import { count, duration, plural, rate } from '../shared/number-text';
import { InputsDrawer } from './inputs-drawer';
import type { Drawer, Model, View } from './model';
import { SchemesDrawer } from './schemes-drawer';
import { fileName, sameRun } from './selection';

export interface ControlsProps {
  readonly model: Model;
  readonly format: FormatReport | undefined;
  readonly standalone: boolean;
  readonly change: (change: Partial<View>) => void;
  readonly draft: (change: Partial<SimulationRequest>) => void;
  readonly run: () => void;
  readonly cancel: () => void;
  readonly findWorst: () => void;
  readonly reveal: () => void;
  readonly setRerun: (on: boolean) => void;
  readonly keepBaseline: () => void;
  readonly share: (what: ShareKind) => void;
}

export type ShareKind = 'markdown' | 'json' | 'html' | 'svg';

/** The head of the panel: what is simulated, run and cancel, inputs, formats with their parameters, and what to do with the result. */
export function ControlsView(props: ControlsProps): VNode {
  const { model, standalone, change } = props;
  const { context, draft, report, status, view } = model;
  const isRunning = status.state === 'running';
  const toggle = (drawer: Drawer): void => change({ open: view.open.includes(drawer) ? view.open.filter(d => d !== drawer) : [drawer] });
  const name = draft?.functionName ?? report?.description.name ?? '';
  const parameters = (context?.functions.find(f => f.name === name) ?? report?.description)?.parameters.map(p => p.name).join(', ') ?? '';
  return <header class="controls">
    <div class="bar">
      <div class="subject">
        <h1>{name ? <>{name}<span class="muted">({parameters})</span></> : 'Simulation'}</h1>
        {draft && (standalone ? <span class="muted">{fileName(draft.file)}{report ? `:${report.description.line}` : ''}</span>
          : <button type="button" class="link" onClick={props.reveal}>{fileName(draft.file)}{report ? `:${report.description.line}` : ''}</button>)}
        {context?.stale && !isRunning && <span class="flag" title="The code changed after this run">changed since</span>}
      </div>
      {!standalone && draft && <div class="run">
        {context && context.functions.length > 1 && <Choice name="Function" value={draft.functionName} options={context.functions.filter(f => f.numeric || f.name === draft.functionName).map(f => ({ value: f.name, title: f.name }))}
          onChange={functionName => props.draft({ functionName, inputs: { kind: 'generated', count: 32, seed: 1 } })} />}
        <Button look="secondary" expanded={view.open.includes('inputs')} onPress={() => toggle('inputs')}>{inputsTitle(draft)}</Button>
        <Button look="secondary" expanded={view.open.includes('schemes')} onPress={() => toggle('schemes')}>{plural(draft.schemes.length, 'format')}</Button>
        {isRunning ? <Button look="primary" id="cancel" onPress={props.cancel}>Cancel</Button> : <Button look="primary" id="run" disabled={context?.trusted === false} onPress={props.run}>Run</Button>}
        <Checkbox checked={context?.settings.rerunOnSave ?? true} hint="Run again when the file is saved" onChange={props.setRerun}>on save</Checkbox>
      </div>}
      {report && <div class="share">
        {!standalone && <Button look="icon" pressed={model.baseline !== null} hint={model.baseline ? 'Stop comparing with the earlier run' : 'Keep this run, change the code or the inputs, and compare the next run with it'} onPress={props.keepBaseline}>{model.baseline ? 'stop comparing' : 'compare'}</Button>}
        <Button look="icon" expanded={view.open.includes('share')} onPress={() => toggle('share')}>share</Button>
      </div>}
    </div>
    {report && model.baseline && sameRun(model.baseline, report) && <p class="hint kept-run" role="status">This run is kept. Change the code or the inputs and run again: both versions then stand beside each other.</p>}
    {isRunning && <Progress model={model} />}
    {view.open.includes('inputs') && draft && <InputsDrawer model={model} draft={props.draft} findWorst={props.findWorst} />}
    {view.open.includes('schemes') && draft && <SchemesDrawer model={model} draft={props.draft} />}
    {view.open.includes('share') && <div class="drawer" role="group" aria-label="Share">
      <Button onPress={() => props.share('markdown')}>Copy as Markdown</Button>
      {!standalone && <Button onPress={() => props.share('html')}>Save as HTML…</Button>}
      <Button onPress={() => props.share('json')}>Save as JSON…</Button>
      <Button onPress={() => props.share('svg')}>Export graph as SVG…</Button>
    </div>}
    {report && <div class="chips" role="group" aria-label="Format shown">
      {report.formats.map(f => <button key={f.id} type="button" class={`chip${f.id === props.format?.id ? ' shown' : ''}${f.status === 'ok' ? '' : ' failed'}`} aria-pressed={f.id === props.format?.id} title={f.title} onClick={() => change({ format: f.id })}>{f.id}</button>)}
      <span class="muted facts">{duration(report.seconds)} · {plural(props.format?.firstCase.totalOperations ?? 0, 'operation')} · {report.cases > 1 ? `first of ${count(report.cases)} inputs, errors over all` : '1 input'}</span>
    </div>}
  </header>;
}

function Progress({ model }: { readonly model: Model }): VNode {
  const { progress } = model;
  return <div class="progress-row">
    <progress max={1} value={progress?.fraction ?? undefined} aria-label="Simulation progress" />
    <span role="status">{progress ? `${progress.phase ? `${progress.phase} · ` : ''}${count(progress.operations)} operations · ${rate(progress.operationsPerSecond)}` : 'Starting…'}</span>
  </div>;
}

function inputsTitle(request: SimulationRequest): string {
  const { inputs } = request;
  switch (inputs.kind) {
    case 'given': return plural(inputs.cases.length, 'given input');
    case 'generated': return plural(inputs.count, 'generated input');
    case 'calls': return 'calls in the workspace';
    case 'sweep': return `sweep of ${inputs.count}`;
  }
}
