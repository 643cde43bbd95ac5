import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { iteratedBy } from './callbacks';
import { sumBehind } from './counted-divisors';
import { firstBy } from './first-division';
import { mentionedInGuard } from './guards';
import { likelyIntegral } from './integers';
import { functionName, nameOf, receiverName, wordsOf } from './names';
import { constantOf, factorsOf, isOperation, resolve, resolveAt, sameValue, squareOf, termsOf } from './structure';
import { usesOf } from './usage';

/** Divisors that measure: lengths, spreads, spans of time, channels of a colour. 0 when things coincide. */
export function measuredDivisor(c: HazardContext, e: Operation, divisor: Expression, below: Expression): string | null {
  return sharedFactor(c, e, below) ?? fullShare(c, e, below) ?? ownLength(c, e, divisor, below) ?? ownSquare(c, e, divisor, below) ?? colour(c, e, below) ?? noSpread(c, e, divisor, below)
    ?? noTime(c, e, below) ?? slope(c, e, below);
}

/** `s * v / ((2 - s) * v)`: 0 / 0 where the common factor is 0. */
function sharedFactor(c: HazardContext, e: Operation, below: Expression): string | null {
  const factors = factorsOf(c, below).filter(f => !f.inverted).map(f => f.value);
  if (factors.length < 2) return null;
  const above = factorsOf(c, e.operands[0]).filter(f => !f.inverted).map(f => f.value);
  const common = factors.find(f => ['variable', 'property', 'index'].includes(f.kind) && constantOf(c, f) === null && !likelyIntegral(c, f) && above.some(a => sameValue(c, a, f)) && factors.every(o => o === f || !sameValue(c, o, f)));
  return common && !((c.fact(common)?.lo ?? 0) > 0) && factors.some(f => isOperation(f, 'sub', 'add')) ? `${c.text(common)} is 0` : null;
}

/** `(c - k) / (1 - k)`: what is left over of a full share; `d / (1 - Math.abs(2 * l - 1))`. */
function fullShare(c: HazardContext, e: Operation, below: Expression): string | null {
  if (!isOperation(below, 'sub') || constantOf(c, below.operands[0]) === null) return null;
  const taken = below.operands[1];
  const above = resolve(c, e.operands[0]);
  if (isOperation(above, 'sub') && constantOf(c, taken) === null && termsOf(above).some(t => t.negative && sameValue(c, t.value, taken))) return `${c.text(taken)} is ${constantOf(c, below.operands[0])}`;
  const turned = resolve(c, taken);
  return constantOf(c, below.operands[0]) === 1 && isOperation(turned, 'abs') && isOperation(resolve(c, turned.operands[0]), 'sub') ? `${c.text(turned)} is 1` : null;
}

/** A component of a vector over the vector's own length. One finding a function and length. */
function ownLength(c: HazardContext, e: Operation, divisor: Expression, below: Expression): string | null {
  // Between rotations less than a right angle apart nothing is of length 0.
  if (!isOperation(below, 'sqrt', 'hypot') || /slerp|nlerp/i.test(functionName(c, e))) return null;
  // √(xs.reduce((s, x) => s + x * x, 0)), and each element over it.
  const added = below.operator === 'sqrt' ? sumBehind(c, resolve(c, below.operands[0])) : null;
  if (added?.terms.length === 1 && squareOf(c, added.terms[0].value) !== null && added.iterable) {
    const list = added.iterable;
    const divided = resolve(c, e.operands[0]);
    const elements = divided.kind === 'variable' ? iteratedBy(c, divided.variable) : null;
    const mapped = elements !== null && sameValue(c, elements, list);
    if (mapped || divided.kind === 'index' && sameValue(c, divided.object, list)) return firstBy(c, e, below) ? `${c.text(divisor)} is 0, as it is for a vector of zeros` : null;
  }
  const parts = below.operator === 'hypot' ? below.operands : termsOf(resolve(c, below.operands[0])).map(t => squareOf(c, t.value) ?? t.value);
  if (parts.length < 2 || parts.some(p => constantOf(c, p) !== null || mentionedInGuard(c, e, p))) return null;
  const above = factorsOf(c, e.operands[0]).map(f => f.value);
  const scale = parts.every(p => ['property', 'index'].includes(p.kind)) && scales(c, e, parts);
  if (!scale && !above.some(a => parts.some(p => sameValue(c, a, p) || a.kind === 'index' && p.kind === 'index' && sameValue(c, a.object, p.object)))) return null;
  return firstBy(c, e, below) ? `${c.text(divisor)} is 0, as it is for a vector of zeros` : null;
}

/** `k = length / |v|; v.x *= k`: the quotient multiplies the components. */
function scales(c: HazardContext, e: Operation, parts: readonly Expression[]): boolean {
  for (const { user } of usesOf(c, e)) if (user && isOperation(user, 'mul') && user.operands.some(o => parts.some(p => c.source(p) === c.source(o)))) return true;
  return c.assignments().some(a => a.compound === 'mul' && c.position(a).function === c.position(e).function && parts.some(p => c.source(p) === c.source(a.target)));
}

/** A projection on a direction, `dot / (dx * dx + dy * dy)`: the segment may be a point. */
function ownSquare(c: HazardContext, e: Operation, divisor: Expression, below: Expression): string | null {
  const squares = termsOf(below).map(t => t.negative ? null : squareOf(c, t.value));
  if (squares.length < 2 || squares.length > 3 || squares.some(s => s === null || constantOf(c, s) !== null)) return null;
  if (squares.some(s => s && mentionedInGuard(c, e, s))) return null;
  const above = termsOf(resolve(c, e.operands[0]));
  // The weight of an inverse distance: Infinity at the sample itself, and NaN in the mean.
  if (constantOf(c, e.operands[0]) !== null && squares.every(s => s && isOperation(resolve(c, s), 'sub')) && c.position(e).repetition !== null && /^(w|weight|wt|wi)$/i.test(receiverName(c, e))) return `${c.text(divisor)} is 0, as it is at a sample`;
  const dotted = above.length === squares.length && above.every(t => { const v = resolve(c, t.value); return isOperation(v, 'mul') && v.operands.some(o => squares.some(s => s && sameValue(c, o, s))); });
  return dotted && firstBy(c, e, divisor) ? `${c.text(divisor)} is 0, as it is for a segment of no length` : null;
}

/** `(max - min) / max` of the channels of a colour: 0 / 0 for black. Colour spaces divide by what black and white make 0. */
function colour(c: HazardContext, e: Operation, below: Expression): string | null {
  const above = resolve(c, e.operands[0]);
  if (isOperation(below, 'max') && below.operands.length >= 2 && !below.operands.some(o => (constantOf(c, o) ?? 0) > 0) && isOperation(above, 'sub') && sameValue(c, resolve(c, above.operands[0]), below)) return mentionedInGuard(c, e, above) || mentionedInGuard(c, e, e.operands[0]) ? null : `all of them are 0`;
  const alpha = nameOf(c, below);
  if (/^(a|alpha)$/i.test(alpha) && /^(r|g|b|red|green|blue)$/i.test(nameOf(c, above)) && firstBy(c, e, below)) return `${c.text(below)} is 0`;
  if (!/hs[lvb]|cmyk|hwb|yuv|lch/i.test(functionName(c, e))) return null;
  const channel = (x: Expression): boolean => /^(h|s|l|v|b|c|m|y|k|w|sat|saturation|light|lightness|value|black|white|max|min)$/i.test(nameOf(c, x));
  // 2 * s / (l + s)
  const sum = isOperation(below, 'add') ? termsOf(below).map(t => t.value) : [];
  if (sum.length === 2 && sum.every(channel) && factorsOf(c, e.operands[0]).some(f => sum.some(t => sameValue(c, f.value, t)))) return `${c.text(below)} is 0`;
  // s * v / (l <= 1 ? l : 2 - l)
  return below.kind === 'conditional' && channel(below.then) && !mentionedInGuard(c, e, below.then) && factorsOf(c, e.operands[0]).length === 2 ? `${c.text(below.then)} is 0` : null;
}

/** `(x - mean) / deviation` of data that are all the same, and a covariance over two deviations. */
function noSpread(c: HazardContext, e: Operation, divisor: Expression, below: Expression): string | null {
  const name = nameOf(c, divisor) || nameOf(c, below);
  const deviation = (x: Expression): boolean => {
    const value = resolve(c, x);
    return (isOperation(value, 'sqrt') || value.kind === 'call' && /std|stdev|deviation|sigma/i.test(calledName(c, value))) && !termsOf(isOperation(value, 'sqrt') ? resolve(c, value.operands[0]) : value).some(t => constantOf(c, t.value) !== null);
  };
  const above = resolve(c, e.operands[0]);
  if (isOperation(above, 'sub') && /^(std|sd|stdev|std_?dev(iation)?|standard_?deviation|sigma|deviation)\d?$/i.test(name) && deviation(divisor)) return `all values are equal`;
  if (isOperation(below, 'mul') && below.operands.length === 2 && below.operands.every(deviation) && !sameValue(c, below.operands[0], below.operands[1])) return `one of the two does not vary`;
  if (isOperation(below, 'sqrt')) {
    const product = resolve(c, below.operands[0]);
    if (isOperation(product, 'mul') && product.operands.every(o => sumBehind(c, resolve(c, o)) !== null)) return `one of the two does not vary`;
    // Matthews' coefficient: √((tp + fp)(tp + fn)(tn + fp)(tn + fn))
    const factors = factorsOf(c, product).map(f => f.value);
    if (factors.length >= 3 && factors.every(f => isOperation(f, 'add') && f.operands.every(o => ['variable', 'property'].includes(o.kind)))) return `one of the sums is 0`;
  }
  return null;
}

/** A change over the time between two samples. */
function noTime(c: HazardContext, e: Operation, below: Expression): string | null {
  if (!isOperation(below, 'sub') || !isOperation(resolve(c, e.operands[0]), 'sub')) return null;
  const moment = (x: Expression): boolean => (x.kind === 'property' || x.kind === 'index') && /^(time|time_?stamp|ts|date|when|epoch|millis)$/i.test(nameOf(c, x));
  return below.operands.every(o => moment(resolve(c, o))) ? `no time has passed` : null;
}

/** (y2 − y1) / (x2 − x1) of two points, or of what is called a slope or a speed. */
function slope(c: HazardContext, e: Operation, below: Expression): string | null {
  const above = resolveAt(c, e.operands[0]);
  if (!isOperation(below, 'sub') || !isOperation(above, 'sub') || below.operands.some(o => constantOf(c, o) !== null || isOperation(resolve(c, o), 'mul'))) return null;
  const called = [functionName(c, e), receiverName(c, e)].some(n => wordsOf(n).some(w => /^(slope|gradient|velocity|speed)\d?$/.test(w)));
  return called || ofPoints(c, above, below) ? `${below.operands.map(o => c.text(o)).join(' equals ')}` : null;
}

/** Differences of the ordinates and of the abscissas of the same two points: points above each other have one abscissa. */
function ofPoints(c: HazardContext, above: Operation, below: Operation): boolean {
  const [rise, run] = [above, below].map(d => d.operands.map(o => pointAxis(c, o)));
  return [0, 1].every(i => rise[i] !== null && run[i] !== null && rise[i]!.point === run[i]!.point && rise[i]!.axis === rise[0]!.axis && run[i]!.axis === run[0]!.axis && rise[i]!.axis !== run[i]!.axis) && rise[0]!.point !== rise[1]!.point;
}

/** `p.x`, `p[1]`, `x1`: the point and which of its two coordinates. */
function pointAxis(c: HazardContext, e: Expression): { readonly point: string; readonly axis: string } | null {
  const value = e.kind === 'variable' ? resolve(c, e) : e;
  if (value.kind === 'property' && /^[xy]$/i.test(value.name)) return { point: c.source(value.object), axis: value.name.toLowerCase() };
  const place = value.kind === 'index' ? constantOf(c, value.index) : null;
  if (value.kind === 'index' && (place === 0 || place === 1)) return { point: c.source(value.object), axis: 'xy'[place] };
  const name = /^(.*?)_?([xy])_?(\d?)$/i.exec(nameOf(c, value));
  return value.kind === 'variable' && name && name[1] + name[3] !== '' ? { point: name[1] + name[3], axis: name[2].toLowerCase() } : null;
}
