import type { Call, Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { accumulationsOf, calledName, receiverOf } from './matching/accumulation';
import { argumentsOf } from './matching/callers';
import { elementExponential, exponentialOf } from './matching/exponentials';
import { relationsOf } from './matching/guards';
import { listOf } from './matching/list-elements';
import { functionName, nameOf, wordsOf } from './matching/names';
import { resultsOf } from './matching/origins';
import { unpacked } from './matching/patterns';
import { factorsOf, isOperation, resolve, resolveDeep, sameValue, soleResult } from './matching/structure';

export const logOfSoftmax: Hazard = {
  id: 'log-of-softmax',
  * detect(c) {
    for (const e of c.operations('log')) {
      const argument = e.operands[0];
      const value = resolveDeep(c, argument);
      if (normalised(c, value)) {
        yield { at: e, message: `${c.text(e)} is −Infinity as soon as the probability underflows to 0, which an input 746 below the maximum does.` };
      } else if (probability(c, resolve(c, argument)) && relationsOf(c, e, argument).length === 0) {
        yield { at: e, message: `${c.text(e)} takes the logarithm of a softmax: −Infinity as soon as the probability underflows to 0.` };
      } else if (lossOfProbability(c, e)) {
        yield { at: e, severity: 'info', message: `${c.text(e)} is −Infinity once ${c.text(argument)} underflows to 0, and the softmax of this file underflows 746 below the maximum.` };
      } else {
        const factor = scaledExponential(c, value);
        if (factor) yield { at: e, message: `${c.text(e)} is −Infinity (or Infinity) once ${c.text(factor)} underflows to 0 (or overflows), though the logarithm is of moderate size.`, remedy: `Add the logarithm of the other factors to ${c.text(factor.operands[0])}.` };
      }
    }
    // softmax(xs).map(Math.log)
    for (const call of c.calls()) {
      const receiver = receiverOf(call);
      const mapper = call.arguments[0];
      if (calledName(c, call) === 'map' && receiver && mapper && c.source(mapper) === 'Math.log' && softmaxArray(c, receiver)) {
        yield { at: call, message: `${c.text(call)} is −Infinity wherever a probability underflows to 0.` };
      } else if (tensorLogarithm(c, call)) {
        yield { at: call, message: `${c.text(call)} is −Infinity wherever a probability underflows to 0.`, remedy: 'Use logSoftmax, which never leaves the logarithms.' };
      }
    }
  },
};

/** `-Math.log(probabilities[target])` of a cross-entropy, in a file that computes a softmax: the loss of what that answers. */
function lossOfProbability(c: HazardContext, e: Operation): boolean {
  const argument = e.operands[0];
  const list = listOf(c, argument);
  if (!list || !/cross_?entropy|(^|_)nll|negative_?log|log_?loss/i.test(functionName(c, e)) || relationsOf(c, e, argument).length > 0 || (c.fact(argument)?.lo ?? 0) > 0) return false;
  return wordsOf(nameOf(c, list)).some(w => /^(p|probs?|probabilit(y|ies)|softmax|predictions?|predicted|outputs?)$/.test(w)) && c.program.functions.some(f => softmaxNames.test(f.name.replace(/^.*\./, '')));
}

/** `c · exp(x)`, as of a density: the exponential that the logarithm would only undo. */
function scaledExponential(c: HazardContext, e: Expression): Operation | null {
  const factors = factorsOf(c, e);
  const found = factors.length < 2 ? undefined : factors.map(f => resolve(c, f.value)).find((v): v is Operation => isOperation(v, 'exp'));
  const fact = found ? c.fact(found.operands[0]) : null;
  return !found || fact !== null && fact.lo > -700 && fact.hi < 700 ? null : found;
}

/** exp(x) / Σ exp: a quotient of an exponential and a sum of them. */
function normalised(c: HazardContext, e: Expression): boolean {
  if (!isOperation(e, 'div') || !exponentialOf(c, e.operands[0])) return false;
  const below = resolve(c, e.operands[1]);
  return accumulationsOf(c).some(a => a.operator === 'add' && a.terms.some(t => exponentialOf(c, t.value)) && (a.call ? a.call === below : below.kind === 'variable' && a.target.kind === 'variable' && a.target.variable === below.variable));
}

/** An element of what a softmax function returned. */
function probability(c: HazardContext, e: Expression): boolean {
  const list = listOf(c, e);
  return list !== null && softmaxArray(c, list);
}

/** Methods that hand out the same numbers: the data of a tensor, a copy, a sorted list. */
const handing = /^(data|dataSync|array|arraySync|toArray|slice|flat|flatMap|squeeze|flatten|sort|toSorted|from|subarray)$/;

/** A list (or tensor, or rows of them) that softmax has answered: by its name or its formula, through locals, fields, parameters that this file gives it to, and `await`. */
function softmaxArray(c: HazardContext, array: Expression, depth = 6): boolean {
  const value = unpacked(c, array);
  if (depth === 0) return false;
  switch (value.kind) {
    case 'opaque': return value.reason === 'await' && value.children.some(x => softmaxArray(c, x, depth - 1));
    case 'index': return softmaxArray(c, value.object, depth - 1);
    case 'property': { const stored = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === value.name); return stored.length === 1 && stored[0].compound === null && softmaxArray(c, stored[0].value, depth - 1); }
    case 'variable': { const list = listOf(c, value); return list !== null ? softmaxArray(c, list, depth - 1) : givenSoftmax(c, value.variable, depth - 1); }
    case 'call': break;
    default: return false;
  }
  const name = calledName(c, value);
  if (softmaxNames.test(name) || normalisesInPlace(c, value)) return true;
  // const shares = xs => { …; return es.map(e => e / sum); }
  if (value.callee.kind === 'local') return resultsOf(c.program.functions[value.callee.function]).some(r => r.kind === 'call' && softmaxArray(c, r, depth - 1));
  const receiver = receiverOf(value);
  if (handing.test(name) && value.arguments.every(x => x.kind !== 'function') && softmaxArray(c, name === 'from' ? value.arguments[0] ?? value : receiver ?? value, depth - 1)) return true;
  if (name !== 'map') return false;
  const literal = value.arguments[0] ? resolve(c, value.arguments[0]) : null;
  if (literal?.kind !== 'function') return value.arguments.length === 1 && softmaxNames.test(nameOf(c, value.arguments[0]));
  const result = soleResult(c.program.functions[literal.function]);
  return result !== null && (normalised(c, resolve(c, result)) || softmaxArray(c, result, depth - 1));
}

/** A function of this file that fills an array with exponentials, divides each by their sum and answers the array, whatever it is called. */
function normalisesInPlace(c: HazardContext, call: Call): boolean {
  if (call.callee.kind !== 'local') return false;
  const fn = c.program.functions[call.callee.function];
  return resultsOf(fn).some(r => r.kind === 'variable' && c.variable(r.variable).owner === fn.id && elementExponential(c, r) !== null
    && c.assignments().some(a => a.target.kind === 'index' && a.target.object.kind === 'variable' && a.target.object.variable === r.variable && isOperation(a.value, 'div', 'mul') && (a.compound !== null || a.value.operands.some(o => o.kind === 'index' && o.object.kind === 'variable' && o.object.variable === r.variable))));
}

const softmaxNames = /^(stable_?)?soft_?max(es|_?(rows?|1d|2d|batch|layer|array|all|stable))?$/i;

/** A parameter that a call of this file gives a softmax. */
function givenSoftmax(c: HazardContext, variable: number, depth: number): boolean {
  const owner = c.program.functions[c.variable(variable).owner];
  const place = owner.parameters.findIndex(p => p.variable === variable);
  return place >= 0 && argumentsOf(c, owner, place).some(x => softmaxArray(c, x, depth));
}

/** `tf.log(tf.softmax(x))`, `x.softmax().log()`: tensors of one library. */
function tensorLogarithm(c: HazardContext, call: Call): boolean {
  if (calledName(c, call) !== 'log') return false;
  const receiver = receiverOf(call);
  const chained = call.arguments.length === 0 && receiver ? resolve(c, receiver) : null;
  if (chained) return chained.kind === 'call' && softmaxNames.test(calledName(c, chained));
  const inner = call.arguments.length === 1 ? resolve(c, call.arguments[0]) : null;
  if (inner?.kind !== 'call' || !softmaxNames.test(calledName(c, inner))) return false;
  if (call.callee.kind === 'imported') return inner.callee.kind === 'imported' && inner.callee.module === call.callee.module;
  const library = receiverOf(inner);
  return receiver !== null && (library !== null && sameValue(c, receiver, library) || /^(tf|np|nj|torch|ort|jnp|mx)$/.test(nameOf(c, receiver)));
}
