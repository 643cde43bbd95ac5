import { childrenOf } from './children';
import type { Expression } from './expression';

/**
 * Whether two expressions are written the same: same operators, same variables, same literals by value. Equal text in two places of a function need
 * not mean equal values (a variable may have been assigned in between); calls are never the same, because they may answer differently.
 */
export function sameExpression(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || !sameHead(a, b)) return false;
  const inner = childrenOf(a);
  const other = childrenOf(b);
  return inner.length === other.length && inner.every((child, i) => sameExpression(child, other[i]));
}

function sameHead(a: Expression, b: Expression): boolean {
  switch (a.kind) {
    case 'number': return b.kind === 'number' && Object.is(a.value, b.value);
    case 'constant': return b.kind === 'constant' && a.value === b.value && a.of === b.of;
    case 'variable': return b.kind === 'variable' && a.variable === b.variable;
    case 'operation': return b.kind === 'operation' && a.operator === b.operator && a.loose === b.loose && String(a.spread ?? '') === String(b.spread ?? '');
    case 'logical': return b.kind === 'logical' && a.operator === b.operator;
    case 'property': return b.kind === 'property' && a.name === b.name && a.optional === b.optional;
    case 'index': return b.kind === 'index' && a.optional === b.optional;
    case 'conditional': case 'template': case 'sequence': return true;
    case 'opaque': return b.kind === 'opaque' && a.reason === b.reason && (a.reason === 'this' || a.reason === 'super');
    default: return false;
  }
}

/** Library functions that only compute. */
const pureLibrary = /^(?:Number|String|Boolean|parseInt|parseFloat|isNaN|isFinite|Math\.sumPrecise|Number\.\w+|Array\.isArray|Object\.is|String\.fromCharCode|(?:String|Number)\.prototype\.\w+|(?:Array|TypedArray)\.prototype\.(?:slice|indexOf|lastIndexOf|includes|at|concat|join))$/;

/** Evaluating it changes nothing and calls no code of the program. Property reads count as pure: getters that compute are taken to be so too. */
export function isPure(expression: Expression): boolean {
  switch (expression.kind) {
    case 'assign': case 'new': return false;
    case 'call': return expression.callee.kind === 'library' && pureLibrary.test(expression.callee.name) && childrenOf(expression).every(isPure);
    case 'opaque': return (expression.reason === 'this' || expression.reason === 'super' || expression.reason === 'in' || expression.reason === 'instanceof') && expression.children.every(isPure);
    default: return childrenOf(expression).every(isPure);
  }
}
