import type { Expression, FunctionId, FunctionIr, Statement, VariableId } from '../../program';
import { visitExpression, visitStatements } from './effects';
import type { Engine } from './engine';
import { greatestMagnitude, hasRange, integers, meetNumbers, numberSet, type NumberSet } from './number-set';
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

/** A loop, or the function that a library method calls again and again. */
type LoopLike = AnyLoop | FunctionIr;

const found = new WeakMap<LoopLike, ReadonlyMap<VariableId, readonly Accumulation[] | null>>();

interface Knowledge {
  readonly entry: State;
  readonly invariant: State;
  /** What a pass over the body from the invariant recorded. */
  readonly scratch: Recorder;
  readonly trips: NumberSet;
  /** The callback whose body is the loop's, if it is one: it may assign variables of the function around it. */
  readonly callback?: FunctionId;
}

/**
 * Tighten the invariant for variables that only accumulate: after at most n iterations a sum has moved by at most n times the largest term. Computed
 * sums differ from exact ones by their roundings, a relative (1 + 2^−53) for each addition.
 */
export function accumulate(m: Engine, loop: LoopLike, knowledge: Knowledge): void {
  const { entry, invariant, scratch, trips, callback } = knowledge;
  if (!Number.isFinite(trips.hi)) return;
  accumulateLengths(m, loop, knowledge);
  let variables = found.get(loop);
  if (!variables) found.set(loop, variables = accumulationsOf(loop));
  for (const [variable, accumulations] of variables) {
    if (!accumulations || writtenElsewhere(m, variable, callback)) continue;
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

/** Arrays that a loop only pushes to: after n iterations they have grown by at most n times what one pushes. */
function accumulateLengths(m: Engine, loop: LoopLike, { entry, invariant, trips }: Knowledge): void {
  let pushes = growing.get(loop);
  if (pushes === undefined) growing.set(loop, pushes = pushesOf(m, loop));
  if (!pushes || pushes.length === 0) return;
  for (const location of invariant.locations()) {
    const before = entry.object(location);
    const now = invariant.object(location);
    if (!before || !now || now.kind !== 'array' || now.shared || now.length.hi <= before.length.hi) continue;
    let added = 0;
    let vague = before.length.vague;
    for (const { variable, count, inside } of pushes) {
      if (!invariant.variable(variable)?.locations.includes(location)) continue;
      const times = repetitions(m, inside, trips);
      added += count * times.count;
      vague ||= times.vague;
    }
    const hi = before.length.hi + added;
    if (hi < now.length.hi) invariant.setObject(location, { ...now, length: { ...integers(Math.min(now.length.lo, hi), hi), vague, evidence: !vague } });
  }
}

interface Push {
  readonly variable: VariableId;
  readonly count: number;
  readonly inside: readonly number[];
}

const growing = new WeakMap<LoopLike, readonly Push[] | null>();

/** The pushes of a loop to arrays in variables it does not assign; null when arrays may grow in other ways as well. */
function pushesOf(m: Engine, loop: LoopLike): readonly Push[] | null {
  const pushes: Push[] = [];
  let other = false;
  const assigned = new Set<VariableId>();
  const look = (e: Expression, inside: readonly number[]): void => {
    if (e.kind === 'assign') {
      if (e.target.kind === 'variable') assigned.add(e.target.variable);
      else if (e.target.kind !== 'index' || e.target.object.type.kind !== 'typedArray') other = true;
    }
    if (e.kind === 'opaque' || e.kind === 'function' || (e.kind === 'new' && e.function !== null)) other = true;
    if (e.kind !== 'call') return;
    if (e.callee.kind === 'local') { other ||= m.effects.mutates[e.callee.function]; return; }
    const method = e.callee.kind === 'method' && ['push', 'pop', 'slice', 'concat'].includes(e.callee.name);
    if (e.callee.kind !== 'library' && !method) { other = true; return; }
    if (e.callee.kind !== 'library' && e.callee.kind !== 'method') return;
    if (/^(Array\.prototype\.)?push$/.test(e.callee.name) && e.callee.receiver?.kind === 'variable' && !e.spread.some(Boolean)) pushes.push({ variable: e.callee.receiver.variable, count: e.arguments.length, inside });
    else if (/(^|\.)(push|unshift|splice)$/.test(e.callee.name)) other = true;
  };
  walkLoop(loop, (e, inside, test) => { if (test && e.kind === 'call') other = true; else look(e, inside); });
  return other || pushes.some(p => assigned.has(p.variable)) ? null : pushes;
}

function repetitions(m: Engine, inside: readonly number[], trips: NumberSet): { count: number; vague: boolean } {
  let count = trips.hi;
  let vague = trips.vague;
  for (const start of inside) {
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
  let grid = start.grid;
  let vague = start.vague;
  for (const accumulation of accumulations) {
    const times = repetitions(m, accumulation.inside, trips);
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
      grid = Math.min(grid, term.grid);
      vague ||= term.vague || (times.vague && (down < 0 || up > 0));
    }
  }
  if (lo !== lo || hi !== hi) return null;
  const relative = additions * 2 ** -52;
  // Multiples of 2^g below 2^(53+g) are added without rounding.
  if (!(size <= 2 ** (53 + Math.min(grid, 900)))) {
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
    const times = repetitions(m, accumulation.inside, trips);
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

function accumulationsOf(loop: LoopLike): ReadonlyMap<VariableId, readonly Accumulation[] | null> {
  const all = new Map<VariableId, Accumulation[] | null>();
  const look = (e: Expression, inside: readonly number[], test: boolean): void => {
    if (e.kind !== 'assign' || e.target.kind !== 'variable') return;
    const variable = e.target.variable;
    // A test runs once more than its body.
    const accumulation = test ? null : accumulationOf(e.value, variable, inside);
    const known = all.get(variable);
    if (!accumulation || known === null) all.set(variable, null);
    else if (known) known.push(accumulation);
    else all.set(variable, [accumulation]);
  };
  walkLoop(loop, look, variable => all.set(variable, null));
  return all;
}

/** Every expression of a loop's test, update and body, with the starts of the loops around it inside this one; and every variable that it declares or that iteration binds. */
function walkLoop(loop: LoopLike, look: (e: Expression, inside: readonly number[], test: boolean) => void, bind: (variable: VariableId) => void = () => undefined): void {
  const expressions = (e: Expression | null, inside: readonly number[], test = false): void => { if (e) visitExpression(e, x => look(x, inside, test)); };
  const statements = (list: readonly Statement[], inside: readonly number[]): void => {
    for (const s of list) {
      switch (s.kind) {
        case 'loop':
          statements(s.init, inside);
          expressions(s.test, inside, true);
          expressions(s.update, [...inside, s.start]);
          statements(s.body, [...inside, s.start]);
          break;
        case 'for-of': case 'for-in':
          expressions(s.iterable, inside);
          bind(s.element);
          if (s.target?.kind === 'variable') bind(s.target.variable);
          statements(s.body, [...inside, s.start]);
          break;
        case 'declare': bind(s.variable); expressions(s.value, inside); break;
        case 'if': expressions(s.test, inside); statements(s.then, inside); statements(s.otherwise, inside); break;
        case 'block': statements(s.body, inside); break;
        case 'try': statements(s.body, inside); statements(s.handler ?? [], inside); statements(s.finalizer ?? [], inside); break;
        case 'switch': expressions(s.subject, inside); for (const c of s.cases) { expressions(c.test, inside); statements(c.body, inside); } break;
        default: visitStatements([s], x => look(x, inside, false));
      }
    }
  };
  if (loop.kind === 'loop') { expressions(loop.test, [], true); expressions(loop.update, []); }
  statements(loop.body, []);
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
