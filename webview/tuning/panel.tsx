import { useEffect, useMemo, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { fromReal } from '../../src/protocol/real';
import type { PanelStatus } from '../../src/protocol/panel';
import type { TuneReport, TuneRequest } from '../../src/protocol/tuning';
import { isTuningHostMessage, type TuningContext, type TuningMessage } from '../../src/protocol/tuning-panel';
import { Button } from '../shared/controls';
import { duration, percent, plural, short } from '../shared/number-text';
import { TuningControls } from './controls-view';
import { Pareto } from './pareto';
import { pointsOf, type Point } from './points';
import { AssignmentsTable, VariablesTable } from './tables';

export interface TuningHost {
  post(message: TuningMessage): void;
  store(request: TuneRequest): void;
  listen(receive: (message: unknown) => void): () => void;
}

/** The tuning panel: what was found, in words, as formats of variables, against the alternatives; and what can be done with it. */
export function TuningPanel({ host }: { readonly host: TuningHost }): VNode {
  const [context, setContext] = useState<TuningContext | null>(null);
  const [report, setReport] = useState<TuneReport | null>(null);
  const [status, setStatus] = useState<PanelStatus | null>(null);
  const [progress, setProgress] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => {
    const stop = host.listen(message => {
      if (!isTuningHostMessage(message)) return;
      switch (message.type) {
        case 'context':
          setContext(message.context);
          if (message.context.request) host.store(message.context.request);
          return;
        case 'report': setReport(message.report); setPicked(null); return;
        case 'status': setStatus(message.status); setProgress(''); return;
        case 'progress': setProgress(message.text); return;
      }
    });
    host.post({ type: 'ready' });
    return stop;
  }, []);
  const request = context?.request ?? null;
  const running = status?.state === 'running';
  return <div class="tuning-panel">
    <header class="tuning-head">
      <h1>Tune {request?.functionName ?? 'precision'}</h1>
      {request && <span class="muted file">{request.file.split('/').pop()}</span>}
    </header>
    {request && <TuningControls request={request} ownInputs={context?.ownInputs ?? null} running={running} onTune={next => host.post({ type: 'tune', request: next })} onStop={() => host.post({ type: 'cancel' })} />}
    <p class="progress muted" role="status">{running ? progress || 'Reading the function …' : ''}</p>
    {status && status.message !== '' && <div class="notice" role="alert"><p>{status.message}</p>
      <div class="tools">{status.remedies.map(r => <Button key={r.title} onPress={() => host.post({ type: 'remedy', remedy: r.action })}>{r.title}</Button>)}</div></div>}
    {report ? <Result report={report} host={host} context={context} picked={picked} onPick={setPicked} />
      : !running && status?.message === '' ? <p class="nothing">Choose the error that the results may have, and the formats to try; “Tune” then finds the cheapest format for each variable.</p> : null}
  </div>;
}

function Result({ report, host, context, picked, onPick }: { readonly report: TuneReport; readonly host: TuningHost; readonly context: TuningContext | null; readonly picked: string | null; readonly onPick: (name: string) => void }): VNode {
  const points = useMemo(() => pointsOf(report), [report]);
  const chosen = points.find(p => p.chosen) ?? points[0];
  const shown = points.find(p => p.name === picked) ?? chosen;
  const pick = (p: Point): void => onPick(p.name);
  const written = context?.written?.join(' ') === shown.formats.join(' ');
  const act = (type: 'write' | 'simulate') => () => host.post({ type, formats: shown.formats });
  return <>
    <p class="summary">{summary(report)}</p>
    {context?.stale && <p class="problem">The code has changed since this search; tune again to be sure.</p>}
    <div class="tuning-body">
      <section aria-labelledby="variables-title">
        <h2 id="variables-title">{shown.chosen ? 'Chosen formats' : `Formats of “${shown.name}”`}</h2>
        <VariablesTable report={report} shown={shown} onReveal={start => host.post({ type: 'reveal', start })} />
        <div class="tools actions">
          <Button look="primary" id="write" hint="Puts a comment /* @format … */ before each variable; undo takes it back" onPress={act('write')}>Write @format comments</Button>
          <Button id="simulate" hint={`Writes the comments and simulates under ${shown.formats[0]}, the format of the intermediate results`} onPress={act('simulate')}>Write and simulate</Button>
        </div>
        <p class="hint" role="status">{written ? 'Written into the source. Undo there takes it back.' : shown.error <= report.tolerance ? '' : 'This assignment misses the tolerance.'}</p>
      </section>
      <section aria-label="Trade-offs">
        {points.some(p => Number.isFinite(p.error)) ? <Pareto points={points} tolerance={report.tolerance} shown={shown} onPick={pick} />
          : <p class="nothing">No assignment gave a finite error, so there is no trade-off to draw. Give the parameters ranges with “@range NAME [lo, hi]”, or inputs of your own.</p>}
      </section>
    </div>
    <section aria-labelledby="assignments-title"><h2 id="assignments-title">Compared with one format for everything, and the best mixtures</h2>
      <AssignmentsTable report={report} points={points} shown={shown} onPick={pick} /></section>
    <p class="hint">{`${plural(report.evaluations, 'run')} of ${plural(report.cases, 'input')} in ${duration(report.seconds)} (${report.strategy}). Energy counts each operation at the width of its format; memory counts the numbers that variables and arrays hold. `}
      The answer was simulated once more from scratch; other inputs may err more.</p>
  </>;
}

/** The outcome in words. */
export function summary(report: TuneReport): string {
  const { function: name, tolerance, uniform, scheme, met, complete } = report;
  const short_ = name.slice(name.lastIndexOf('#') + 1);
  const error = fromReal(report.error);
  const top = uniform[0]?.format ?? scheme;
  const stopped = (report.leftOut > 0 ? ` ${plural(report.leftOut, 'input')} ${report.leftOut === 1 ? 'was' : 'were'} left out, because the function fails or overflows on ${report.leftOut === 1 ? 'it' : 'them'} even in ${top}.` : '') + (complete ? '' : ' The time limit ended the search, so there may be a cheaper one.');
  if (!met) return `No assignment keeps ${short_} within a relative error of ${short(tolerance)}: all ${top} has ${Number.isFinite(error) ? short(error) : 'an infinite error'}. Raise the tolerance or add a wider format.${stopped}`;
  const share = (now: number, before: number): string => percent(before > 0 ? now / before : 1);
  const [e, m] = [share(report.energyPicojoules, report.baselineEnergyPicojoules), share(report.memoryBytes, report.baselineMemoryBytes)];
  if (report.assignment.every(a => a.format === top)) return `${short_} needs ${top} throughout: every narrower format of a variable takes its error beyond ${short(tolerance)}.${stopped}`;
  return `${short_} keeps its relative error at ${error === 0 ? '0' : short(error)}, within ${short(tolerance)}, with ${e} of the energy and ${m} of the memory of all ${top}.${stopped}`;
}
