import type { Expression, Statement, VariableId } from '../../program';
import { visitExpression, visitStatements } from './effects';
import type { Engine } from './engine';
import { greatestMagnitude, hasRange, isInteger, meetNumbers, numberSet, type NumberSet } from './number-set';
import type { Recorder } from './recorder';
import type { State } from './state';
import { writtenElsewhere } from './trips';

type AnyLoop = Statement & { kind: 'loop' | 'for-of' | 'for-in' };

/** An assignment `v = v ± a ± b…` or `v = v · a`. */
interface Accumulation {
  readonly product: boolean;
  readonly terms: readonly { readonly expression: Expression; readonly sign: 1 | -1 }[];
  /** Starts of the loops between the accumulation and the loop in question. */
  readonly inside: readonly number[];
}

const found = new WeakMap<Statement, ReadonlyMap<VariableId, readonly Accumulation[] | null>>();

interface Knowledge {
  readonly entry: State;
  readonly invariant: State;
  /** What a pass over the body from the invariant recorded. */
  readonly scratch: Recorder;
  readonly trips: NumberSet;
}

/**
 * Tighten the invariant for variables that only accumulate: after at most n iterations a sum has moved by at most n times the largest term. Computed
 * sums differ from exact ones by their roundings, a relative (1 + 2^−53) for each addition.
 */
export function accumulate(m: Engine, loop: AnyLoop, { entry, invariant, scratch, trips }: Knowledge): void {
  if (!Number.isFinite(trips.hi)) return;
  let variables = found.get(loop);
  if (!variables) found.set(loop, variables = accumulationsOf(loop));
  for (const [variable, accumulations] of variables) {
    if (!accumulations || writtenElsewhere(m, variable)) continue;
    const start = entry.variable(variable)?.number;
    const now = invariant.variable(variable);
    if (!start || !now || !hasRange(start) || !hasRange(now.number)) continue;
    const product = accumulations[0].product;
    if (accumulations.some(a => a.product !== product)) continue;
    const bound = product ? boundProduct(m, start, accumulations, scratch, trips) : boundSum(m, start, accumulations, scratch, trips);
    if (!bound) continue;
    const number = meetNumbers(now.number, bound);
    if (number !== now.number && hasRange(number)) invariant.refineVariable(variable, { ...now, number: { ...number, vague: bound.vague || start.vague, evidence: bound.evidence } });
  }
}

function repetitions(m: Engine, accumulation: Accumulation, trips: NumberSet): { count: number; vague: boolean } {
  let count = trips.hi;
  let vague = trips.vague;
  for (const start of accumulation.inside) {
    const inner = m.tripsOf(start);
    count *= inner?.hi ?? Infinity;
    vague ||= inner?.vague ?? true;
  }
  return { count, vague };
}

function boundSum(m: Engine, start: NumberSet, accumulations: readonly Accumulation[], scratch: Recorder, trips: NumberSet): NumberSet | null {
  let { lo, hi } = start;
  let size = greatestMagnitude(start);
  let additions = 0;
  let integral = isInteger(start);
  let vague = start.vague;
  for (const accumulation of accumulations) {
    const times = repetitions(m, accumulation, trips);
    if (!Number.isFinite(times.count)) return null;
    for (const { expression, sign } of accumulation.terms) {
      const term = scratch.number(expression.id);
      // Never reached from the invariant: adds nothing.
      if (scratch.mixed(expression.id)) return null;
      if (!term || !hasRange(term)) continue;
      const [down, up] = sign > 0 ? [term.lo, term.hi] : [-term.hi, -term.lo];
      lo += times.count === 0 ? 0 : times.count * Math.min(0, down);
      hi += times.count === 0 ? 0 : times.count * Math.max(0, up);
      size += times.count === 0 ? 0 : times.count * greatestMagnitude(term);
      additions += times.count;
      integral &&= isInteger(term);
      vague ||= term.vague || (times.vague && (down < 0 || up > 0));
    }
  }
  if (lo !== lo || hi !== hi) return null;
  const relative = additions * 2 ** -52;
  if (!(integral && size <= 2 ** 53)) {
    if (!(relative < 0.01) || !Number.isFinite(size)) return Number.isFinite(lo) || Number.isFinite(hi) ? onesided(start, lo, hi) : null;
    if (lo < start.lo) lo -= size * relative * 1.1;
    if (hi > start.hi) hi += size * relative * 1.1;
  }
  return numberSet(lo, hi, { nan: true, negativeZero: true, vague, evidence: !vague });
}

/** Adding terms of one sign never moves a computed sum the other way, whatever the roundings. */
function onesided(start: NumberSet, lo: number, hi: number): NumberSet | null {
  if (lo === start.lo) return numberSet(lo, Infinity, { nan: true, negativeZero: true });
  return hi === start.hi ? numberSet(-Infinity, hi, { nan: true, negativeZero: true }) : null;
}

function boundProduct(m: Engine, start: NumberSet, accumulations: readonly Accumulation[], scratch: Recorder, trips: NumberSet): NumberSet | null {
  let exponent = Math.log2(greatestMagnitude(start));
  let count = 0;
  let negative = start.lo < 0;
  let vague = start.vague;
  for (const accumulation of accumulations) {
    const times = repetitions(m, accumulation, trips);
    for (const { expression } of accumulation.terms) {
      const factor = scratch.number(expression.id);
      if (scratch.mixed(expression.id)) return null;
      if (!factor || !hasRange(factor)) continue;
      const size = greatestMagnitude(factor);
      if (size > 1) { exponent += times.count * Math.log2(size); vague ||= times.vague || factor.vague; }
      count += times.count;
      negative ||= factor.lo < 0;
    }
  }
  if (!(count < 1e6) || !(exponent < 1000)) return null;
  const most = exponent === -Infinity ? 0 : 2 ** exponent * (1 + (count + 10) * 2 ** -50) + 5e-324;
  return numberSet(negative ? -most : 0, most, { nan: true, negativeZero: true, vague, evidence: !vague });
}

function accumulationsOf(loop: AnyLoop): ReadonlyMap<VariableId, readonly Accumulation[] | null> {
  const all = new Map<VariableId, Accumulation[] | null>();
  const add = (e: Expression, inside: readonly number[]): void => {
    if (e.kind !== 'assign' || e.target.kind !== 'variable') return;
    const variable = e.target.variable;
    const accumulation = accumulationOf(e.value, variable, inside);
    const known = all.get(variable);
    if (!accumulation || known === null) all.set(variable, null);
    else if (known) known.push(accumulation);
    else all.set(variable, [accumulation]);
  };
  // A test runs once more than its body.
  const tests = (e: Expression | null): void => { if (e) visitExpression(e, x => { if (x.kind === 'assign' && x.target.kind === 'variable') all.set(x.target.variable, null); }); };
  const expressions = (e: Expression | null, inside: readonly number[]): void => { if (e) visitExpression(e, x => add(x, inside)); };
  const statements = (list: readonly Statement[], inside: readonly number[]): void => {
    for (const s of list) {
      switch (s.kind) {
        case 'loop':
          statements(s.init, inside);
          tests(s.test);
          expressions(s.update, [...inside, s.start]);
          statements(s.body, [...inside, s.start]);
          break;
        case 'for-of': case 'for-in':
          expressions(s.iterable, inside);
          all.set(s.element, null);
          if (s.target?.kind === 'variable') all.set(s.target.variable, null);
          statements(s.body, [...inside, s.start]);
          break;
        case 'declare': all.set(s.variable, null); expressions(s.value, inside); break;
        case 'if': expressions(s.test, inside); statements(s.then, inside); statements(s.otherwise, inside); break;
        case 'block': statements(s.body, inside); break;
        case 'try': statements(s.body, inside); statements(s.handler ?? [], inside); statements(s.finalizer ?? [], inside); break;
        case 'switch': expressions(s.subject, inside); for (const c of s.cases) { expressions(c.test, inside); statements(c.body, inside); } break;
        default: visitStatements([s], x => add(x, inside));
      }
    }
  };
  if (loop.kind === 'loop') { tests(loop.test); expressions(loop.update, []); }
  statements(loop.body, []);
  return all;
}

function accumulationOf(value: Expression, variable: VariableId, inside: readonly number[]): Accumulation | null {
  const terms: { expression: Expression; sign: 1 | -1 }[] = [];
  const isVariable = (e: Expression): boolean => e.kind === 'variable' && e.variable === variable;
  if (value.kind === 'operation' && value.operator === 'mul') {
    const [x, y] = value.operands;
    const factor = isVariable(x) ? y : isVariable(y) ? x : null;
    return factor ? { product: true, terms: [{ expression: factor, sign: 1 }], inside } : null;
  }
  let rest = value;
  while (!isVariable(rest)) {
    if (rest.kind !== 'operation' || (rest.operator !== 'add' && rest.operator !== 'sub')) return null;
    const [x, y] = rest.operands;
    if (rest.operator === 'add' && isVariable(y)) { terms.push({ expression: x, sign: 1 }); rest = y; break; }
    terms.push({ expression: y, sign: rest.operator === 'add' ? 1 : -1 });
    rest = x;
  }
  return terms.length > 0 ? { product: false, terms, inside } : null;
}
