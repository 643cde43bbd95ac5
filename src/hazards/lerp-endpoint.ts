import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { replacement } from './matching/edits';
import { integral } from './matching/integers';
import { missedEnd, staysBelowOne } from './matching/interpolation';
import { functionName, wordsOf } from './matching/names';
import { constantOf, factorsOf, isOperation, resolve, sameValue, type Factor } from './matching/structure';
import { endsOn, samplesKeys } from './matching/tweens';

export const lerpEndpoint: Hazard = {
  id: 'lerp-endpoint',
  * detect(c) {
    for (const e of c.operations('add')) {
      for (const [a, product] of [e.operands, [...e.operands].reverse()]) {
        const scaled = resolve(c, product);
        if (!isOperation(scaled, 'mul', 'div')) continue;
        const found = relied(c, e, a, scaled) ?? offered(c, e, a, scaled);
        if (found) { yield found; break; }
      }
    }
  },
};

/** An interpolation in any form, start + (end − start) · weight, whose end this file itself looks for. */
function relied(c: HazardContext, e: Expression, a: Expression, scaled: Expression): Detection | null {
  const factors = factorsOf(c, scaled);
  const span = factors.find(f => !f.inverted && isOperation(f.value, 'sub') && sameValue(c, f.value.operands[1], a));
  if (!span || !isOperation(span.value, 'sub')) return null;
  const b = span.value.operands[0];
  const weight = factors.filter(f => f !== span);
  if (weight.every(f => f.inverted || constantOf(c, f.value) !== null) || integral(c, a) && integral(c, b) || staysBelowOne(c, e, weight)) return null;
  const harm = missedEnd(c, e, b, weight);
  const last = harm ? null : endsOn(c, e, b, weight);
  if (last) return { at: e, severity: 'info', message: `${c.text(e)} need not be ${c.text(b)} at the end, and it is what stays there: 0.7 + (0.1 - 0.7) * 1 is 0.09999999999999998.`, remedy: `Store ${c.text(b)} itself when the end is reached.`, related: [{ message: 'This ends it on the interpolated value.', at: last }], fixes: fix(c, e, a, b, weight) };
  return harm ? { at: e, severity: 'info', message: `${c.text(e)} need not be ${c.text(b)} at the end, and ${harm.reason}: 0.7 + (0.1 - 0.7) * 1 is 0.09999999999999998.`, related: [{ message: 'The end is expected to be exact here.', at: harm.at }], fixes: fix(c, e, a, b, weight) } : null;
}

/** A function that is offered as an interpolation: what its callers rely on is not known. */
function offered(c: HazardContext, e: Expression, a: Expression, scaled: Expression): Detection | null {
  if (!isOperation(scaled, 'mul') || scaled.operands.length !== 2) return null;
  const difference = scaled.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'sub') && sameValue(c, o.operands[1], a));
  if (!difference || !isOperation(difference, 'sub')) {
    // b −= a before, and a + b · t here.
    const shifted = scaled.operands.find(o => differenceInPlace(c, o, a));
    const weight = scaled.operands.find(o => o !== shifted);
    if (!shifted || !weight || !interpolator(functionName(c, e), c.program.file) && !closure(c, e, weight)) return null;
    return { at: e, message: `${c.text(e)} at ${c.text(weight)} = 1 need not be the end value: ${c.text(shifted)} has been rounded to a difference.`, remedy: 'Keep both ends and write a * (1 - t) + b * t.' };
  }
  const weight = scaled.operands.find(o => resolve(c, o) !== difference);
  const b = difference.operands[0];
  if (!weight || constantOf(c, weight) !== null || integral(c, a) && integral(c, b) || (c.fact(weight)?.hi ?? 1) < 1 || !interpolator(functionName(c, e), c.program.file)) return null;
  const keys = samplesKeys(c, c.function(e), b, weight);
  return { at: e, ...keys ? { severity: 'info', related: [{ message: 'Between two keys, up to and including the second, whose own value is the answer elsewhere.', at: keys }] } as const : {}, message: `${c.text(e)} at ${c.text(weight)} = 1 need not be ${c.text(b)}: lerp(1e16, 1.1, 1) gives 2.`, remedy: `Write ${c.text(a)} * (1 - ${c.text(weight)}) + ${c.text(b)} * ${c.text(weight)}.`, fixes: fix(c, e, a, b, [{ value: weight, inverted: false }]) };
}

function fix(c: HazardContext, e: Expression, a: Expression, b: Expression, weight: readonly Factor[]): Detection['fixes'] {
  if (weight.length !== 1 || weight[0].inverted || c.parent(e)?.kind === 'assign') return [];
  const t = weight[0].value;
  if (![a, b, t].every(x => x.kind === 'variable' || x.kind === 'property')) return [];
  return [replacement(c, e, `${c.source(a)} * (1 - ${c.source(t)}) + ${c.source(b)} * ${c.source(t)}`, 'Keep both ends exact', false)];
}

/** `(a, b) => { b -= a; return t => a + b * t; }`: the weight is the only parameter of a function that is returned. */
function closure(c: HazardContext, e: Expression, weight: Expression): boolean {
  const fn = c.function(e);
  return fn.parameters.length === 1 && weight.kind === 'variable' && fn.parameters[0].variable === weight.variable && fn.enclosing !== null;
}

function interpolator(name: string, file: string): boolean {
  const words = wordsOf(name);
  return words.some(w => /^(lerp|mix|interpolate|interpolator|interpolation)/.test(w)) || (name === '' && /interpolat|lerp/i.test(file));
}

/** A variable from which `start` has been subtracted in place. */
function differenceInPlace(c: HazardContext, e: Expression, start: Expression): boolean {
  if (e.kind !== 'variable' || start.kind !== 'variable') return false;
  return c.definitions(e.variable).some(d => {
    if (d.kind !== 'value' || d.compound !== 'sub' || !isOperation(d.value, 'sub')) return false;
    const by = d.value.operands[1];
    return by.kind === 'variable' ? by.variable === start.variable : by.kind === 'assign' && by.target.kind === 'variable' && by.target.variable === start.variable;
  });
}
