import type { Expression, Operation } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { replacement } from './matching/edits';
import { awayFromZero as farFromZero } from './matching/guards';
import { likelyIntegral } from './matching/integers';
import { blendWords, easingWords, functionName, inEasing, nameOf, wordsOf } from './matching/names';
import { constantOf, factorsOf, isOperation, resolve, resolveDeep, sameValue, within, storedBefore } from './matching/structure';
import { usesOf } from './matching/usage';

export const expMinusOne: Hazard = {
  id: 'exp-minus-one',
  * detect(c) {
    for (const e of c.operations('sub')) {
      const [left, right] = e.operands;
      if (constantOf(c, right) === 1) yield* difference(c, e, left, '');
      else if (constantOf(c, left) === 1) yield* difference(c, e, right, '-');
      else yield* hyperbolicSine(c, e);
    }
    for (const e of c.operations('add')) {
      if (constantOf(c, e.operands[1]) === -1) yield* difference(c, e, e.operands[0], '');
      else if (constantOf(c, e.operands[0]) === -1) yield* difference(c, e, e.operands[1], '');
    }
  },
};

/** exp(x) − 1 (or 1 − exp(x), sign `-`), and the same with a power of a variable base. */
function* difference(c: HazardContext, e: Operation, term: Expression, sign: string): Generator<Detection> {
  const product = resolve(c, term);
  if (isOperation(product, 'mul') && product.operands.some(o => isOperation(resolve(c, o), 'exp')) && product.operands.some(o => isOperation(resolve(c, o), 'cos'))) {
    if (inEasing(c, e)) return;
    yield { at: e, message: `${c.text(e)} loses its leading digits near 0.`, remedy: 'Write expm1(x) * cos(y) - 2 * sin(y / 2) ** 2.' };
    return;
  }
  // 1 − e^−θx (1 + θx): the complement of a survival function, which is 1 at the lower end.
  if (sign === '-' && wordsOf(functionName(c, e)).some(w => w === 'cdf') && isOperation(product, 'mul', 'div') && factorsOf(c, product).some(f => isOperation(f.value, 'exp') && !f.inverted && negated(c, f.value.operands[0])) && !inEasing(c, e)) {
    yield { at: e, message: `${c.text(e)} loses its leading digits near the lower end, where ${c.text(product)} is near 1.`, remedy: 'Write the small terms with Math.expm1, or sum a series near the end.' };
    return;
  }
  const power = resolveDeep(c, storedBefore(c, term) ?? term);
  if (!isOperation(power, 'exp', 'pow')) return;
  const exponent = power.operands[power.operator === 'exp' ? 0 : 1];
  if (power.operator === 'exp' && awayFromZero(c, exponent) || power.operator === 'pow' && awayFromZero(c, exponent) && !compounded(c, power) || seriesForSmall(c, e, exponent) || sign === '-' && frameStep(c, exponent) || blended(c, e) || inEasing(c, e) || wholePoints(c, e)) return;
  const near = c.text(exponent);
  if (power.operator === 'exp') {
    const direct = resolve(c, term) === power;
    const code = `${sign}Math.expm1(${c.source(exponent)})`;
    yield {
      at: e,
      message: `${c.text(e)} loses its leading digits when ${near} is near 0: at 1e-9 only 23 of 53 bits are left.`,
      remedy: `Write ${code.length > 60 ? `${sign}Math.expm1(…)` : code.replace(/\s+/g, ' ')}.`,
      related: term === power ? [] : [{ message: 'The exponential is rounded here, next to 1.', at: power }],
      fixes: direct && quotable(c, e, power) ? [replacement(c, e, code, 'Use Math.expm1', true)] : [],
    };
    return;
  }
  const base = power.operands[0];
  const literalBase = constantOf(c, base);
  const literalExponent = constantOf(c, exponent);
  if (literalBase !== null || (literalExponent !== null && Number.isInteger(literalExponent) && !compounded(c, power))) return;
  // 1 − t^n of a unit parameter is a curve, not a probability.
  const baseValue = resolve(c, base);
  const nearOne = isOperation(baseValue, 'sub', 'add') && baseValue.operands.some(o => constantOf(c, o) === 1);
  if (!nearOne && literalExponent !== null) return;
  if (integerPower(c, base, exponent)) return;
  const inner = nearOne ? onePlus(c, baseValue) : null;
  const logarithm = inner === null ? `Math.log(${c.source(base)})` : `Math.log1p(${inner})`;
  yield {
    at: e,
    message: `${c.text(e)} loses its leading digits when ${c.text(power)} is near 1.`,
    remedy: `Write ${sign}Math.expm1(${c.text(exponent)} * ${logarithm.replace(/\s+/g, ' ')}).`,
    related: term === power ? [] : [{ message: 'The power is rounded here, next to 1.', at: power }],
  };
}

function* hyperbolicSine(c: HazardContext, e: Operation): Generator<Detection> {
  const left = resolveDeep(c, e.operands[0]);
  const right = resolveDeep(c, e.operands[1]);
  if (!isOperation(left, 'exp')) return;
  const x = left.operands[0];
  const y = isOperation(right, 'exp') ? resolve(c, right.operands[0]) : null;
  const opposite = (y && isOperation(y, 'neg') && sameValue(c, y.operands[0], x))
    || (isOperation(right, 'div') && constantOf(c, right.operands[0]) === 1 && sameValue(c, right.operands[1], left));
  if (!opposite || awayFromZero(c, x) || farFromZero(c, e, x, 0.1)) return;
  // (e^x − e^−x) ÷ (e^x + e^−x) is a hyperbolic tangent, whose own hazard is overflow.
  if (isOperation(c.parent(e) ?? e, 'div') && isTangent(c, c.parent(e) as Operation)) return;
  yield { at: e, message: `${c.text(e)} cancels when ${c.text(x)} is near 0.`, remedy: `Write 2 * Math.sinh(${c.text(x)}).` };
}

function isTangent(c: HazardContext, division: Operation): boolean {
  const below = resolve(c, division.operands[1]);
  return isOperation(below, 'add') && below.operands.some(o => isOperation(resolveDeep(c, o), 'exp'));
}

function awayFromZero(c: HazardContext, exponent: Expression): boolean {
  const fact = c.fact(exponent);
  if (fact && (fact.lo >= 0.5 || fact.hi <= -0.5)) return true;
  const literal = constantOf(c, exponent);
  return literal !== null && Math.abs(literal) >= 0.5;
}

function negated(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return isOperation(value, 'neg') || isOperation(value, 'mul', 'div') && value.operands.some(o => negated(c, o)) || (constantOf(c, value) ?? 0) < 0;
}

/** (1 + rate / 12)^12: interest, small beside 1. A base of 1 − t is a curve, and a low power of 1 + x is written out. */
function compounded(c: HazardContext, power: Operation): boolean {
  const base = resolve(c, power.operands[0]);
  return isOperation(base, 'add') && base.operands.some(o => constantOf(c, o) === 1) && (constantOf(c, power.operands[1]) ?? 0) >= 4;
}

/** A branch of its own for small arguments: `Math.abs(x) < 1e-3 ? series : Math.exp(x) - 1`. */
function seriesForSmall(c: HazardContext, e: Expression, exponent: Expression): boolean {
  return farFromZero(c, e, exponent, 1e-8) || farFromZero(c, e, resolve(c, exponent), 1e-8);
}

/** The exponent is a time step over a time constant: the difference is the share of the way to go in this frame. */
function frameStep(c: HazardContext, exponent: Expression): boolean {
  for (const e of within(c, exponent, childrenOf)) if (wordsOf(nameOf(c, e)).some(w => frameWords.has(w)) && (e.kind === 'variable' || e.kind === 'property')) return true;
  return false;
}

const frameWords: ReadonlySet<string> = new Set(['dt', 'delta', 'deltatime', 'elapsed', 'frametime', 'dts']);

/** A difference that is only a weight between 0 and 1 needs absolute, not relative accuracy. */
function blended(c: HazardContext, e: Expression): boolean {
  for (const { user, operand } of usesOf(c, e)) {
    if (operand.kind === 'variable' && wordsOf(c.variable(operand.variable).name).some(w => blendWords.has(w))) return true;
    if (!user) continue;
    if (user.kind === 'call' && wordsOf(nameOf(c, user)).some(w => easingWords.has(w))) return true;
    if (isOperation(user, 'mul')) {
      // a + (b − a) · w, also as a += (b − a) · w.
      const other = resolve(c, user.operands[user.operands[0] === operand ? 1 : 0]);
      const parent = c.parent(user);
      if (isOperation(other, 'sub') && parent && isOperation(parent, 'add')) return true;
    }
    if (user.kind === 'assign' && user.target.kind === 'property' && wordsOf(user.target.name).some(w => blendWords.has(w))) return true;
  }
  return false;
}

/** `Math.round(95 * (1 - Math.exp(-t)))`: a difference counted in whole points out of a written number. */
function wholePoints(c: HazardContext, e: Expression): boolean {
  for (const { user, operand } of usesOf(c, e)) {
    const scale = user && isOperation(user, 'mul') ? constantOf(c, user.operands[user.operands[0] === operand ? 1 : 0]) : null;
    if (!user || scale === null || scale < 1 || scale > 1000) return false;
    for (const { user: last } of usesOf(c, user)) if (!last || !isOperation(last, 'round', 'floor', 'ceil', 'trunc')) return false;
  }
  return true;
}

/** Powers of whole numbers are exact while they fit. */
function integerPower(c: HazardContext, base: Expression, exponent: Expression): boolean {
  return (c.fact(base)?.integer ?? false) && likelyIntegral(c, exponent);
}

function onePlus(c: HazardContext, e: Operation): string {
  const [left, right] = e.operands;
  const other = constantOf(c, left) === 1 ? right : left;
  if (e.operator === 'add') return c.source(other);
  return constantOf(c, left) === 1 ? `-${c.source(other)}` : `${c.source(other)} - 2`;
}

/** The argument may be written elsewhere when nothing between can change it: only when the exponential stands in the difference itself. */
function quotable(c: HazardContext, e: Expression, power: Expression): boolean {
  return e.start <= power.start && power.end <= e.end && c.source(power).startsWith('Math.exp(');
}
