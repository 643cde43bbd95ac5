import { useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { fromReal } from '../../src/protocol/real';
import type { SimulationReport } from '../../src/protocol/report';
import { BottomAxis, Chart, LeftAxis, decades } from '../shared/chart';
import { Button, Choice, Field } from '../shared/controls';
import { short, valueText } from '../shared/number-text';
import type { Leaf } from './arguments';
import { leafValue, numericLeaves } from './arguments';
import type { PlotProps } from './plot-props';

const height = 230, margin = { top: 24, right: 16, bottom: 38, left: 56 };

/** Relative error against one number among the arguments: the sampled inputs, or a sweep over its range that the tools start. The worst is marked. */
export function SweepPlot({ model, report, format, change, runSweep, standalone }: PlotProps): VNode {
  const leaves = numericLeaves(report);
  const swept = model.request?.inputs.kind === 'sweep' ? model.request.inputs : null;
  const chosen = leaves.find(l => l.id === model.view.sweepLeaf) ?? leaves.find(l => swept && l.parameter === swept.parameter && (l.path ?? '') === (swept.path ?? '')) ?? leaves[0];
  if (!chosen) return <p class="nothing">No argument of {report.description.name} is, or holds, a number that could be swept.</p>;
  const points = report.inputs.map((input, i) => ({ x: leafValue(input, chosen) ?? NaN, error: fromReal(format.caseErrors[i] ?? 'NaN'), index: i }))
    .filter(p => Number.isFinite(p.x)).sort((a, b) => a.x - b.x);
  const drawn = points.filter(p => p.error < Infinity);
  const lost = points.filter(p => !(p.error < Infinity));
  const worst = points.find(p => p.index === format.worstCase);
  const isSweep = swept !== null && chosen.parameter === swept.parameter && (chosen.path ?? '') === (swept.path ?? '');
  const log = model.view.logScale;
  const tools = <>
    {leaves.length > 1 && <Choice name="Argument on the horizontal axis" value={chosen.id} options={leaves.map(l => ({ value: l.id, title: l.id }))} onChange={id => change({ sweepLeaf: id })} />}
    {!standalone && <SweepTools leaf={chosen} report={report} xs={points.map(p => p.x)} run={(lo, hi) => runSweep(chosen.parameter, chosen.path, lo, hi)} />}
  </>;
  return <Chart id="plot-sweep" title={`Relative error against ${chosen.id}`} height={height} tools={tools}
    description={points.length < 2 ? `One value of ${chosen.id} so far: sweep it over a range to see where the error grows.`
      : `${isSweep ? `${chosen.id} swept over ${short(points[0].x)} … ${short(points[points.length - 1].x)}` : `${points.length} sampled inputs`} in ${format.id}${worst ? `; the worst is at ${chosen.id} = ${short(worst.x, 6)} with a relative error of ${short(worst.error)}` : ''}.`}
    table={{ columns: [chosen.id, 'relative error', 'result', 'reference'], rows: points.map(p => [String(p.x), short(p.error), valueText(format.results[p.index]), valueText(format.references[p.index])]) }}
    draw={width => {
      const [a, b] = extent(points, p => p.x) as [number, number];
      const wide = a > 0 && b / a > 1e3;
      const x = wide ? scaleLog([a, b], [margin.left + 6, width - margin.right - 6]) : scaleLinear(a === b ? [a - 1, a + 1] : [a, b], [margin.left + 6, width - margin.right - 6]);
      const positive = drawn.filter(p => p.error > 0).map(p => p.error);
      const lo = positive.length ? Math.min(...positive) : 1e-17, hi = positive.length ? Math.max(...positive) : 1;
      const y = log ? scaleLog([lo / 2, hi * 2], [height - margin.bottom, margin.top]).clamp(true) : scaleLinear([0, hi * 1.05], [height - margin.bottom, margin.top]);
      const at = (e: number): number => e > 0 ? y(e) : height - margin.bottom;
      return <>
        <LeftAxis scale={y} ticks={log ? decades(lo / 2, hi * 2, 6) : y.ticks(5)} label="relative error" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={wide ? decades(a, b, width / 90) : x.ticks(Math.max(2, width / 110))} label={chosen.id} at={height - margin.bottom} to={margin.top} />
        {isSweep && <path class="series" d={line<typeof drawn[number]>().x(p => x(p.x)).y(p => at(p.error))(drawn) ?? ''} />}
        {(!isSweep || drawn.length < 200) && drawn.map(p => <circle key={p.index} class="point small" cx={x(p.x)} cy={at(p.error)} r={2.5}><title>{`${chosen.id} = ${p.x}: ${short(p.error)}`}</title></circle>)}
        {lost.map(p => <path key={p.index} class="lost" d={`M${x(p.x) - 4},${margin.top - 4} l8,8 m0,-8 l-8,8`} />)}
        {worst && worst.error < Infinity && <g class="worst-mark"><circle cx={x(worst.x)} cy={at(worst.error)} r={6} />
          <text x={x(worst.x) + (x(worst.x) > width - 80 ? -10 : 10)} y={at(worst.error) + 4} text-anchor={x(worst.x) > width - 80 ? 'end' : 'start'}>worst</text></g>}
      </>;
    }} />;
}

function SweepTools({ leaf, report, xs, run }: { readonly leaf: Leaf; readonly report: SimulationReport; readonly xs: readonly number[]; readonly run: (lo: number, hi: number) => void }): VNode {
  const range = leaf.path === undefined ? report.description.parameters[leaf.parameter]?.range : undefined;
  const [lo, setLo] = useState(String(range ? fromReal(range[0]) : Math.min(...xs, 0)));
  const [hi, setHi] = useState(String(range ? fromReal(range[1]) : Math.max(...xs, 1)));
  const [a, b] = [Number(lo), Number(hi)];
  const valid = lo.trim() !== '' && hi.trim() !== '' && Number.isFinite(a) && Number.isFinite(b) && a < b;
  return <span class="sweep-tools"><Field name={`Lowest ${leaf.id}`} size={7} value={lo} onInput={setLo} /><span class="muted">…</span><Field name={`Highest ${leaf.id}`} size={7} value={hi} onInput={setHi} />
    <Button disabled={!valid} hint={valid ? `Simulate with ${leaf.id} from ${a} to ${b}` : 'Two numbers are needed, the lower first'} onPress={() => run(a, b)}>Sweep</Button></span>;
}
