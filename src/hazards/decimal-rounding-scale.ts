import type { Expression } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { integral } from './matching/integers';
import { displayWords, functionName, moneyWords, named, nameOf, wordsOf } from './matching/names';
import { originsOf } from './matching/origins';
import { constantOf, factorsOf, isOperation, nested, resolve, resolveDeep, sameValue, valuesOf, within } from './matching/structure';
import { flowsTo, onlyDisplayed } from './matching/usage';

export const decimalRoundingScale: Hazard = {
  id: 'decimal-rounding-scale',
  * detect(c) {
    for (const e of c.operations('div')) {
      const above = resolve(c, e.operands[0]);
      // (isHalf ? value : Math.round(value)) / m
      const rounded = above.kind === 'conditional' ? [above.then, above.otherwise].map(o => resolve(c, o)).find(o => isOperation(o, 'round', 'floor', 'ceil', 'trunc')) ?? above : above;
      const inner = isOperation(rounded, 'round', 'floor', 'ceil', 'trunc') ? rounded.operands[0] : givenRounding(c, rounded) ?? cutByBits(c, rounded);
      const scaled = inner && (scaledBefore(c, inner, e.operands[1]) ?? withoutNudge(c, resolve(c, inner)));
      if (!scaled || !isOperation(scaled, 'mul')) continue;
      const scale = scaled.operands.find(o => sameValue(c, o, e.operands[1]));
      if (!scale) continue;
      const value = scaled.operands.find(o => o !== scale)!;
      const finding = judge(c, e, value, scale, rounded);
      if (finding) yield finding;
    }
    // Math.round(x / 0.01) * 0.01, also with Math.pow(10, -digits)
    for (const e of c.operations('mul')) {
      const rounded = e.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'round', 'floor', 'ceil', 'trunc'));
      const quotient = rounded && rounded.kind === 'operation' ? resolve(c, rounded.operands[0]) : null;
      const scale = quotient && isOperation(quotient, 'div') ? e.operands.find(o => sameValue(c, o, quotient.operands[1])) : undefined;
      if (!quotient || !isOperation(quotient, 'div') || !scale || !(decimalStep(c, scale)) || display(c, e, quotient.operands[0]) || integral(c, quotient.operands[0])) continue;
      yield { at: e, message: `${c.text(e)} is no decimal again: 3 * 0.1 is 0.30000000000000004.`, remedy: 'Divide by the inverse of the step: Math.round(x * 10) / 10.' };
    }
    for (const call of c.calls()) {
      if (calledName(c, call) !== 'toFixed') continue;
      const value = receiverOf(call);
      const outer = c.parent(call);
      if (!value) continue;
      if (!backToNumber(c, outer)) {
        if (formatsMoney(c, call, value) || formatsNumbers(c, call, value)) yield { at: call, severity: 'warning', message: `${c.text(call)} rounds the double, not the decimal that was written: 1.005 becomes 1.00, not 1.01.` };
        continue;
      }
      const finding = judge(c, outer!, value, call.arguments[0] ?? null, call);
      if (finding) yield finding;
    }
  },
};

/** `x * m` of `Math.round(x * m + Number.EPSILON)`: what is added is too small to move a value that has lost more than an ulp, and of the wrong sign for negative ones. */
function withoutNudge(c: HazardContext, e: Expression): Expression {
  if (!isOperation(e, 'add')) return e;
  const nudge = e.operands.find(o => { const k = constantOf(c, o); return k !== null && Math.abs(k) < 1e-4; });
  return nudge ? resolve(c, e.operands.find(o => o !== nudge)!) : e;
}

/** `value *= m` before `Math.round(value) / m`. */
function scaledBefore(c: HazardContext, e: Expression, scale: Expression): Expression | null {
  if (e.kind !== 'variable') return null;
  const found = c.definitions(e.variable).find(d => d.kind === 'value' && d.compound === 'mul' && isOperation(d.value, 'mul') && sameValue(c, d.value.operands[1], scale));
  return found?.kind === 'value' ? found.value : null;
}

/** ~~(x * 100), (x * 100) | 0, parseInt(x * 100) before the division. */
function cutByBits(c: HazardContext, e: Expression): Expression | null {
  if (isOperation(e, 'bitnot') && isOperation(e.operands[0], 'bitnot')) return e.operands[0].operands[0];
  if (isOperation(e, 'bitor', 'shr') && constantOf(c, e.operands[1]) === 0) return e.operands[0];
  if (e.kind !== 'call' || calledName(c, e) !== 'parseInt' || !e.arguments[0]) return null;
  const text = e.arguments[0];
  return text.kind === 'call' && calledName(c, text) === 'String' && text.arguments.length === 1 ? text.arguments[0] : text;
}

/** The argument of a rounding that the caller chooses: `Math[method](x * p) / p`, `rounding(x * p) / p`. */
function givenRounding(c: HazardContext, e: Expression): Expression | null {
  if (e.kind !== 'call' || e.arguments.length !== 1 || e.callee.kind !== 'dynamic') return null;
  const callee = e.callee.callee;
  // const func = Math[name]; func(x * p) / p
  const chosen = resolve(c, callee);
  if (chosen.kind === 'index') return c.source(chosen.object) === 'Math' ? e.arguments[0] : null;
  return callee.kind === 'variable' && c.variable(callee.variable).kind === 'parameter' && /round/i.test(c.variable(callee.variable).name) ? e.arguments[0] : null;
}

/** A formatter of currency for amounts as text or as a caller gives them: the cents it prints are of the double. Amounts that the code itself computes are for others to judge. */
function formatsMoney(c: HazardContext, call: Expression, value: Expression): boolean {
  if (!/^(_?to_?|_?format_?|_?as_?|_?render_?)?(currency|money)(_?(string|format(ter)?|filter))?$/i.test(functionName(c, call))) return false;
  return givenAmount(c, call, value);
}

/** number_format and its like: toFixed with the digits that the caller asks for, whose text is then taken apart at the point. */
function formatsNumbers(c: HazardContext, call: Expression, value: Expression): boolean {
  if (call.kind !== 'call' || !call.arguments[0] || constantOf(c, call.arguments[0]) !== null || !/^(_?(to|format|as|print)_?)?(number|decimal|fixed|currency|money|amount)(_?(with_?delimiter|format|formatter|to_?(currency|string)))?$/i.test(functionName(c, call))) return false;
  return flowsTo(c, call, user => user.kind === 'call' && /^(split|slice|substr|substring|replace|indexOf|match|toString)$/.test(calledName(c, user))) && givenAmount(c, call, value);
}

function givenAmount(c: HazardContext, call: Expression, value: Expression): boolean {
  const digits = call.kind === 'call' && call.arguments[0] ? constantOf(c, call.arguments[0]) : null;
  const inner = resolve(c, value);
  const given = isOperation(inner, 'abs', 'plus') ? inner.operands[0] : value;
  return (digits === null || digits === 2) && !integral(c, value) && given.kind === 'variable';
}

/** +x.toFixed(2), Number(x.toFixed(2)), parseFloat(x.toFixed(2)). */
function backToNumber(c: HazardContext, outer: Expression | null): boolean {
  if (!outer) return false;
  if (isOperation(outer, 'plus')) return true;
  return outer.kind === 'call' && ['Number', 'parseFloat'].includes(calledName(c, outer));
}

function judge(c: HazardContext, at: Expression, value: Expression, scale: Expression | null, rounding: Expression): Detection | null {
  const factor = scale ? constantOf(c, scale) : 0;
  const rounded = rounding.kind === 'call' && calledName(c, rounding) === 'toFixed' ? null : rounding;
  // Six decimals and more tidy up a result; so do the decimals of a step.
  const digits = rounded === null ? factor : factor !== null && factor > 0 ? Math.log10(factor) : null;
  if (digits !== null && digits >= (rounded === null ? 5 : 6)) return null;
  // As many digits as a table or the object itself says: the value is tidied up.
  if (rounded === null && digits === null && scale && ['index', 'property'].includes(resolve(c, scale).kind)) return null;
  if (scale && factor === null && (/step|tick/i.test(c.source(scale)) || ofStep(c, scale))) return null;
  if ([...within(c, value, childrenOf)].some(o => /step|increment/i.test(nameOf(c, o)))) return null;
  // A scale that is no power of ten is no decimal rounding (grid snapping, quantization).
  if (rounded && factor !== null && !decimal(factor)) return null;
  if (rounded && factor === null && !tenfold(c, scale!) && !valuesOf(c, scale!).some(v => powerOfTen(c, v))) return null;
  if (rounded && scale && significant(c, scale)) return null;
  const money = isMoney(c, at, value);
  if (!money && (display(c, at, value) || integral(c, value))) return null;
  const example = rounded && (isOperation(rounded, 'floor', 'trunc') || cutByBits(c, rounded)) ? '4.35 becomes 4.34' : '1.005 becomes 1, not 1.01';
  return {
    at,
    severity: money ? 'warning' : 'info',
    message: `${c.text(at)} rounds the double, not the decimal that was written: ${example}.`,
  };
}

/** 10 to the number of decimals that a step has: `Math.pow(10, String(step).split('.')[1].length)`. */
function ofStep(c: HazardContext, scale: Expression): boolean {
  return valuesOf(c, scale).some(v => isOperation(v, 'pow') && constantOf(c, v.operands[0]) === 10 && valuesOf(c, v.operands[1]).some(d => /step|tick|increment/i.test(c.source(d))));
}

/** 10 ** (2 − e) with e the order of magnitude: so many significant figures, which are no decimals of an amount. */
function significant(c: HazardContext, scale: Expression): boolean {
  const power = resolve(c, scale);
  const exponent = isOperation(power, 'pow') ? resolve(c, power.operands[1]) : null;
  if (!exponent || !isOperation(exponent, 'sub') || constantOf(c, exponent.operands[0]) === null) return false;
  return originsOf(c, exponent.operands[1]).some(o => isOperation(o, 'floor', 'ceil') && [...within(c, o, childrenOf, true)].some(x => isOperation(x, 'log', 'log10')));
}

/** 0.1, 0.01, 10 ** -digits. */
function decimalStep(c: HazardContext, e: Expression): boolean {
  const k = constantOf(c, e);
  if (k !== null) return k > 0 && k < 1 && Number.isInteger(Math.round(Math.log10(k) * 1e9) / 1e9);
  const value = resolve(c, e);
  return isOperation(value, 'pow') && constantOf(c, value.operands[0]) === 10 && isOperation(resolve(c, value.operands[1]), 'neg');
}

function decimal(x: number): boolean {
  return x >= 10 && Number.isInteger(Math.log10(x));
}

/** A factor that is a power of ten by everything it is ever given: `let f = 1; while (n--) f *= 10`, `Number('1e' + n)`, `[1, 10, 100][n]`, and functions that answer such. */
function tenfold(c: HazardContext, e: Expression, depth = 3): boolean {
  const value = resolveDeep(c, e);
  const k = constantOf(c, value);
  if (k !== null) return k === 1 || decimal(k);
  if (depth === 0) return false;
  const all = (parts: readonly Expression[]): boolean => parts.length > 0 && parts.every(p => tenfold(c, p, depth - 1));
  switch (value.kind) {
    case 'operation': return isOperation(value, 'pow') && constantOf(c, value.operands[0]) === 10 || isOperation(value, 'round', 'plus') && (all(value.operands) || tenPrinted(c, value.operands[0])) || isOperation(value, 'mul') && all(value.operands);
    case 'conditional': return all([value.then, value.otherwise]);
    // scale || 100; a stand-in of 1 says nothing of the others.
    case 'logical': return value.operator !== 'and' && constantOf(c, value.right) !== 1 && all([value.right]);
    case 'index': { const table = resolve(c, value.object); return table.kind === 'array' && all(table.elements.flatMap(x => x === null ? [] : [x])); }
    case 'call': return /^(Number|parseFloat|parseInt)$/.test(calledName(c, value)) && value.arguments[0] !== undefined && tenPrinted(c, value.arguments[0]) || value.callee.kind === 'local' && all([...nested(c.program.functions[value.callee.function].body)].flatMap(st => st.kind === 'return' && st.value ? [st.value] : []));
    case 'variable': {
      const given = c.definitions(value.variable).flatMap(d => d.kind === 'value' ? [d] : []);
      const own = (o: Expression): boolean => o.kind === 'variable' && o.variable === value.variable;
      return given.length > 0 && given.length === c.definitions(value.variable).length && given.every(d => isOperation(d.value, 'mul') && d.value.operands.some(own) ? d.value.operands.every(o => own(o) || decimal(constantOf(c, o) ?? 0)) : d.compound === null && tenfold(c, d.value, depth - 1));
    }
    // this.factor = 10 ** places
    case 'property': return all(originsOf(c, value).filter(o => o !== value));
    default: return false;
  }
}

/** The text of a power of ten: '1e' + n, `1e${n}`, '1' + '0'.repeat(n). */
function tenPrinted(c: HazardContext, e: Expression): boolean {
  return /^\(?['"`]1(e\+?)?(['"`]|\$\{)/.test(c.source(resolve(c, e))) && /1e|\.repeat\(|zero/i.test(c.source(resolve(c, e)));
}

/** 10 ** d, Math.pow(10, d), or a local of several such. */
function powerOfTen(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'pow') && constantOf(c, value.operands[0]) === 10) return true;
  if (value.kind === 'call' && calledName(c, value) === 'pow' && value.arguments[0] && constantOf(c, value.arguments[0]) === 10) return true;
  if (value.kind === 'variable') {
    if (/^(pow(er)?|factor|multiplier|mult|scale|precision|magnitude|shift|p10|tens?|decimals?)$/i.test(c.variable(value.variable).name)) {
      return c.definitions(value.variable).every(d => d.kind === 'value') && (c.variable(value.variable).kind !== 'parameter' || /^(factor|multiplier|power|pow)$/i.test(c.variable(value.variable).name));
    }
  }
  return isOperation(value, 'div') && constantOf(c, value.operands[0]) === 1;
}

/** `(part / whole) * 100`: a share as people read it. */
function percentage(c: HazardContext, e: Expression): boolean {
  const factors = factorsOf(c, e);
  return factors.some(f => constantOf(c, f.value) === 100 && !f.inverted) && factors.some(f => f.inverted && constantOf(c, f.value) === null);
}

function isMoney(c: HazardContext, at: Expression, value: Expression): boolean {
  if (mentionsMoney(c, value) || c.function(at).name && wordsOf(c.function(at).name).some(w => moneyWords.has(w))) return true;
  const target = targetName(c, at);
  return wordsOf(target).some(w => moneyWords.has(w));
}

function mentionsMoney(c: HazardContext, e: Expression): boolean {
  if (named(c, e, moneyWords)) return true;
  const value = resolve(c, e);
  return (value.kind === 'operation') && value.operands.some(o => mentionsMoney(c, o));
}

/** The name of what receives the result. */
function targetName(c: HazardContext, at: Expression): string {
  const parent = c.parent(at);
  if (parent?.kind === 'assign') return nameOf(c, parent.target);
  if (parent?.kind === 'object') return parent.properties.find(p => p.value === at)?.name ?? '';
  const statement = c.position(at).statement;
  return parent === null && statement?.kind === 'declare' ? c.variable(statement.variable).name : '';
}

function display(c: HazardContext, at: Expression, value: Expression): boolean {
  // toFixedFix, numberFormat: to give decimals as text is what the function is for.
  if (/^_?(to_?fixed\w*|number_?format\w*|format_?(number|decimal|currency|money)|round(_?(number|to|decimals?))?|to_?precision)$/i.test(functionName(c, at))) return false;
  if (onlyDisplayed(c, at)) return true;
  if (percentage(c, value)) return true;
  // A level in decibels, a magnitude.
  if ([...within(c, value, childrenOf, true)].some(o => isOperation(o, 'log', 'log10'))) return true;
  const parent = c.parent(at);
  if (parent?.kind === 'template' || (parent && isOperation(parent, 'add') && parent.operands.some(o => o.kind === 'constant'))) return true;
  const words = [...wordsOf(targetName(c, at)), ...wordsOf(nameOf(c, value)), ...wordsOf(c.function(at).name)];
  return words.some(w => displayWords.has(w) || displayWords.has(w.replace(/s$/, '')));
}

