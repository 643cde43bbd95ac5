import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { accumulationsOf } from './matching/accumulation';
import { exponentialOf } from './matching/exponentials';
import { mentionedInGuard, knownNonZero } from './matching/guards';
import { nameOf, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve } from './matching/structure';
import { usesOf } from './matching/usage';

/** Divisors that are 0 when there is nothing: totals and counts. */
const totals: ReadonlySet<string> = new Set(['total', 'totals', 'count', 'weight', 'weights']);
const rates: ReadonlySet<string> = new Set(['rate', 'interest', 'apr']);

export const divisionByZero: Hazard = {
  id: 'division-by-zero',
  * detect(c) {
    for (const e of c.operations('div')) {
      const divisor = e.operands[1];
      if (constantOf(c, divisor) !== null || protectedDivisor(c, e, divisor)) continue;
      const found = percentage(c, e, divisor) ?? certain(c, e, divisor) ?? payment(c, e, divisor);
      if (found) yield found;
    }
  },
};

/** part / total * 100: shown to people, and 0 / 0 on the first day. */
function percentage(c: HazardContext, e: Operation, divisor: Expression): Detection | null {
  if (!timesHundred(c, e)) return null;
  const value = resolve(c, divisor);
  if (!(value.kind === 'variable' || value.kind === 'property' || value.kind === 'index' || value.kind === 'call' || isOperation(value, 'add', 'plus'))) return null;
  return {
    at: e,
    message: `${c.text(e)} is NaN (or Infinity) when ${c.text(divisor)} is 0.`,
    severity: shown(c, e) ? 'warning' : 'info',
  };
}

/** A range that touches 0 at an end that the code itself makes: an empty count. */
function certain(c: HazardContext, e: Operation, divisor: Expression): Detection | null {
  const value = resolve(c, divisor);
  // A total that this function adds up and then divides by.
  if (value.kind !== 'variable' || !wordsOf(c.variable(value.variable).name).some(w => totals.has(w))) return null;
  const added = accumulationsOf(c).some(a => a.target.kind === 'variable' && a.target.variable === value.variable && a.operator === 'add' && !a.terms.some(t => exponentialOf(c, t.value)));
  if (!added || c.reads(value.variable).length === 0) return null;
  return { at: e, message: `${c.text(e)} is NaN when nothing has been added to ${c.text(divisor)}.` };
}

/** Annuities divide by the rate, and by 1 − (1 + rate)^−n. */
function payment(c: HazardContext, e: Operation, divisor: Expression): Detection | null {
  const value = resolve(c, divisor);
  const onePower = isOperation(value, 'sub') && value.operands.some(o => constantOf(c, o) === 1) && value.operands.some(o => isOperation(resolve(c, o), 'pow'));
  if (!onePower || !isOperation(value, 'sub')) return null;
  const power = resolve(c, value.operands.find(o => isOperation(resolve(c, o), 'pow'))!);
  const base = isOperation(power, 'pow') ? resolve(c, power.operands[0]) : null;
  if (!base || !isOperation(base, 'add')) return null;
  const rate = base.operands.find(o => constantOf(c, o) === null);
  if (!rate || protectedDivisor(c, e, rate) || mentionedInGuard(c, e, rate)) return null;
  const named = wordsOf(nameOf(c, rate)).some(w => rates.has(w));
  return named ? { at: e, message: `${c.text(e)} is NaN when ${c.text(rate)} is 0.`, remedy: 'Answer the case of a zero rate before this line.' } : null;
}

export function protectedDivisor(c: HazardContext, at: Expression, divisor: Expression): boolean {
  const value = resolve(c, divisor);
  if (knownNonZero(c, at, divisor) || knownNonZero(c, at, value) || mentionedInGuard(c, at, divisor)) return true;
  if (value.kind === 'property' && (value.name === 'length' || value.name === 'size') && mentionedInGuard(c, at, value.object)) return true;
  if (divisor.kind === 'variable') {
    const definitions = c.definitions(divisor.variable);
    if (definitions.some(d => d.kind === 'value' && d.value.kind === 'logical')) return true;
    if (definitions.some(d => d.kind === 'value' && d.value.kind === 'conditional')) return true;
  }
  // The quotient is repaired afterwards: (a / b) || 0, Number.isFinite(a / b) ? …
  for (const { user, operand } of usesOf(c, at)) {
    if (user?.kind === 'logical' && user.operator === 'or' && user.left === operand) return true;
    if (user && /isFinite|isNaN/.test(c.source(user).slice(0, 20))) return true;
    if (user?.kind === 'operation' && user.operator === 'mul') {
      const parent = c.parent(user);
      if (parent?.kind === 'logical' && parent.operator === 'or') return true;
    }
  }
  return false;
}

function timesHundred(c: HazardContext, e: Operation): boolean {
  if (constantOf(c, e.operands[0]) === 100) return true;
  const above = resolve(c, e.operands[0]);
  if (isOperation(above, 'mul') && above.operands.some(o => constantOf(c, o) === 100)) return true;
  for (const { user } of usesOf(c, e)) if (user && isOperation(user, 'mul') && user.operands.some(o => constantOf(c, o) === 100)) return true;
  return false;
}

function shown(c: HazardContext, e: Operation): boolean {
  let user: Expression | null = c.parent(e);
  for (let depth = 0; user && depth < 6; depth++) {
    if (user.kind === 'template') return true;
    if (user.kind === 'call' && /toFixed|toString|String|toLocaleString|format/.test(c.source(user))) return true;
    user = c.parent(user);
  }
  return false;
}
