import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { accumulationsOf, calledName, type Accumulation } from './matching/accumulation';
import { integral, isCounter } from './matching/integers';
import { functionName, nameOf, wordsOf } from './matching/names';
import { originsOf } from './matching/origins';
import { smallCount } from './matching/sums';
import { constantOf, isOperation, nested, resolve } from './matching/structure';

const probabilities: ReadonlySet<string> = new Set(['prob', 'probs', 'probability', 'probabilities', 'likelihood', 'likelihoods', 'p', 'posterior', 'pdf', 'density']);

export const productOverflow: Hazard = {
  id: 'product-overflow',
  * detect(c) {
    for (const e of c.operations('pow')) {
      const base = resolve(c, e.operands[0]);
      if (base.kind === 'call' && /^prod(uct)?$/i.test(calledName(c, base)) && isOperation(resolve(c, e.operands[1]), 'div')) yield { at: e, message: `${c.text(base)} leaves the range of double after a few hundred terms, and its root is then 0 or Infinity.` };
    }
    yield* unlogged(c);
    for (const a of accumulationsOf(c)) {
      if (a.operator !== 'mul' || smallCount(c, a) || shortLists(c, a) || a.terms.some(t => constantOf(c, t.value) !== null || counter(c, t.value))) continue;
      const rooted = rootTaken(c, a.target, a.call);
      const logged = rooted ? null : logarithmTaken(c, a);
      if (a.terms.every(t => integral(c, t.value)) && !rooted && !logged) continue;
      const probable = (e: Expression): boolean => wordsOf(nameOf(c, e)).some(w => probabilities.has(w));
      const likelihood = [a.target, ...a.terms.map(t => t.value), ...(a.iterable && a.form === 'reduce' ? [a.iterable] : [])].some(probable) && a.iterable !== null || probable(a.target) && a.terms.every(t => probable(t.value)) || wordsOf(functionName(c, a.at)).some(w => /^(likelihood|lik|loglik|posterior)$/.test(w)) && smallFactors(c, a);
      const weighed = rooted || logged || likelihood ? null : weighedAgainst(c, a);
      if (!rooted && !logged && !likelihood && !weighed) continue;
      // A reduction over several lines: where its callback multiplies.
      const apart = a.call !== null && c.program.text.slice(a.at.start, a.operation.start).includes('\n');
      yield {
        at: apart ? a.operation : a.at,
        message: logged ? `${c.text(a.at)} leaves the range of double after a few hundred terms, and the logarithm taken afterwards is −Infinity or Infinity.` : rooted ? `${c.text(a.at)} leaves the range of double after a few hundred terms, and the root taken afterwards is 0 or Infinity.` : `${c.text(a.at)} underflows to 0 after a few hundred factors below 1.`,
        remedy: logged ? 'Add the logarithms of the factors, and keep their sign apart.' : undefined,
        related: logged ? [{ message: 'The logarithm is taken here.', at: logged }] : rooted ? [{ message: 'The root is taken here.', at: rooted }] : weighed ? [{ message: 'Both products are 0 here, and 0 / 0 is NaN.', at: weighed }] : [],
      };
    }
  },
};

/** All lists that this file hands in are written there, and short. */
function shortLists(c: HazardContext, a: Accumulation): boolean {
  const lists = a.iterable ? originsOf(c, a.iterable) : [];
  return lists.length > 0 && lists.every(l => l.kind === 'array' && !l.spread.some(Boolean) && l.elements.length > 0 && l.elements.length <= 16);
}

/** `Math.exp(score)` where score has added up the logarithms of probabilities: what the logarithms kept underflows at the end. */
function* unlogged(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('exp')) {
    const sum = e.operands[0];
    if (sum.kind !== 'variable') continue;
    const logs = accumulationsOf(c).find(a => a.operator === 'add' && !a.call && a.target.kind === 'variable' && a.target.variable === sum.variable && a.terms.some(t => isOperation(resolve(c, t.value), 'log')));
    if (!logs || ![functionName(c, e), c.variable(sum.variable).name].some(n => wordsOf(n).some(w => probabilities.has(w) && w !== 'p' || w === 'prob' || w === 'bayes'))) continue;
    yield { at: e, message: `${c.text(e)} is 0 once the logarithms add up to less than −745, which a few hundred factors do.`, remedy: 'Compare the logarithms, or subtract the largest before exponentiating.', related: [{ message: 'The logarithms are added here.', at: logs.at }] };
  }
}

/** The logarithm (of the absolute value) that consumes the product, also what a function of this file answers with it: `Math.log(this.determinant())`. */
function logarithmTaken(c: HazardContext, a: Accumulation): Expression | null {
  const isProduct = (e: Expression, depth: number): boolean => {
    const value = resolve(c, e);
    if (isOperation(value, 'abs')) return isProduct(value.operands[0], depth);
    if (value === a.call || value.kind === 'variable' && a.call === null && a.target.kind === 'variable' && value.variable === a.target.variable) return true;
    if (depth === 0 || value.kind !== 'call' || value.callee.kind !== 'local') return false;
    for (const s of nested(c.program.functions[value.callee.function].body)) if (s.kind === 'return' && s.value && isProduct(s.value, depth - 1)) return true;
    return false;
  };
  for (const operator of ['log', 'log2', 'log10', 'log1p'] as const) for (const e of c.operations(operator)) if (isProduct(e.operands[0], 3)) return e;
  return null;
}

/** `p / (p + q)` of two products of many factors: the rule of Bayes over all words of a text. */
function weighedAgainst(c: HazardContext, a: Accumulation): Expression | null {
  if (a.target.kind !== 'variable' || a.iterable === null && a.form === 'loop' && smallCount(c, a)) return null;
  const { variable } = a.target;
  const products = accumulationsOf(c).flatMap(o => o.operator === 'mul' && o !== a && o.target.kind === 'variable' ? [o.target.variable] : []);
  const reads = (e: Expression, id: number): boolean => e.kind === 'variable' && e.variable === id;
  for (const e of c.operations('div')) {
    const sum = resolve(c, e.operands[1]);
    if (!isOperation(sum, 'add') || sum.operands.length !== 2) continue;
    const whole = [variable, ...products].filter(id => sum.operands.some(o => reads(o, id)));
    if (whole.includes(variable) && whole.length === 2 && whole.some(id => reads(e.operands[0], id))) return e;
  }
  return null;
}

/** The factors are not counts of something: products of the function called a likelihood. */
function smallFactors(c: HazardContext, a: Accumulation): boolean {
  return a.iterable !== null && !a.terms.every(t => integral(c, t.value));
}

function counter(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'variable' && isCounter(c, value.variable);
}

/** The power with a reciprocal exponent (or the root) that consumes the product. */
function rootTaken(c: HazardContext, target: Expression, call: Expression | null): Expression | null {
  // nthRoot(product, n)
  for (const user of c.calls()) if (/^(nth_?root|n?root|root_?of)$/i.test(calledName(c, user)) && user.arguments.length === 2) {
    const base = resolve(c, user.arguments[0]);
    if (call ? base === call : target.kind === 'variable' && base.kind === 'variable' && base.variable === target.variable) return user;
  }
  for (const e of c.operations('pow')) {
    const whole = resolve(c, e.operands[0]);
    const base = isOperation(whole, 'abs') ? resolve(c, whole.operands[0]) : whole;
    const mine = call ? base === call : target.kind === 'variable' ? base.kind === 'variable' && base.variable === target.variable : c.source(base) === c.source(target);
    const exponent = resolve(c, e.operands[1]);
    if (mine && isOperation(exponent, 'div')) return e;
  }
  return null;
}
