import type ts from 'typescript';
import type { ConstantLiteral, Expression, FunctionId, NumberLiteral, Opaque, Statement, ValueType, VariableId, VariableRead } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import type { Builder, Span } from './builder';
import type { Exported, TypeDeclaration, TypeNames } from './type-names';
import type { TypeSource } from './type-source';
import { blockVariables } from './block-vars';
import { reassignedNames } from './reassigned';

/** Names of one block. `owner` is the function whose variables they are. */
export class Scope {
  readonly names = new Map<string, VariableId>();

  constructor(readonly parent: Scope | null, readonly owner: FunctionId) {}

  lookup(name: string): VariableId | undefined {
    return this.names.get(name) ?? this.parent?.lookup(name);
  }
}

/** A class of this file: what its methods are, so that calls can be resolved without the checker. */
export interface ClassInfo {
  readonly name: string;
  readonly base: string | null;
  readonly methods: Map<string, FunctionId>;
  readonly statics: Map<string, FunctionId>;
  construct: FunctionId | null;
  type: ValueType;
}

type FunctionNode = ts.FunctionLikeDeclaration;

/**
 * What every part of the lowering sees: the builder, the place in the scopes, and the entry of each mutually recursive part.
 * One object per file; nothing of it survives in the program.
 */
export class Lowering {
  scope: Scope;
  /** The function whose body is being lowered. */
  current: FunctionId = 0;
  /** Class around the current position, for `this` and `super`. */
  classInfo: ClassInfo | null = null;
  depth = 0;
  /** Types that the callee of the call being lowered gives to the parameters of a function literal among its arguments. */
  contextual: readonly ValueType[] | null = null;
  readonly functionIds = new Map<ts.Node, FunctionId>();
  readonly functionOfVariable = new Map<VariableId, FunctionId>();
  /** `const { sqrt } = Math`, `const floor = Math.floor`: full library name of a constant. */
  readonly aliases = new Map<VariableId, string>();
  /** Variables that are second names of a namespace: `const M = Math`. */
  readonly namespaces = new Map<VariableId, string>();
  readonly enums = new Map<VariableId, ReadonlyMap<string, number | string>>();
  readonly classes = new Map<string, ClassInfo>();
  /** Variables declared without a type and with nothing, null or an empty array: their type grows with each assignment, so it is asked for at each use. */
  readonly evolving = new Set<VariableId>();
  /** `var`s whose declaration with a value has been seen. */
  readonly initialised = new Set<VariableId>();
  /** The function that each noted call stands in. */
  readonly callers = new Map<number, FunctionId>();
  readonly returns = new Map<FunctionId, ValueType[]>();
  readonly typeDeclarations = new Map<string, TypeDeclaration>();
  typeNames: TypeNames | null = null;
  private readonly exports = new Map<string, Exported | null>();
  /** Bodies that will be lowered after the statements around them, or before at a call that needs their result. */
  private readonly pending = new Map<FunctionId, () => void>();
  private pendingDepth = 0;
  private readonly globals = new Map<string, VariableId>();

  // The parts call each other through these, so that their files do not import each other in a circle.
  expression!: (node: ts.Expression) => Expression;
  /** An expression whose value takes a name when it is a function. */
  named!: (node: ts.Expression, name: string) => Expression;
  statement!: (node: ts.Statement, out: Statement[]) => void;
  block!: (statements: readonly ts.Statement[], out: Statement[]) => void;
  functionBody!: (node: FunctionNode, name: string, enclosingClass?: ClassInfo | null) => FunctionId;
  classLike!: (node: ts.ClassLikeDeclaration, name: string, out: Statement[]) => ClassInfo;
  pattern!: (name: ts.BindingName, value: Expression, kind: 'parameter' | 'const' | 'let' | 'var', out: Statement[], span: Span) => void;

  constructor(readonly builder: Builder, readonly source: ts.SourceFile, readonly types: TypeSource) {
    this.scope = new Scope(null, 0);
  }

  span(node: ts.Node): Span {
    return { start: node.getStart(this.source), end: node.end };
  }

  inScope<T>(owner: FunctionId, action: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer, owner);
    try { return action(); } finally { this.scope = outer; }
  }

  declare(name: string, kind: Parameters<Builder['variable']>[1], span: Span, type: ValueType = UNKNOWN, scope: Scope = this.scope): VariableId {
    const existing = scope.names.get(name) ?? (kind === 'var' ? this.hoisted(name, span.start) : undefined);
    if (existing !== undefined) return existing;
    const id = this.builder.variable(name, kind, scope.owner, span, type);
    scope.names.set(name, id);
    return id;
  }

  /** The variable of the function that a `var` inside its blocks means: it was declared with the function's other `var`s. None when the block may have it for itself. */
  private hoisted(name: string, start: number): VariableId | undefined {
    if (blockVariables(this.source).has(start)) return undefined;
    for (let scope: Scope | null = this.scope.parent; scope && scope.owner === this.scope.owner; scope = scope.parent) {
      const id = scope.names.get(name);
      if (id !== undefined) return ['var', 'parameter', 'function'].includes(this.builder.variables[id].kind) ? id : undefined;
    }
    return undefined;
  }

  /** A call of this file that certainly calls the function. */
  noteCall(target: FunctionId, site: number): void {
    this.builder.functions[target].callSites.push(site);
    this.callers.set(site, this.current);
  }

  /** Notes how to lower a function's body later, in the scope of now. */
  postpone(id: FunctionId, lower: () => void): void {
    const { scope, current, classInfo } = this;
    this.pending.set(id, () => {
      const outer = { scope: this.scope, current: this.current, classInfo: this.classInfo, contextual: this.contextual };
      Object.assign(this, { scope, current, classInfo, contextual: null });
      try { lower(); } finally { Object.assign(this, outer); }
    });
  }

  /** Lowers a postponed body, unless that has been done. */
  demand(id: FunctionId): void {
    const lower = this.pending.get(id);
    if (!lower) return;
    this.pending.delete(id);
    lower();
  }

  /** The result of a function of this file; its body is lowered first when nothing else tells. */
  resultOf(id: FunctionId): ValueType {
    if (this.builder.functions[id].result.kind === 'unknown' && this.pendingDepth < 8) {
      this.pendingDepth++;
      try { this.demand(id); } finally { this.pendingDepth--; }
    }
    return this.builder.functions[id].result;
  }

  temporary(span: Span, type: ValueType): VariableId {
    return this.builder.variable('', 'temporary', this.current, span, type);
  }

  /** The variable a name means here; names that nothing declares are globals. Notes captures. */
  resolve(name: string, span: Span): VariableId {
    let id = this.scope.lookup(name);
    if (id === undefined) {
      id = this.globals.get(name);
      if (id === undefined) {
        id = this.builder.variable(name, 'global', 0, span);
        this.globals.set(name, id);
      }
    }
    const variable = this.builder.variables[id];
    if (variable.owner !== this.current) variable.captured = true;
    return id;
  }

  /** True when nothing in the file declares the name, so that it means the language's own; also for `Math` handed on as a parameter: `(function (Math) { … })(Math)`. */
  isGlobal(name: string): boolean {
    const id = this.scope.lookup(name);
    return id === undefined || (name === 'Math' && this.builder.variables[id].kind === 'parameter');
  }

  /** The namespace of the language that a name stands for: itself, or what a variable was made a second name of (`const M = Math`). Null when it is something else. */
  namespaceOf(name: string): string | null {
    if (this.isGlobal(name)) return name;
    const id = this.scope.lookup(name);
    return id === undefined ? null : this.namespaces.get(id) ?? null;
  }

  /** True when the variable keeps the value of its declaration: a `const`, or a `let` or `var` of a name that is assigned nowhere. */
  keepsValue(id: VariableId): boolean {
    const { kind, name } = this.builder.variables[id];
    return kind === 'const' || ((kind === 'let' || kind === 'var') && !reassignedNames(this.source).has(name));
  }

  functionId(node: ts.Node, kind: Parameters<Builder['function']>[0], name: string): FunctionId {
    let id = this.functionIds.get(node);
    if (id === undefined) {
      id = this.builder.function(kind, name, this.current, this.span(node));
      this.functionIds.set(node, id);
    }
    return id;
  }

  read(variable: VariableId, span: Span, type: ValueType = this.builder.variables[variable].type): VariableRead {
    return this.builder.make({ kind: 'variable', start: span.start, end: span.end, type, variable });
  }

  number(value: number, text: string, named: boolean, span: Span): NumberLiteral {
    return this.builder.make({ kind: 'number', start: span.start, end: span.end, type: NUMBER, value, text, named });
  }

  undefinedAt(span: Span): ConstantLiteral {
    return this.builder.make({ kind: 'constant', start: span.start, end: span.end, type: { kind: 'undefined' }, value: undefined, of: 'undefined' });
  }

  opaque(span: Span, reason: string, children: readonly Expression[], type: ValueType = UNKNOWN): Opaque {
    return this.builder.make({ kind: 'opaque', start: span.start, end: span.end, type, reason, children });
  }

  /** The declaration that an import of this file means. */
  exported(module: string, name: string): Exported | null {
    const key = `${name} ${module}`;
    let found = this.exports.get(key);
    if (found === undefined) this.exports.set(key, found = this.types.exported(this.source.fileName, module, name));
    return found;
  }

  /** Whether the checker has already been asked about the expression and did not know: then it knows nothing of its members and results either. */
  hopeless(e: Expression): boolean {
    if (e.type.kind !== 'unknown') return false;
    if (e.kind === 'opaque') return e.reason === 'arguments';
    if (e.kind !== 'variable') return e.kind === 'property' || e.kind === 'index' || e.kind === 'call';
    const { kind } = this.builder.variables[e.variable];
    return kind === 'parameter' || kind === 'const' || kind === 'let' || kind === 'var' || kind === 'catch';
  }

  /** What is known from the parts, else what the checker says. */
  typed(known: ValueType, node: ts.Node): ValueType {
    return known.kind === 'unknown' ? this.types.typeOf(node) : known;
  }
}
