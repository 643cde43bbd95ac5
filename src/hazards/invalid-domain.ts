import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { wrapping } from './matching/edits';
import { relationsOf } from './matching/guards';
import { nonNegative } from './matching/integers';
import { nameOf } from './matching/names';
import { constantOf, isOperation, resolve, resolveDeep, sameValue, squareOf, termsOf } from './matching/structure';

export const invalidDomain: Hazard = {
  id: 'invalid-domain',
  * detect(c) {
    for (const name of ['acos', 'asin'] as const) for (const e of c.operations(name)) yield* inverseCosine(c, e, name);
    for (const e of c.operations('sqrt')) yield* root(c, e);
  },
};

/** acos and asin of a computed cosine: rounding carries it past 1, and the result is NaN. A bare parameter is the caller's affair. */
function* inverseCosine(c: HazardContext, e: Operation, name: 'acos' | 'asin'): Generator<Detection> {
  const argument = e.operands[0];
  const fact = c.fact(argument);
  if (fact && fact.lo >= -1 && fact.hi <= 1 && !fact.maybeNaN) return;
  const value = resolve(c, argument);
  if (!computed(c, argument, value) || constantOf(c, value) !== null) return;
  const sides = bounded(c, e, argument);
  if (sides.below && sides.above) return;
  // A sine or cosine itself, or a value whose form keeps it within [-1, 1].
  if (isOperation(value, 'sin', 'cos', 'tanh') || unitRatio(c, value)) return;
  const open = sides.above ? 'below −1' : sides.below ? 'above 1' : 'past 1';
  yield {
    at: e,
    message: `${c.text(e)} is NaN when rounding carries ${c.text(argument)} ${open}, as it does for vectors that are nearly parallel.`,
    remedy: `Clamp the argument: Math.${name}(Math.max(-1, Math.min(1, …))).`,
    related: value === argument ? [] : [{ message: 'The argument is rounded here.', at: value }],
    fixes: [wrapping(c, argument, 'Math.max(-1, Math.min(1, ', '))', 'Clamp the argument to [-1, 1]', true)],
  };
}

/** A product, quotient or sum, or a call whose name says dot product or cosine; also a local with several assignments of such. */
function computed(c: HazardContext, argument: Expression, value: Expression): boolean {
  if (isOperation(value, 'add', 'sub', 'mul', 'div')) return true;
  // The scalar part of a quaternion: products of rotations carry it past 1.
  if (value.kind === 'property' && value.name === 'w') return true;
  if (value.kind === 'index' && constantOf(c, value.index) === 3 && /^(q|quat|quaternion|rotation|rot)\d?$/i.test(nameOf(c, value.object))) return true;
  if (isOperation(value, 'min', 'max')) return value.operands.some(o => constantOf(c, o) === null && computed(c, o, resolve(c, o)));
  if (value.kind === 'call') {
    if (isOperation(resolveDeep(c, value), 'add', 'sub', 'mul', 'div')) return true;
    return /^(dot|dotProduct|cos|cosine|inner|innerProduct|.*Dot|.*Cosine)$/.test(value.callee.kind === 'library' || value.callee.kind === 'method' || value.callee.kind === 'imported' ? value.callee.name.replace(/^.*\./, '') : value.callee.kind === 'local' ? c.program.functions[value.callee.function].name : '');
  }
  if (argument.kind === 'variable' && value === argument) {
    return c.definitions(argument.variable).some(d => d.kind === 'value' && (isOperation(d.value, 'add', 'sub', 'mul', 'div') || (d.value.kind === 'call' && computed(c, d.value, d.value))));
  }
  return false;
}

/** Which ends a clamp, a reassignment or a dominating comparison takes away. */
function bounded(c: HazardContext, at: Expression, argument: Expression): { below: boolean; above: boolean } {
  const value = resolve(c, argument);
  let below = false;
  let above = false;
  const clamp = (v: Expression): void => {
    if (isOperation(v, 'min')) { if (v.operands.some(o => (constantOf(c, o) ?? 2) <= 1)) above = true; v.operands.forEach(o => clamp(resolve(c, o))); }
    if (isOperation(v, 'max')) { if (v.operands.some(o => (constantOf(c, o) ?? -2) >= -1)) below = true; v.operands.forEach(o => clamp(resolve(c, o))); }
    if (isOperation(v, 'abs')) below = true;
    if (v.kind === 'conditional') {
      // x > 1 ? 1 : x < -1 ? -1 : x
      const text = c.source(v);
      if (/>=? *\(?1\b/.test(text)) above = true;
      if (/<=? *\(?-1\b/.test(text)) below = true;
    }
    if (v.kind === 'call' && /clamp|saturate|limit|constrain/i.test(c.source(v).split('(')[0])) { below = true; above = true; }
    if (v.kind === 'call' && /abs$/i.test(c.source(v).split('(')[0])) below = true;
  };
  clamp(value);
  if (argument.kind === 'variable') for (const d of c.definitions(argument.variable)) if (d.kind === 'value') clamp(d.value);
  for (const r of relationsOf(c, at, argument)) {
    const bound = constantOf(c, r.right);
    if (bound === null) continue;
    if ((r.operator === 'lt' || r.operator === 'le') && bound <= 1) above = true;
    if ((r.operator === 'gt' || r.operator === 'ge') && bound >= -1) below = true;
    // Repaired: `if (d > 1) d = 1` leaves d ≤ 1 behind.
  }
  const fact = c.fact(argument);
  if (fact && fact.hi <= 1) above = true;
  if (fact && fact.lo >= -1) below = true;
  // |x| compared with 1.
  for (const guard of c.guards(at)) {
    const test = guard.test;
    if (isOperation(test, 'lt', 'le', 'gt', 'ge') && test.operands.some(o => { const v = resolve(c, o); return isOperation(v, 'abs') && sameValue(c, v.operands[0], argument); })) { above = true; below = true; }
  }
  return { below, above };
}

/** x / hypot(x, y), x / sqrt(x² + y²): rounds to at most 1. */
function unitRatio(c: HazardContext, value: Expression): boolean {
  if (!isOperation(value, 'div')) return false;
  const below = resolve(c, value.operands[1]);
  const above = value.operands[0];
  if (isOperation(below, 'hypot')) return below.operands.some(o => sameValue(c, o, above));
  if (isOperation(below, 'sqrt')) return termsOf(resolve(c, below.operands[0])).some(t => { const s = squareOf(c, t.value); return s !== null && sameValue(c, s, above); });
  return false;
}

/** √ of a difference that is non-negative in theory and slightly negative after rounding. */
function* root(c: HazardContext, e: Operation): Generator<Detection> {
  const argument = e.operands[0];
  const fact = c.fact(argument);
  if (fact && fact.lo >= 0) return;
  const value = resolve(c, argument);
  const drained = isOperation(value, 'div') ? resolve(c, value.operands[0]) : value;
  if (drained.kind === 'property' && addedAndRemoved(c, drained.name) && relationsOf(c, e, drained).length === 0) {
    yield { at: e, message: `${c.text(e)} is NaN when removals have left ${c.text(drained)} just below 0.`, remedy: 'Clamp it: Math.sqrt(Math.max(0, …)).' };
    return;
  }
  if (!isOperation(value, 'sub') || nonNegative(c, value)) return;
  const [left, right] = value.operands;
  // Guarded: the argument, or its two sides, compared before.
  if (relationsOf(c, e, argument).length > 0 || relationsOf(c, e, left).some(r => sameValue(c, r.right, right)) || relationsOf(c, e, value).length > 0) return;
  for (const guard of c.guards(e)) if (domainTest(c, guard.test, left, right, value)) return;
  if (!cancelling(c, left, right)) return;
  yield {
    at: e,
    message: `${c.text(e)} is NaN when rounding leaves ${c.text(argument)} just below 0.`,
    remedy: `Clamp it: Math.sqrt(Math.max(0, …)).`,
    related: value === argument ? [] : [{ message: 'The difference is rounded here.', at: value }],
    fixes: [wrapping(c, argument, 'Math.max(0, ', ')', 'Clamp the argument to 0', true)],
  };
}

/** Conditions on the same parts: `if (det < 0) return`, `if (x > 1) return`, `Math.abs(x) < 1`. */
function domainTest(c: HazardContext, test: Expression, left: Expression, right: Expression, value: Expression): boolean {
  const parts = [value, left, right, squareOf(c, left), squareOf(c, right)].filter((p): p is Expression => p !== null && constantOf(c, p) === null);
  const seen = (e: Expression): boolean => parts.some(p => sameValue(c, e, p)) || (e.kind === 'operation' && e.operands.some(seen)) || (e.kind === 'logical' && (seen(e.left) || seen(e.right)));
  return seen(test);
}

/** Differences that theory keeps ≥ 0 and rounding does not: 1 − x², r² − d², E[x²] − E[x]², b² − c. */
function cancelling(c: HazardContext, left: Expression, right: Expression): boolean {
  const positive = termsOf(resolve(c, left)).filter(t => !t.negative);
  const chain = termsOf(resolve(c, left)).filter(t => t.negative);
  if (chain.length > 0 && chain.every(t => squareOf(c, t.value) !== null) && squareOf(c, right) !== null) return positive.every(t => constantOf(c, t.value) !== null || squareOf(c, t.value) !== null);
  const one = constantOf(c, left) === 1;
  const rightSquares = termsOf(resolve(c, right)).some(t => squareOf(c, t.value) !== null || (isOperation(resolve(c, t.value), 'mul') && resolve(c, t.value).kind === 'operation'));
  if (one) return rightSquares || termsOf(resolve(c, right)).length > 1 && rightSquares;
  const leftValue = resolve(c, left);
  const leftSquare = squareOf(c, left) !== null || isOperation(leftValue, 'mul', 'div') || (isOperation(leftValue, 'add') && termsOf(leftValue).some(t => squareOf(c, t.value)));
  return leftSquare && (rightSquares || resolve(c, right).kind === 'variable' || isOperation(resolve(c, right), 'div', 'mul'));
}

/** A running sum of squares that is both added to and subtracted from: its rounding error may leave it below 0. */
function addedAndRemoved(c: HazardContext, property: string): boolean {
  const updates = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === property && isOperation(a.value, 'add', 'sub') && a.compound !== null);
  const product = (a: typeof updates[number]): boolean => isOperation(a.value, 'add', 'sub') && isOperation(resolve(c, a.value.operands[1]), 'mul', 'pow');
  return updates.some(a => a.compound === 'sub' && product(a)) && updates.some(a => a.compound === 'add');
}
