import type { VNode } from 'preact';
import { scaleLinear } from 'd3-scale';
import { full, short } from './number-text';

export interface LineMark {
  readonly value: number;
  readonly label: string;
  /** `stored` is what the format holds, `real` what it should be. */
  readonly kind: 'stored' | 'real';
  /** value − `values[0]`, where doubles cannot hold the value itself. */
  readonly offset?: number;
}

export interface NumberLineProps {
  readonly width: number;
  /** Values of the format, ascending. */
  readonly values: readonly number[];
  readonly marks: readonly LineMark[];
}

export const numberLineHeight = 96;

/** Values of a format as ticks on a line, with marks above it for the values in question. */
export function NumberLine({ width, values, marks }: NumberLineProps): VNode {
  // Positions are differences from the first value: between neighbours these are exact where the values themselves are indistinguishable on a scale.
  const origin = values[0] ?? marks[0]?.value ?? 0;
  const offset = (mark: LineMark): number => mark.offset ?? mark.value - origin;
  const all = [...values.map(v => v - origin), ...marks.map(offset)].filter(Number.isFinite);
  const lo = Math.min(...all), hi = Math.max(...all);
  const pad = (hi - lo) * 0.06 || 1;
  const scale = scaleLinear([lo - pad, hi + pad], [12, width - 12]);
  const x = (value: number): number => scale(value - origin);
  const at = (mark: LineMark): number => scale(offset(mark));
  const base = 58;
  const digits = labelDigits(values);
  const middle = (v: number): number => within(x(v), label(v, digits).length * 3.5 + 2, width);
  const labelled = spacedOut(values.map(middle), Math.max(...values.map(v => label(v, digits).length)) * 6.6 + 10);
  const placed = marks.filter(m => Number.isFinite(m.value)).map((mark, i) => ({ mark, left: at(mark), row: i }));
  const overlapping = placed.length > 1 && Math.abs(placed[0].left - placed[1].left) < 110;
  return <>
    <line class="axis-line" x1={8} x2={width - 8} y1={base} y2={base} />
    {values.map((v, i) => <g key={v} class="lattice"><line x1={x(v)} x2={x(v)} y1={base - 7} y2={base + 7} /><title>{full(v)}</title>
      {labelled.has(i) && <text x={middle(v)} y={base + 22} text-anchor="middle">{label(v, digits)}</text>}</g>)}
    {placed.map(({ mark, left, row }) => {
      const y = overlapping && row === 1 ? 16 : 32;
      const edge = left < 70 ? 'start' : left > width - 70 ? 'end' : 'middle';
      return <g key={mark.kind} class={`line-mark ${mark.kind}`}><title>{full(mark.value)}</title>
        <line x1={left} x2={left} y1={y + 4} y2={base - (mark.kind === 'stored' ? 5 : 0)} />
        {mark.kind === 'stored' ? <circle cx={left} cy={base} r={6} /> : <path d={`M${left},${base} l-5,-9 h10 z`} />}
        <text x={left} y={y} text-anchor={edge}>{mark.label}</text></g>;
    })}
  </>;
}

/** A label's middle, moved so that its half width stays in the drawing. */
function within(at: number, half: number, width: number): number {
  return Math.min(width - half, Math.max(half, at));
}

/** Which ticks get a label: from the left, each that lies far enough from the last one labelled. */
function spacedOut(positions: readonly number[], room: number): Set<number> {
  const chosen = new Set<number>();
  let last = -Infinity;
  positions.forEach((at, i) => { if (at - last >= room) { chosen.add(i); last = at; } });
  return chosen;
}

/** Digits that tell neighbouring values apart, at most 17. */
function labelDigits(values: readonly number[]): number {
  for (let digits = 3; digits < 17; digits++) if (new Set(values.map(v => label(v, digits))).size === values.length) return digits;
  return 17;
}

/** A tick's value with all its digits, trailing zeros kept when the value is rounded: 0.1000 says less than 0.1. */
function label(x: number, digits: number): string {
  const text = short(x, digits);
  return Number(text) === x || text.includes('e') ? text : x.toPrecision(digits);
}
