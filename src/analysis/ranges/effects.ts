import { childrenOf, type Expression, type FunctionId, type Program, type Statement, type VariableId } from '../../program';
import { componentsOf } from './components';

/** What running each function can do to things it does not own; found by syntax, transitively through local calls and the functions written inside. */
export interface Effects {
  /** Variables of other functions that running it may assign. */
  readonly writes: readonly ReadonlySet<VariableId>[];
  /** Variables of other functions that it mentions. */
  readonly reads: readonly ReadonlySet<VariableId>[];
  /** It may change objects that it did not make (element or property writes, unknown calls). */
  readonly mutates: readonly boolean[];
  /** Module-level variables that some function assigns after the module has run. */
  readonly volatile: ReadonlySet<VariableId>;
  /** It reads or writes its `this`. */
  readonly usesThis: readonly boolean[];
  /** Captured variables of which every iteration of a loop has its own. */
  readonly perIteration: ReadonlySet<VariableId>;
  /** Functions written as an argument of a library method that calls them at once: they see the present instance of what they capture. */
  readonly immediate: ReadonlySet<FunctionId>;
  /** Variables that a function other than their owner assigns. */
  readonly written: ReadonlySet<VariableId>;
  /** The `var`s of each function: they exist, undefined, from its start. */
  readonly hoisted: ReadonlyMap<FunctionId, readonly VariableId[]>;
  /** Function that a variable of a function declaration names. */
  readonly declared: ReadonlyMap<VariableId, FunctionId>;
  /** Can call itself, directly or through others. */
  readonly recursive: readonly boolean[];
  /** Expressions of each function's own body (not of functions inside). */
  readonly bodies: readonly (readonly Expression[])[];
}

/** Visit expressions of statements, outer before inner; functions inside are not entered. */
export function visitStatements(statements: readonly Statement[], visit: (e: Expression) => void): void {
  const expression = (e: Expression | null): void => {
    if (!e) return;
    visit(e);
    childrenOf(e).forEach(expression);
  };
  for (const statement of statements) {
    switch (statement.kind) {
      case 'declare': expression(statement.value); break;
      case 'expression': expression(statement.expression); break;
      case 'if': expression(statement.test); visitStatements(statement.then, visit); visitStatements(statement.otherwise, visit); break;
      case 'loop': visitStatements(statement.init, visit); expression(statement.test); visitStatements(statement.body, visit); expression(statement.update); break;
      case 'for-of': case 'for-in': expression(statement.iterable); expression(statement.target); visitStatements(statement.body, visit); break;
      case 'return': expression(statement.value); break;
      case 'throw': expression(statement.value); break;
      case 'block': visitStatements(statement.body, visit); break;
      case 'try': visitStatements(statement.body, visit); visitStatements(statement.handler ?? [], visit); visitStatements(statement.finalizer ?? [], visit); break;
      case 'switch': expression(statement.subject); for (const { test, body } of statement.cases) { expression(test); visitStatements(body, visit); } break;
      case 'opaque': statement.children.forEach(expression); break;
    }
  }
}

export function visitExpression(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  for (const child of childrenOf(e)) visitExpression(child, visit);
}

export function effectsOf(program: Program): Effects {
  const count = program.functions.length;
  const writes = Array.from({ length: count }, () => new Set<VariableId>());
  const reads = Array.from({ length: count }, () => new Set<VariableId>());
  const mutates = new Array<boolean>(count).fill(false);
  const usesThis = new Array<boolean>(count).fill(false);
  const immediate = new Set<FunctionId>();
  const perIteration = new Set<VariableId>();
  const callees = Array.from({ length: count }, () => new Set<FunctionId>());
  const bodies = Array.from({ length: count }, () => [] as Expression[]);
  const declared = new Map<VariableId, FunctionId>();
  const byStart = new Map(program.functions.map(f => [f.nameStart, f.id]));
  for (const variable of program.variables) {
    const id = variable.kind === 'function' ? byStart.get(variable.start) : undefined;
    if (id !== undefined) declared.set(variable.id, id);
  }
  for (const f of program.functions) {
    const visit = (e: Expression): void => {
      bodies[f.id].push(e);
      switch (e.kind) {
        case 'variable': reads[f.id].add(e.variable); break;
        case 'assign':
          if (e.target.kind === 'variable') writes[f.id].add(e.target.variable);
          else mutates[f.id] = true;
          break;
        case 'function': callees[f.id].add(e.function); break;
        case 'call':
          if (e.callee.kind === 'local') callees[f.id].add(e.callee.function);
          if (e.callee.kind === 'library' && CALLS_AT_ONCE.test(e.callee.name)) for (const x of e.arguments) if (x.kind === 'function') immediate.add(x.function);
          if (e.callee.kind === 'local') break;
          if (e.callee.kind !== 'library' || !/^(Math|Number|String\.prototype|isNaN|isFinite|parse)/.test(e.callee.name)) mutates[f.id] = true;
          break;
        case 'new': if (e.function !== null) callees[f.id].add(e.function); else mutates[f.id] = true; break;
        case 'opaque': if (e.reason !== 'this') mutates[f.id] = true; if (e.reason === 'this' || e.reason === 'super') usesThis[f.id] = true; break;
      }
    };
    for (const parameter of f.parameters) if (parameter.initializer) visitExpression(parameter.initializer, visit);
    visitStatements(f.body, visit);
    visitTargets(f.body, variable => writes[f.id].add(variable));
    visitLoopVariables(f.body, false, variable => { if (program.variables[variable].captured && program.variables[variable].kind !== 'var') perIteration.add(variable); });
    for (const id of reads[f.id]) if (declared.has(id)) callees[f.id].add(declared.get(id)!);
  }
  const components = componentsOf(callees);
  for (const component of components) {
    for (let changed = true; changed;) {
      changed = false;
      for (const id of component) {
        for (const callee of callees[id]) {
          const size = writes[id].size + reads[id].size;
          for (const v of writes[callee]) if (program.variables[v].owner !== callee) writes[id].add(v);
          for (const v of reads[callee]) if (program.variables[v].owner !== callee) reads[id].add(v);
          if (mutates[callee] && !mutates[id]) { mutates[id] = true; changed = true; }
          if (usesThis[callee] && !usesThis[id]) { usesThis[id] = true; changed = true; }
          if (writes[id].size + reads[id].size > size) changed = true;
        }
      }
      // What it calls outside of its component is complete already.
      if (component.length === 1) break;
    }
  }
  const recursive = new Array<boolean>(count).fill(false);
  for (const component of components) for (const id of component) recursive[id] = component.length > 1 || callees[id].has(id);
  const volatile = new Set<VariableId>();
  for (const f of program.functions) {
    for (const set of [writes[f.id], reads[f.id]]) for (const v of set) if (program.variables[v].owner === f.id) set.delete(v);
    if (f.id !== 0) for (const v of writes[f.id]) if (program.variables[v].owner === 0) volatile.add(v);
  }
  const written = new Set<VariableId>();
  for (const set of writes) for (const v of set) written.add(v);
  const hoisted = new Map<FunctionId, VariableId[]>();
  for (const { id, kind, owner } of program.variables) {
    if (kind !== 'var') continue;
    const list = hoisted.get(owner);
    if (list) list.push(id); else hoisted.set(owner, [id]);
  }
  return { writes, reads, mutates, usesThis, perIteration, immediate, volatile, written, hoisted, declared, bodies, recursive };
}

const CALLS_AT_ONCE = /\.prototype\.(forEach|map|filter|flatMap|some|every|find|findLast|findIndex|findLastIndex|reduce|reduceRight|sort|toSorted)$|^Array\.from$/;

/** Variables that are declared inside of loops, or by their heads. */
function visitLoopVariables(statements: readonly Statement[], inLoop: boolean, visit: (variable: VariableId) => void): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'declare': if (inLoop) visit(statement.variable); break;
      case 'loop': visitLoopVariables(statement.init, true, visit); visitLoopVariables(statement.body, true, visit); break;
      case 'for-of': case 'for-in': visit(statement.element); visitLoopVariables(statement.body, true, visit); break;
      case 'if': visitLoopVariables(statement.then, inLoop, visit); visitLoopVariables(statement.otherwise, inLoop, visit); break;
      case 'block': visitLoopVariables(statement.body, inLoop, visit); break;
      case 'try': for (const part of [statement.body, statement.handler ?? [], statement.finalizer ?? []]) visitLoopVariables(part, inLoop, visit); break;
      case 'switch': for (const { body } of statement.cases) visitLoopVariables(body, inLoop, visit); break;
    }
  }
}

/** Variables that for-of assigns and declarations bind. */
function visitTargets(statements: readonly Statement[], visit: (variable: VariableId) => void): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'declare': visit(statement.variable); break;
      case 'if': visitTargets(statement.then, visit); visitTargets(statement.otherwise, visit); break;
      case 'loop': visitTargets(statement.init, visit); visitTargets(statement.body, visit); break;
      case 'for-of': case 'for-in': visit(statement.element); if (statement.target?.kind === 'variable') visit(statement.target.variable); visitTargets(statement.body, visit); break;
      case 'block': visitTargets(statement.body, visit); break;
      case 'try': visitTargets(statement.body, visit); visitTargets(statement.handler ?? [], visit); visitTargets(statement.finalizer ?? [], visit); break;
      case 'switch': for (const { body } of statement.cases) visitTargets(body, visit); break;
    }
  }
}
