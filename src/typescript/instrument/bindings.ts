import ts from 'typescript';
import { measuresOf } from './measures';

/** One variable of the file: what is assigned to it, how it is used, and what follows for its simulation. */
export interface Binding {
  readonly declaration: ts.Node;
  readonly name: string;
  /** Everything assigned to it; null stands for a value that the syntax does not show. */
  readonly assigned: Assigned[];
  /** Used where only an integer makes sense: index, bitwise operand, `++`, array length. */
  strongUse: boolean;
  /** Used in the condition of a loop. */
  weakUse: boolean;
  /** First parameter of a callback of `reduce`, or the target of `s += …` in a loop that it outlives. */
  accumulator: boolean;
  /** An exact integer in every scheme: every value is an integer by construction and some use needs one. */
  integer: boolean;
  /** Used as an integer and perhaps one: integer operations on it are exact when the values at run time are integers. */
  maybeInteger: boolean;
  /** Every value assigned is the result of an operation of the scheme, so that it needs no rounding when it enters another. */
  inFormat: boolean;
  /** Never a number: needs no shadow. */
  neverNumber: boolean;
  /** Format id of JSDoc `@format` or of the inline comment. */
  format: string | null;
  /** Assigned in a function inside of the one that declares it: any call may change it. */
  assignedInside: boolean;
  /** How often a property of it is named; −∞ when an inner function does. */
  members: number;
  /** For an import: expression that reads the live binding. */
  imported: string | null;
}

export type Assigned =
  | { readonly kind: 'value'; readonly expression: ts.Expression }
  | { readonly kind: 'compound'; readonly operator: ts.SyntaxKind; readonly expression: ts.Expression }
  | { readonly kind: 'update' }
  | { readonly kind: 'unknown' };

/** The variables of one file, resolved by the compiler's own binder. */
export class Bindings {
  readonly source: ts.SourceFile;
  readonly diagnostics: readonly ts.DiagnosticWithLocation[];
  /** Of the names that elsewhere count elements, those that classes and interfaces of the file, or of modules that it imports, declare themselves: `get length()` of a vector. */
  readonly measures: ReadonlySet<string>;
  private readonly checker: ts.TypeChecker;
  private readonly byDeclaration = new Map<ts.Node, Binding>();
  private readonly byIdentifier = new Map<ts.Identifier, Binding | undefined>();

  /** @param measured such names of the modules that the file imports */
  constructor(file: string, text: string, measured: readonly string[] = []) {
    const name = /\.[cm]?[jt]sx?$/.test(file) ? file : `${file}.ts`;
    const source = ts.createSourceFile(name, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseAll }, true);
    const host: ts.CompilerHost = {
      getSourceFile: asked => asked === name ? source : undefined, getDefaultLibFileName: () => 'lib.d.ts', writeFile: () => undefined,
      getCurrentDirectory: () => '/', getCanonicalFileName: f => f, useCaseSensitiveFileNames: () => true, getNewLine: () => '\n',
      fileExists: f => f === name, readFile: () => undefined,
    };
    const program = ts.createProgram([name], { noLib: true, noResolve: true, allowJs: true, types: [], target: ts.ScriptTarget.ESNext, jsx: ts.JsxEmit.Preserve }, host);
    this.source = source;
    this.diagnostics = program.getSyntacticDiagnostics(source);
    this.measures = new Set([...measuresOf(source), ...measured]);
    this.checker = program.getTypeChecker();
    collect(this, source);
  }

  /** The variable that an identifier reads or writes; undefined for a global. */
  of(identifier: ts.Identifier): Binding | undefined {
    if (this.byIdentifier.has(identifier)) return this.byIdentifier.get(identifier);
    const parent = identifier.parent as ts.Node | undefined;
    const symbol = parent && ts.isShorthandPropertyAssignment(parent) && parent.name === identifier ? this.checker.getShorthandAssignmentValueSymbol(parent)
      : parent && ts.isExportSpecifier(parent) ? this.checker.getExportSpecifierLocalTargetSymbol(parent)
        : this.checker.getSymbolAtLocation(identifier);
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.find(d => ts.isImportSpecifier(d) || ts.isImportClause(d) || ts.isNamespaceImport(d) || ts.isImportEqualsDeclaration(d));
    const binding = declaration && declares(declaration) ? this.declared(declaration) : undefined;
    this.byIdentifier.set(identifier, binding);
    return binding;
  }

  declared(declaration: ts.Node): Binding {
    let binding = this.byDeclaration.get(declaration);
    if (!binding) {
      const name = (declaration as ts.NamedDeclaration).name;
      binding = { declaration, name: name && ts.isIdentifier(name) ? name.text : '', assigned: [], strongUse: false, weakUse: false, accumulator: false, integer: false,
        maybeInteger: false, inFormat: false, neverNumber: false, format: null, assignedInside: false, members: 0, imported: null };
      this.byDeclaration.set(declaration, binding);
    }
    return binding;
  }

  all(): Iterable<Binding> {
    return this.byDeclaration.values();
  }
}

function declares(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isClassLike(node)
    || ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) || ts.isImportEqualsDeclaration(node);
}

/** Parentheses, type assertions, `!` and `satisfies` mean nothing at run time. */
export function bare(node: ts.Expression): ts.Expression {
  while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node) || ts.isSatisfiesExpression(node)) node = node.expression;
  return node;
}

const bitwise = new Set([ts.SyntaxKind.AmpersandToken, ts.SyntaxKind.BarToken, ts.SyntaxKind.CaretToken, ts.SyntaxKind.LessThanLessThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanToken, ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken]);

export function isBitwise(operator: ts.SyntaxKind): boolean {
  return bitwise.has(operator);
}

/** The operator of a compound assignment without its `=`: `+=` → `+`. Undefined for `=` and everything else. */
export function compoundOperator(operator: ts.SyntaxKind): ts.SyntaxKind | undefined {
  return compounds.get(operator);
}

const compounds = new Map<ts.SyntaxKind, ts.SyntaxKind>([
  [ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.PlusToken], [ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.MinusToken],
  [ts.SyntaxKind.AsteriskEqualsToken, ts.SyntaxKind.AsteriskToken], [ts.SyntaxKind.SlashEqualsToken, ts.SyntaxKind.SlashToken],
  [ts.SyntaxKind.PercentEqualsToken, ts.SyntaxKind.PercentToken], [ts.SyntaxKind.AsteriskAsteriskEqualsToken, ts.SyntaxKind.AsteriskAsteriskToken],
  [ts.SyntaxKind.AmpersandEqualsToken, ts.SyntaxKind.AmpersandToken], [ts.SyntaxKind.BarEqualsToken, ts.SyntaxKind.BarToken],
  [ts.SyntaxKind.CaretEqualsToken, ts.SyntaxKind.CaretToken], [ts.SyntaxKind.LessThanLessThanEqualsToken, ts.SyntaxKind.LessThanLessThanToken],
  [ts.SyntaxKind.GreaterThanGreaterThanEqualsToken, ts.SyntaxKind.GreaterThanGreaterThanToken],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken],
]);

export function isLoop(node: ts.Node): node is ts.IterationStatement {
  return ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node);
}

/** Whether `s op= e` (or `s = s op e`) is a step of a reduction: in a loop that the variable outlives. */
export function inLoopThatItOutlives(at: ts.Node, declaration: ts.Node): boolean {
  for (let node: ts.Node | undefined = at; node && !ts.isFunctionLike(node) && !ts.isSourceFile(node); node = node.parent) {
    if (isLoop(node)) return declaration.pos < node.pos || declaration.end > node.end;
  }
  return false;
}

function collect(bindings: Bindings, source: ts.SourceFile): void {
  const assign = (target: ts.Expression, assigned: Assigned): void => {
    const t = bare(target);
    if (ts.isIdentifier(t)) {
      const binding = bindings.of(t);
      binding?.assigned.push(assigned);
      if (binding && functionAround(t) !== functionAround(binding.declaration)) binding.assignedInside = true;
    }
    else if (ts.isArrayLiteralExpression(t)) t.elements.forEach(e => { assign(ts.isSpreadElement(e) ? e.expression : ts.isBinaryExpression(e) ? e.left : e, { kind: 'unknown' }); });
    else if (ts.isObjectLiteralExpression(t)) t.properties.forEach(p => {
      if (ts.isShorthandPropertyAssignment(p)) assign(p.name, { kind: 'unknown' });
      else if (ts.isPropertyAssignment(p)) assign(ts.isBinaryExpression(p.initializer) ? p.initializer.left : p.initializer, { kind: 'unknown' });
      else if (ts.isSpreadAssignment(p)) assign(p.expression, { kind: 'unknown' });
    });
  };
  const needsInteger = (expression: ts.Expression, strong: boolean): void => {
    const e = bare(expression);
    if (ts.isIdentifier(e)) {
      const binding = bindings.of(e);
      if (binding) { if (strong) binding.strongUse = true; else binding.weakUse = true; }
    } else if (ts.isBinaryExpression(e)) {
      const kind = e.operatorToken.kind;
      if (kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.MinusToken || kind === ts.SyntaxKind.AsteriskToken || kind === ts.SyntaxKind.PercentToken) {
        needsInteger(e.left, strong);
        needsInteger(e.right, strong);
      }
    } else if (ts.isPrefixUnaryExpression(e) && (e.operator === ts.SyntaxKind.MinusToken || e.operator === ts.SyntaxKind.PlusToken)) needsInteger(e.operand, strong);
    else if (ts.isConditionalExpression(e)) { needsInteger(e.whenTrue, strong); needsInteger(e.whenFalse, strong); }
  };
  const condition = (expression: ts.Expression): void => {
    const e = bare(expression);
    if (ts.isBinaryExpression(e)) {
      const kind = e.operatorToken.kind;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) { condition(e.left); condition(e.right); }
      else if (kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken) { needsInteger(e.left, false); needsInteger(e.right, false); }
    } else needsInteger(e, false);
  };
  const divided: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments.length === 1 && ts.isPropertyAccessExpression(node.expression) && /^(?:floor|ceil|round|trunc)$/.test(node.expression.name.text)) dividend(node.arguments[0], divided);
    if (ts.isBinaryExpression(node) && isBitwise(node.operatorToken.kind)) dividend(node.left, divided);
    if (ts.isVariableDeclaration(node)) {
      if (ts.isIdentifier(node.name)) {
        const binding = bindings.declared(node);
        if (node.initializer) binding.assigned.push({ kind: 'value', expression: node.initializer });
        else if (isLoop(node.parent.parent) || ts.isCatchClause(node.parent)) binding.assigned.push({ kind: 'unknown' });
        binding.neverNumber = saysNotNumber(node.type);
      }
    } else if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
      bindings.declared(node).assigned.push({ kind: 'unknown' });
    } else if (ts.isParameter(node) && ts.isIdentifier(node.name)) {
      const binding = bindings.declared(node);
      binding.assigned.push({ kind: 'unknown' });
      binding.neverNumber = node.dotDotDotToken !== undefined || saysNotNumber(node.type);
      const call = node.parent.parent;
      // A position in a list counts, whatever it is used for.
      if (isPosition(node, call)) binding.strongUse = true;
      if (node.parent.parameters[0] === node && ts.isCallExpression(call) && call.arguments[0] === node.parent && ts.isPropertyAccessExpression(call.expression)
        && (call.expression.name.text === 'reduce' || call.expression.name.text === 'reduceRight')) binding.accumulator = true;
    } else if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      const compound = compoundOperator(kind);
      if (kind === ts.SyntaxKind.EqualsToken) assign(node.left, { kind: 'value', expression: node.right });
      else if (compound !== undefined) assign(node.left, { kind: 'compound', operator: compound, expression: node.right });
      else if (kind >= ts.SyntaxKind.BarBarEqualsToken && kind <= ts.SyntaxKind.QuestionQuestionEqualsToken) assign(node.left, { kind: 'value', expression: node.right });
      if (isBitwise(compound ?? kind)) { needsInteger(node.left, true); needsInteger(node.right, true); }
      markAccumulator(bindings, node);
    } else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)) {
      assign(node.operand, { kind: 'update' });
      needsInteger(node.operand, true);
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.TildeToken) needsInteger(node.operand, true);
    else if (ts.isElementAccessExpression(node)) needsInteger(node.argumentExpression, true);
    else if (ts.isPropertyAccessExpression(node)) {
      const object = bare(node.expression);
      const binding = ts.isIdentifier(object) ? bindings.of(object) : undefined;
      if (binding) countMember(binding, node);
    }
    else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && /Array$/.test(node.expression.text)) node.arguments?.slice(0, 1).forEach(a => { needsInteger(a, true); });
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && integerArguments.has(node.expression.name.text)) node.arguments.forEach(a => { needsInteger(a, true); });
    else if (ts.isForStatement(node) && node.condition) condition(node.condition);
    else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) condition(node.expression);
    else if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && !ts.isVariableDeclarationList(node.initializer)) assign(node.initializer, { kind: 'unknown' });
    else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) bindings.declared(node).neverNumber = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  // ⌊(lo + hi) / 2⌋ with one that indexes: the others index too.
  for (let changed = true; changed;) {
    changed = false;
    for (const e of divided) {
      const names = identifiersIn(e).map(i => bindings.of(i)).filter(b => b !== undefined);
      if (names.some(b => b.strongUse)) for (const b of names) if (!b.strongUse) { b.strongUse = true; changed = true; }
    }
  }
}

/** Whether a parameter of a callback receives positions: the second of `map` and its kin, the third of `reduce`. Map.prototype.forEach is not told apart: its keys are checked at run time. */
function isPosition(node: ts.ParameterDeclaration, call: ts.Node): boolean {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
  const method = call.expression.name.text;
  const place = node.parent.parameters.indexOf(node);
  if (method === 'from') return call.arguments[1] === node.parent && place === 1;
  return call.arguments[0] === node.parent && (method === 'reduce' || method === 'reduceRight' ? place === 2 : place === 1 && listMethods.has(method));
}

const listMethods = new Set(['map', 'forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap']);

/** Collects the dividend of `a / b`. */
function dividend(node: ts.Expression, into: ts.Expression[]): void {
  const e = bare(node);
  if (ts.isBinaryExpression(e) && e.operatorToken.kind === ts.SyntaxKind.SlashToken) into.push(e.left);
}

/** Variables of a sum or difference. */
function identifiersIn(node: ts.Expression): ts.Identifier[] {
  const e = bare(node);
  if (ts.isIdentifier(e)) return [e];
  if (!ts.isBinaryExpression(e) || (e.operatorToken.kind !== ts.SyntaxKind.PlusToken && e.operatorToken.kind !== ts.SyntaxKind.MinusToken)) return [];
  return [...identifiersIn(e.left), ...identifiersIn(e.right)];
}

/** Library methods all of whose numeric arguments are positions or counts. */
const integerArguments = new Set(['at', 'slice', 'splice', 'subarray', 'charAt', 'charCodeAt', 'codePointAt', 'repeat', 'copyWithin', 'padStart', 'substring']);

function markAccumulator(bindings: Bindings, node: ts.BinaryExpression): void {
  const target = bare(node.left);
  if (!ts.isIdentifier(target)) return;
  const kind = node.operatorToken.kind;
  const step = kind === ts.SyntaxKind.PlusEqualsToken || kind === ts.SyntaxKind.MinusEqualsToken || (kind === ts.SyntaxKind.EqualsToken && accumulationOf(node.right, target.text) !== undefined);
  const binding = step ? bindings.of(target) : undefined;
  if (binding && inLoopThatItOutlives(node, binding.declaration)) binding.accumulator = true;
}

/** For `s + e`, `e + s` and `s − e`: the operand that is the accumulator. */
export function accumulationOf(expression: ts.Expression, name: string): ts.Identifier | undefined {
  const e = bare(expression);
  if (!ts.isBinaryExpression(e)) return undefined;
  const [left, right] = [bare(e.left), bare(e.right)];
  if (e.operatorToken.kind === ts.SyntaxKind.PlusToken || e.operatorToken.kind === ts.SyntaxKind.MinusToken) {
    if (ts.isIdentifier(left) && left.text === name) return left;
    if (e.operatorToken.kind === ts.SyntaxKind.PlusToken && ts.isIdentifier(right) && right.text === name) return right;
  }
  return undefined;
}

/** Whether a type annotation excludes numbers. */
function saysNotNumber(type: ts.TypeNode | undefined): boolean {
  if (!type) return false;
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword: case ts.SyntaxKind.BooleanKeyword: case ts.SyntaxKind.ArrayType: case ts.SyntaxKind.TupleType: case ts.SyntaxKind.FunctionType:
    case ts.SyntaxKind.TypeLiteral: case ts.SyntaxKind.BigIntKeyword: case ts.SyntaxKind.SymbolKeyword: return true;
    case ts.SyntaxKind.TypeReference: {
      const name = (type as ts.TypeReferenceNode).typeName;
      return ts.isIdentifier(name) && /^(?:(?:Readonly)?Array|(?:Float|Int|Uint|BigInt|BigUint)\d+(?:Clamped)?Array|(?:Readonly)?(?:Map|Set)|Promise|Date|RegExp)$/.test(name.text);
    }
    case ts.SyntaxKind.TypeOperator: return saysNotNumber((type as ts.TypeOperatorNode).type);
    case ts.SyntaxKind.UnionType: return (type as ts.UnionTypeNode).types.every(saysNotNumber);
    default: return false;
  }
}

/** Counts one access to a property of a variable. */
function countMember(binding: Binding, node: ts.PropertyAccessExpression): void {
  if (ts.isCallExpression(node.parent) && node.parent.expression === node) return;
  binding.members++;
  if (functionAround(node) !== functionAround(binding.declaration)) binding.members = -Infinity;
}

/** The function, initializer or static block whose code a node is; undefined for that of the module. */
export function functionAround(node: ts.Node): ts.Node | undefined {
  for (let n = node.parent as ts.Node | undefined; n; n = n.parent) if (ts.isFunctionLike(n) || ts.isPropertyDeclaration(n) || ts.isClassStaticBlockDeclaration(n) || ts.isModuleBlock(n)) return n;
  return undefined;
}

/** Whether evaluating an expression may change a variable. */
export function mayChange(bindings: Bindings, expression: ts.Node, identifier: ts.Identifier): boolean {
  const binding = bindings.of(identifier);
  const changes = (node: ts.Node): boolean => {
    if (binding?.assignedInside && (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isYieldExpression(node) || ts.isAwaitExpression(node) || ts.isTaggedTemplateExpression(node))) return true;
    const target = ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment ? node.left
      : (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) ? node.operand : undefined;
    if (target && mentions(target, identifier.text)) return true;
    return ts.forEachChild(node, child => changes(child) || undefined) ?? false;
  };
  return changes(expression);
}

function mentions(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, child => mentions(child, name) || undefined) ?? false);
}
