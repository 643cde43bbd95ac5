import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { functionName, nameOf, sizeWords, wordsOf } from './matching/names';
import { integral } from './matching/integers';
import { constantOf, isOperation, resolve } from './matching/structure';

export const minmaxNan: Hazard = {
  id: 'minmax-nan',
  * detect(c) {
    for (const a of c.assignments()) {
      if (!isOperation(a.value, 'min', 'max') || a.compound !== null || !c.position(a).repetition) continue;
      const own = a.value.operands.find(o => sameRead(c, o, a.target));
      const candidate = a.value.operands.find(o => o !== own);
      if (!own || !candidate || a.value.operands.length !== 2 || !external(c, candidate) || checked(c, a, candidate)) continue;
      yield { at: a, message: `${c.text(a)} is NaN for good after the first ${c.text(candidate)} that is NaN.` };
    }
    yield* seededByFirst(c);
  },
};

/** `a = xs[0]; if (a > (b = xs[i])) a = b`: a first element that is NaN is never replaced, since no comparison with it holds. */
function* seededByFirst(c: HazardContext): Generator<Detection> {
  for (const a of c.assignments()) {
    if (a.target.kind !== 'variable' || a.compound !== null || !c.position(a).repetition) continue;
    const variable = a.target.variable;
    const guard = c.position(a).guard;
    const own = (e: Expression): boolean => e.kind === 'variable' && e.variable === variable;
    if (!guard?.truth || !isOperation(guard.test, 'lt', 'gt', 'le', 'ge') || !guard.test.operands.some(own)) continue;
    const other = guard.test.operands.find(o => !own(o));
    const candidate = other?.kind === 'assign' ? other.value : other;
    if (!candidate || c.fact(candidate)?.maybeNaN === false || integral(c, candidate) || !first(c, variable) || [...c.guards(a)].some(g => /isNaN|isFinite|(\w+) *[<>]= *\1\b/.test(c.source(g.test)))) continue;
    if (!/min|max|extent|extrem|range|bounds/i.test(functionName(c, a) + c.variable(variable).name)) continue;
    yield { at: a, message: `${c.variable(variable).name} starts at the first element: when that is NaN, no comparison holds and it stays NaN.` };
  }
}

/** The variable starts at an element of a list. */
function first(c: HazardContext, variable: number): boolean {
  return c.definitions(variable).some(d => {
    if (d.kind !== 'value' || d.compound !== null) return false;
    const value = d.value.kind === 'assign' ? d.value.value : d.value;
    return value.kind === 'index' && (constantOf(c, value.index) === 0 || value.index.kind === 'variable') || value.kind === 'call' && value.arguments.some(x => x.kind === 'index' && constantOf(c, x.index) === 0);
  });
}

function sameRead(c: HazardContext, e: Expression, target: Expression): boolean {
  return e.kind === target.kind && c.source(e) === c.source(target);
}

/** Data from outside: parsed or coerced text, elements of floating-point arrays of samples, results of an accessor. */
function external(c: HazardContext, e: Expression): boolean {
  const fact = c.fact(e);
  if (fact && !fact.maybeNaN) return false;
  if (integral(c, e)) return false;
  const value = resolve(c, e);
  if (isOperation(value, 'plus')) return true;
  if (value.kind === 'call') return /^(parseFloat|Number|accessor|valueof|valueOf|getValue|f|fn|value)$/.test(calledName(c, value)) && value.callee.kind !== 'local';
  if (value.kind === 'index') {
    if (value.object.type.kind === 'typedArray') return value.object.type.name.startsWith('Float') && samples(c, value.object);
    return samples(c, value.object);
  }
  if (value.kind === 'variable') {
    const definition = c.definitions(value.variable)[0];
    if (definition?.kind === 'element') return samples(c, definition.loop.iterable);
    if (definition?.kind === 'value') return definition.value !== value && external(c, definition.value);
  }
  return false;
}

function samples(c: HazardContext, array: Expression): boolean {
  const words = wordsOf(nameOf(c, array));
  return words.some(w => ['data', 'values', 'value', 'samples', 'sample', 'series', 'measurements', 'readings', 'temperatures', 'columns', 'column'].includes(w)) && !words.some(w => sizeWords.has(w));
}

function checked(c: HazardContext, at: Expression, candidate: Expression): boolean {
  for (const guard of c.guards(at)) {
    const text = c.source(guard.test);
    if (/isNaN|isFinite|!==|null|undefined|>=|<=|nodata|noData/i.test(text) && text.includes(c.source(candidate).slice(0, 20))) return true;
    if (/isNaN|isFinite/.test(text)) return true;
  }
  return false;
}
