import type { Expression, Operation } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { sitesOf } from './matching/callers';
import { replacement } from './matching/edits';
import { functionName, wordsOf } from './matching/names';
import { constantsOf } from './matching/origins';
import { constantOf, isOperation, resolve, resolveDeep, soleResult, within as inside } from './matching/structure';
import { usesOf } from './matching/usage';

export const logBaseRatio: Hazard = {
  id: 'log-base-ratio',
  * detect(c) {
    for (const operator of ['div', 'mul'] as const) {
      for (const e of c.operations(operator)) {
        const ratio = logarithmRatio(c, e);
        if (!ratio) continue;
        const truncated = truncation(c, e);
        const helper = helperNamed(c, e);
        yield* cutByCallers(c, e);
        if (!truncated && !helper || corrected(c, e) || truncated && steppedRight(c, truncated)) continue;
        const known = ratio.base === 10 ? 'Math.log10' : ratio.base === 2 ? 'Math.log2' : null;
        const example = ratio.base === 2 ? 'Math.log(8) / Math.LN2 is 3, but Math.log(2 ** 29) / Math.LN2 is 29.000000000000004' : ratio.base === 10 ? 'Math.log(1000) / Math.LN10 is 2.9999999999999996' : 'Math.log(125) / Math.log(5) is 3.0000000000000004';
        yield {
          at: e,
          severity: 'warning',
          message: truncated ? `${c.text(e)} can miss a whole number by one ulp, and ${c.text(truncated).slice(0, 40)} then takes the wrong one: ${example}.` : `${c.text(e)} misses whole powers by one ulp: ${example}.`,
          remedy: known ? `Use ${known}, which is exact for powers of ${ratio.base}.` : 'Round to the nearest whole number when base ** result gives the argument back.',
          related: truncated ? [{ message: 'Cut to a whole number here.', at: truncated }] : [],
          fixes: known && ratio.argument ? [replacement(c, e, `${known}(${c.source(ratio.argument)})`, `Use ${known}`, true)] : [],
        };
      }
    }
    // Math.floor(Math.log(x) * Math.LOG10E) is the same with the reciprocal constant; covered by `mul` above.
  },
};

/** log(x) / LN10, log(x) * LOG2E, log(x) / log(base); base 0 when it is a variable. */
function logarithmRatio(c: HazardContext, e: Operation): { base: number; argument: Expression | null } | null {
  if (e.operands.length !== 2) return null;
  for (const [a, b] of e.operator === 'mul' ? [e.operands, [...e.operands].reverse()] : [e.operands]) {
    const above = resolveDeep(c, a);
    // log10(n) / log10(3) is as rounded as log(n) / log(3).
    if (isOperation(above, 'log10', 'log2') && e.operator === 'div') {
      const below = resolve(c, b);
      if (isOperation(below, above.operator) && !exactPower(c, below.operands[0], above.operator === 'log10' ? 10 : 2)) return { base: constantOf(c, below.operands[0]) ?? 0, argument: null };
      continue;
    }
    if (!isOperation(above, 'log')) continue;
    // log(n + 0.5) keeps clear of whole powers; the logarithm of a text is an estimate.
    const inside = resolve(c, above.operands[0]);
    if (inside.kind === 'call' && /random|rng|uniform/i.test(c.source(inside).split('(')[0])) continue;
    if (inside.type.kind === 'string' || inside.kind === 'template' || isOperation(inside, 'add', 'sub') && inside.operands.some(o => { const k = constantOf(c, o); return k !== null && !Number.isInteger(k); })) continue;
    if (isOperation(inside, 'add') && inside.operands.some(o => o.kind === 'constant')) continue;
    const argument = a === above ? above.operands[0] : null;
    const below = resolve(c, b);
    const constant = constantOf(c, below);
    if (e.operator === 'div') {
      if (constant === Math.LN10) return { base: 10, argument };
      if (constant === Math.LN2) return { base: 2, argument };
      const kept = constant === null ? keptBases(c, b) : null;
      if (kept !== null) return { base: kept, argument: null };
      if (isOperation(below, 'log')) {
        const base = constantOf(c, below.operands[0]);
        return { base: base ?? 0, argument };
      }
    } else {
      if (constant === Math.LOG10E || (constant !== null && Math.abs(constant - Math.LOG10E) < 1e-12)) return { base: 10, argument };
      if (constant === Math.LOG2E || (constant !== null && Math.abs(constant - Math.LOG2E) < 1e-12)) return { base: 2, argument };
    }
  }
  return null;
}

/** The base when the divisor is a field or an entry of a table that holds the logarithm of 10 or 2; 0 when it may be of either, null when it is something else. */
function keptBases(c: HazardContext, divisor: Expression): number | null {
  const value = resolve(c, divisor);
  if (value.kind !== 'property' && value.kind !== 'index' && value.kind !== 'variable') return null;
  const held = new Set(constantsOf(c, value));
  const bases = [...held].map(k => k === Math.LN10 ? 10 : k === Math.LN2 ? 2 : 0);
  return bases.length === 0 || bases.includes(0) ? null : bases.length === 1 ? bases[0] : 0;
}

/** Calls in this file whose function answers the ratio as it is, and cut it: `Math.floor(logBase(max, base))`. */
function* cutByCallers(c: HazardContext, e: Operation): Generator<Detection> {
  const fn = c.function(e);
  const result = soleResult(fn);
  if (!result || resolve(c, result) !== e) return;
  for (const site of sitesOf(c, fn)) {
    const cut = site.kind === 'call' ? truncation(c, site) : null;
    if (cut && !corrected(c, site)) yield { at: cut, severity: 'warning', message: `${c.text(site)} can miss a whole number by one ulp, and ${c.text(cut).slice(0, 40)} then takes the wrong one: Math.log(1000) / Math.log(10) is 2.9999999999999996.`, remedy: 'Round to the nearest whole number when base ** result gives the argument back.', related: [{ message: 'The ratio of two logarithms is computed here.', at: e }] };
  }
}

/** A power of the base itself: its logarithm is a whole number, and the quotient by it exact for whole results. */
function exactPower(c: HazardContext, e: Expression, base: number): boolean {
  const k = constantOf(c, e);
  return k !== null && k > 0 && Number.isInteger(base === 10 ? Math.log10(k) : Math.log2(k));
}

/** floor, ceil, trunc, `| 0`, parseInt, `=== n`, `% 1` of the ratio. Rounding to nearest is fine. */
function truncation(c: HazardContext, e: Expression, depth = 3): Expression | null {
  for (const { user } of usesOf(c, e)) {
    if (!user) continue;
    if (isOperation(user, 'floor', 'ceil', 'trunc', 'bitor', 'bitnot', 'eq', 'rem')) return user;
    if (user.kind === 'call' && /parseInt|isInteger|toFixed\b/.test(c.source(user).split('(')[0])) return user;
    // A sum with anything but 1 carries a margin.
    if (isOperation(user, 'add', 'sub') && user.operands.some(o => { const k = constantOf(c, o); return k !== null && k !== 1; })) continue;
    // Times an unknown number it is no count of digits any more.
    if (isOperation(user, 'mul', 'div') && user.operands.some(o => o !== e && constantOf(c, o) === null && !within(c, o, e))) continue;
    if (depth > 0 && isOperation(user, 'add', 'sub', 'div', 'neg', 'mul')) {
      const further = truncation(c, user, depth - 1);
      if (further) return further;
    }
  }
  return null;
}

/** Compared with a whole number next to it, within a tolerance: `Math.ceil(n) - n < 1e-14`. */
function corrected(c: HazardContext, e: Expression): boolean {
  for (const { user } of usesOf(c, e)) {
    if (!user || !isOperation(user, 'sub')) continue;
    const parent = c.parent(user);
    const test = parent && isOperation(parent, 'abs') ? c.parent(parent) : parent;
    if (test && isOperation(test, 'lt', 'le', 'gt', 'ge') && test.operands.some(o => { const k = constantOf(c, o); return k !== null && k > 0 && k < 1e-3; })) return true;
  }
  return false;
}

/** The whole number is tried afterwards and moved by one where it is off: `if (10 ** (n + 1) <= x) n += 1`. */
function steppedRight(c: HazardContext, truncated: Expression): boolean {
  const statement = c.position(truncated).statement;
  const store = c.parent(truncated);
  const variable = store?.kind === 'assign' && store.target.kind === 'variable' ? store.target.variable : store === null && statement?.kind === 'declare' ? statement.variable : null;
  if (variable === null) return false;
  const own = (o: Expression): boolean => o.kind === 'variable' && o.variable === variable;
  return c.definitions(variable).some(d => {
    if (d.kind !== 'value' || d.assignment === null || !isOperation(d.value, 'add', 'sub') || !own(d.value.operands[0]) || constantOf(c, d.value.operands[1]) !== 1) return false;
    const repetition = c.position(d.assignment).repetition;
    const loop = repetition?.kind === 'loop' && repetition.loop.kind === 'loop' ? repetition.loop.test : null;
    const tests = [...[...c.guards(d.assignment)].map(g => g.test), ...(loop ? [loop] : [])];
    return tests.some(t => [...inside(c, t, childrenOf, true)].some(o => isOperation(o, 'pow') && [...inside(c, o.operands[1], childrenOf)].some(own)));
  });
}

function within(c: HazardContext, outer: Expression, inner: Expression): boolean {
  const whole = resolve(c, outer);
  return whole === inner || (whole.start <= inner.start && inner.end <= whole.end);
}

/** A function that is offered as log10, log2 or logBase: its callers take floors of it. */
function helperNamed(c: HazardContext, e: Expression): boolean {
  const name = functionName(c, e);
  const whole = wordsOf(name).some(w => ['digits', 'digit', 'decimals', 'places', 'exponent', 'magnitude', 'order'].includes(w));
  if (!whole && !/^_?(get|calc|compute)?_?(log10|log2|logBase|logN|lg|log_?\d+|base_?log|base_?10_?log|logb|get_?log|log_?of_?base|log_?x|x_?log)$/i.test(name)) return false;
  for (const { user } of usesOf(c, e)) if (user && user.kind === 'operation') return false;
  return true;
}
