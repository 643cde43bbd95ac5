import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { replacement } from './matching/edits';
import { nameOf } from './matching/names';
import { constantOf, isOperation, nested, resolve, resolveDeep, soleResult } from './matching/structure';

export const sortComparator: Hazard = {
  id: 'sort-comparator',
  * detect(c) {
    for (const call of c.calls()) {
      if (!/^(sort|toSorted)$/.test(calledName(c, call)) || call.arguments.length !== 1) continue;
      const comparator = resolve(c, call.arguments[0]);
      const fn = comparator.kind === 'function' ? c.program.functions[comparator.function] : localFunction(c, call.arguments[0]);
      if (!fn || (fn.parameters.length < 2 && !/Math\.random\(\)/.test(c.program.text.slice(fn.start, fn.end)))) continue;
      for (const result of [...resultsOf(fn)].flatMap(r => branches(c, r))) {
        const value = resolve(c, result);
        if (/Math\.random\(\)/.test(c.source(value)) && (isOperation(value, 'sub', 'add', 'mul', 'gt', 'lt', 'ge', 'le', 'round') || value.kind === 'conditional' && /Math\.random\(\)/.test(c.source(value.test)))) {
          yield { at: result, message: `${c.text(result)} answers differently each time it is asked: which orders come up, and how often, depends on the engine's sort.`, remedy: 'Shuffle with Fisher and Yates: swap each element with one that is not yet placed.' };
        } else if (isOperation(value, 'lt', 'gt', 'le', 'ge')) {
          const [left, right] = value.operands.map(o => c.source(o));
          const [before, after] = value.operator === 'gt' || value.operator === 'ge' ? [right, left] : [left, right];
          const descending = value.operator === 'lt' || value.operator === 'le';
          yield {
            at: result, message: `${c.text(result)} is true or false: it never says that the first comes before the second.`,
            fixes: value === result ? [replacement(c, result, descending ? `${before} < ${after} ? 1 : ${before} > ${after} ? -1 : 0` : `${after} < ${before} ? -1 : ${after} > ${before} ? 1 : 0`, 'Answer −1, 0 or 1', false)] : [],
          };
        } else if (value.kind === 'conditional' && truthValue(c, value)) {
          yield { at: result, message: `${c.text(result)} never says that the first comes ${neverBefore(c, value) ? 'before' : 'after'} the second.` };
        } else if (isOperation(value, 'sub') && value.operands.some(o => maybeInfinite(c, o)) && value.operands.length === 2) {
          yield { at: result, message: `${c.text(result)} is NaN when both keys are Infinity, and sort takes NaN for equal.` };
        } else if (isOperation(value, 'sub') && value.operands.every(o => maybeNaN(c, o))) {
          yield { at: result, message: `${c.text(result)} is NaN when a key is not a number, and the order of all others then depends on where it stood.` };
        }
      }
    }
  },
};

function localFunction(c: HazardContext, e: Expression): HazardContext['program']['functions'][number] | null {
  return e.kind === 'variable' && c.variable(e.variable).kind === 'function' ? c.program.functions.find(f => f.name === c.variable(e.variable).name) ?? null : null;
}

function* resultsOf(fn: HazardContext['program']['functions'][number]): Generator<Expression> {
  const sole = soleResult(fn);
  if (sole) { yield sole; return; }
  for (const s of nested(fn.body)) if (s.kind === 'return' && s.value) yield s.value;
}

/** The answers of `ascending ? a > b : a < b` and of `a.x - b.x || a.y > b.y`, each by itself. */
function branches(c: HazardContext, e: Expression): Expression[] {
  const value = resolve(c, e);
  const compares = (v: Expression): boolean => isOperation(resolve(c, v), 'lt', 'gt', 'le', 'ge');
  if (value.kind === 'conditional' && (compares(value.then) || compares(value.otherwise))) return [value.then, value.otherwise];
  if (value.kind === 'logical' && value.operator === 'or') return [...branches(c, value.left), ...branches(c, value.right)];
  return [e];
}

/** `a > b ? true : false`, `a > b ? 1 : 0`. */
function truthValue(c: HazardContext, e: Expression & { kind: 'conditional' }): boolean {
  if (!isOperation(e.test, 'lt', 'gt', 'le', 'ge')) return false;
  const answers = [e.then, e.otherwise].map(x => x.kind === 'constant' && x.of === 'boolean' ? Number(x.value) : constantOf(c, x));
  return answers.includes(0) && (answers.includes(1) || answers.includes(-1));
}

function neverBefore(c: HazardContext, e: Expression & { kind: 'conditional' }): boolean {
  return constantOf(c, e.then) !== -1 && constantOf(c, e.otherwise) !== -1;
}

/** A key with a stand-in of Infinity: `x ?? Infinity`, `order[x] || Infinity`, a conditional or helper that answers it. */
function maybeInfinite(c: HazardContext, e: Expression): boolean {
  const value = resolveDeep(c, e);
  if (value.kind === 'logical') return infinite(c, value.right) || maybeInfinite(c, value.left);
  if (value.kind === 'conditional') return infinite(c, value.then) || infinite(c, value.otherwise);
  if (value.kind === 'call' && value.callee.kind === 'local') {
    for (const s of nested(c.program.functions[value.callee.function].body)) if (s.kind === 'return' && s.value && infinite(c, s.value)) return true;
  }
  return infinite(c, value);
}

function infinite(c: HazardContext, e: Expression): boolean {
  const constant = constantOf(c, e);
  return constant === Infinity || constant === -Infinity;
}

/** Keys read from text or from dates of text. */
function maybeNaN(c: HazardContext, e: Expression): boolean {
  const value = resolveDeep(c, e);
  if (value.kind === 'call') return calledName(c, value) === 'parseFloat' || calledName(c, value) === 'parseInt' && !/(_ms|time|date|year|id|count|index|order|num)\b/i.test(value.arguments[0] ? nameOf(c, value.arguments[0]) : '') || (calledName(c, value) === 'parse' && /Date\.parse/.test(c.source(value)));
  return false;
}
