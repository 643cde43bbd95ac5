import { childrenOf, partsOf } from './children';
import type { Assignment, Expression, ExpressionId, FunctionId, VariableId, VariableRead } from './expression';
import type { FunctionIr, Program } from './program';
import type { ForOf, Loop, Statement } from './statement';

/** A condition that holds where an expression is evaluated: `expression` was true (`holds`) or false on the way there. */
export interface Guard {
  readonly expression: Expression;
  readonly holds: boolean;
}

/** Who is inside what, and who uses whom: computed once per program on demand, never stored in it. */
export interface Outline {
  /** The expression directly around; null for a statement's own expression. */
  parent(id: ExpressionId): Expression | null;
  statement(id: ExpressionId): Statement | null;
  functionOf(id: ExpressionId): FunctionIr;
  /** Statements around an expression, innermost first. */
  enclosing(id: ExpressionId): readonly Statement[];
  /** Loops around an expression within its function, innermost first. */
  loops(id: ExpressionId): readonly (Loop | ForOf)[];
  /** Conditions of the `if`s, loops, `?:`, `&&` and `||` around an expression, innermost first. Early exits and assignments in between are not considered. */
  guards(id: ExpressionId): readonly Guard[];
  /** Every read of a variable, targets of assignments left out. */
  reads(variable: VariableId): readonly VariableRead[];
  writes(variable: VariableId): readonly Assignment[];
  /** The value that its declaration gives it; null when it has none, or several. */
  initial(variable: VariableId): Expression | null;
}

const outlines = new WeakMap<Program, Outline>();

/** The outline of a program, computed at the first call. */
export function outlineOf(program: Program): Outline {
  let known = outlines.get(program);
  if (!known) outlines.set(program, known = new ComputedOutline(program));
  return known;
}

class ComputedOutline implements Outline {
  private readonly parents: (Expression | undefined)[];
  private readonly statements: (Statement | undefined)[];
  private readonly owners: Int32Array;
  private readonly around = new Map<Statement, Statement | null>();
  private readonly readsOf = new Map<VariableId, VariableRead[]>();
  private readonly writesOf = new Map<VariableId, Assignment[]>();
  private readonly initials = new Map<VariableId, Expression | null>();

  constructor(private readonly program: Program) {
    const count = program.expressions.length;
    this.parents = new Array<Expression | undefined>(count);
    this.statements = new Array<Statement | undefined>(count);
    this.owners = new Int32Array(count);
    for (const fn of program.functions) {
      for (const parameter of fn.parameters) if (parameter.initializer) this.enter(parameter.initializer, null, fn.id);
      this.block(fn.body, null, fn.id);
    }
  }

  private block(body: readonly Statement[], outer: Statement | null, owner: FunctionId): void {
    for (const statement of body) {
      this.around.set(statement, outer);
      if (statement.kind === 'declare' && statement.value) this.initials.set(statement.variable, this.initials.has(statement.variable) ? null : statement.value);
      const parts = partsOf(statement);
      for (const expression of parts.before) this.enter(expression, statement, owner);
      for (const inner of parts.blocks) this.block(inner, statement, owner);
      for (const expression of parts.after) this.enter(expression, statement, owner);
    }
  }

  private enter(root: Expression, statement: Statement | null, owner: FunctionId): void {
    const stack: Expression[] = [root];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (statement) this.statements[next.id] = statement;
      this.owners[next.id] = owner;
      for (const child of childrenOf(next)) {
        this.parents[child.id] = next;
        stack.push(child);
      }
      if (next.kind === 'variable') push(this.readsOf, next.variable, next);
      else if (next.kind === 'assign' && next.target.kind === 'variable') push(this.writesOf, next.target.variable, next);
    }
  }

  parent(id: ExpressionId): Expression | null {
    return this.parents[id] ?? null;
  }

  statement(id: ExpressionId): Statement | null {
    return this.statements[id] ?? null;
  }

  functionOf(id: ExpressionId): FunctionIr {
    return this.program.functions[this.owners[id]];
  }

  enclosing(id: ExpressionId): readonly Statement[] {
    const out: Statement[] = [];
    for (let place: Statement | null = this.statement(id); place; place = this.around.get(place) ?? null) out.push(place);
    return out;
  }

  loops(id: ExpressionId): readonly (Loop | ForOf)[] {
    return this.enclosing(id).filter((each): each is Loop | ForOf => (each.kind === 'loop' || each.kind === 'for-of' || each.kind === 'for-in') && this.inBody(each, id));
  }

  /** Not the part of a loop that runs once. */
  private inBody(loop: Loop | ForOf, id: ExpressionId): boolean {
    if (loop.kind !== 'loop') return !this.within(id, loop.iterable);
    return !loop.init.some(statement => this.enclosing(id).includes(statement));
  }

  private within(id: ExpressionId, ancestor: Expression): boolean {
    for (let place: Expression | null = this.program.expressions[id]; place; place = this.parent(place.id)) if (place === ancestor) return true;
    return false;
  }

  guards(id: ExpressionId): readonly Guard[] {
    const out: Guard[] = [];
    let below: Expression = this.program.expressions[id];
    for (let place = this.parent(id); place; place = this.parent(place.id)) {
      if (place.kind === 'conditional' && below !== place.test) out.push({ expression: place.test, holds: below === place.then });
      if (place.kind === 'logical' && below === place.right && place.operator !== 'nullish') out.push({ expression: place.left, holds: place.operator === 'and' });
      below = place;
    }
    const chain = this.enclosing(id);
    chain.forEach((statement, i) => {
      const inner = i > 0 ? chain[i - 1] : null;
      if (statement.kind === 'if' && inner) out.push({ expression: statement.test, holds: statement.then.includes(inner) });
      if (statement.kind === 'loop' && statement.test && statement.form !== 'do' && inner && statement.body.includes(inner)) out.push({ expression: statement.test, holds: true });
    });
    return out;
  }

  reads(variable: VariableId): readonly VariableRead[] {
    return (this.readsOf.get(variable) ?? []).filter(read => {
      const parent = this.parent(read.id);
      return !(parent?.kind === 'assign' && parent.target === read);
    });
  }

  writes(variable: VariableId): readonly Assignment[] {
    return this.writesOf.get(variable) ?? [];
  }

  initial(variable: VariableId): Expression | null {
    return this.initials.get(variable) ?? null;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value); else map.set(key, [value]);
}
