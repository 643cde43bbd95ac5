import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { accumulationsOf, calledName, receiverOf } from './matching/accumulation';
import { exponentialOf } from './matching/exponentials';
import { factorsOf, isOperation, resolve, resolveDeep, soleResult } from './matching/structure';

export const logOfSoftmax: Hazard = {
  id: 'log-of-softmax',
  * detect(c) {
    for (const e of c.operations('log')) {
      const argument = e.operands[0];
      const value = resolveDeep(c, argument);
      if (normalised(c, value)) {
        yield { at: e, message: `${c.text(e)} is −Infinity as soon as the probability underflows to 0, which an input 746 below the maximum does.` };
      } else if (probability(c, resolve(c, argument))) {
        yield { at: e, message: `${c.text(e)} takes the logarithm of a softmax: −Infinity as soon as the probability underflows to 0.` };
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
      }
    }
  },
};

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
  if (e.kind === 'index') return softmaxArray(c, e.object);
  if (e.kind !== 'variable') return false;
  const definition = c.definitions(e.variable)[0];
  if (definition?.kind === 'element') return softmaxArray(c, definition.loop.iterable);
  const literal = c.scene.literals.get(c.variable(e.variable).owner);
  const call = literal ? c.parent(literal) : null;
  const receiver = call?.kind === 'call' ? receiverOf(call) : null;
  return receiver !== null && ['map', 'forEach', 'reduce'].includes(calledName(c, call as Parameters<typeof calledName>[1])) && c.program.functions[c.variable(e.variable).owner].parameters.some(p => p.variable === e.variable) && softmaxArray(c, receiver);
}

function softmaxArray(c: HazardContext, array: Expression): boolean {
  const value = resolve(c, array);
  if (value.kind !== 'call') return false;
  if (/^soft_?max$/i.test(calledName(c, value))) return true;
  if (calledName(c, value) !== 'map') return false;
  const literal = value.arguments[0] ? resolve(c, value.arguments[0]) : null;
  const result = literal?.kind === 'function' ? soleResult(c.program.functions[literal.function]) : null;
  return result !== null && normalised(c, resolve(c, result));
}
