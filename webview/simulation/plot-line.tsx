import type { VNode } from 'preact';
import type { Format } from '../../src/formats';
import { neighbours } from '../../src/formats/spacing';
import { generalRounder as rounder } from '../../src/formats/general';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport } from '../../src/protocol/report';
import { Chart } from '../shared/chart';
import { knownFormat } from '../shared/known-format';
import { full, short } from '../shared/number-text';
import { NumberLine, numberLineHeight } from '../shared/number-line';
import type { PlotProps } from './plot-props';
import { emphasised, errorText, oneLine, siteOf } from './selection';

/** The last value of the selected operation (else the result) among the values that the format has around it, with the reference beside it. */
export function LinePlot({ model, format }: PlotProps): VNode {
  const site = siteOf(format, emphasised(model)) ?? siteOf(format, format.firstCase.output);
  const simulated = site ? fromReal(site.last.simulated) : fromReal(format.firstCase.outputValue);
  const reference = site ? fromReal(site.last.reference) : fromReal(format.firstCase.outputReference);
  const grid = storageFormat(format);
  if (!grid) return <p class="nothing">{format.id} scales its values, so which numbers it holds depends on the data; pick a plain format for its number line.</p>;
  if (!Number.isFinite(reference) || !Number.isFinite(simulated)) return <p class="nothing">{site ? oneLine(site.text) : 'The result'} is {short(simulated)} where the reference is {short(reference)}: that has no place on a line.</p>;
  const values = around(grid, simulated, reference);
  const name = site ? oneLine(site.text, 60) : 'the result';
  const nearest = rounder(grid)(reference);
  return <Chart id="plot-line" title={`${name} among the values of ${grid.id}`} height={numberLineHeight}
    description={`${format.id} holds ${short(simulated, 6)}, the reference is ${short(reference, 6)}: ${errorText(simulated, reference, format.significandBits)}. The nearest value of ${grid.id} is ${short(nearest, 6)}.`}
    table={{ columns: ['value', 'what'], rows: [...values.map(v => [full(v), v === simulated ? `${grid.id}, simulated` : grid.id]), [full(reference), 'reference']].sort((a, b) => Number(a[0]) - Number(b[0])) }}
    draw={width => <NumberLine width={width} values={values} marks={[{ value: simulated, label: `simulated ${short(simulated, 5)}`, kind: 'stored' }, { value: reference, label: `reference ${short(reference, 5)}`, kind: 'real' }]} />} />;
}

/** Most values of the format drawn on one line; between far-apart values only the ends' neighbours are drawn. */
const valueLimit = 24;

function around(format: Format, a: number, b: number): number[] {
  const [lo, hi] = a < b ? [a, b] : [b, a];
  const down = (x: number, n: number): number[] => walk(x, n, v => neighbours(format, v).down);
  const up = (x: number, n: number): number[] => walk(x, n, v => neighbours(format, v).up);
  const between: number[] = [];
  for (let v = rounder(format, { mode: 'up' })(lo); Number.isFinite(v) && v <= hi; v = neighbours(format, v).up) {
    between.push(v);
    if (between.length > valueLimit) return unique([...down(lo, 2), lo === a ? a : rounder(format)(lo), ...up(hi, 2), hi === a ? a : rounder(format)(hi)]);
  }
  return unique([...down(lo, 2), ...between, ...up(hi, 2)]);
}

function walk(x: number, steps: number, next: (x: number) => number): number[] {
  const values: number[] = [];
  for (let v = next(x); values.length < steps && Number.isFinite(v); v = next(v)) values.push(v);
  return values;
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values.map(v => v + 0))].filter(Number.isFinite).sort((a, b) => a - b);
}

/** The plain format behind a scheme id, or undefined where values are scaled. */
function storageFormat(format: FormatReport): Format | undefined {
  return format.representable === null && !/^(fixed|q|u?int\d+-raw)/.test(format.id) ? undefined : knownFormat(format.id.split('+')[0].replace(/-raw$/, ''));
}
