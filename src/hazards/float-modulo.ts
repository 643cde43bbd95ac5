import type { Expression, Operation } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { dyadic } from './matching/dyadic';
import { integral, likelyIntegral } from './matching/integers';
import { enclosingNames, nameOf, receiverName, stepWords, wordsOf } from './matching/names';
import { constantsOf } from './matching/origins';
import { constantOf, isOperation, resolve, sameValue, valuesOf, within } from './matching/structure';

export const floatModulo: Hazard = {
  id: 'float-modulo',
  * detect(c) {
    for (const operator of ['eq', 'ne', 'gt'] as const) {
      for (const e of c.operations(operator)) {
        const [a, b] = e.operands;
        if (constantOf(c, b) === 0) { if (!keptRemainder(c, a)) yield* remainder(c, e, resolve(c, a)); }
        else if (operator === 'eq' || operator === 'ne') { yield* wholeTest(c, e, a, b); yield* wholeTest(c, e, b, a); }
      }
    }
    // `!(v % step)` and `if (v % step)`
    for (const e of c.operations('not')) {
      const values = valuesOf(c, e.operands[0]);
      for (const value of values) yield* remainder(c, values.length === 1 ? e : value, value);
    }
    for (const e of c.operations('rem')) if (tested(c, e)) yield* remainder(c, e, e);
    for (const call of c.calls()) {
      if (!/^(isInteger|isInt|isIntegral|isWhole|isWholeNumber|isSafeInteger|getType|typeOf|whatIs|kindOf|type)$/.test(calledName(c, call))) continue;
      const quotient = call.arguments[0] ? resolve(c, call.arguments[0]) : null;
      if (quotient && isOperation(quotient, 'div') && fractionalStep(c, quotient.operands[0], quotient.operands[1])) yield report(c, call, quotient.operands[0], quotient.operands[1]);
    }
  },
};

/** Its truth decides, alone or with others: `if (step && value % step)`, `v % step ? a : b`. */
function tested(c: HazardContext, e: Expression): boolean {
  let place = e;
  for (let parent = c.parent(place); parent?.kind === 'logical' && parent.operator !== 'nullish'; parent = c.parent(place)) place = parent;
  const user = c.parent(place);
  const statement = c.position(place).statement;
  return user === null ? statement?.kind === 'if' && statement.test === place : user.kind === 'conditional' && user.test === place;
}

/** The remainder is used as a value too: wrapping, not a test of divisibility. */
function keptRemainder(c: HazardContext, side: Expression): boolean {
  return side.kind === 'variable' && c.reads(side.variable).some(r => { const user = c.parent(r); return user === null || isOperation(user, 'add', 'sub', 'mul', 'div'); });
}

function* remainder(c: HazardContext, at: Expression, value: Expression): Generator<Detection> {
  if (isOperation(value, 'rem') && fractionalStep(c, value.operands[0], value.operands[1])) yield report(c, at, value.operands[0], value.operands[1]);
  // (v / step) % 1 === 0
  if (isOperation(value, 'rem') && constantOf(c, value.operands[1]) === 1) {
    const quotient = resolve(c, value.operands[0]);
    if (isOperation(quotient, 'div') && fractionalStep(c, quotient.operands[0], quotient.operands[1])) yield report(c, at, quotient.operands[0], quotient.operands[1]);
    // (v * 100) % 1 === 0
    if (isOperation(quotient, 'mul')) yield* decimalsAsked(c, at, quotient);
  }
}

/** Whether a value times a power of ten is whole: at most so many decimals. */
function* decimalsAsked(c: HazardContext, at: Expression, product: Operation): Generator<Detection> {
  const scale = product.operands.find(o => { const k = constantOf(c, o); return k !== null && k >= 10 && Number.isInteger(Math.log10(k)); });
  const scaled = product.operands.find(o => o !== scale);
  if (scale && scaled && !integerOnly(c, scaled) && constantOf(c, scaled) === null) yield { at, message: `${c.text(at)} fails for decimals that are rounded up: 1.1 * 100 is 110.00000000000001.` };
}

/** q === Math.floor(q), q === parseInt(q) with q a quotient. */
function* wholeTest(c: HazardContext, at: Expression, a: Expression, b: Expression): Generator<Detection> {
  const quotient = resolve(c, a);
  if (!isOperation(quotient, 'div', 'mul')) return;
  const other = resolve(c, b);
  const inner = isOperation(other, 'floor', 'round', 'trunc', 'ceil', 'bitor') ? other.operands[0] : other.kind === 'call' && /parseInt|floor|trunc/.test(calledName(c, other)) ? other.arguments[0] : undefined;
  if (!inner || !sameValue(c, inner, a)) return;
  if (isOperation(quotient, 'mul')) {
    // x * 100 === Math.round(x * 100)
    yield* decimalsAsked(c, at, quotient);
    return;
  }
  if (fractionalStep(c, quotient.operands[0], quotient.operands[1])) yield report(c, at, quotient.operands[0], quotient.operands[1]);
}

function report(c: HazardContext, at: Expression, value: Expression, step: Expression): Detection {
  return { at, message: `${c.text(at)} fails for decimal steps: 0.3 % 0.1 is 0.09999999999999998, and 0.3 / 0.1 is 2.9999999999999996 (here ${c.text(value)} by ${c.text(step)}).` };
}

/** A step that is fractional by its value, or by its name where the type allows it. */
function fractionalStep(c: HazardContext, value: Expression, step: Expression): boolean {
  const constant = constantOf(c, step);
  if (constant !== null) return !dyadic(constant);
  const fact = c.fact(step);
  // (value, step = 0.05) => …: the file's own steps.
  if (!fact?.integer && constantsOf(c, step).some(k => !dyadic(k)) && !(c.fact(value)?.integer ?? false)) return true;
  if (fact?.integer || (c.fact(value)?.integer && likelyIntegral(c, step))) return false;
  // round(k · v) % (k · step): the product of a power of ten and a fraction is no whole number.
  const product = resolve(c, step);
  if (isOperation(product, 'mul')) return product.operands.some(o => constantOf(c, o) === null && /multiple_?of|divisible|^step$/i.test(nameOf(c, o)));
  // The step was asked for being whole.
  if ([...c.guards(step)].some(g => [...within(c, g.test, childrenOf, true)].some(t => isOperation(t, 'bitor') && t.operands.some(o => sameValue(c, o, step))))) return false;
  // The fields of a cron expression are whole numbers.
  if (c.says(/\bcron(tab)?\b|\bcron[A-Z_]|(\b|[a-z_])Cron/)) return false;
  const wildcard = [...c.guards(step)].some(g => /'\*'|"\*"|'\*\/|parseInt/.test(c.source(g.test)));
  if (wildcard || integerOnly(c, value) || (step.kind === 'variable' && c.definitions(step.variable).some(d => d.kind === 'value' && integral(c, d.value)))) return false;
  const named = resolve(c, step);
  // schema.multipleOf || schema.divisibleBy
  if (named.kind === 'logical') return fractionalStep(c, value, named.left) || fractionalStep(c, value, named.right);
  if (divisible.test(entryNames(c, step))) return true;
  return wordsOf(nameOf(c, step)).concat(wordsOf(nameOf(c, resolve(c, step)))).some(w => stepWords.has(w)) || /multiple_?of|divisible/i.test(nameOf(c, step) + nameOf(c, resolve(c, step))) || [...enclosingNames(c, step)].some(name => /multiple|divisible|^(is|has|check|validate)?step(Mismatch|Valid\w*)?$/i.test(name));
}

const divisible = /multiple_?of|divisible/i;

/** The keys of the tables that the function stands in: `{ multipleOf: { test: (limit, value) => … } }`. */
function entryNames(c: HazardContext, e: Expression): string {
  const names: string[] = [];
  for (let o: Expression | null = c.scene.literals.get(c.function(e).id) ?? null, depth = 0; o && depth < 4; o = c.parent(o), depth++) names.push(receiverName(c, o));
  return names.join(' ');
}

/** Loop counters and other values that only ever are whole. */
function integerOnly(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'variable' && /^(i|j|index|idx|frame|row|col|count|year|month|day|hour|minute)$/i.test(c.variable(value.variable).name) || (c.fact(e)?.integer ?? false);
}
