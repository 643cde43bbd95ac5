import type { Expression, Operation } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { decibelsOfSilence } from './matching/decibels';
import { wrapping } from './matching/edits';
import { mentionedInGuard, mentions, relationsOf } from './matching/guards';
import { integral, nonNegative } from './matching/integers';
import { logarithmsOfZero } from './matching/logarithms';
import { inEasing, nameOf } from './matching/names';
import { constantOf, isOperation, resolve, resolveAt, resolveDeep, sameValue, squareOf, termsOf, within } from './matching/structure';
import { withinUnit } from './matching/unit-interval';

export const invalidDomain: Hazard = {
  id: 'invalid-domain',
  * detect(c) {
    for (const name of ['acos', 'asin'] as const) for (const e of c.operations(name)) yield* inverseCosine(c, e, name);
    for (const e of c.operations('sqrt')) yield* root(c, e);
    yield* logarithmsOfZero(c);
    yield* decibelsOfSilence(c);
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
  if (value.kind === 'variable' && /^q?w$/i.test(c.variable(value.variable).name) && doubled(c, argument)) return true;
  if (value.kind === 'index' && constantOf(c, value.index) === 3 && /^(q|quat|quaternion|rotation|rot)\d?$/i.test(nameOf(c, value.object))) return true;
  if (isOperation(value, 'neg', 'sqrt', 'abs')) return computed(c, value.operands[0], resolve(c, value.operands[0]));
  // An element of a rotation matrix: products of rotations carry it past 1.
  if (value.kind === 'index' && constantOf(c, value.index) !== null && /^(m|te|mat|matrix|mtx|rot|rotation|elements|orientation|r)\d?$/i.test(nameOf(c, value.object))) return true;
  if (isOperation(value, 'min', 'max')) return value.operands.some(o => constantOf(c, o) === null && computed(c, o, resolve(c, o)));
  if (value.kind === 'call') {
    if (isOperation(resolveDeep(c, value), 'add', 'sub', 'mul', 'div')) return true;
    return /^(dot|dot_?product|cos|cosine|cosine_?similarity|inner|inner_?product|scalar_?product|.*Dot|.*Cosine)$/i.test(calledName(c, value).replace(/^.*\./, ''));
  }
  if (argument.kind === 'variable' && value === argument) {
    return c.definitions(argument.variable).some(d => d.kind === 'value' && (isOperation(d.value, 'add', 'sub', 'mul', 'div') || (d.value.kind === 'call' && computed(c, d.value, d.value))));
  }
  return false;
}

/** 2 · acos(w): the angle of a rotation. */
function doubled(c: HazardContext, argument: Expression): boolean {
  const angle = c.parent(argument);
  const user = angle ? c.parent(angle) : null;
  return user !== null && isOperation(user, 'mul') && user.operands.some(o => constantOf(c, o) === 2);
}

/** Which ends a clamp, a reassignment or a dominating comparison takes away. */
function bounded(c: HazardContext, at: Expression, argument: Expression): { below: boolean; above: boolean } {
  const value = resolve(c, argument);
  let below = false;
  let above = false;
  const clamp = (v: Expression): void => {
    if (isOperation(v, 'min')) { if (v.operands.some(o => (constantOf(c, o) ?? 2) <= 1)) above = true; v.operands.forEach(o => clamp(resolve(c, o))); }
    if (isOperation(v, 'max')) { if (v.operands.some(o => (constantOf(c, o) ?? -2) >= -1)) below = true; v.operands.forEach(o => clamp(resolve(c, o))); }
    if (isOperation(v, 'abs', 'sqrt')) below = true;
    if (isOperation(v, 'sqrt')) { const inner = bounded(c, at, v.operands[0]); if (inner.above) above = true; }
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
  // 1 − x compared with a margin, as slerp does; and a negative x turned round before.
  for (const guard of c.guards(at)) {
    const test = guard.test;
    if (isOperation(test, 'lt', 'le', 'gt', 'ge') && test.operands.some(o => { const v = resolve(c, o); return isOperation(v, 'sub') && constantOf(c, v.operands[0]) === 1 && sameValue(c, v.operands[1], argument); })) above = true;
  }
  if (argument.kind === 'variable' && c.definitions(argument.variable).some(d => d.kind === 'value' && d.assignment !== null && isOperation(d.value, 'neg') && sameRead(d.value.operands[0], argument))) below = true;
  if (argument.kind === 'variable' && c.definitions(argument.variable).some(d => d.kind === 'value' && d.assignment !== null && isOperation(d.value, 'mul') && d.value.operands.some(o => sameRead(o, argument)) && d.value.operands.some(o => ownSign(c, o, argument)))) below = true;
  // |x| compared with 1.
  for (const guard of c.guards(at)) {
    const test = guard.test;
    if (isOperation(test, 'lt', 'le', 'gt', 'ge') && test.operands.some(o => { const v = resolve(c, o); return isOperation(v, 'abs') && sameValue(c, v.operands[0], argument); })) { above = true; below = true; }
  }
  return { below, above };
}

/** `x < 0 ? -1 : 1`, Math.sign(x): times this, x is not negative. */
function ownSign(c: HazardContext, e: Expression, x: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'sign')) return sameRead(value.operands[0], x);
  if (value.kind !== 'conditional' || !isOperation(value.test, 'lt', 'le', 'gt', 'ge') || constantOf(c, value.test.operands[1]) !== 0 || !sameRead(value.test.operands[0], x)) return false;
  const [yes, no] = [value.then, value.otherwise].map(o => constantOf(c, o));
  return isOperation(value.test, 'lt', 'le') ? yes === -1 && no === 1 : yes === 1 && no === -1;
}

function sameRead(a: Expression, b: Expression): boolean {
  return a.kind === 'variable' && b.kind === 'variable' && a.variable === b.variable;
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
  const value = answered(c, e, resolveAt(c, argument));
  const drained = isOperation(value, 'div') ? resolveAt(c, value.operands[0]) : value;
  if (drained.kind === 'property' && addedAndRemoved(c, drained.name) && relationsOf(c, e, drained).length === 0) {
    yield { at: e, message: `${c.text(e)} is NaN when removals have left ${c.text(drained)} just below 0.`, remedy: 'Clamp it: Math.sqrt(Math.max(0, …)).' };
    return;
  }
  // √(2 (1 − r)), the distance that belongs to a correlation.
  const share = isOperation(value, 'mul', 'div') && constantOf(c, value.operands[value.operator === 'mul' ? 0 : 1]) === 2 ? resolve(c, value.operands[value.operator === 'mul' ? 1 : 0]) : null;
  if (share && isOperation(share, 'sub') && constantOf(c, share.operands[0]) === 1 && /^(r|rho|corr(elation)?|cos(ine)?(_?similarity)?|similarity|dot|pearson)\w{0,2}$/i.test(nameOf(c, share.operands[1])) && relationsOf(c, e, share.operands[1]).length === 0 && !((c.fact(share.operands[1])?.hi ?? Infinity) <= 1)) {
    yield { at: e, message: `${c.text(e)} is NaN when rounding carries ${c.text(share.operands[1])} past 1.`, remedy: 'Clamp it: Math.sqrt(Math.max(0, …)).' };
    return;
  }
  // √((a − b) / c): the sign is that of the numerator.
  const difference = isOperation(value, 'div') && isOperation(drained, 'sub') && relationsOf(c, e, drained).length === 0 ? drained : value;
  if (!isOperation(difference, 'sub') || nonNegative(c, value) || nonNegative(c, difference) || inEasing(c, e)) return;
  const [left, right] = difference.operands;
  // The angle of a haversine, atan2(√h, √(1 − h)), with h of squared sines.
  const user = c.parent(e);
  if (user && isOperation(user, 'atan2') && constantOf(c, left) === 1 && [...within(c, right, childrenOf, true)].some(x => isOperation(x, 'sin')) && user.operands.some(o => { const r = resolve(c, o); return r !== e && isOperation(r, 'sqrt') && sameValue(c, r.operands[0], right); })) return;
  if (difference !== value && !(termsOf(difference).length > 2 && termsOf(difference).every(t => isOperation(resolve(c, t.value), 'mul', 'pow')))) return;
  if (constantOf(c, left) === 1 && withinUnit(c, right)) return;
  // Guarded: the argument, or its two sides, compared before.
  if (relationsOf(c, e, argument).length > 0 || relationsOf(c, e, left).some(r => sameValue(c, r.right, right)) || relationsOf(c, e, value).length > 0) return;
  for (const guard of c.guards(e)) if (domainTest(c, guard.test, left, right, value) || withinRadius(c, guard.test, difference)) return;
  if (difference === value && (!cancelling(c, left, right) || windowed(c, e, left, right))) return;
  yield {
    at: e,
    message: `${c.text(e)} is NaN when rounding leaves ${c.text(argument)} just below 0.`,
    remedy: `Clamp it: Math.sqrt(Math.max(0, …)).`,
    related: value === argument ? [] : [{ message: 'The difference is rounded here.', at: value }],
    fixes: [wrapping(c, argument, 'Math.max(0, ', ')', 'Clamp the argument to 0', true)],
  };
}

/** What a function of this file answers, `Math.sqrt(discriminant(a, b, k))`, unless a condition asks about what it is given. */
function answered(c: HazardContext, at: Expression, value: Expression): Expression {
  if (value.kind !== 'call' || value.arguments.some(a => constantOf(c, a) === null && mentionedInGuard(c, at, a) && relationsOf(c, at, a).some(r => constantOf(c, r.right) !== 0))) return value;
  const answer = resolveDeep(c, value);
  return isOperation(answer, 'sub') ? answer : value;
}

/** √(r² − d²) with d = x[j] − x₀, in a function that moves the ends of a window by comparing x[k] − x₀ with ±r: the elements inside were found by the same difference. */
function windowed(c: HazardContext, at: Expression, left: Expression, right: Expression): boolean {
  const radius = squareOf(c, left);
  const base = squareOf(c, right);
  const distance = base ? resolve(c, base) : null;
  if (!radius || !distance || !isOperation(distance, 'sub') || distance.operands[0].kind !== 'index') return false;
  const [element, centre] = distance.operands;
  const owner = c.position(at).function;
  return (['lt', 'le', 'gt', 'ge'] as const).some(operator => c.operations(operator).some(test => c.position(test).function === owner && test.operands.some((side, i) => {
    const difference = resolve(c, side);
    if (!isOperation(difference, 'sub') || difference.operands[0].kind !== 'index' || element.kind !== 'index') return false;
    return sameValue(c, difference.operands[0].object, element.object) && sameValue(c, difference.operands[1], centre) && mentions(c, test.operands[1 - i], radius);
  })));
}

/** Conditions on the same parts: `if (det < 0) return`, `if (x > 1) return`, `Math.abs(x) < 1`. */
function domainTest(c: HazardContext, test: Expression, left: Expression, right: Expression, value: Expression): boolean {
  if (test.kind === 'logical') return domainTest(c, test.left, left, right, value) || domainTest(c, test.right, left, right, value);
  if (isOperation(test, 'not')) return domainTest(c, test.operands[0], left, right, value);
  if (!isOperation(test, 'lt', 'le', 'gt', 'ge', 'eq', 'ne')) return false;
  const has = (e: Expression, parts: readonly (Expression | null)[]): boolean => parts.some(p => p !== null && constantOf(c, p) === null && sameValue(c, e, p)) || (e.kind === 'operation' && e.operands.some(o => has(o, parts)));
  if (test.operands.some(o => has(o, [value]))) return true;
  const [above, below] = [[left, squareOf(c, left)], [right, squareOf(c, right)]];
  // Both sides in one comparison, or the only side that varies.
  if (test.operands.some(o => has(o, above)) && test.operands.some(o => has(o, below))) return !isOperation(test, 'eq', 'ne');
  const constantSide = constantOf(c, left) !== null ? below : constantOf(c, right) !== null ? above : null;
  return constantSide !== null && test.operands.some(o => has(o, constantSide));
}

/** `if (Math.hypot(dx, dy) > r) continue` before √(r² − dx² − dy²) of whole numbers, whose squares are exact. */
function withinRadius(c: HazardContext, test: Expression, difference: Expression): boolean {
  if (!isOperation(test, 'lt', 'le', 'gt', 'ge')) return false;
  const terms = termsOf(difference).flatMap(t => termsOf(resolve(c, t.value)).map(u => ({ square: squareOf(c, u.value), negative: u.negative !== t.negative })));
  const radius = terms.find(t => !t.negative)?.square;
  const legs = terms.filter(t => t.negative).map(t => t.square);
  if (!radius || terms.length !== legs.length + 1 || ![radius, ...legs].every(s => s !== null && integral(c, s)) || !test.operands.some(o => sameValue(c, o, radius))) return false;
  const distance = resolve(c, test.operands.find(o => !sameValue(c, o, radius)) ?? radius);
  const sides = isOperation(distance, 'hypot') ? distance.operands : isOperation(distance, 'sqrt') ? termsOf(resolve(c, distance.operands[0])).map(t => squareOf(c, t.value)) : [];
  return sides.length === legs.length && legs.every(leg => sides.some(side => side !== null && leg !== null && sameValue(c, side, leg)));
}

/** Differences that theory keeps ≥ 0 and rounding does not: 1 − x², r² − d², E[x²] − E[x]², b² − c. */
function cancelling(c: HazardContext, left: Expression, right: Expression): boolean {
  const positive = termsOf(resolve(c, left)).filter(t => !t.negative);
  const chain = termsOf(resolve(c, left)).filter(t => t.negative);
  if (chain.length > 0 && chain.every(t => squareOf(c, t.value) !== null) && squareOf(c, right) !== null) return positive.every(t => constantOf(c, t.value) !== null || squareOf(c, t.value) !== null);
  const one = constantOf(c, left) === 1;
  const squaredRatio = (v: Expression): boolean => isOperation(v, 'div') && v.operands.every(o => squareOf(c, o) !== null);
  const rightSquares = termsOf(resolve(c, right)).some(t => squareOf(c, t.value) !== null || isOperation(resolve(c, t.value), 'mul') || squaredRatio(resolve(c, t.value)));
  if (one) return rightSquares || termsOf(resolve(c, right)).length > 1 && rightSquares;
  const leftValue = resolve(c, left);
  const leftSquare = squareOf(c, left) !== null || isOperation(leftValue, 'pow') || isOperation(leftValue, 'mul', 'div') || (isOperation(leftValue, 'add') && termsOf(leftValue).some(t => squareOf(c, t.value)));
  return leftSquare && (rightSquares || resolve(c, right).kind === 'variable' || isOperation(resolve(c, right), 'div', 'mul'));
}

/** A running sum of squares that is both added to and subtracted from: its rounding error may leave it below 0. */
function addedAndRemoved(c: HazardContext, property: string): boolean {
  const updates = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === property && isOperation(a.value, 'add', 'sub') && a.compound !== null);
  const product = (a: typeof updates[number]): boolean => isOperation(a.value, 'add', 'sub') && isOperation(resolve(c, a.value.operands[1]), 'mul', 'pow');
  return updates.some(a => a.compound === 'sub' && product(a)) && updates.some(a => a.compound === 'add');
}
