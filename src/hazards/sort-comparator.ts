import type { Call, Expression, FunctionIr, Operation, PropertyRead } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { replacement } from './matching/edits';
import { relationsOf } from './matching/guards';
import { receiverName } from './matching/names';
import { registryOf } from './matching/registry';
import { constantOf, isOperation, nested, resolve, resolveDeep, sameValue, soleResult, within } from './matching/structure';
import { datesMissing, maybeNaN, storedNaN } from './matching/unordered-keys';

export const sortComparator: Hazard = {
  id: 'sort-comparator',
  * detect(c) {
    const judged = new Set<number>();
    for (const call of c.calls()) {
      if (!/^(sort|toSorted)$/.test(calledName(c, call))) continue;
      if (call.arguments.length === 0) { yield* byText(c, call); continue; }
      if (call.arguments.length !== 1) continue;
      for (const fn of comparatorsOf(c, call.arguments[0]).flatMap(given => [given, ...passedOn(c, given)])) {
        if (judged.has(fn.id) || fn.parameters.length < 2 && !/Math\.random\(\)/.test(c.program.text.slice(fn.start, fn.end))) continue;
        judged.add(fn.id);
        yield* judge(c, fn);
      }
    }
    // Comparators that are kept for callers elsewhere: compareNumbers, sortFunctions.number, comparator(key).
    for (const fn of c.program.functions) if (!judged.has(fn.id) && fn.parameters.length === 2 && offered(c, fn)) yield* judge(c, fn, true);
  },
};

/** `numbers.sort()` compares the texts: 10 comes before 9. Typed arrays compare numbers. */
function* byText(c: HazardContext, call: Call): Generator<Detection> {
  const list = receiverOf(call);
  const type = list?.type;
  if (!list || !(type?.kind === 'array' && type.element.kind === 'number' || type?.kind !== 'typedArray' && mappedToNumbers(c, list))) return;
  const elements = c.facts.elements[list.id];
  if (elements && elements.integer && elements.lo >= 0 && elements.hi <= 9) return;
  yield { at: call, message: `${c.text(call)} sorts numbers by their texts: 10 comes before 9.`, remedy: 'Give a comparator: (a, b) => a - b.', fixes: [{ title: 'Compare numbers', safe: false, edits: [{ file: c.program.file, start: call.end - 1, end: call.end - 1, text: '(a, b) => a - b' }] }] };
}

/** texts.map(Number), words.map(w => w.length) */
function mappedToNumbers(c: HazardContext, list: Expression): boolean {
  const made = resolve(c, list);
  if (made.kind !== 'call' || calledName(c, made) !== 'map' || receiverOf(made)?.type.kind === 'typedArray') return false;
  if (/^(Number|parseFloat|parseInt)$/.test(c.source(made.arguments[0] ?? made))) return true;
  const mapper = made.arguments[0] ? resolve(c, made.arguments[0]) : null;
  const result = mapper?.kind === 'function' ? soleResult(c.program.functions[mapper.function]) : null;
  return result?.kind === 'property' && result.name === 'length' || result?.kind === 'call' && /^(Number|parseFloat|parseInt)$/.test(calledName(c, result));
}

function* judge(c: HazardContext, fn: FunctionIr, elsewhere = false): Generator<Detection> {
  const results = [...resultsOf(fn)].flatMap(r => branches(c, r));
  for (const result of results) {
    const value = resolve(c, result);
    if (elsewhere && isOperation(value, 'lt', 'gt', 'le', 'ge', 'not') && asked(c, fn)) continue;
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
    } else if (isOperation(value, 'not') && isOperation(value.operands[0], 'lt', 'gt', 'le', 'ge')) {
      yield { at: result, message: `${c.text(result)} is true or false: it never says that the first comes before the second.` };
    } else if (isOperation(value, 'eq', 'ne') && value.operands.some(o => isOperation(resolve(c, o), 'lt', 'gt', 'le', 'ge'))) {
      yield { at: result, message: `${c.text(result)} is true or false: it never says that the first comes before the second.` };
    } else if (value.kind === 'conditional' && truthValue(c, value)) {
      yield { at: result, message: `${c.text(result)} never says that the first comes ${neverBefore(c, value) ? 'before' : 'after'} the second.` };
    } else if (isOperation(value, 'sub') && (value.operands.some(o => maybeInfinite(c, o)) || value.operands.every(o => storedInfinite(c, o))) && !unequal(c, value, result)) {
      yield { at: result, message: `${c.text(result)} is NaN when both keys are Infinity, and sort takes NaN for equal.` };
    } else if (elsewhere && anyNumbers(c, fn, value)) {
      yield { at: result, message: `${c.text(result)} is NaN when both numbers are Infinity, and sort takes NaN for equal to everything.` };
    } else if (isOperation(value, 'sub') && value.operands.every(o => maybeNaN(c, o))) {
      yield { at: result, message: `${c.text(result)} is NaN when a key is not a number, and the order of all others then depends on where it stood.` };
    } else if (isOperation(value, 'sub')) yield* unorderedKeys(c, result, value);
  }
  yield* oneSided(c, fn, results);
}

/** Keys that are fields which the file fills from text, and dates that may be missing. */
function* unorderedKeys(c: HazardContext, at: Expression, difference: Operation): Generator<Detection> {
  const [stored, other] = difference.operands.map(o => storedNaN(c, o));
  if (stored && other) {
    yield { at, message: `${c.text(at)} is NaN when ${c.text(stored)} was no number, and the order of all others then depends on where it stood.`, related: [{ message: 'The key is read from text here, and nothing asks whether it was a number.', at: stored }] };
    return;
  }
  if (datesMissing(c, difference)) yield { at, message: `${c.text(at)} is NaN when the other of the two has no date: the condition before it asks for one only.` };
}

/** `if (a > b) return 1; return 0`: one of the three answers is never given. */
function* oneSided(c: HazardContext, fn: FunctionIr, results: readonly Expression[]): Generator<Detection> {
  const answers = results.map(r => r.kind === 'constant' && r.of === 'boolean' ? Number(r.value) : constantOf(c, r));
  if (results.length < 2 || answers.some(a => a === null) || !answers.includes(0) || answers.includes(1) === answers.includes(-1)) return;
  const tested = [...nested(fn.body)].filter(s => s.kind === 'if');
  if (!tested.some(s => s.kind === 'if' && [...within(c, s.test, childrenOf)].some(e => isOperation(e, 'lt', 'gt', 'le', 'ge')))) return;
  yield { at: results[answers.lastIndexOf(0)], message: `${fn.name || 'The comparator'} never says that the first comes ${answers.includes(1) ? 'before' : 'after'} the second.` };
}

/** A comparator for any numbers, offered by its name (`byNumber`, `defaultCompare`), that answers the difference of the two, also through a function that turns it round. */
function anyNumbers(c: HazardContext, fn: FunctionIr, value: Expression): boolean {
  const difference = value.kind === 'call' && value.callee.kind === 'local' || value.kind === 'call' && value.callee.kind === 'dynamic' ? value.arguments[0] : value;
  if (!difference || !isOperation(difference, 'sub') || !difference.operands.every(o => o.kind === 'variable' && fn.parameters.some(p => p.variable === o.variable))) return false;
  const names = [fn.name.replace(/^.*\./, ''), fn.enclosing !== null ? c.program.functions[fn.enclosing].name : '', ...(l => l ? [receiverName(c, l)] : [])(c.scene.literals.get(fn.id))];
  return names.some(n => /^_?(by_?(num(ber)?s?|numeric(ally)?|values?)|default_?compar(e|ator|ison)|(num(ber)?s?|numeric)_?(compare|comparator|sort)|(compare|sort)_?(num(ber)?s?|numeric(ally)?|values?|any))$/i.test(n));
}

/** The file asks the function itself, as a condition: it is to answer true or false. */
function asked(c: HazardContext, fn: FunctionIr): boolean {
  const literal = c.scene.literals.get(fn.id);
  const name = fn.name.replace(/^.*\./, '') || (literal ? receiverName(c, literal) : '');
  return c.calls().some(call => name !== '' && calledName(c, call) === name && call.arguments.length === 2 && !(p => p !== null && isOperation(p, 'lt', 'gt', 'le', 'ge', 'eq', 'ne', 'mul', 'neg'))(c.parent(call)) && c.position(call).statement?.kind !== 'return');
}

/** A function of two values that is a comparator by its name or by where it is kept. Heaps take functions of that kind that answer true or false, so `less` is none. */
function offered(c: HazardContext, fn: FunctionIr): boolean {
  const [a, b] = fn.parameters.map(p => c.variable(p.variable).name);
  if (!comparedPairs.has(`${a} ${b}`.toLowerCase())) return false;
  const literal = c.scene.literals.get(fn.id);
  const names = [fn.name.replace(/^.*\./, '')];
  for (let e: Expression | null = literal ?? null, depth = 0; e && depth < 4; e = c.parent(e), depth++) names.push(receiverName(c, e));
  if (fn.enclosing !== null) names.push(c.program.functions[fn.enclosing].name);
  return names.some(n => /compar(e|ator)|sort|^cmp|cmp$|order_?by|^by[A-Z_]/i.test(n) && !/equal|same|deep|version|snapshot|shallow/i.test(n)) && !/heap|queue|tree/i.test(names.join(' '));
}

const comparedPairs: ReadonlySet<string> = new Set(['a b', 'x y', 'left right', 'lhs rhs', 'first second', 'p q', 'l r', 'a1 a2', 'o1 o2', 'one two', 'item1 item2', 'obj1 obj2', 'm n', 'v1 v2', 'n1 n2', 'd1 d2', 'prev next', 'x1 x2', 'aa bb', 'vala valb', 'itema itemb', 'objecta objectb', 'rowa rowb', 'row1 row2', 'e1 e2', 'el1 el2', 'node1 node2', 's1 s2', 'value1 value2', 'a_ b_', '_a _b', 'i j']);

/** The functions of this file that may be handed to sort: written there, by name, as a method (`this.compare`, `order.byName`), one of a table (`orderings[key]`), bound or kept by a wrapper such as `useCallback`. */
function comparatorsOf(c: HazardContext, e: Expression): FunctionIr[] {
  const value = resolve(c, e);
  switch (value.kind) {
    case 'function': return [c.program.functions[value.function]];
    case 'variable': return c.variable(value.variable).kind === 'function' ? c.program.functions.filter(f => f.name === c.variable(value.variable).name).slice(0, 1) : [];
    case 'property': { const method = methodOf(c, value); return method ? [method] : []; }
    case 'conditional': return [...comparatorsOf(c, value.then), ...comparatorsOf(c, value.otherwise)];
    case 'logical': return [...comparatorsOf(c, value.left), ...comparatorsOf(c, value.right)];
    case 'index': { const table = resolve(c, value.object); return table.kind === 'object' ? table.properties.flatMap(p => p.spread ? [] : comparatorsOf(c, p.value)) : []; }
    case 'call': {
      const name = calledName(c, value);
      const kept = name === 'bind' ? receiverOf(value) : /^(useCallback|memoize|once)$/.test(name) ? value.arguments[0] : null;
      return kept ? comparatorsOf(c, kept) : [];
    }
    default: return [];
  }
}

/** The one method, property of an object literal or assigned property of this name in the file. */
function methodOf(c: HazardContext, e: PropertyRead): FunctionIr | null {
  const stored = c.program.functions.filter(f => f.kind === 'method' ? f.name.replace(/^.*\./, '') === e.name : (literal => literal !== undefined && receiverName(c, literal) === e.name)(c.scene.literals.get(f.id)));
  return stored.length === 1 ? stored[0] : null;
}

/** `(a, b) => this.compare(a, b)`, `(a, b) => byName(b, a)`: the function that the comparator asks, and whose answer is its own. */
function passedOn(c: HazardContext, fn: FunctionIr): FunctionIr[] {
  const [first, second] = fn.parameters.map(p => p.variable);
  const handed = (o: Expression): number => o.kind === 'variable' ? o.variable : -1;
  return [...resultsOf(fn)].flatMap(r => {
    const call = resolve(c, r);
    if (call.kind !== 'call' || call.arguments.length !== 2 || !call.arguments.every(o => handed(o) === first || handed(o) === second)) return [];
    const asked = call.callee.kind === 'local' ? c.program.functions[call.callee.function] : null;
    return asked && asked.id !== fn.id ? [asked] : [];
  });
}

function* resultsOf(fn: HazardContext['program']['functions'][number]): Generator<Expression> {
  const sole = soleResult(fn);
  if (sole) { yield sole; return; }
  for (const s of nested(fn.body)) if (s.kind === 'return' && s.value) yield s.value;
}

/** The answers of `ascending ? a > b : a < b`, of `a.x - b.x || a.y > b.y` and of `d !== 0 ? d : …`, each by itself; of `sign * (a.x - b.x)` and `-(a.x - b.x)` the difference. */
function branches(c: HazardContext, e: Expression, depth = 6): Expression[] {
  const value = resolve(c, e);
  if (depth === 0) return [e];
  const compares = (v: Expression): boolean => isOperation(resolve(c, v), 'lt', 'gt', 'le', 'ge');
  if (value.kind === 'conditional' && (compares(value.then) || compares(value.otherwise))) return [value.then, value.otherwise];
  const differs = (v: Expression): boolean => { const x = resolve(c, v); return isOperation(x, 'sub') || isOperation(x, 'neg', 'mul') && x.operands.some(o => isOperation(resolve(c, o), 'sub')); };
  if (value.kind === 'conditional' && (differs(value.then) || differs(value.otherwise))) return [value.then, value.otherwise].filter(differs).flatMap(v => branches(c, v, depth - 1));
  if (value.kind === 'logical' && value.operator === 'or') return [...branches(c, value.left, depth - 1), ...branches(c, value.right, depth - 1)];
  if (isOperation(value, 'neg', 'mul')) {
    const difference = value.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'sub'));
    if (difference && value.operands.length <= 2) return [value === e && difference.start >= value.start && difference.end <= value.end ? difference : value];
  }
  // const delta = a.cost - b.cost: said where the keys are subtracted.
  return [value !== e && isOperation(value, 'sub') ? value : e];
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
    // let least = Infinity; for (…) …; return least
    const starts = (e: Expression): boolean => e.kind === 'variable' && c.variable(e.variable).kind !== 'parameter' && c.definitions(e.variable).some(d => d.kind === 'value' && d.assignment === null && infinite(c, d.value));
    for (const s of nested(c.program.functions[value.callee.function].body)) if (s.kind === 'return' && s.value && (infinite(c, s.value) || starts(s.value))) return true;
  }
  return infinite(c, value);
}

/** `x === y ? 0 : x - y`: two infinities of one sign never meet. */
function unequal(c: HazardContext, difference: Expression & { kind: 'operation' }, at: Expression): boolean {
  const [left, right] = difference.operands;
  return [at, difference].some(e => relationsOf(c, e, left).some(r => r.operator === 'ne' && sameValue(c, r.right, right)));
}

/** A field that the file sets to Infinity for all of a list, as a search for shortest ways does, and that nothing here asks for being finite. */
function storedInfinite(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind !== 'property') return false;
  const { stores, values } = registryOf(c);
  const all = (stored: Expression, at: Expression): boolean => infinite(c, stored) && c.position(at).repetition !== null;
  // xs.map(x => ({ …, cost: Infinity })), list.push({ cost: Infinity })
  const listed = (o: Expression): boolean => { const user = c.parent(o); return user === null ? c.position(o).statement?.kind === 'return' : user.kind === 'call'; };
  if (!stores.get(value.name)?.some(a => all(a.value, a)) && !values.get(value.name)?.some(v => all(v.value, v.object) && listed(v.object))) return false;
  const same = (o: Expression): boolean => { const v = resolve(c, o); return v.kind === 'property' && v.name === value.name; };
  const asked = c.calls().some(call => /^(isFinite|isNaN)$/.test(calledName(c, call)) && call.arguments.some(same));
  return !asked && !(['lt', 'ne', 'eq'] as const).some(operator => c.operations(operator).some(t => t.operands.some(o => infinite(c, o)) && t.operands.some(same)));
}

function infinite(c: HazardContext, e: Expression): boolean {
  const constant = constantOf(c, e);
  return constant === Infinity || constant === -Infinity;
}
