import type { Expression } from '../program';
import { childrenOf, leaves } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { accumulationsOf, calledName } from './matching/accumulation';
import { integral, likelyIntegral } from './matching/integers';
import { priceLevel } from './matching/levels';
import { moneyWords, nameOf, wordsOf } from './matching/names';
import { dyadic, fractional, powerOfTwo } from './matching/dyadic';
import { approached, decimalLevel, literalSteps, multiplied, ramp } from './matching/ramps';
import { answerOf, constantOf, isOperation, resolve, resolveDeep, sameValue, termsOf, within } from './matching/structure';
import { exactSum } from './matching/sums';
import { addedUp, shareWords } from './matching/totals';

export const floatEquality: Hazard = {
  id: 'float-equality',
  * detect(c) {
    yield* zoomBoundary(c);
    for (const operator of ['eq', 'ne'] as const) {
      for (const e of c.operations(operator)) {
        const [a, b] = e.operands;
        const total = summedUp(c, a, b) ?? summedUp(c, b, a) ?? twoSums(c, a, b);
        if (total) {
          yield { at: e, message: `${c.text(total.side)} is a sum of rounded numbers, so ${c.text(e)} decides on its last bit: ten times 0.1 is 0.9999999999999999.`, related: [{ message: 'The sum is rounded here.', at: total.sum }] };
          continue;
        }
        if (scrolledTo(c, a, b)) {
          yield { at: e, message: `${c.text(e)} may never hold: scroll positions have fractions, heights and widths are rounded to whole pixels.`, remedy: 'Compare the difference with 1.' };
          continue;
        }
        const measured = measuredBox(c, a, b) ? a : measuredBox(c, b, a) ? b : null;
        if (measured) {
          yield { at: e, message: `${c.text(measured)} is measured with fractions of a pixel, so ${c.text(e)} may never hold.`, remedy: 'Compare the difference with a fraction of a pixel.' };
          continue;
        }
        const stepped = ramp(c, a, b) ?? ramp(c, b, a);
        const goal = constantOf(c, a) ?? constantOf(c, b);
        if (stepped && (goal === null || goal !== 0 && literalSteps(c, stepped, Math.abs(goal))) && a.kind !== 'constant' && b.kind !== 'constant') {
          yield { at: e, message: `${c.text(e)} waits for a value that is reached in rounded steps: 0.1 added ten times is not 1.`, related: [{ message: 'Stepped here.', at: stepped }] };
          continue;
        }
        const approach = approached(c, a, b) ?? approached(c, b, a);
        if (approach) {
          yield { at: e, message: `${c.text(e)} may never hold: each step covers a rounded part of the way that is left, and the last ones are rounded to nothing.`, remedy: 'Stop when the distance is below what can be seen, and set the goal.', related: [{ message: 'Stepped here.', at: approach }] };
          continue;
        }
        const wound = multiplied(c, a, b) ?? multiplied(c, b, a);
        if (wound) {
          yield { at: e, message: `${c.text(e)} may never hold again: each step multiplies by a rounded factor, and 1.1 * 1.1 / 1.1 / 1.1 is not 1.`, remedy: 'Keep the number of steps and compare that, or allow a relative tolerance.', related: [{ message: 'Multiplied here.', at: wound }] };
          continue;
        }
        const grid = decimalLevel(c, a, b) ?? decimalLevel(c, b, a);
        if (grid) {
          yield { at: e, message: `${c.text(grid)} is rounded, so ${c.text(e)} misses a value that was written in digits: 3 * 0.1 is 0.30000000000000004.`, remedy: 'Compare the numbers of steps: Math.round(value / step).', related: [{ message: 'The value is computed here.', at: grid }] };
          continue;
        }
        const exact = decimalResult(c, a, b) ?? decimalResult(c, b, a);
        if (exact) {
          yield { at: e, message: `${c.text(exact)} is rounded, so ${c.text(e)} decides on its last bit: 0.1 + 0.2 is not 0.3.` };
          continue;
        }
        const level = priceLevel(c, a, b) ? a : priceLevel(c, b, a) ? b : null;
        if (level) {
          yield { at: e, message: `${c.text(level)} is a number of steps from ${c.text(termsOf(resolve(c, level))[0].value)}, rounded twice, so ${c.text(e)} misses a level that was written in digits: 0.1 + 2 * 0.1 is 0.30000000000000004.`, remedy: 'Count in whole steps: compare Math.round(price / tick).' };
          continue;
        }
        const computed = roundedIn(c, a) ?? roundedIn(c, b);
        if (!computed || exempt(c, a, b) || exempt(c, b, a) || settled(c, e, a, b) || settled(c, e, b, a)) continue;
        const side = computed.side;
        yield {
          at: e,
          message: `${c.text(side)} is rounded, so ${c.text(e)} decides on its last bit.`,
          related: side === computed.operation ? [] : [{ message: 'The value is rounded here.', at: computed.operation }],
        };
      }
    }
  },
};

/** `x + y === 0.3`, `subtotal + tax === total`, `price * quantity !== amount`: fractions computed and written. The computed side, or null. */
function decimalResult(c: HazardContext, side: Expression, other: Expression): Expression | null {
  const value = resolve(c, side);
  if (!isOperation(value, 'add', 'sub', 'mul') || value.operands.length !== 2 || integral(c, value) || value.type.kind === 'string') return null;
  const literal = constantOf(c, other);
  if (literal !== null) return !dyadic(literal) && value.operands.every(o => constantOf(c, o) === null && o.type.kind !== 'string') && !named(c, other) ? side : null;
  const cash = (e: Expression): boolean => wordsOf(nameOf(c, e)).some(w => w !== 'cents' && moneyWords.has(w.replace(/s$/, '')) || moneyWords.has(w));
  const amount = (e: Expression): boolean => cash(e) || /^(grand_?)?total$/i.test(nameOf(c, e));
  const against = resolve(c, other);
  return (other.kind === 'property' || other.kind === 'variable') && !isOperation(against, 'round', 'floor') && amount(other) && (value.operands.some(cash) || isOperation(value, 'mul') && other.kind === 'property' && [...within(c, value, childrenOf)].some(cash)) && !value.operands.some(o => /cents|minor|pence|wei|sats/i.test(nameOf(c, o))) && !/cents|minor|pence|wei|sats/i.test(nameOf(c, other)) ? side : null;
}

function named(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'number' && value.named;
}

/** `for (z …) if (resolution >= base / 2 ** z) return z`: a resolution of exactly that level is an ulp above or below. */
function* zoomBoundary(c: HazardContext): Generator<Detection> {
  for (const operator of ['lt', 'le', 'gt', 'ge'] as const) {
    for (const e of c.operations(operator)) {
      const statement = c.position(e).statement;
      if (c.position(e).repetition === null || statement?.kind !== 'if' || statement.test !== e || !leaves(statement.then)) continue;
      const level = e.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'div') && constantOf(c, o.operands[0]) === null && (p => isOperation(p, 'pow') && constantOf(c, p.operands[0]) === 2 && constantOf(c, p.operands[1]) === null)(resolve(c, o.operands[1])));
      const other = level && e.operands.find(o => resolve(c, o) !== level);
      if (!level || !other || constantOf(c, other) !== null || !['variable', 'property'].includes(other.kind) || integral(c, other)) continue;
      yield { at: e, message: `${c.text(level)} is rounded, and a value of exactly that level, computed in another way, is an ulp above or below: ${c.text(e)} then takes the next level.`, remedy: 'Allow a relative tolerance.' };
    }
  }
}

/** A side of `getBoundingClientRect()`, or a length read from the computed style, against a number that was not measured like it. */
function measuredBox(c: HazardContext, side: Expression, other: Expression): boolean {
  if (constantOf(c, other) !== null || other.kind === 'constant') return false;
  const value = answerOf(c, side);
  const box = (e: Expression): boolean => { const v = resolve(c, e); return v.kind === 'property' && (o => o.kind === 'call' && calledName(c, o) === 'getBoundingClientRect')(resolve(c, v.object)); };
  const style = (e: Expression): boolean => e.kind === 'call' && /^(parseFloat|Number)$/.test(calledName(c, e)) && /getComputedStyle|\.style\b/.test(c.source(e));
  if (!box(value) && !style(value)) return false;
  const against = answerOf(c, other);
  if (isOperation(against, 'round', 'floor', 'ceil')) return false;
  // The last measurement, kept to see whether there is a new one.
  return !box(against) && !style(against) && !(value.kind === 'property' && against.kind === 'property' && /last|prev|old|cached|initial|rect|bounds|box/i.test(c.source(against)));
}

/** scrollTop + clientHeight === scrollHeight: the end of a scrolled element, asked for exactly. */
function scrolledTo(c: HazardContext, a: Expression, b: Expression): boolean {
  if (!isOperation(resolve(c, a), 'add', 'sub') && !isOperation(resolve(c, b), 'add', 'sub')) return false;
  const parts = [a, b].flatMap(side => [...within(c, resolve(c, side), childrenOf)]);
  if (parts.some(o => isOperation(o, 'round', 'ceil', 'floor', 'trunc'))) return false;
  const names = parts.map(o => nameOf(c, o));
  const ofDocument = parts.some(o => o.kind === 'call' && /^(height|width)$/.test(calledName(c, o)) && o.arguments.length === 0);
  return names.some(n => /^(scroll_?(Top|Left|Y|X)|page[XY]Offset)$/i.test(n)) && (ofDocument || names.some(n => /^scroll(Height|Width)$/.test(n)));
}

/** Debits against credits: two sums of money, each rounded in its own way. */
function twoSums(c: HazardContext, a: Expression, b: Expression): { side: Expression; sum: Expression } | null {
  const sums = [a, b].map(side => { const value = answerOf(c, side); return accumulationsOf(c).find(s => s.operator === 'add' && (s.call ? s.call === value : value.kind === 'variable' && s.target.kind === 'variable' && value.variable === s.target.variable)); });
  const money = sums.every(s => s !== undefined && [s.iterable, ...s.terms.map(t => t.value)].some(x => x !== null && wordsOf(nameOf(c, x)).some(w => moneyWords.has(w) || moneyWords.has(w.replace(/s$/, '')))));
  return money && !exactSum(c, sums[0]!) ? { side: a, sum: sums[0]!.at } : null;
}

/** A sum of fractions compared with the 1 or 100 that it should make. */
function summedUp(c: HazardContext, side: Expression, whole: Expression): { side: Expression; sum: Expression } | null {
  const goal = constantOf(c, whole);
  const value = answerOf(c, side);
  if (goal === null) {
    const given = wordsOf(nameOf(c, whole));
    const sums = accumulationsOf(c).filter(a => a.operator === 'add' && a.target.kind === 'variable' && whole.kind === 'variable' && a.target.variable === whole.variable);
    const earned = sums.some(a => a.terms.some(t => wordsOf(nameOf(c, t.value)).some(w => moneyWords.has(w))));
    const totals = given.some(w => w === 'total' || w === 'paid' || w === 'due' || w === 'sum');
    const priced = totals && accumulationsOf(c).some(a => a.call === value && a.terms.some(t => [...within(c, t.value, childrenOf)].some(o => wordsOf(nameOf(c, o)).some(w => moneyWords.has(w)))));
    // Cents made by products with fractions, summed, against a total made in the same way.
    const scaled = totals && accumulationsOf(c).some(a => a.operator === 'add' && a.target.kind === 'variable' && side.kind === 'variable' && a.target.variable === side.variable && a.terms.some(t => isOperation(resolve(c, t.value), 'mul') && [...within(c, t.value, childrenOf)].some(o => wordsOf(nameOf(c, o)).some(w => moneyWords.has(w) || w === 'total' || w === 'sum'))));
    if (scaled) { const a = accumulationsOf(c).find(x => x.target.kind === 'variable' && side.kind === 'variable' && x.target.variable === side.variable); if (a) return { side, sum: a.at }; }
    if (whole.kind !== 'property' && whole.kind !== 'variable' || !(earned || priced || given.some(w => moneyWords.has(w)))) return null;
  } else {
    const sum = addedUp(c, side, goal);
    if (sum) return { side, sum: sum.at };
    if (goal !== 1 && goal !== 100) return null;
  }
  if (goal !== null && isOperation(value, 'add')) {
    const terms = termsOf(value).map(t => t.value);
    if (terms.length > 1 && terms.every(t => constantOf(c, t) === null && !integral(c, t) && wordsOf(nameOf(c, t)).some(w => shareWords.has(w) || shareWords.has(w.replace(/s$/, ''))))) return { side, sum: value };
  }
  for (const a of accumulationsOf(c)) {
    if (a.operator !== 'add' || a.terms.some(t => t.negative || integral(c, t.value) || constantOf(c, t.value) !== null)) continue;
    const same = a.call ? value === a.call : value.kind === 'variable' && a.target.kind === 'variable' && value.variable === a.target.variable;
    if (!same || exactSum(c, a)) continue;
    const names = [nameOf(c, side), nameOf(c, a.target), ...a.terms.flatMap(t => [...within(c, t.value, childrenOf)].map(o => nameOf(c, o)))];
    if (goal === 1 || goal === null || names.some(n => wordsOf(n).some(w => shareWords.has(w) || shareWords.has(w.replace(/s$/, ''))))) return { side, sum: a.at };
  }
  return null;
}

/** The operation that makes a side a rounded, non-integer number. */
function roundedIn(c: HazardContext, side: Expression): { side: Expression; operation: Expression } | null {
  const value = resolveDeep(c, side);
  if (value.kind !== 'operation' || likelyIntegral(c, side)) return null;
  // A named constant times a power of two, 2 * Math.PI, is exact.
  if (isOperation(value, 'mul', 'div') && constantOf(c, value) !== null && value.operands.some(o => powerOfTwo(constantOf(c, o)))) return null;
  const inexact = (e: Expression, depth: number): boolean => {
    const v = resolve(c, e);
    if (v.kind !== 'operation' || depth === 0 || integral(c, v)) return false;
    switch (v.operator) {
      // A quotient is rounded unless it is halved, doubled or known to be whole.
      case 'div': return !powerOfTwo(constantOf(c, v.operands[1])) && !(likelyIntegral(c, v.operands[0]) && likelyIntegral(c, v.operands[1]) && wholeQuotient(c, v.operands[0], v.operands[1]));
      case 'mul': return v.operands.some(o => fractional(c, o) || pixelRatio(c, o)) || v.operands.some(o => inexact(o, depth - 1));
      case 'add': case 'sub': return v.operands.some(o => fractional(c, o)) || v.operands.some(o => inexact(o, depth - 1));
      case 'sqrt': case 'exp': case 'log': case 'sin': case 'cos': case 'tan': case 'atan2': case 'hypot': case 'cbrt': case 'log2': case 'log10': return true;
      case 'pow': { const n = constantOf(c, v.operands[1]); return n !== null && !Number.isInteger(n); }
      case 'neg': case 'abs': case 'min': case 'max': return v.operands.some(o => inexact(o, depth - 1));
      default: return false;
    }
  };
  return inexact(value, 6) ? { side, operation: value } : null;
}

/** Comparisons that are exact by design: against 0 and other constants that are assigned, against a whole number of the same value, against itself. */
function exempt(c: HazardContext, side: Expression, other: Expression): boolean {
  const literal = constantOf(c, side);
  if (literal !== null && (Number.isInteger(literal) || !Number.isFinite(literal))) return true;
  if (side.kind === 'constant') return true;
  const value = resolve(c, side);
  const compared = resolve(c, other);
  if (sameValue(c, value, compared)) return true;
  // 1 / x === 1 / y tells 0 from -0.
  if (isOperation(value, 'div') && isOperation(compared, 'div') && constantOf(c, value.operands[0]) === 1 && constantOf(c, compared.operands[0]) === 1) return true;
  // x === Math.floor(x): asks whether x is whole.
  if (isOperation(value, 'floor', 'ceil', 'round', 'trunc', 'bitor') && sameValue(c, value.operands[0], compared)) return true;
  // The extreme of a set compared with its members.
  if (isOperation(value, 'min', 'max') || isOperation(compared, 'min', 'max')) return true;
  return wordsOf(nameOf(c, side)).some(w => w === 'sentinel' || w === 'nan' || w === 'infinity' || w === 'undefined' || w === 'null');
}

/** `if (next === x) break; x = next` in a counted loop: an iteration that stands still has come as far as it can, and the count ends one that does not. */
function settled(c: HazardContext, e: Expression, next: Expression, x: Expression): boolean {
  const repetition = c.position(e).repetition;
  if (next.kind !== 'variable' || x.kind !== 'variable' || repetition?.kind !== 'loop' || repetition.loop.kind !== 'loop' || repetition.loop.form !== 'for' || !repetition.loop.test) return false;
  if ([...within(c, repetition.loop.test, childrenOf)].includes(e)) return false;
  return c.definitions(x.variable).some(d => d.kind === 'value' && d.assignment !== null && d.value.kind === 'variable' && d.value.variable === next.variable && c.position(d.assignment).repetition === repetition);
}

function wholeQuotient(c: HazardContext, above: Expression, below: Expression): boolean {
  return integral(c, above) && integral(c, below) && isOperation(resolve(c, above), 'mul');
}

/** Device pixels in a pixel of CSS: 1.25, 1.5, and whatever a zoom makes of it. */
function pixelRatio(c: HazardContext, e: Expression): boolean {
  return /^(dpr|device_?pixel_?ratio|pixel_?ratio)$/i.test(nameOf(c, e)) || /^(dpr|device_?pixel_?ratio|pixel_?ratio)$/i.test(nameOf(c, resolve(c, e)));
}

