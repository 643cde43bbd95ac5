import ts from 'typescript';
import { place, reload, store } from './access';
import { accumulationOf, bare, compoundOperator, inLoopThatItOutlives, isBitwise, type Binding } from './bindings';
import { held, inRegister, passed, plain, registered, type Context, type Emitted } from './context';
import { operation } from './fusion';
import { isDynamicInteger, isInteger, isIntegerOperator, numericLiteral } from './integers';
import { arithmeticOperator, binary, converted, entering, isText } from './operations';
import { setName } from './names';
import { assignPattern } from './patterns';

export function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

export function assignment(c: Context, node: ts.BinaryExpression): Emitted {
  const target = bare(node.left);
  const kind = node.operatorToken.kind;
  if (kind >= ts.SyntaxKind.BarBarEqualsToken && kind <= ts.SyntaxKind.QuestionQuestionEqualsToken) return logicalAssignment(c, node, target);
  if (ts.isIdentifier(target)) return assignName(c, node, target);
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) return assignMember(c, node, target);
  return assignPattern(c, target, c.expression(node.right));
}

/** What `name = node.right` (or its compound form) stores, in the unit that the variable asks for. */
function assignName(c: Context, node: ts.BinaryExpression, target: ts.Identifier): Emitted {
  const binding = c.bindings.of(target);
  const compound = compoundOperator(node.operatorToken.kind);
  if (binding?.neverNumber && binding.format !== null && compound === undefined) return plain(`(${target.text} = ${assigned(c, binding, node.right, node).code})`, 'other');
  if (!binding || binding.neverNumber) return plain(`(${target.text} ${node.operatorToken.getText(c.source)} ${c.value(node.right)})`, binding ? 'other' : 'any');
  if (binding.integer) return plain(`(${target.text} ${node.operatorToken.getText(c.source)} ${c.expression(node.right).code})`, 'integer');
  const value = compound === undefined ? assigned(c, binding, node.right, node) : compounded(c, binding, target, compound, node);
  return setName(c, binding, target.text, value);
}

/** The value of an initializer or of the right side of an assignment to a variable. */
export function assigned(c: Context, binding: Binding | undefined, right: ts.Expression, at: ts.Node): Emitted {
  if (!binding) return c.expression(right);
  if (binding.format !== null) {
    const unit = c.unitOfFormat(binding.format);
    const e = bare(right);
    if (ts.isBinaryExpression(e) && arithmeticOperator(e.operatorToken.kind) !== undefined && !isText(e)) return binary(c, e, unit, false);
    return converted(c, right, c.expression(right), unit);
  }
  if (binding.accumulator && inLoopThatItOutlives(at, binding.declaration)) {
    const from = accumulationOf(right, binding.name);
    const e = bare(right);
    if (from && ts.isBinaryExpression(e) && c.bindings.of(from) === binding) return accumulate(c, binding, e, e.operatorToken.kind, e.left, e.right);
  }
  return c.expression(right);
}

/** One step of a reduction: the accumulator stays in its own format, the addend is evaluated in the addend's. */
export function accumulate(c: Context, binding: Binding, node: ts.Expression, kind: ts.SyntaxKind, left: ts.Expression, right: ts.Expression): Emitted {
  const part = (e: ts.Expression): Emitted => {
    const b = bare(e);
    if (ts.isIdentifier(b) && c.bindings.of(b) === binding) return binding.inFormat ? c.expression(b) : converted(c, b, c.expression(b), 'A');
    return addend(c, e);
  };
  const name = arithmeticOperator(kind)!;
  return operation(c, name, 'A', c.site(node, name), [part(left), part(right)], 'data');
}

function addend(c: Context, node: ts.Expression): Emitted {
  const literal = numericLiteral(node);
  if (literal !== undefined) return c.literal(literal, bare(node), 'P');
  const e = c.expression(node, 'P');
  return e.kind === 'data' || e.kind === 'other' ? e : converted(c, node, e, 'P');
}

function compounded(c: Context, binding: Binding, target: ts.Identifier, operator: ts.SyntaxKind, node: ts.BinaryExpression): Emitted {
  const name = arithmeticOperator(operator);
  const current = c.expression(target);
  if (name === undefined) return plain(`(${target.text} ${tokenOf(node)} ${c.value(node.right)})`, 'integer');
  if (isBitwise(operator)) return plain(`(${target.text} ${tokenOf(node)} ${c.value(node.right)})`, 'integer');
  if (name === 'add' && isText(node.right)) return plain(`(${target.text} + ${c.value(node.right)})`, 'other');
  if (binding.format !== null) {
    const unit = c.unitOfFormat(binding.format);
    return operation(c, name, unit, c.site(node, name), [current, entering(c, node.right, unit)], 'data');
  }
  if (binding.accumulator && (name === 'add' || name === 'sub') && inLoopThatItOutlives(node, binding.declaration)) return accumulate(c, binding, node, operator, target, node.right);
  if (binding.maybeInteger && isIntegerOperator(operator) && (isInteger(c.bindings, node.right) || isDynamicInteger(c.bindings, node.right) || maybeInteger(c, node.right))) {
    return inRegister(c, `${c.p}i${name}(${c.site(node, name)}, ${passed(c, current)}, ${passed(c, c.expression(node.right))})`, 'dynamic');
  }
  const left = current.kind === 'data' ? current : converted(c, target, current, '');
  return operation(c, name, '', c.site(node, name), [left, entering(c, node.right, '')], 'data');
}

function maybeInteger(c: Context, node: ts.Expression): boolean {
  const e = bare(node);
  return ts.isIdentifier(e) && c.bindings.of(e)?.maybeInteger === true;
}

function tokenOf(node: ts.BinaryExpression): string {
  return node.operatorToken.getText(node.getSourceFile()).slice(0, -1);
}

function assignMember(c: Context, node: ts.BinaryExpression, target: ts.PropertyAccessExpression | ts.ElementAccessExpression): Emitted {
  const at = place(c, target, node.right);
  const compound = compoundOperator(node.operatorToken.kind);
  const value = compound === undefined ? c.expression(node.right) : compoundMember(c, node, target, compound, reload(c, at));
  if (value.kind === 'other' && c.formatted && at.name === null) return plain(`(${[at.first, `${c.p}so(${c.site(node, 'convert')}, ${at.object}, ${at.member} = ${value.code})`].filter(Boolean).join(', ')})`, 'other');
  if (value.kind === 'other') return plain(`(${[at.first, `${at.member} = ${value.code}`].filter(Boolean).join(', ')})`, 'other');
  const kept = held(c, value);
  return { code: `(${[at.first, kept.first, store(c, at, node, kept.value, compound !== undefined)].filter(Boolean).join(', ')})`, shadow: kept.value.shadow, kind: value.kind };
}

function compoundMember(c: Context, node: ts.BinaryExpression, target: ts.Expression, operator: ts.SyntaxKind, load: string): Emitted {
  const name = arithmeticOperator(operator);
  const current = inRegister(c, load, 'any');
  if (name === undefined) return plain(`(${load} ${tokenOf(node)} ${c.value(node.right)})`, 'integer');
  if (name === 'add' && isText(node.right)) return plain(`(${load} + ${c.value(node.right)})`, 'other');
  if (isIntegerOperator(operator) && isInteger(c.bindings, node.right) && numericLiteral(node.right) === undefined) {
    return inRegister(c, `${c.p}i${name}(${c.site(node, name)}, ${passed(c, current)}, ${passed(c, c.expression(node.right))})`, 'dynamic');
  }
  return operation(c, name, '', c.site(node, name), [converted(c, target, current, ''), entering(c, node.right, '')], 'data');
}

function logicalAssignment(c: Context, node: ts.BinaryExpression, target: ts.Expression): Emitted {
  const token = node.operatorToken.getText(c.source).slice(0, -1);
  if (ts.isIdentifier(target)) {
    const binding = c.bindings.of(target);
    if (!binding || binding.neverNumber) return plain(`(${target.text} ${token}= ${c.value(node.right)})`, 'any');
    const set = setName(c, binding, target.text, assigned(c, binding, node.right, node));
    return inRegister(c, `(${registered(c, c.expression(target))} ${token} ${registered(c, set)})`, 'any');
  }
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return plain(c.problem(node, 'This assignment has no place to write to.'), 'any');
  const at = place(c, target, node.right);
  const kept = held(c, c.expression(node.right));
  const set = `(${kept.first}, ${store(c, at, node, kept.value)})`;
  return inRegister(c, `(${[at.first, `${reload(c, at)} ${token} ${registered(c, { code: set, shadow: kept.value.shadow, kind: 'any' })}`].filter(Boolean).join(', ')})`, 'any');
}

/** `x++`, `--o.p`: exact on integers, an addition of the scheme on anything else. */
export function update(c: Context, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, unused: boolean): Emitted {
  const target = bare(node.operand);
  const postfix = ts.isPostfixUnaryExpression(node) && !unused;
  const minus = node.operator === ts.SyntaxKind.MinusMinusToken;
  const token = minus ? '--' : '++';
  const step = (current: Emitted): Emitted => inRegister(c, `${c.p}i${minus ? 'sub' : 'add'}(${c.site(node, minus ? 'sub' : 'add')}, ${passed(c, current)}, ${passed(c, plain(`${c.p}one(${current.code})`, 'any'))})`, 'dynamic');
  if (ts.isIdentifier(target)) {
    const binding = c.bindings.of(target);
    if (!binding || binding.integer || binding.neverNumber) return plain(postfix ? `(${target.text}${token})` : `(${token}${target.text})`, 'integer');
    if (!postfix) return setName(c, binding, target.text, step(c.expression(target)));
    const old = held(c, c.expression(target));
    return { ...old.value, code: `(${old.first}, ${setName(c, binding, target.text, step(c.expression(target))).code}, ${old.value.code})`, kind: 'dynamic', atom: false };
  }
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return plain(c.problem(node, `"${token}" has no place to write to.`), 'any');
  const at = place(c, target);
  const old = held(c, inRegister(c, reload(c, at), 'any'));
  const next = held(c, step(old.value));
  const code = [at.first, old.first, next.first, store(c, at, node, next.value), postfix ? old.value.code : ''].filter(Boolean).join(', ');
  return { ...(postfix ? old.value : next.value), code: `(${code})`, kind: 'dynamic', atom: false };
}
