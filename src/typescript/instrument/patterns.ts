import ts from 'typescript';
import { bare } from './bindings';
import { held, inRegister, ownShadow, plain, registered, type Context, type Emitted } from './context';
import { loadAt, place, store } from './access';
import { setName } from './names';
import { declaredAnew } from './stores';

/** Destructuring assignment: `[a, o.p] = e`. The value is that of the right side. */
export function assignPattern(c: Context, pattern: ts.Expression, right: Emitted): Emitted {
  const whole = c.temporary();
  const parts = [`${whole} = ${right.code}`, ...assignParts(c, pattern, whole)];
  return plain(`(${parts.join(', ')}, ${whole})`, 'other');
}

function assignParts(c: Context, pattern: ts.Expression, whole: string): string[] {
  const p = bare(pattern);
  if (ts.isArrayLiteralExpression(p)) {
    const list = c.temporary();
    return [`${list} = ${taken(c, p.elements.map(e => ts.isSpreadElement(e)), whole)}`, ...p.elements.flatMap((e, i) => {
      if (ts.isOmittedExpression(e)) return [];
      if (ts.isSpreadElement(e)) return assignOne(c, e.expression, plain(`${list}[${i}]`, 'other'));
      return assignOne(c, e, element(c, list, String(i), `${list}[${i}]`));
    })];
  }
  if (!ts.isObjectLiteralExpression(p)) return [c.problem(pattern, 'This pattern is not understood.')];
  const keys: string[] = [];
  return [`${c.p}need(${whole})`, ...p.properties.flatMap(property => {
    if (ts.isSpreadAssignment(property)) return assignOne(c, property.expression, plain(`${c.p}omit(${whole}, [${keys.join(', ')}])`, 'other'));
    if (ts.isShorthandPropertyAssignment(property)) {
      keys.push(JSON.stringify(property.name.text));
      const value = element(c, whole, JSON.stringify(property.name.text), `${whole}.${property.name.text}`);
      return assignOne(c, property.name, property.objectAssignmentInitializer ? defaulted(c, value, property.objectAssignmentInitializer) : value);
    }
    if (!ts.isPropertyAssignment(property)) return [c.problem(property, 'This pattern is not understood.')];
    const key = keyOf(c, property.name);
    keys.push(key.key);
    return [...key.first, ...assignOne(c, property.initializer, element(c, whole, key.key, `${whole}[${key.key}]`))];
  })];
}

/** Expressions that store a value into one target: a name, a member, or a pattern again. */
export function assignOne(c: Context, target: ts.Expression, value: Emitted): string[] {
  const t = bare(target);
  if (ts.isBinaryExpression(t) && t.operatorToken.kind === ts.SyntaxKind.EqualsToken) return assignOne(c, t.left, defaulted(c, value, t.right));
  if (ts.isIdentifier(t)) {
    const binding = c.bindings.of(t);
    return [binding ? setName(c, binding, t.text, value).code : `${t.text} = ${value.code}`];
  }
  if (ts.isPropertyAccessExpression(t) || ts.isElementAccessExpression(t)) {
    const at = place(c, t);
    const kept = held(c, value);
    return [at.first, kept.first, store(c, at, t, kept.value)].filter(Boolean);
  }
  const whole = c.temporary();
  return [`${whole} = ${value.code}`, ...assignParts(c, t, whole)];
}

/** Declarators (`name = value, companion = shadow, …`) that take a value apart. */
export function declarePattern(c: Context, pattern: ts.BindingName, value: Emitted): string[] {
  if (ts.isIdentifier(pattern)) {
    const binding = c.bindings.declared(pattern.parent);
    const shadow = value.shadow ?? ownShadow(c, pattern.text);
    return [`${pattern.text} = ${declaredAnew(c, binding, value.code)}`, ...c.companions(binding).map((companion, i) => `${companion} = ${shadow[i]}`)];
  }
  const whole = `${c.p}d${pattern.pos}`;
  if (ts.isArrayBindingPattern(pattern)) {
    const list = taken(c, pattern.elements.map(e => ts.isBindingElement(e) && e.dotDotDotToken !== undefined), value.code);
    return [`${whole} = ${list}`, ...pattern.elements.flatMap((e, i) => {
      if (ts.isOmittedExpression(e)) return [];
      if (e.dotDotDotToken) return declarePattern(c, e.name, plain(`${whole}[${i}]`, 'other'));
      const one = element(c, whole, String(i), `${whole}[${i}]`);
      return declarePattern(c, e.name, e.initializer ? defaulted(c, one, e.initializer) : one);
    })];
  }
  const keys: string[] = [];
  return [`${whole} = ${c.p}need(${value.code})`, ...pattern.elements.flatMap(e => {
    if (e.dotDotDotToken) return declarePattern(c, e.name, plain(`${c.p}omit(${whole}, [${keys.join(', ')}])`, 'other'));
    const name = e.propertyName ?? (e.name as ts.Identifier);
    const key = keyOf(c, name);
    keys.push(key.key);
    const one = element(c, whole, key.key, `${whole}[${key.key}]`);
    const one_ = key.first.length ? { ...one, code: `(${[...key.first, one.code].join(', ')})` } : one;
    return declarePattern(c, e.name, e.initializer ? defaulted(c, one_, e.initializer) : one_);
  })];
}

function keyOf(c: Context, name: ts.PropertyName): { key: string; first: string[] } {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return { key: JSON.stringify(name.text), first: [] };
  if (ts.isNumericLiteral(name)) return { key: JSON.stringify(String(Number(name.text))), first: [] };
  if (ts.isComputedPropertyName(name)) {
    const t = c.temporary();
    return { key: t, first: [`${t} = ${c.value(name.expression)}`] };
  }
  return { key: JSON.stringify(name.getText(c.source)), first: [] };
}

function element(c: Context, object: string, key: string, member: string): Emitted {
  const name = /^"([A-Za-z_$][\w$]*)"$/.exec(key)?.[1];
  return inRegister(c, name === undefined ? `${c.p}le(${object}, ${key}, ${member})` : loadAt(c, { first: '', object, name, key, member }), 'any');
}

/** `value === undefined ? initializer : value`. */
function defaulted(c: Context, value: Emitted, initializer: ts.Expression): Emitted {
  const kept = held(c, value);
  return inRegister(c, `(${kept.first}, ${kept.value.code} === void 0 ? ${registered(c, c.expression(initializer))} : ${registered(c, kept.value)})`, 'any');
}

/** The first elements of an iterable as an array; a rest element takes what remains as an array of its own. */
function taken(c: Context, rest: readonly boolean[], iterable: string): string {
  return `${c.p}take(${iterable}, ${rest.filter(r => !r).length}, ${rest.some(r => r)})`;
}
