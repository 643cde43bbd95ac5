import { above, below, squareInterval, type Interval } from '../../exact';
import { Kind, type GraphNode } from './graph';
import { OUT, UP } from './outward';
import type { SweepLayout } from './sweep-layout';
import type { SweepRounding } from './sweep-rounding';

/** Fills F, V and the derivatives of a table operator. Answers the error modulus of a cut node, else −1. */
export function tableCall(s: SweepRounding, i: number, node: GraphNode): number {
  const row = node.operator!;
  const from = s.first[i];
  const to = s.first[i + 1];
  const values: Interval[] = [];
  const computed: Interval[] = [];
  for (let e = from; e < to; e++) {
    const c = s.child[e];
    values.push({ lo: s.vlo[c], hi: s.vhi[c] });
    computed.push({ lo: s.flo[c], hi: s.fhi[c] });
  }
  s.grid[i] = row.family === 'integral' || row.family === 'bitwise' ? 1 : 0;
  if (row.family === 'comparison' || row.family === 'bitwise') s.grid[i] = 1;
  if (row.domain(...values) !== 'yes' && !(row.domain(...computed) === 'yes' && realInDomain(s, i, node))) {
    s.fail(i, `an operand of ${row.id} may lie outside its domain`);
    return -1;
  }
  let v = row.enclosure(...values);
  let f = row.enclosure(...computed);
  const slack = s.libraryUlps(i) - 3;
  if (slack > 0) f = { lo: below(f.lo, slack), hi: above(f.hi, slack) };
  if (!(v.hi - v.lo < Infinity)) { s.fail(i, `${row.id} may be infinite`); return -1; }
  s.flo[i] = f.lo;
  s.fhi[i] = f.hi;
  s.vlo[i] = v.lo;
  s.vhi[i] = v.hi;
  v = { lo: Math.min(v.lo, f.lo), hi: Math.max(v.hi, f.hi) };
  const slopes = row.derivativeEnclosure(values, v);
  let bounded = true;
  for (let e = from; e < to; e++) {
    s.dlo[e] = slopes[e - from].lo;
    s.dhi[e] = slopes[e - from].hi;
    s.tlo[e] = s.dlo[e];
    s.thi[e] = s.dhi[e];
    if (s.error[s.child[e]] === 0) {
      // The operand is exact: its derivative plays no part.
      s.dlo[e] = s.dhi[e] = 0;
    } else if (!(s.dhi[e] - s.dlo[e] < Infinity)) {
      bounded = false;
    }
  }
  const modulus = MODULI[row.id];
  if (bounded && !modulus) return -1;
  const operandError = to - from === 1 ? s.error[s.child[from]] : Infinity;
  const jump = Math.min(modulus && to - from === 1 ? modulus(operandError) : Infinity, v.hi - v.lo);
  if (bounded && !(jump < forwardError(s, i))) return -1;
  for (let e = from; e < to; e++) s.dlo[e] = s.dhi[e] = 0;
  return jump * UP;
}

/** Σ mag(derivative)·(error of the operand). */
export function forwardError(s: SweepLayout, i: number): number {
  let sum = 0;
  for (let e = s.first[i]; e < s.first[i + 1]; e++) {
    const c = s.error[s.child[e]];
    if (c !== 0) sum += Math.max(-s.dlo[e], s.dhi[e]) * c * UP;
  }
  return sum * UP;
}

/** Whether the exact values of the operands are in the operator's domain, from the exact ranges alone. */
function realInDomain(s: SweepLayout, i: number, node: GraphNode): boolean {
  const ranges: Interval[] = [];
  for (let e = s.first[i]; e < s.first[i + 1]; e++) ranges.push(exactRange(s, s.child[e], new Map()));
  return node.operator!.domain(...ranges) === 'yes';
}

export function realAtLeast(s: SweepLayout, local: number, bound: number): boolean {
  return exactRange(s, local, new Map()).lo >= bound;
}

/** Range of a node's exact value over the box of the last forward pass, by the operator table. */
function exactRange(s: SweepLayout, local: number, known: Map<number, Interval>): Interval {
  const cached = known.get(local);
  if (cached) return cached;
  const node = s.nodes[local];
  let range: Interval = { lo: s.vlo[local], hi: s.vhi[local] };
  if (node.kind !== Kind.Input && node.kind !== Kind.Constant && node.kind !== Kind.Round && s.first[local + 1] > s.first[local]) {
    const operands: Interval[] = [];
    for (let e = s.first[local]; e < s.first[local + 1]; e++) operands.push(exactRange(s, s.child[e], known));
    if (node.kind === Kind.Square) range = squareInterval(operands[0]);
    else if (node.operator) range = node.operator.enclosure(...operands);
  } else if (node.kind === Kind.Round) {
    range = exactRange(s, s.child[s.first[local]], known);
  }
  const clamp = s.clamps.get(local);
  if (clamp) range = { lo: Math.max(range.lo, clamp.lo - Math.abs(clamp.lo) * OUT), hi: Math.min(range.hi, clamp.hi + Math.abs(clamp.hi) * OUT) };
  known.set(local, range);
  return range;
}

/** Moduli of continuity |f(x + d) − f(x)| ≤ m(|d|) of functions without a bounded derivative. */
const MODULI: Readonly<Record<string, ((d: number) => number) | undefined>> = {
  floor: d => (d === 0 ? 0 : Math.floor(d) + 1),
  ceil: d => (d === 0 ? 0 : Math.floor(d) + 1),
  round: d => (d === 0 ? 0 : Math.floor(d) + 1),
  trunc: d => (d === 0 ? 0 : Math.floor(d) + 1),
  sign: d => (d === 0 ? 0 : 2),
  cbrt: d => Math.cbrt(4 * d) * 1.0001,
  asin: d => 2 * Math.asin(Math.min(1, Math.sqrt(d / 2))) * 1.0001,
  acos: d => 2 * Math.asin(Math.min(1, Math.sqrt(d / 2))) * 1.0001,
};
