import ts from 'typescript';
import { accumulate } from './assignments';
import { accumulationOf, bare, type Binding } from './bindings';
import { companionNames, inRegister, passed, plain, registered, type Context, type Emitted } from './context';
import { converted, isNoNumber } from './operations';
import { declarePattern } from './patterns';

/** A function, method, accessor or constructor, without modifiers and name: `(parameters) { body }`, or the whole of an arrow function. */
export function functionTail(c: Context, node: ts.FunctionLikeDeclaration): string {
  const generator = 'asteriskToken' in node && node.asteriskToken !== undefined;
  const { result, temporaries } = c.frame(() => parametersAndBody(c, node, generator));
  const arrow = ts.isArrowFunction(node) ? ' =>' : '';
  return `(${result.parameters})${arrow} {${result.directive}${temporaries}${result.before}${result.body}}`;
}

interface Parts {
  readonly parameters: string;
  readonly directive: string;
  readonly before: string;
  readonly body: string;
}

function parametersAndBody(c: Context, node: ts.FunctionLikeDeclaration, generator: boolean): Parts {
  const before: string[] = [`${c.p}t();`, ...(usesArguments(node) ? [`${c.p}pg(arguments);`] : [])];
  const parameters: string[] = [];
  const late: string[] = [];
  node.parameters.forEach((parameter, i) => {
    if (ts.isIdentifier(parameter.name) && parameter.name.text === 'this') return;
    const index = i - (node.parameters[0] && ts.isIdentifier(node.parameters[0].name) && node.parameters[0].name.text === 'this' ? 1 : 0);
    const simple = ts.isIdentifier(parameter.name);
    const name = simple ? (parameter.name as ts.Identifier).text : `${c.p}a_${index}`;
    if (parameter.dotDotDotToken) {
      parameters.push(`...${name}`);
      before.push(`${c.p}pr(${name}, ${index});`);
      if (!simple) before.push(`var ${declarePattern(c, parameter.name, plain(name, 'other')).join(', ')};`);
      return;
    }
    parameters.push(parameter.initializer ? `${name} = void 0` : name);
    const binding = simple ? c.bindings.declared(parameter) : undefined;
    const companions = binding ? c.companions(binding) : companionNames(c, name);
    if (companions.length) {
      const reads = companions.map((companion, k) => `${companion} = ${c.p}p${k || ''}(${index}, ${name})`);
      if (generator && !node.parameters.some(p => p.dotDotDotToken)) late.push(...reads);
      else before.push(`let ${reads.join(', ')};`);
    }
    if (parameter.initializer) {
      const value = registered(c, c.expression(parameter.initializer));
      const regs = inRegister(c, '', 'any').shadow!;
      before.push(`if (${name} === void 0) { ${name} = ${value}; ${companions.map((companion, k) => `${companion} = ${regs[k]};`).join(' ')} }`);
    }
    if (binding && binding.format !== null) {
      const entered = converted(c, parameter.name, { code: name, shadow: companions.length ? companions : null, kind: 'any', atom: true }, c.unitOfFormat(binding.format));
      before.push(`${name} = ${entered.code}; ${companions.map((companion, k) => `${companion} = ${entered.shadow![k]};`).join(' ')}`);
    }
    if (!simple) {
      const whole: Emitted = { code: name, shadow: companions, kind: 'any', atom: true };
      before.push(`var ${declarePattern(c, parameter.name, whole).join(', ')};`);
    }
    if (ts.isConstructorDeclaration(node) && parameter.modifiers?.some(m => ts.isParameterPropertyDeclaration(parameter, node) && m)) propertiesOf.set(node, [...(propertiesOf.get(node) ?? []), { name, companions }]);
  });
  if (late.length) parameters.push(...late);
  const body = node.body;
  if (!body) return { parameters: parameters.join(', '), directive: '', before: '', body: '' };
  if (!ts.isBlock(body)) return { parameters: parameters.join(', '), directive: '', before: before.join(' '), body: `return ${returned(c, node, body)};` };
  const directive = body.statements.some(s => ts.isExpressionStatement(s) && ts.isStringLiteral(s.expression) && s.expression.text === 'use strict') && simpleParameters(node) ? '"use strict"; ' : '';
  const statements = ts.isConstructorDeclaration(node) ? constructorBody(c, node, body) : c.statements(body.statements);
  return { parameters: parameters.join(', '), directive, before: before.join(' '), body: statements };
}

function simpleParameters(node: ts.FunctionLikeDeclaration): boolean {
  return node.parameters.every(p => !p.initializer && !p.dotDotDotToken);
}

const propertiesOf = new WeakMap<ts.Node, { name: string; companions: readonly string[] }[]>();

/** Parameter properties (`constructor(private x: number)`) are assigned right after `super(…)`. */
function constructorBody(c: Context, node: ts.ConstructorDeclaration, body: ts.Block): string {
  const properties = (propertiesOf.get(node) ?? []).map(({ name, companions }) => `this.${name} = ${name}; ${setProperty(c, 'this', name, name, companions)};`).join(' ');
  if (!properties) return c.statements(body.statements);
  const after = body.statements.findIndex(s => ts.isExpressionStatement(s) && ts.isCallExpression(s.expression) && s.expression.expression.kind === ts.SyntaxKind.SuperKeyword) + 1;
  return `${c.statements(body.statements.slice(0, after))} ${properties} ${c.statements(body.statements.slice(after))}`;
}

/** Sets the companion of a property whose value is the atom `value`. Each name is written out: stores by computed keys would make the companion a dictionary. */
export function setProperty(c: Context, object: string, name: string, value: string, shadow: readonly string[] | null): string {
  const own = shadow ?? (c.mode === 'record' ? ['0'] : c.mode === 'statistics' ? [value] : [value, '0']);
  const field = (kind: string): string => `[${JSON.stringify(`${kind}_${name}`)}]`;
  if (c.mode === 'record') return `typeof ${value} === "number" && (${c.companionOf(object, 'write')}(${object})${field('n')} = ${own[0]})`;
  const companion = c.temporary();
  const fields = [`(${companion} = ${c.companionOf(object, 'write')}(${object}))${field('v')} = ${value}`, `${companion}${field('r')} = ${own[0]}`, ...(own[1] === undefined ? [] : [`${companion}${field('l')} = ${own[1]}`])];
  return `typeof ${value} === "number" && (${fields.join(', ')})`;
}

/** `return e`: the shadow goes back in the register. In a callback of `reduce` the step of the reduction is one. */
export function returned(c: Context, node: ts.Node, expression: ts.Expression): string {
  const accumulator = reduceAccumulator(c, node);
  const e = bare(expression);
  const from = accumulator && accumulationOf(e, accumulator.name);
  if (accumulator && from && ts.isBinaryExpression(e) && c.bindings.of(from) === accumulator) {
    return `${c.p}o(${[accumulate(c, accumulator, e, e.operatorToken.kind, e.left, e.right)].map(x => [x.code, ...x.shadow!].join(', ')).join('')})`;
  }
  const value = c.expression(expression);
  if (value.kind !== 'other' && isAsync(expression)) return given(c, value, true);
  if (value.kind === 'other') return ts.isFunctionLike(e) || isNoNumber(e) && !ts.isArrayLiteralExpression(e) ? value.code : `${c.p}b(${c.site(expression, 'convert')}, ${value.code})`;
  if (value.kind === 'integer' && c.mode === 'record') return value.code;
  if (!value.shadow) return c.mode === 'record' || value.atom ? `${c.p}o(${[value.code, ...(c.mode === 'record' ? ['0'] : c.mode === 'statistics' ? [value.code] : [value.code, '0'])].join(', ')})` : `${c.p}o1(${value.code})`;
  return value.kind === 'any' ? `${c.p}b(${c.site(expression, 'convert')}, ${c.p}o(${[value.code, ...value.shadow].join(', ')}))` : `${c.p}o(${[value.code, ...value.shadow].join(', ')})`;
}

/** Whether a node stands directly in an async function. */
export function isAsync(node: ts.Node): boolean {
  let f: ts.Node = node.parent;
  while (!ts.isFunctionLike(f) && !ts.isSourceFile(f)) f = f.parent;
  return ts.canHaveModifiers(f) && (ts.getModifiers(f)?.some(m => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false);
}

/** Code of a value that leaves the function by `yield`, or that settles a promise: its shadow stays in the register, or is found again when somebody awaits it. */
export function given(c: Context, value: Emitted, promised: boolean): string {
  return value.kind === 'other' ? value.code : `${c.p}${promised ? 'oa' : 'o'}(${passed(c, value)})`;
}

function reduceAccumulator(c: Context, node: ts.Node): Binding | undefined {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const first = node.parameters[0] as ts.ParameterDeclaration | undefined;
  if (!first || !ts.isIdentifier(first.name)) return undefined;
  const binding = c.bindings.declared(first);
  return binding.accumulator ? binding : undefined;
}

function usesArguments(node: ts.FunctionLikeDeclaration): boolean {
  if (ts.isArrowFunction(node) || !node.body) return false;
  let found = false;
  const visit = (n: ts.Node): void => {
    if (found || (ts.isFunctionLike(n) && !ts.isArrowFunction(n))) return;
    if (ts.isIdentifier(n) && n.text === 'arguments') { found = true; return; }
    ts.forEachChild(n, visit);
  };
  ts.forEachChild(node.body, visit);
  return found;
}
