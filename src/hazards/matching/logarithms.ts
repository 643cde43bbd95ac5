import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName } from './accumulation';
import { iteratedBy } from './callbacks';
import { relationsOf } from './guards';
import { functionName, nameOf, receiverName } from './names';
import { scaledDraw } from './random';
import { constantOf, factorsOf, isOperation, resolve, sameValue, soleResult } from './structure';
import { flowsTo } from './usage';

/** Logarithms of what may be 0: a random draw, and the probability in p · log p. */
export function* logarithmsOfZero(c: HazardContext): Generator<Detection> {
  for (const operator of ['log', 'log2', 'log10'] as const) {
    for (const e of c.operations(operator)) {
      const argument = e.operands[0];
      if ((c.fact(argument)?.lo ?? -1) > 0) continue;
      if (scaledDraw(c, argument) && !redrawn(c, e, argument)) {
        yield { at: e, message: `${c.text(e)} is −Infinity when the draw is 0, which belongs to [0, 1).`, remedy: 'Take the logarithm of 1 - Math.random(), which is never 0.' };
      } else if (oddsOfCounts(c, e)) {
        yield { at: e, message: `${c.text(e)} is infinite when one of the four counts is 0, and NaN when two are.`, remedy: 'Add a half to each count (Haldane, Anscombe) before taking the quotient.' };
      } else {
        const weight = weightOf(c, e);
        if (weight) yield { at: e, message: `${c.text(e)} is −Infinity when ${c.text(weight)} is 0, and 0 times −Infinity is NaN.`, remedy: 'Leave out the terms that are 0.' };
      }
    }
  }
}

/** `Math.log((a * d) / (b * c))`, the logarithm of an odds ratio by its name. */
function oddsOfCounts(c: HazardContext, e: Operation): boolean {
  const quotient = resolve(c, e.operands[0]);
  if (!isOperation(quotient, 'div') || ![functionName(c, e), receiverName(c, e), nameOf(c, e.operands[0])].some(n => /odds/i.test(n))) return false;
  const counts = quotient.operands.flatMap(o => { const v = resolve(c, o); return isOperation(v, 'mul') && v.operands.length === 2 ? v.operands : []; });
  return counts.length === 4 && counts.every(x => ['variable', 'property', 'index'].includes(x.kind) && relationsOf(c, e, x).length === 0);
}

/** A loop or a test that throws a draw of 0 away. */
function redrawn(c: HazardContext, at: Expression, argument: Expression): boolean {
  const factors = factorsOf(c, argument).map(f => f.value).concat(argument.kind === 'variable' ? [argument] : []);
  if (relationsOf(c, at, argument).length > 0) return true;
  // What came of it is asked for being finite.
  if (flowsTo(c, at, user => user.kind === 'call' && /^(isFinite|isNaN)$/.test(calledName(c, user)), ['mul', 'neg', 'sqrt', 'div', 'add', 'sub', 'floor', 'round'])) return true;
  const read = argument.kind === 'variable' ? argument.variable : null;
  return read !== null && ['lt', 'le', 'gt', 'ge', 'eq', 'ne'].some(operator => c.operations(operator).some(t => t.operands.some(o => o.kind === 'variable' && o.variable === read)))
    || factors.some(f => relationsOf(c, at, f).length > 0);
}

/** In p · log p and p · log(p / q), the p when it is an element of an array that nothing has been left out of; a table of counted things has no 0. */
function weightOf(c: HazardContext, e: Operation): Expression | null {
  const argument = resolve(c, e.operands[0]);
  const above = isOperation(argument, 'div') ? argument.operands[0] : argument;
  const product = c.parent(e);
  if (!product || !isOperation(product, 'mul')) return null;
  const factor = product.operands.find(o => o !== e);
  if (!factor || !(sameValue(c, factor, e.operands[0]) || sameValue(c, factor, above))) return null;
  if (!ofArray(c, above) || [factor, above, argument, e.operands[0]].some(x => relationsOf(c, e, x).length > 0 || (c.fact(x)?.lo ?? 0) > 0)) return null;
  // Guards in the same expression: `p && p * Math.log(p)`, `p * Math.log(p) || 0`.
  for (let outer = c.parent(product), depth = 0; outer && depth < 4; outer = c.parent(outer), depth++) if (outer.kind === 'logical' || outer.kind === 'conditional') return null;
  return above;
}

/** `p[i]`, or the parameter of a callback (the variable of a for-of) that runs over a list given from outside. */
function ofArray(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'div')) return ofArray(c, value.operands[0]);
  if (value.kind === 'index') return value.index.type.kind !== 'string' && constantOf(c, value.index) === null && plainList(c, value.object);
  if (value.kind !== 'variable') return false;
  const definition = c.definitions(value.variable)[0];
  if (definition?.kind === 'element') return definition.loop.kind === 'for-of' && plainList(c, definition.loop.iterable);
  const list = iteratedBy(c, value.variable);
  return list !== null && plainList(c, list);
}

function plainList(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  // counts.map(n => n / total)
  if (value.kind === 'call' && calledName(c, value) === 'map' && value.arguments[0]) {
    const literal = resolve(c, value.arguments[0]);
    const result = literal.kind === 'function' ? soleResult(c.program.functions[literal.function]) : null;
    return result !== null && isOperation(resolve(c, result), 'div');
  }
  return value.kind === 'variable' && c.variable(value.variable).kind === 'parameter' || value.kind === 'property' || value.kind === 'new' || value.kind === 'index';
}
