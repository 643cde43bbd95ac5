import type { VNode } from 'preact';
import { Checkbox } from '../shared/controls';
import type { PlotId } from './model';
import { InputsPlot } from './plot-inputs';
import { LinePlot } from './plot-line';
import type { PlotProps } from './plot-props';
import { RunPlot } from './plot-run';
import { SweepPlot } from './plot-sweep';
import { ValuesPlot } from './plot-values';

/** The plots, one at a time, as tabs. */
export function PlotsView(props: PlotProps): VNode {
  const { model, change } = props;
  const { plot, logScale } = model.view;
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = tabs[(tabs.findIndex(t => t.id === plot) + by + tabs.length) % tabs.length];
    change({ plot: next.id });
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  const Plot = tabs.find(t => t.id === plot)?.view ?? RunPlot;
  return <section class="view plots" aria-labelledby="plots-title">
    <h2 id="plots-title" class="hidden">Plots</h2>
    <header class="view-head">
      <div class="tabs" role="tablist" aria-label="Plots" onKeyDown={onKey}>
        {tabs.map(tab => <button key={tab.id} type="button" role="tab" id={`tab-${tab.id}`} aria-selected={tab.id === plot} aria-controls="plot-panel" tabIndex={tab.id === plot ? 0 : -1}
          onClick={() => change({ plot: tab.id })}>{tab.title}</button>)}
      </div>
      {(plot === 'run' || plot === 'sweep') && <Checkbox checked={logScale} onChange={checked => change({ logScale: checked })}>log scale</Checkbox>}
    </header>
    <div role="tabpanel" id="plot-panel" aria-labelledby={`tab-${plot}`}><Plot {...props} /></div>
  </section>;
}

const tabs: readonly { readonly id: PlotId; readonly title: string; readonly view: (props: PlotProps) => VNode }[] = [
  { id: 'run', title: 'along the run', view: RunPlot },
  { id: 'inputs', title: 'over inputs', view: InputsPlot },
  { id: 'sweep', title: 'against an input', view: SweepPlot },
  { id: 'values', title: 'values and range', view: ValuesPlot },
  { id: 'line', title: 'number line', view: LinePlot },
];
