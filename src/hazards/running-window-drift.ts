import type { Assignment, Expression } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, sameTarget, updateOf } from './matching/accumulation';
import { integral, likelyIntegral } from './matching/integers';
import { functionName, hashWords, nameOf, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve, sameValue, squareOf, within, type Term } from './matching/structure';

export const runningWindowDrift: Hazard = {
  id: 'running-window-drift',
  * detect(c) {
    const updates: { assignment: Assignment; terms: Term[] }[] = [];
    for (const a of c.assignments()) {
      const terms = updateOf(c, a, 'add');
      if (terms) updates.push({ assignment: a, terms: shares(c, terms) });
    }
    for (const { assignment, terms } of updates) {
      const removed = terms.find(t => t.negative && oldElement(c, t.value));
      if (!removed || exact(c, terms)) continue;
      const added = terms.find(t => !t.negative) ?? updates.find(u => u.assignment !== assignment && (sameTarget(c, u.assignment.target, assignment.target) && c.function(u.assignment) === c.function(assignment) || sameField(u.assignment.target, assignment.target) || shared(c, u.assignment.target, assignment.target))
        && u.terms.some(t => !t.negative && constantOf(c, t.value) === null))?.terms.find(t => !t.negative);
      if (!added || exact(c, [added]) || !persists(c, assignment)) continue;
      // Σ (log Σ exp − x[i]) adds up differences: what a window takes in is a value as the one it lets go of.
      if (terms.includes(added) && terms.some(t => !t.negative && isOperation(resolve(c, t.value), 'add', 'sub', 'log', 'exp', 'sqrt'))) continue;
      const target = c.text(assignment.target);
      yield { at: assignment, message: `${target} takes in ${c.text(added.value)} and lets go of ${c.text(removed.value)}, and keeps the rounding error of both for ever.` };
    }
    for (const e of c.operations('sub')) {
      if (!removals.test(functionName(c, e)) || !squaredDeviation(c, e.operands[1])) continue;
      const parent = c.parent(e);
      if (parent?.kind === 'assign' && parent.compound !== null) continue;
      yield { at: e, message: `${c.text(e)} takes the share of one value out of a sum of squares again: what rounding left in it stays, and once most of it is taken out the rest is noise.` };
    }
  },
};

/** The terms of `mean += (x − old) / n`, each for itself. */
function shares(c: HazardContext, terms: Term[]): Term[] {
  const quotient = terms.length === 1 && !terms[0].negative ? terms[0].value : null;
  const difference = quotient && isOperation(quotient, 'div') ? resolve(c, quotient.operands[0]) : null;
  return difference && isOperation(difference, 'sub') && difference.operands.length === 2 ? [{ value: difference.operands[0], negative: false }, { value: difference.operands[1], negative: true }] : terms;
}

const removals = /^(rem|remove|evict|expire|drop|dequeue|unpush|subtract|downdate|leave)/i;

/** (x − m₁)(x − m₂), with the differences in locals or in place. */
function squaredDeviation(c: HazardContext, e: Expression): boolean {
  const product = resolve(c, e);
  if (!isOperation(product, 'mul')) return false;
  const [a, b] = product.operands.map(o => resolve(c, o));
  return isOperation(a, 'sub') && isOperation(b, 'sub') && sameValue(c, a.operands[0], b.operands[0]);
}

/** The same property of what may be the same object, in another function. */
function sameField(a: Expression, b: Expression): boolean {
  return a.kind === 'property' && b.kind === 'property' && a.name === b.name;
}

/** The same variable of a function around both. */
function shared(c: HazardContext, a: Expression, b: Expression): boolean {
  return a.kind === 'variable' && b.kind === 'variable' && a.variable === b.variable && c.variable(a.variable).captured;
}

/** An element of an earlier step: `x[i - n]`, `queue.shift()`, `oldest`. */
function oldElement(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  // What an element contributed is taken out again: `remove(v) { this.dev -= d * (v − mean) }`.
  if (isOperation(value, 'mul', 'pow') && removals.test(functionName(c, e))) return true;
  const squared = squareOf(c, value);
  if (squared) return oldElement(c, squared);
  // x[i - n] ?? 0, i >= n ? x[i - n] : 0
  if (value.kind === 'logical') return oldElement(c, value.left);
  if (value.kind === 'conditional') return oldElement(c, constantOf(c, value.then) === null ? value.then : value.otherwise);
  // score[1 - side]: the other one of a pair.
  if (value.kind === 'index' && isOperation(value.index, 'sub') && constantOf(c, value.index.operands[0]) !== null) return false;
  if (value.kind === 'index') return !isPrefix(c, value.object);
  // slots[head].value, before slots[head] = next
  if (value.kind === 'property' && replaced(c, value.object)) return true;
  if (value.kind === 'call') return /^(shift|dequeue|pop|removeFirst|poll)$/.test(nameOf(c, value));
  return wordsOf(nameOf(c, value)).some(w => ['old', 'oldest', 'removed', 'outgoing', 'leaving', 'evicted', 'dropped', 'first', 'expired', 'previous', 'head'].includes(w)) && value.kind !== 'number';
}

/** What a ring lets go of: an element that is read into a local and then stored anew at the same place, or taken from its front. */
function replaced(c: HazardContext, e: Expression): boolean {
  if (e.kind !== 'variable') return false;
  const slot = resolve(c, e);
  if (slot.kind === 'call') return calledName(c, slot) === 'shift' && slot.arguments.length === 0;
  return slot.kind === 'index' && !isPrefix(c, slot.object) && c.assignments().some(a => a.compound === null && a.target.kind === 'index' && a.start > slot.start && c.function(a) === c.function(slot) && sameValue(c, a.target, slot));
}

function isPrefix(c: HazardContext, object: Expression): boolean {
  return wordsOf(nameOf(c, object)).some(w => w === 'prefix' || w === 'cumulative' || w === 'matrix' || w === 'l' || w === 'u' || w === 'a' || w === 'm' || w === 'out' || w === 'b');
}

function exact(c: HazardContext, terms: readonly Term[]): boolean {
  return terms.every(t => integral(c, t.value) || likelyIntegral(c, t.value) || typedInteger(c, t.value));
}

function typedInteger(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'index' && value.object.type.kind === 'typedArray' && !value.object.type.name.startsWith('Float');
}

/** Every reader rounds the mean to a whole number, as filters of pixels do: the drift is far below one half. */
function onlyRounded(c: HazardContext, a: Assignment): boolean {
  if (a.target.kind !== 'variable') return false;
  const variable = a.target.variable;
  const others = c.reads(variable).filter(r => !c.assignments().some(u => u.target.kind === 'variable' && u.target.variable === variable && r.start >= u.start && r.end <= u.end));
  return others.length > 0 && others.every(r => {
    let user = c.parent(r);
    while (user && isOperation(user, 'div', 'mul', 'add')) user = c.parent(user);
    return user !== null && isOperation(user, 'round', 'floor', 'trunc', 'bitor', 'shr', 'ushr', 'bitnot');
  });
}

/** The total outlives the step: a field, a captured variable, or a variable from outside the loop; and is not a hash or a heap. */
function persists(c: HazardContext, a: Assignment): boolean {
  if (wordsOf(nameOf(c, a.target)).some(w => hashWords.has(w))) return false;
  if (onlyRounded(c, a)) return false;
  if (a.target.kind === 'variable') {
    const variable = c.variable(a.target.variable);
    return c.position(a).repetition !== null || variable.captured;
  }
  if (a.target.kind === 'index') {
    // Elimination (`a[i][j] -= f * a[k][j]`) subtracts from elements, not from a total.
    for (const e of within(c, a.target.index, childrenOf)) if (e.kind === 'variable' && c.variable(e.variable).kind !== 'const') return false;
  }
  return a.target.kind === 'property';
}
