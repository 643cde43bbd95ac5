import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { analyzeRanges } from '../../../src/analysis/ranges';
import type { Facts } from '../../../src/analysis/facts';
import { lineColumn, textOf, type Expression, type Program, type ValueType } from '../../../src/program';
import { nodeHost } from '../../../src/server/node-host';
import { openProject, type Project } from '../../../src/typescript';
import { contradiction } from '../../unit/ranges/observe';

/** A package whose files run with every expression's value compared with the facts of the range analysis. */
export interface ObservedPackage {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Its lowered files, by path. */
  readonly files: ReadonlyMap<string, ObservedFile>;
  readonly project: Project;
  /** Values that lie outside the facts of their expressions, the first of each expression: place, text and what is wrong. */
  readonly contradictions: ReadonlyMap<string, string>;
  /** Values compared so far. */
  observed(): number;
  /** Stop the running call after this many more observations. */
  limit(observations: number): void;
}

export interface ObservedFile {
  readonly program: Program;
  readonly facts: Facts;
}

/** Thrown inside observed code when it has run for long enough. */
export class OutOfObservations extends Error {}

/**
 * Bundles the package from its entry; what it imports from other packages runs as it is. `trusting`: it has functions without declared types that call functions with
 * them, so that random arguments can end up where another type is declared; from there on, until the call ends, nothing is compared.
 */
export async function observePackage(entry: string, folder = dirname(entry), { trusting = false } = {}): Promise<ObservedPackage> {
  const project = openProject(nodeHost(folder));
  project.include(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|\.min\.|__tests__|node_modules/.test(name)).map(name => `${folder}/${name.replaceAll('\\', '/')}`));
  const files = new Map<string, ObservedFile>();
  const plugin: Plugin = {
    name: 'observe',
    setup(plugins) {
      plugins.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
        if (!path.startsWith(folder)) return undefined;
        const program = project.program(path);
        if (!program) return undefined;
        files.set(path, { program, facts: analyzeRanges(program, { onDefect: error => { throw error; } }) });
        return { contents: instrumented(program, files.size - 1), loader: /ts$/.test(path) ? 'ts' : 'js' };
      });
    },
  };
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'cjs', platform: 'node', plugins: [plugin], logLevel: 'silent', target: 'es2022' });
  const list = [...files.values()];
  const contradictions = new Map<string, string>();
  let observed = 0;
  let left = Infinity;
  let lied = false;
  const see = (file: number, id: number, value: unknown): unknown => {
    observed++;
    if (--left < 0) throw new OutOfObservations();
    const { program, facts } = list[file];
    const e = program.expressions[id];
    // Of a value without a type the length is taken to be that of a list.
    if (trusting && e.kind === 'property' && e.name === 'length' && typeof value !== 'number') lied = true;
    const place = `${program.file}:${lineColumn(program, e.start).line} ${textOf(program, e).slice(0, 80)}`;
    if (!contradictions.has(place)) {
      // Destructuring reads its source once for each name: the value is right when it is right for one of the reads.
      const wrong = contradiction(facts, { id, value });
      const others = wrong && e.kind === 'variable' ? twins(program, e) : [];
      const declared = e.kind === 'variable' ? program.variables[e.variable].type : e.type;
      if (wrong && trusting && !(conforms(value, e.type) && conforms(value, declared))) lied = true;
      else if (wrong && !lied && others.every(other => contradiction(facts, { id: other, value }))) contradictions.set(place, wrong);
    }
    return value;
  };
  const module = { exports: {} as Record<string, unknown> };
  const start = runInThisContext(`(function (module, exports, require, __see) {${outputFiles[0].text}\n})`, { filename: `${folder}/observed.cjs` }) as (...all: unknown[]) => void;
  start(module, module.exports, () => ({}), see);
  return { exports: module.exports, files, project, contradictions, observed: () => observed, limit: n => { left = n; lied = false; } };
}

/** A value of the declared type, as far as its outermost kind goes. */
function conforms(value: unknown, type: ValueType): boolean {
  switch (type.kind) {
    case 'number': return typeof value === 'number';
    case 'string': return typeof value === 'string';
    case 'boolean': return typeof value === 'boolean';
    case 'undefined': return value === undefined;
    case 'null': return value === null;
    case 'array': case 'tuple': return Array.isArray(value) && (value.length === 0 || conforms(value[0], type.kind === 'array' ? type.element : type.elements[0] ?? { kind: 'unknown' }));
    case 'typedArray': return ArrayBuffer.isView(value);
    case 'function': return typeof value === 'function';
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'union': return type.members.some(member => conforms(value, member));
    default: return true;
  }
}

/** Other reads of a variable with the same span. */
function twins(program: Program, e: Expression): number[] {
  return program.expressions.filter(x => x !== e && x.start === e.start && x.end === e.end && x.kind === 'variable').map(x => x.id);
}

/** The text with each expression that can be observed wrapped in a call of `__see(file, id, value)`. */
export function instrumented(program: Program, file: number): string {
  const byPlace = new Map<string, Expression>();
  for (const e of program.expressions) {
    const place = `${e.start}-${e.end}`;
    const known = byPlace.get(place);
    // Of a compound assignment the whole is seen, not the operation inside it.
    if (!known || e.kind === 'assign' || (known.kind !== 'assign' && e.id > known.id)) byPlace.set(place, e);
  }
  const source = ts.createSourceFile(program.file, program.text, ts.ScriptTarget.Latest, true);
  const marks: { readonly at: number; readonly text: string; readonly close: boolean; readonly length: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isExpression(node) && observable(node)) {
      const start = node.getStart(source);
      const e = byPlace.get(`${start}-${node.end}`);
      if (e && e.kind !== 'number' && e.kind !== 'constant' && e.kind !== 'function' && matches(node, e)) {
        marks.push({ at: start, text: `__see(${file}, ${e.id}, (`, close: false, length: node.end - start }, { at: node.end, text: '))', close: true, length: node.end - start });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  marks.sort((a, b) => a.at - b.at || (a.close === b.close ? (a.close ? a.length - b.length : b.length - a.length) : a.close ? -1 : 1));
  let result = '';
  let from = 0;
  for (const mark of marks) { result += program.text.slice(from, mark.at) + mark.text; from = mark.at; }
  return result + program.text.slice(from);
}

function matches(node: ts.Expression, e: Expression): boolean {
  if (ts.isIdentifier(node)) return e.kind === 'variable';
  if (ts.isPropertyAccessExpression(node)) return e.kind === 'property';
  if (ts.isElementAccessExpression(node)) return e.kind === 'index' || e.kind === 'property';
  return true;
}

/** Wrapping it changes nothing of what the program does. */
function observable(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node) || ts.isSpreadElement(node) || ts.isOmittedExpression(node)) return false;
  if (ts.isClassExpression(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isExpressionWithTypeArguments(node)) return false;
  if (node.kind === ts.SyntaxKind.SuperKeyword || node.kind === ts.SyntaxKind.ImportKeyword || ts.isMetaProperty(node)) return false;
  if (ts.isStringLiteralLike(node) || ts.isJsxChild(node) || ts.isPrivateIdentifier(node) || ts.isTemplateLiteral(node)) return false;
  let outer: ts.Node = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isAsExpression(outer.parent) || ts.isNonNullExpression(outer.parent) || ts.isSatisfiesExpression(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  if (ts.isIdentifier(node) && !isRead(node)) return false;
  // Inside an optional chain, and as a callee, the expression is more than a value.
  if ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === outer && ts.isOptionalChain(node)) return false;
  if (ts.isCallExpression(parent) && (parent.expression === outer || (ts.isOptionalChain(node) && ts.isOptionalChain(parent)))) return false;
  if ((ts.isNewExpression(parent) || ts.isTaggedTemplateExpression(parent)) && (parent as ts.NewExpression).expression === outer) return false;
  if (ts.isDeleteExpression(parent) || ts.isTypeOfExpression(parent) || ts.isDecorator(parent) || ts.isHeritageClause(parent) || ts.isEnumMember(parent) || ts.isExportAssignment(parent)) return false;
  return !isTarget(outer) && !isConstructorName(outer);
}

/** `new a.b.C()`: a call inside the name would be what is constructed. */
function isConstructorName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isNewExpression(parent)) return parent.expression === node;
  return (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isNonNullExpression(parent)) && parent.expression === node && isConstructorName(parent);
}

function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isDeclarationStatement(parent) || ts.isParameter(parent) && parent.name === node || ts.isVariableDeclaration(parent) && parent.name === node) return false;
  if (ts.isBindingElement(parent) && parent.initializer !== node) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node || ts.isShorthandPropertyAssignment(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent)) return false;
  if (ts.isClassElement(parent) && (parent as ts.PropertyDeclaration).initializer !== node) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isNamespaceImport(parent) || ts.isMethodDeclaration(parent) || ts.isFunctionExpression(parent)) return false;
  return ts.isExpressionStatement(parent) || ts.isExpression(parent) || ts.isStatement(parent) || (parent as { initializer?: ts.Node }).initializer === node || ts.isCaseClause(parent) || ts.isTemplateSpan(parent) || ts.isComputedPropertyName(parent) || ts.isSpreadAssignment(parent) || ts.isPropertyAssignment(parent);
}

/** Something is assigned to it, or to parts of it. */
function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment) return true;
  if ((ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken)) return true;
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node) return true;
  if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent) || ts.isObjectLiteralExpression(parent)) return isTarget(parent);
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return isTarget(parent.parent);
  return false;
}

