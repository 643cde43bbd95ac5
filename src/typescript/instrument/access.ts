import ts from 'typescript';
import { bare, mayChange } from './bindings';
import { inRegister, passed, plain, type Context, type Emitted } from './context';
import { isCount, isInteger, numericLiteral } from './integers';
import { integerContext } from './operations';
import { expressionMark } from './positions';
import { keptStore } from './stores';

/** The object of a load or store, evaluated once: `first` runs first (empty when the object is a name), `atom` can be written again. */
export interface Place {
  readonly first: string;
  readonly object: string;
  /** Static property name, or null for a computed one. */
  readonly name: string | null;
  readonly key: string;
  /** Code of the member expression, to read or to write. */
  readonly member: string;
  /** Temporary that keeps the object's store. */
  readonly kept?: string | undefined;
}

const identifierName = /^[A-Za-z_$][\w$]*$/;

/** Evaluates object and key into temporaries where needed; `before` is evaluated between them and the store. */
export function place(c: Context, node: ts.PropertyAccessExpression | ts.ElementAccessExpression, before?: ts.Node): Place {
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
    if (ts.isPropertyAccessExpression(node)) return { first: '', object: 'this', name: node.name.text, key: JSON.stringify(node.name.text), member: `super.${node.name.text}` };
    const key = c.value(node.argumentExpression);
    return { first: '', object: 'this', name: null, key, member: `super[${key}]` };
  }
  const object = objectAtom(c, node.expression);
  if (ts.isPropertyAccessExpression(node)) {
    const name = ts.isPrivateIdentifier(node.name) ? `#${node.name.text.slice(1)}` : node.name.text;
    return { ...object, object: object.atom, name: name.replace('#', 'private_'), key: JSON.stringify(name), member: `${object.atom}.${name}` };
  }
  const literal = bare(node.argumentExpression);
  if (ts.isStringLiteralLike(literal) && identifierName.test(literal.text)) {
    return { ...object, object: object.atom, name: literal.text, key: JSON.stringify(literal.text), member: `${object.atom}[${JSON.stringify(literal.text)}]` };
  }
  const index = integerContext(c, node.argumentExpression);
  const simple = (ts.isIdentifier(literal) && isInteger(c.bindings, literal) && !(before && mayChange(c.bindings, before, literal))) || numericLiteral(literal) !== undefined;
  if (simple) return { first: object.first, object: object.atom, name: null, key: index.code, member: `${object.atom}[${index.code}]` };
  const key = c.temporary();
  return { first: [object.first, `${key} = ${index.code}`].filter(Boolean).join(', '), object: object.atom, name: null, key, member: `${object.atom}[${key}]` };
}

function objectAtom(c: Context, node: ts.Expression): { first: string; atom: string; kept?: string | undefined } {
  const e = bare(node);
  if (e.kind === ts.SyntaxKind.ThisKeyword) return { first: '', atom: 'this', kept: keptStore(c, e) };
  if (ts.isIdentifier(e) && !c.bindings.of(e)?.imported && neverReassigned(c, e)) return { first: '', atom: e.text, kept: keptStore(c, e) };
  const t = c.temporary();
  return { first: `${t} = ${optionalBase(c, node)}`, atom: t };
}

function neverReassigned(c: Context, identifier: ts.Identifier): boolean {
  const binding = c.bindings.of(identifier);
  return binding !== undefined && binding.assigned.length <= 1;
}

/** The object expression of a chain; what stands before a `?.` inside it is guarded by the chain's root. */
function optionalBase(c: Context, node: ts.Expression): string {
  const inChain = (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) && ts.isOptionalChain(node);
  return inChain ? chainLink(c, node).code : c.value(node);
}

const constants = new Set(['PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2', 'EPSILON', 'MAX_VALUE', 'MIN_VALUE', 'MAX_SAFE_INTEGER', 'MIN_SAFE_INTEGER', 'POSITIVE_INFINITY', 'NEGATIVE_INFINITY', 'NaN']);

/** The value itself: globals of the run's context are slow to read. */
function constantText(object: string, name: string): string {
  const value = (object === 'Math' ? Math as unknown : Number as unknown) as Readonly<Record<string, number | undefined>>;
  return numberText(value[name], `${object}.${name}`);
}

function numberText(value: number | undefined, otherwise: string): string {
  if (value === undefined) return otherwise;
  return value !== value ? '(0 / 0)' : value === Infinity ? '(1 / 0)' : value === -Infinity ? '(-1 / 0)' : value < 0 ? `(${String(value)})` : String(value);
}

/** A property or element with its shadow. */
export function access(c: Context, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): Emitted {
  if (ts.isOptionalChain(node)) return chain(c, node, () => chainLink(c, node));
  return load(c, node);
}

export function load(c: Context, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): Emitted {
  if (ts.isPropertyAccessExpression(node)) {
    if (isCount(c.bindings, node)) return plain(`${memberBase(c, node.expression)}.${node.name.text}`, 'integer');
    const base = bare(node.expression);
    if (ts.isIdentifier(base) && !c.bindings.of(base) && (base.text === 'Math' || base.text === 'Number') && constants.has(node.name.text)) return plain(constantText(base.text, node.name.text), 'any', true);
  }
  const target = place(c, node);
  return { ...inRegister(c, loadAt(c, { ...target, member: expressionMark(c.source, node) + target.member }), 'any'), quiet: isQuiet(node) };
}

/** Whether evaluating an expression runs no code but that of accessors, so that arithmetic before it may as well come after it. */
function isQuiet(node: ts.Expression): boolean {
  const e = bare(node);
  if (ts.isIdentifier(e) || ts.isNumericLiteral(e) || ts.isStringLiteralLike(e) || e.kind === ts.SyntaxKind.ThisKeyword || e.kind === ts.SyntaxKind.SuperKeyword) return true;
  if (ts.isPropertyAccessExpression(e)) return isQuiet(e.expression);
  if (ts.isElementAccessExpression(e)) return isQuiet(e.expression) && isQuiet(e.argumentExpression);
  if (ts.isBinaryExpression(e)) return !isAssigned(e.operatorToken.kind) && isQuiet(e.left) && isQuiet(e.right);
  return ts.isPrefixUnaryExpression(e) && e.operator !== ts.SyntaxKind.PlusPlusToken && e.operator !== ts.SyntaxKind.MinusMinusToken && isQuiet(e.operand);
}

function isAssigned(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Code that loads from an evaluated place and leaves the shadow in the register. */
export function loadAt(c: Context, target: Place): string {
  const p = c.p;
  if (target.name === null) return `${c.companionOf(target.object, 'load')}(${evaluated(target)}, ${target.key}, ${target.member})`;
  const companion = target.kept ?? c.temporary();
  const value = `(${[target.first, `${p}z()`, target.member].filter(Boolean).join(', ')})`;
  if (c.mode === 'record') return `${p}lp(${value}, ${found(c, target, 'read', companion)}.n_${target.name})`;
  const fields = c.mode === 'statistics' ? [`${found(c, target, 'read', companion)}.v_${target.name}`, `${companion}.r_${target.name}`]
    : [`${found(c, target, 'read', companion)}.v_${target.name}`, `${companion}.r_${target.name}`, `${companion}.l_${target.name}`];
  return `${p}lp(${value}, ${fields.join(', ')})`;
}

/** The object's store, left in `companion`. */
function found(c: Context, target: Place, purpose: 'read' | 'write', companion: string): string {
  const look = `${companion} = ${c.companionOf(target.object, purpose)}(${target.object})`;
  return target.kept ? `(${companion} === ${c.p}empty ? ${look} : ${companion})` : `(${look})`;
}

function evaluated(target: Place): string {
  return target.first ? `(${target.first}, ${target.object})` : target.object;
}

/** Loads from a place whose temporaries are already filled. */
export function reload(c: Context, target: Place): string {
  return loadAt(c, { ...target, first: '' });
}

/** Code that stores an evaluated value (`value` is an atom) and its shadow; its own value is `value`. The place's temporaries are filled. */
export function store(c: Context, target: Place, node: ts.Node, value: Emitted, accumulates = false): string {
  const p = c.p;
  const setter = target.name !== null && c.setters.has(target.name);
  if (target.name === null) return `${p}${accumulates ? 'ag' : 'sg'}(${c.site(node, 'convert')}, ${target.object}, ${target.key}, ${target.member} = ${passed(c, value)}, ${c.companionOf(target.object, 'read')}(${target.object}))`;
  const written = setter ? `${target.member} = ${p}a0(${passed(c, value)})` : `${target.member} = ${value.code}`;
  if (value.kind === 'other') return `(${written})`;
  const own = value.shadow ?? (c.mode === 'record' ? ['0'] : c.mode === 'statistics' ? [value.code] : [value.code, '0']);
  const companion = target.kept ?? c.temporary();
  // The shadow is there before the value: the trap of a proxy looks for it.
  if (c.mode === 'record') return `(typeof ${value.code} === "number" && (${found(c, target, 'write', companion)}.n_${target.name} = ${own[0]}), ${written}, ${value.code})`;
  const fields = [`${found(c, target, 'write', companion)}.v_${target.name} = ${value.code}`, `${companion}.r_${target.name} = ${own[0]}`, ...(own[1] === undefined ? [] : [`${companion}.l_${target.name} = ${own[1]}`])];
  return `(typeof ${value.code} === "number" && (${fields.join(', ')}), ${written}, ${value.code})`;
}

/** Code of a property access without shadow. */
export function member(c: Context, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
  const base = memberBase(c, node.expression);
  if (ts.isPropertyAccessExpression(node)) return `${base}.${node.name.text}`;
  return `${base}[${integerContext(c, node.argumentExpression).code}]`;
}

function memberBase(c: Context, node: ts.Expression): string {
  if (node.kind === ts.SyntaxKind.SuperKeyword) return 'super';
  const code = c.value(node);
  return ts.isNumericLiteral(bare(node)) || ts.isFunctionLike(bare(node)) || ts.isClassLike(bare(node)) || ts.isObjectLiteralExpression(bare(node)) ? `(${code})` : code;
}

/** A whole chain with `?.`: each guard yields undefined for all of it. */
export function chain(c: Context, _node: ts.Node, emit: () => Emitted): Emitted {
  c.guards.push([]);
  const e = emit();
  const guards = c.guards.pop()!;
  if (guards.length === 0) return e;
  return inRegister(c, `(${guards.map(g => `${g} ? ${c.p}u(void 0) : `).join('')}${e.shadow ? e.code : `${c.p}u(${e.code})`})`, 'any');
}

/** One link of an optional chain, inside its root's guards. */
export function chainLink(c: Context, node: ts.Expression): Emitted {
  if (ts.isCallExpression(node)) return c.callLink(node);
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return c.expression(node);
  const base = guardedBase(c, node.expression, node.questionDotToken !== undefined);
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.name.text;
    return inRegister(c, loadAt(c, { first: base.first, object: base.atom, name: name.replace('#', 'private_'), key: JSON.stringify(name), member: `${base.atom}.${name}` }), 'any');
  }
  const key = c.temporary();
  const index = `${key} = ${integerContext(c, node.argumentExpression).code}`;
  return inRegister(c, loadAt(c, { first: [base.first, index].filter(Boolean).join(', '), object: base.atom, name: null, key, member: `${base.atom}[${key}]` }), 'any');
}

/** Evaluates the object of a link into a temporary, inside a guard of the chain's root when it is followed by `?.`. */
export function guardedBase(c: Context, node: ts.Expression, question: boolean): { readonly first: string; readonly atom: string } {
  const code = optionalBase(c, node);
  const t = c.temporary();
  if (!question) return { first: `${t} = ${code}`, atom: t };
  c.guards[c.guards.length - 1].push(`(${t} = ${code}) == null`);
  return { first: '', atom: t };
}
