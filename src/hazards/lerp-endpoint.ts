import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { integral } from './matching/integers';
import { functionName, wordsOf } from './matching/names';
import { replacement } from './matching/edits';
import { constantOf, isOperation, resolve, sameValue } from './matching/structure';

export const lerpEndpoint: Hazard = {
  id: 'lerp-endpoint',
  * detect(c) {
    for (const e of c.operations('add')) {
      for (const [a, product] of [e.operands, [...e.operands].reverse()]) {
        const scaled = resolve(c, product);
        if (!isOperation(scaled, 'mul') || scaled.operands.length !== 2) continue;
        const difference = scaled.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'sub') && sameValue(c, o.operands[1], a));
        if (!difference || !isOperation(difference, 'sub')) {
          // b −= a before, and a + b · t here.
          const shifted = scaled.operands.find(o => differenceInPlace(c, o, a));
          const weight = scaled.operands.find(o => o !== shifted);
          if (shifted && weight && (interpolator(functionName(c, e), c.program.file) || closure(c, e, weight))) { yield { at: e, message: `${c.text(e)} at ${c.text(weight)} = 1 need not be the end value: ${c.text(shifted)} has been rounded to a difference.`, remedy: 'Keep both ends and write a * (1 - t) + b * t.' }; break; }
          continue;
        }
        const weight = scaled.operands.find(o => resolve(c, o) !== difference);
        const b = difference.operands[0];
        if (!weight || constantOf(c, weight) !== null || (integral(c, a) && integral(c, b))) continue;
        const fact = c.fact(weight);
        if (fact && fact.hi < 1) continue;
        if (!interpolator(functionName(c, e), c.program.file)) continue;
        yield { at: e, message: `${c.text(e)} at ${c.text(weight)} = 1 need not be ${c.text(b)}: lerp(1e16, 1.1, 1) gives 2.`, remedy: `Write ${c.text(a)} * (1 - ${c.text(weight)}) + ${c.text(b)} * ${c.text(weight)}.`, fixes: [a, b, weight].every(x => x.kind === 'variable' || x.kind === 'property') && c.parent(e)?.kind !== 'assign' ? [replacement(c, e, `${c.source(a)} * (1 - ${c.source(weight)}) + ${c.source(b)} * ${c.source(weight)}`, 'Keep both ends exact', false)] : [] };
        break;
      }
    }
  },
};

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
