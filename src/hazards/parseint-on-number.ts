import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { replacement } from './matching/edits';
import { calledName, receiverOf } from './matching/accumulation';
import { likelyIntegral } from './matching/integers';
import { nameOf } from './matching/names';
import { constantOf, isOperation, resolve } from './matching/structure';

const arithmetic = ['sub', 'mul', 'div', 'rem', 'pow', 'neg', 'sqrt', 'floor', 'ceil', 'round', 'abs', 'log', 'exp', 'min', 'max', 'plus', 'log10', 'log2', 'sin', 'cos', 'tan', 'atan2', 'hypot', 'cbrt'] as const;

export const parseintOnNumber: Hazard = {
  id: 'parseint-on-number',
  * detect(c) {
    for (const call of c.calls()) {
      if (calledName(c, call) !== 'parseInt' || (call.callee.kind !== 'library' && call.callee.kind !== 'dynamic') || call.arguments.length === 0) continue;
      const radix = call.arguments[1] ? constantOf(c, call.arguments[1]) : 10;
      const argument = call.arguments[0];
      if ((radix !== 10 && radix !== null) || !(isNumber(c, argument) || foundNumber(c, call, argument))) continue;
      const fact = c.fact(argument);
      // A whole number is read as it is below 1e21, and nothing says that it gets there.
      if (isOperation(resolve(c, argument), 'round', 'floor', 'ceil', 'trunc') && !(fact?.evidence && fact.hi >= 1e21 && fact.hi < Infinity)) continue;
      if (fact && fact.integer && fact.lo > -1e21 && fact.hi < 1e21) continue;
      if (fact && fact.lo >= 1 && fact.hi < 1e21) continue;
      // Half a count is 0.5 or more when it is not 0: its text has no exponent.
      const value = resolve(c, argument);
      if (isOperation(value, 'div') && Math.abs(constantOf(c, value.operands[1]) ?? Infinity) <= 1000 && (likelyIntegral(c, value.operands[0]) || /^(rows|columns|cols|width|height)$/.test(nameOf(c, value.operands[0])))) continue;
      yield {
        at: call,
        message: `${c.text(call)} reads the digits of a number's text: 5e-7 gives 5 and 1e21 gives 1.`,
        fixes: [replacement(c, call, `Math.trunc(${c.source(argument)})`, 'Use Math.trunc', true)],
      };
    }
  },
};

/** typeof x === 'number' holds here. */
function foundNumber(c: HazardContext, at: Expression, e: Expression): boolean {
  return [...c.guards(at)].some(g => g.truth && isOperation(g.test, 'eq') && g.test.operands.some(o => isOperation(o, 'typeof') && c.source(o.operands[0]) === c.source(e)) && g.test.operands.some(o => o.kind === 'constant' && o.value === 'number'));
}

/** The type says number, or only numbers come out of the operation. */
function isNumber(c: HazardContext, e: Expression): boolean {
  if (e.type.kind === 'number') return true;
  const value = resolve(c, e);
  if (value.type.kind === 'number' || value.kind === 'number') return true;
  if (value.kind === 'call' && /^Math\.|^(parseFloat|Number)$/.test(value.callee.kind === 'library' ? value.callee.name : '')) return true;
  // clamp(0, max, left): a function of nothing but numbers, not named after text.
  if (value.kind === 'call' && value.arguments.length > 1 && /clamp|range|min|max|lerp|scale|interpolat|limit|bound|between|snap|map|ease/i.test(calledName(c, value)) && receiverOf(value) === null) return value.arguments.some(a => isOperation(resolve(c, a), ...arithmetic, 'add')) && value.arguments.every(a => resolve(c, a).kind !== 'constant' && resolve(c, a).kind !== 'function');
  if (isOperation(value, 'add')) return value.operands.every(o => isNumber(c, o));
  return isOperation(value, ...arithmetic);
}
