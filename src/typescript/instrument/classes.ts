import ts from 'typescript';
import type { Context } from './context';
import { functionTail, setProperty } from './functions';
import { converted } from './operations';
import { formatOf } from './overrides';

/** A class declaration or expression with its members; types, overloads, abstract and `declare` members are gone. */
export function emitClass(c: Context, node: ts.ClassLikeDeclaration): string {
  const decorated = [node, ...node.members].find(n => ts.canHaveDecorators(n) && (ts.getDecorators(n)?.length ?? 0) > 0);
  if (decorated) return c.problem(decorated, 'Decorators are not simulated: take the decorator off, or move the numeric code into a plain function.');
  const heritage = node.heritageClauses?.find(h => h.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const members = node.members.map(m => emitMember(c, m)).filter(Boolean);
  return `class${node.name ? ` ${node.name.text}` : ''}${heritage ? ` extends (${c.value(heritage.expression)})` : ''} { ${parameterProperties(node)}${members.join(' ')} }`;
}

/** Parameter properties are fields, declared before all others. */
function parameterProperties(node: ts.ClassLikeDeclaration): string {
  const made = node.members.find((m): m is ts.ConstructorDeclaration => ts.isConstructorDeclaration(m) && m.body !== undefined);
  return (made?.parameters ?? []).filter(p => ts.isParameterPropertyDeclaration(p, made!) && ts.isIdentifier(p.name)).map(p => `${(p.name as ts.Identifier).text}; `).join('');
}

function emitMember(c: Context, node: ts.ClassElement): string {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) ?? [] : [];
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some(m => m.kind === kind);
  if (has(ts.SyntaxKind.AbstractKeyword) || has(ts.SyntaxKind.DeclareKeyword)) return '';
  const prefix = has(ts.SyntaxKind.StaticKeyword) ? 'static ' : '';
  if (ts.isConstructorDeclaration(node)) return node.body ? `constructor${functionTail(c, node)}` : '';
  if (ts.isMethodDeclaration(node)) {
    if (!node.body) return '';
    return `${prefix}${has(ts.SyntaxKind.AsyncKeyword) ? 'async ' : ''}${node.asteriskToken ? '*' : ''}${memberName(c, node.name)}${functionTail(c, node)}`;
  }
  if (ts.isGetAccessorDeclaration(node) || ts.isSetAccessorDeclaration(node)) {
    return node.body ? `${prefix}${ts.isGetAccessorDeclaration(node) ? 'get' : 'set'} ${memberName(c, node.name)}${functionTail(c, node)}` : '';
  }
  if (ts.isClassStaticBlockDeclaration(node)) {
    const { result, temporaries } = c.frame(() => c.statements(node.body.statements));
    return `static {${temporaries}${result}}`;
  }
  if (!ts.isPropertyDeclaration(node)) return '';
  if (has(ts.SyntaxKind.AccessorKeyword)) return c.problem(node, '"accessor" fields are not simulated: write a getter and a setter.');
  const name = memberName(c, node.name);
  if (!node.initializer) return `${prefix}${name};`;
  const initializer = node.initializer;
  const { result, temporaries } = c.frame(() => {
    const format = formatOf(c.source, node);
    const value = format === undefined ? c.expression(initializer) : converted(c, initializer, c.expression(initializer), c.unitOfFormat(format));
    if (value.kind === 'other' || !value.shadow || ts.isComputedPropertyName(node.name)) return { code: value.code, simple: true };
    const key = ts.isPrivateIdentifier(node.name) ? `private_${node.name.text.slice(1)}` : (node.name as ts.Identifier).text;
    const t = c.temporary();
    const shadows = value.shadow.map(() => c.temporary());
    return { code: `(${[`${t} = ${value.code}`, ...value.shadow.map((s, i) => `${shadows[i]} = ${s}`), setProperty(c, 'this', key, t, shadows), t].join(', ')})`, simple: false };
  });
  return `${prefix}${name} = ${temporaries ? `(() => {${temporaries}return ${result.code};})()` : result.code};`;
}

/** A property name as written in an object or class. */
export function memberName(c: Context, name: ts.PropertyName): string {
  if (ts.isComputedPropertyName(name)) return `[${c.value(name.expression)}]`;
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? name.text : name.getText(c.source);
}
