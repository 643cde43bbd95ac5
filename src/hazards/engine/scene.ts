import { childrenOf as directlyInside } from '../../program';
import type {
  Assignment, Call, Expression, ForOf, FunctionId, FunctionIr, FunctionLiteral, Loop, Operation, Program, Statement, VariableId, VariableRead,
} from '../../program';

/** A condition that is known to have the given truth value wherever the guarded expression is evaluated. */
export interface Guard {
  readonly test: Expression;
  readonly truth: boolean;
  /** The statement that enforces it, when it repairs the value (`if (d === 0) d = 1`) instead of leaving. */
  readonly repaired: boolean;
  readonly outer: Guard | null;
}

/** What repeats an expression: a loop, or a callback of `forEach`, `map`, `reduce`, …. */
export type Repetition =
  | { readonly kind: 'loop'; readonly loop: Loop | ForOf; readonly outer: Repetition | null }
  | { readonly kind: 'callback'; readonly call: Call; readonly method: string; readonly literal: FunctionLiteral; readonly outer: Repetition | null };

/** Where an expression stands. */
export interface Position {
  readonly parent: Expression | null;
  readonly statement: Statement | null;
  readonly function: FunctionId;
  readonly guard: Guard | null;
  readonly repetition: Repetition | null;
}

export type Definition =
  | { readonly kind: 'value'; readonly value: Expression; readonly compound: string | null; readonly assignment: Assignment | null }
  | { readonly kind: 'element'; readonly loop: ForOf };

/** The program indexed for matching: built in one walk, read by every rule. */
export interface Scene {
  readonly positions: readonly (Position | undefined)[];
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  readonly byKind: ReadonlyMap<Expression['kind'], readonly Expression[]>;
  readonly definitions: ReadonlyMap<VariableId, readonly Definition[]>;
  readonly reads: ReadonlyMap<VariableId, readonly VariableRead[]>;
  readonly literals: ReadonlyMap<FunctionId, FunctionLiteral>;
  readonly statements: readonly { readonly statement: Statement; readonly function: FunctionId; readonly repetition: Repetition | null }[];
}

/** Array methods that call their callback once per element. */
const iterating = new Set(['forEach', 'map', 'filter', 'reduce', 'reduceRight', 'some', 'every', 'find', 'findIndex', 'flatMap', 'from']);

export function buildScene(program: Program): Scene {
  const positions: (Position | undefined)[] = new Array(program.expressions.length);
  const operations = new Map<string, Operation[]>();
  const byKind = new Map<Expression['kind'], Expression[]>();
  const definitions = new Map<VariableId, Definition[]>();
  const reads = new Map<VariableId, VariableRead[]>();
  const literals = new Map<FunctionId, FunctionLiteral>();
  const statements: { statement: Statement; function: FunctionId; repetition: Repetition | null }[] = [];
  const walked = new Set<FunctionId>();

  interface Frame { readonly statement: Statement | null; readonly function: FunctionId; readonly guard: Guard | null; readonly repetition: Repetition | null }

  const define = (variable: VariableId, definition: Definition): void => { push(definitions, variable, definition); };

  function expression(e: Expression, parent: Expression | null, at: Frame): void {
    if (positions[e.id]) return;
    positions[e.id] = { parent, statement: at.statement, function: at.function, guard: at.guard, repetition: at.repetition };
    push(byKind, e.kind, e);
    switch (e.kind) {
      case 'operation': push(operations, e.operator, e); break;
      case 'variable': push(reads, e.variable, e); break;
      case 'logical':
        expression(e.left, e, at);
        expression(e.right, e, e.operator === 'nullish' ? at : { ...at, guard: known(e.left, e.operator === 'and', at.guard) });
        return;
      case 'conditional':
        expression(e.test, e, at);
        expression(e.then, e, { ...at, guard: known(e.test, true, at.guard) });
        expression(e.otherwise, e, { ...at, guard: known(e.test, false, at.guard) });
        return;
      case 'assign':
        if (e.target.kind === 'variable') {
          positions[e.target.id] = { parent: e, statement: at.statement, function: at.function, guard: at.guard, repetition: at.repetition };
          define(e.target.variable, { kind: 'value', value: e.value, compound: e.compound, assignment: e });
        } else expression(e.target, e, at);
        expression(e.value, e, at);
        return;
      case 'function':
        literals.set(e.function, e);
        walkFunction(program.functions[e.function], at.guard, repetitionOf(e, parent, at.repetition));
        return;
    }
    for (const child of childrenOf(e)) expression(child, e, at);
  }

  function repetitionOf(literal: FunctionLiteral, parent: Expression | null, outer: Repetition | null): Repetition | null {
    // Float64Array.from(xs, f ? x => f(x) : x => x): either of them.
    while (parent?.kind === 'conditional') parent = positions[parent.id]?.parent ?? null;
    if (parent?.kind !== 'call') return outer;
    const callee = parent.callee;
    const method = callee.kind === 'library' || callee.kind === 'method' ? callee.name.slice(callee.name.lastIndexOf('.') + 1) : '';
    return iterating.has(method) ? { kind: 'callback', call: parent, method, literal, outer } : outer;
  }

  function walkFunction(fn: FunctionIr, guard: Guard | null, repetition: Repetition | null): void {
    if (walked.has(fn.id)) return;
    walked.add(fn.id);
    const frame: Frame = { statement: null, function: fn.id, guard, repetition };
    for (const parameter of fn.parameters) if (parameter.initializer) expression(parameter.initializer, null, frame);
    block(fn.body, frame);
  }

  function block(body: readonly Statement[], frame: Frame): void {
    let guard = frame.guard;
    for (const s of body) {
      const at: Frame = { ...frame, guard, statement: s };
      statements.push({ statement: s, function: frame.function, repetition: frame.repetition });
      switch (s.kind) {
        case 'declare':
          if (s.value) { define(s.variable, { kind: 'value', value: s.value, compound: null, assignment: null }); expression(s.value, null, at); }
          break;
        case 'expression':
          expression(s.expression, null, at);
          if (asserts(program, s.expression)) guard = known(s.expression.arguments[0], true, guard);
          break;
        case 'if':
          expression(s.test, null, at);
          block(s.then, { ...at, guard: known(s.test, true, guard) });
          block(s.otherwise, { ...at, guard: known(s.test, false, guard) });
          if (leaves(s.then)) guard = known(s.test, false, guard);
          else if (s.otherwise.length > 0 && leaves(s.otherwise)) guard = known(s.test, true, guard);
          else if (s.otherwise.length === 0 && s.then.length > 0 && s.then.length <= 2 && s.then.every(assigns)) guard = { test: s.test, truth: false, repaired: true, outer: guard };
          break;
        case 'loop': {
          block(s.init, at);
          const inside: Frame = { ...at, repetition: { kind: 'loop', loop: s, outer: at.repetition } };
          if (s.test) expression(s.test, null, inside);
          const body = s.test && s.form !== 'do' ? { ...inside, guard: known(s.test, true, guard) } : inside;
          block(s.body, body);
          if (s.update) expression(s.update, null, body);
          break;
        }
        case 'for-of': case 'for-in':
          define(s.element, { kind: 'element', loop: s });
          expression(s.iterable, null, at);
          if (s.target && s.target.kind !== 'variable') expression(s.target, null, at);
          block(s.body, { ...at, repetition: { kind: 'loop', loop: s, outer: at.repetition } });
          break;
        case 'return': case 'throw':
          if (s.value) expression(s.value, null, at);
          break;
        case 'block': block(s.body, at); break;
        case 'try': block(s.body, at); if (s.handler) block(s.handler, at); if (s.finalizer) block(s.finalizer, at); break;
        case 'switch':
          expression(s.subject, null, at);
          for (const c of s.cases) { if (c.test) expression(c.test, null, at); block(c.body, at); }
          break;
        case 'opaque': for (const child of s.children) expression(child, null, at); break;
      }
    }
  }

  walkFunction(program.functions[0], null, null);
  for (const fn of program.functions) walkFunction(fn, null, null);
  return { positions, operations, byKind, definitions, reads, literals, statements };
}

/** The expressions directly inside an expression, in order of evaluation, but for a variable that is assigned to: that is no read. */
export function childrenOf(e: Expression): readonly Expression[] {
  return e.kind === 'assign' && e.target.kind === 'variable' ? [e.value] : directlyInside(e);
}

/** Whether control never passes the end of the list. */
export function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  switch (last.kind) {
    case 'return': case 'throw': case 'break': case 'continue': return true;
    case 'block': return leaves(last.body);
    case 'if': return leaves(last.then) && leaves(last.otherwise);
    default: return false;
  }
}

/** `assert(n > 0)`, `invariant(xs.length)`: what follows may rely on it. */
function asserts(program: Program, e: Expression): e is Call {
  if (e.kind !== 'call' || e.arguments.length === 0 || e.spread[0] || e.arguments[0].kind === 'function') return false;
  const callee = e.callee;
  const name = callee.kind === 'local' ? program.functions[callee.function].name
    : callee.kind === 'dynamic' ? callee.callee.kind === 'variable' ? program.variables[callee.callee.variable].name : ''
    : callee.kind === 'imported' ? `${callee.module} ${callee.name}` : callee.name;
  return /(^|\W)(assert|(tiny-)?invariant|assert(\.| )(ok|strict|default))( default)?$/.test(name);
}

function assigns(s: Statement): boolean {
  return s.kind === 'expression' && s.expression.kind === 'assign';
}

function known(test: Expression, truth: boolean, outer: Guard | null): Guard {
  return { test, truth, repaired: false, outer };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value); else map.set(key, [value]);
}

