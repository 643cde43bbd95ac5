import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, VNode } from 'preact';
import type { ScaleContinuousNumeric } from 'd3-scale';
import { Button } from './controls';
import { short } from './number-text';

export type Scale = ScaleContinuousNumeric<number, number>;
export interface Margin { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }

/** The same data as a table, for those who do not see the drawing and for those who want the numbers. */
export interface TableTwin {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows that the table twin shows; the rest is counted, so that a run of thousands of points stays light. */
const tableRows = 500;

export interface ChartProps {
  /** Name of the drawing, as a heading and for screen readers. */
  readonly title: string;
  /** One sentence that says what the drawing shows, with its numbers. */
  readonly description: string;
  readonly height: number;
  /** The table twin, or what draws one that is read page by page. */
  readonly table: TableTwin | (() => VNode);
  readonly id: string;
  readonly tools?: ComponentChildren;
  /** Marks for a drawing this many pixels wide. */
  readonly draw: (width: number) => ComponentChildren;
}

/** A drawing with its heading, description, tools and table twin. */
export function Chart({ title, description, height, table, id, tools, draw }: ChartProps): VNode {
  const [asTable, setAsTable] = useState(false);
  const [ref, width] = useWidth();
  return <figure class="chart" id={id} aria-labelledby={`${id}-title`}>
    <figcaption>
      <span id={`${id}-title`} class="chart-title">{title}</span>
      <span class="tools">{tools}<Button look="icon" pressed={asTable} label={`${title} as a table`} hint="The same data as a table" onPress={() => setAsTable(!asTable)}><svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true"><path class="table-icon" d="M1.5 2.5h11v9h-11z M1.5 5.5h11 M1.5 8.5h11 M5.5 2.5v9" /></svg></Button></span>
    </figcaption>
    <p class="chart-text">{description}</p>
    <div class="chart-body" ref={ref}>
      {asTable ? typeof table === 'function' ? table() : <Table twin={table} title={title} /> : width > 0
        && <svg class="plot" role="img" aria-label={`${title}. ${description}`} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>{draw(width)}</svg>}
    </div>
  </figure>;
}

export function Table({ twin, title }: { readonly twin: TableTwin; readonly title: string }): VNode {
  const rest = twin.rows.length - tableRows;
  return <div class="table-scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>
    <table class="twin">
      <thead><tr>{twin.columns.map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
      <tbody>
        {twin.rows.slice(0, tableRows).map((row, i) => <tr key={i}>{row.map((cell, j) => <td key={j}>{cell}</td>)}</tr>)}
        {rest > 0 && <tr><td colSpan={twin.columns.length}>and {rest} more rows: save as JSON to have them all</td></tr>}
      </tbody>
    </table>
  </div>;
}

/** Width of an element in CSS pixels, followed through every resize. */
export function useWidth(): readonly [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  useEffect(() => () => observer.current?.disconnect(), []);
  const attach = useRef((element: HTMLElement | null): void => {
    observer.current?.disconnect();
    if (!element) return;
    setWidth(Math.floor(element.clientWidth));
    observer.current = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.current.observe(element);
  });
  return [attach.current, width];
}

export interface AxisProps {
  readonly scale: Scale;
  readonly ticks: readonly number[];
  readonly label: string;
  /** Where the axis line lies: the y of a horizontal axis, the x of a vertical one. */
  readonly at: number;
  /** Other end of the grid lines. */
  readonly to: number;
  readonly text?: (value: number) => string;
  /** Where the label of a horizontal axis stands. */
  readonly align?: 'middle' | 'start';
}

export function BottomAxis({ scale, ticks, label, at, to, text = tickText, align = 'middle' }: AxisProps): VNode {
  const [start, end] = scale.range();
  return <g class="axis" aria-hidden="true">
    <line class="axis-line" x1={start} x2={end} y1={at} y2={at} />
    {ticks.map(tick => <g key={tick} transform={`translate(${scale(tick)},0)`}>
      <line class="grid" y1={at} y2={to} /><text y={at + 14} text-anchor="middle">{text(tick)}</text>
    </g>)}
    <text class="axis-label" x={align === 'start' ? start : (start + end) / 2} y={at + 30} text-anchor={align}>{label}</text>
  </g>;
}

export function LeftAxis({ scale, ticks, label, at, to, text = tickText }: AxisProps): VNode {
  const top = Math.min(...scale.range());
  return <g class="axis" aria-hidden="true">
    {ticks.map(tick => <g key={tick} transform={`translate(0,${scale(tick)})`}>
      <line class="grid" x1={at} x2={to} /><text x={at - 6} dy="0.32em" text-anchor="end">{text(tick)}</text>
    </g>)}
    <text class="axis-label" x={0} y={top - 9} text-anchor="start">{label}</text>
  </g>;
}

/** Powers of ten with a raised exponent, other numbers in 3 digits. */
export function tickText(x: number): string {
  const power = Math.log10(Math.abs(x));
  if (x !== 0 && Number.isInteger(power) && (power < -3 || power > 4)) return `${x < 0 ? '-' : ''}10${raised(power)}`;
  return short(x);
}

function raised(n: number): string {
  return String(n).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]);
}

/** Ticks for a log axis that may span less than a decade: 1, 2 and 5 times powers of ten, or fewer, at most `most` of them. */
export function decimalTicks(lo: number, hi: number, most: number): number[] {
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const ticks: number[] = [];
    for (let p = Math.floor(Math.log10(lo)); p <= Math.log10(hi); p++) for (const s of steps) { const tick = s * 10 ** p; if (tick >= lo && tick <= hi) ticks.push(tick); }
    if (ticks.length > 0 && ticks.length <= most) return ticks;
  }
  return decades(lo, hi, most);
}

/** Powers of ten for a log axis, thinned to at most `most`. */
export function decades(lo: number, hi: number, most: number): number[] {
  const first = Math.ceil(Math.log10(lo) - 1e-9), last = Math.floor(Math.log10(hi) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  const powers: number[] = [];
  for (let p = first; p <= last; p += step) powers.push(10 ** p);
  return powers;
}
