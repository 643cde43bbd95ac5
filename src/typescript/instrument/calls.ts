import ts from 'typescript';
import { unaryMath } from '../../program/shapes';
import { chain, guardedBase, member } from './access';
import { bare } from './bindings';
import { held, inRegister, ownShadow, passed, plain, type Context, type Emitted } from './context';
import { operation } from './fusion';
import { isExactInteger, isInteger, isIntegerDivision, mathName, numericLiteral } from './integers';
import { expressionMark } from './positions';
import { asText, dynamicQuotient, entering, integerContext, integerQuotient, isNoNumber, operand } from './operations';

const integral = new Set(['floor', 'ceil', 'round', 'trunc', 'sign']);
const conversions = new Set(['fround', 'f16round']);
const binaryMath = new Set(['pow', 'atan2', 'min', 'max', 'hypot']);

export function call(c: Context, node: ts.CallExpression): Emitted {
  return ts.isOptionalChain(node) ? chain(c, node, () => callLink(c, node)) : callLink(c, node);
}

/** A call, as a link of a chain or alone. */
export function callLink(c: Context, node: ts.CallExpression): Emitted {
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return plain(c.problem(node, 'import() at run time is not simulated: import the module at the top of the file instead.'), 'any');
  const math = mathName(c.bindings, node.expression);
  if (math !== undefined && !ts.isOptionalChain(node)) {
    const simulated = mathCall(c, node, math);
    if (simulated) return simulated;
  }
  const target = bare(node.expression);
  if (ts.isIdentifier(target) && target.text === 'Number' && !c.bindings.of(target) && node.arguments.length === 1 && !ts.isSpreadElement(node.arguments[0])) {
    return inRegister(c, `${c.p}num(${passed(c, c.expression(node.arguments[0]))})`, 'any');
  }
  const builtin = ts.isIdentifier(target) && !c.bindings.of(target) ? target.text : ts.isPropertyAccessExpression(target) && ts.isIdentifier(target.expression) && target.expression.text === 'Number' && !c.bindings.of(target.expression) ? target.name.text : '';
  if (node.arguments.length > 0 && !ts.isOptionalChain(node) && !node.arguments.some(a => ts.isSpreadElement(a))) {
    if (builtin === 'String' && node.arguments.length === 1) return plain(`${c.value(node.expression)}(${asText(c, node.arguments[0])})`, 'other');
    if (builtin === 'parseFloat' || builtin === 'parseInt') return inRegister(c, `${c.p}reads(${c.site(node, 'call')}, ${c.value(node.expression)}, ${node.arguments.map(a => c.value(a)).join(', ')})`, 'any');
  }
  const callee = calleeOf(c, node);
  const args = [callee.self, argumentsOf(c, node, node.arguments, callee.self ? 1 : 0)].filter(Boolean).join(', ');
  const code = `${c.p}rc(${callee.first ? `(${callee.first}, ` : ''}${callee.self ? '' : expressionMark(c.source, node)}${callee.code}(${args})${callee.first ? ')' : ''}, ${c.site(node, 'call')})`;
  // A list that the library made whole is stored whole: block-scaled schemes quantize it here.
  const makes = ts.isPropertyAccessExpression(target) && (target.name.text === 'map' || target.name.text === 'from' || target.name.text === 'flatMap');
  return inRegister(c, makes ? `${c.p}b(${c.site(node, 'convert')}, ${code})` : code, 'any');
}

function calleeOf(c: Context, node: ts.CallExpression): { first: string; code: string; self?: string } {
  const target = bare(node.expression);
  const optional = node.questionDotToken !== undefined;
  if (target.kind === ts.SyntaxKind.SuperKeyword) return { first: '', code: 'super' };
  if (ts.isOptionalChain(node)) {
    if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
      const base = guardedBase(c, target.expression, target.questionDotToken !== undefined);
      const access = ts.isPropertyAccessExpression(target) ? `${base.atom}.${target.name.text}` : `${base.atom}[${c.value(target.argumentExpression)}]`;
      if (!optional) return { first: base.first, code: access };
      const f = c.temporary();
      c.guards[c.guards.length - 1].push(`(${[base.first, `${f} = ${access}`].filter(Boolean).join(', ')}, ${f}) == null`);
      return { first: '', code: `${f}.call`, self: base.atom };
    }
    const base = guardedBase(c, node.expression, optional);
    return { first: base.first, code: base.atom };
  }
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) return { first: '', code: member(c, target) };
  const code = c.value(node.expression);
  return { first: '', code: ts.isIdentifier(target) && !c.bindings.of(target)?.imported ? code : `(0, ${code})` };
}

/** Arguments: each is evaluated once; the last one also hands the shadows of all of them to the callee. */
export function argumentsOf(c: Context, at: ts.Node, args: readonly ts.Expression[] | undefined, from = 0): string {
  if (!args || args.length === 0) return '';
  if (args.some(a => ts.isSpreadElement(a))) return `...${c.p}argv(${c.site(at, 'call')}, ${elements(c, args)})`;
  if (args.every(a => isNoNumber(a))) return args.map(a => c.value(a)).join(', ');
  return argumentCodes(c, args, from).join(', ');
}

/** Code of each argument; the last one also sets the registers, the first of which is number `from`. */
export function argumentCodes(c: Context, args: readonly ts.Expression[], from: number): string[] {
  const values = args.map(a => c.expression(a));
  const codes: string[] = [];
  const setters: string[] = [];
  values.forEach((value, index) => {
    const last = index === values.length - 1;
    const i = index + from;
    if (value.kind === 'other') {
      if (!last || setters.length === 0) { codes.push(value.code); return; }
      const kept = held(c, value);
      codes.push(`(${[kept.first, ...setters, kept.value.code].join(', ')})`);
      return;
    }
    if (last && setters.length && !value.atom) {
      const kept = held(c, value);
      codes.push(`(${[kept.first, ...setters, i < 6 ? `${c.p}a${i}(${passed(c, kept.value)})` : `${c.p}ax(${i}, ${passed(c, kept.value)})`].join(', ')})`);
      return;
    }
    if (last) {
      const set = `${c.p}a${i}(${passed(c, value)})`;
      codes.push(i < 6 ? (setters.length ? `(${[...setters, set].join(', ')})` : set) : `(${[...setters, `${c.p}ax(${i}, ${passed(c, value)})`].join(', ')})`);
      return;
    }
    if (value.atom && !value.shadow) { codes.push(value.code); setters.push(i < 6 ? `${c.p}a${i}(${passed(c, value)})` : `${c.p}ax(${i}, ${passed(c, value)})`); return; }
    const kept = held(c, value);
    codes.push(`(${kept.first}, ${kept.value.code})`);
    setters.push(i < 6 ? `${c.p}a${i}(${passed(c, kept.value)})` : `${c.p}ax(${i}, ${passed(c, kept.value)})`);
  });
  // A call that is evaluated as a later argument would overwrite the registers: they are set last, in the last argument.
  return codes;
}

/** An array literal, or the arguments of a call with a spread: values and shadows. */
export function elements(c: Context, nodes: readonly ts.Expression[]): string {
  if (nodes.some(n => ts.isSpreadElement(n))) {
    const parts = nodes.map(n => {
      if (ts.isSpreadElement(n)) return `${c.p}ls(t, ${c.value(n.expression)})`;
      if (ts.isOmittedExpression(n)) return `${c.p}lh(t)`;
      return `${c.p}l1(t, ${passed(c, c.expression(n))})`;
    });
    const list = c.temporary();
    return `(${[`${list} = ${c.p}l0()`, ...parts.map(part => part.replace('(t', `(${list}`)), `${list}`].join(', ')})`;
  }
  const values = nodes.map(n => ts.isOmittedExpression(n) ? plain('', 'other') : c.expression(n));
  if (values.every(v => v.shadow === null)) return `[${values.map(v => v.code).join(', ')}${nodes.length && ts.isOmittedExpression(nodes[nodes.length - 1]) ? ',' : ''}]`;
  const kept = values.map(v => v.shadow ? held(c, v) : undefined);
  const list = values.map((v, i) => kept[i] ? `(${kept[i].first}, ${kept[i].value.code})` : v.code).join(', ');
  const shadows = kept.map(k => {
    if (!k) return c.mode === 'statistics-wide' ? 'NaN, 0' : c.mode === 'record' ? '0' : 'NaN';
    return (k.value.shadow ?? ownShadow(c, k.value.code)).join(', ');
  });
  return `${c.p}la([${list}${ts.isOmittedExpression(nodes[nodes.length - 1]) ? ',' : ''}], [${shadows.join(', ')}])`;
}

/** Constructors that copy numbers out of their first argument, or look at its memory. */
const takesElements = /^(?:Map|WeakMap|Set|(?:Float|Int|Uint)\d+(?:Clamped)?Array)$/;

export function construct(c: Context, node: ts.NewExpression): Emitted {
  const target = bare(node.expression);
  const code = c.value(node.expression);
  const callee = ts.isIdentifier(target) && !c.bindings.of(target)?.imported || ts.isPropertyAccessExpression(target) && !/[()]/.test(code) ? code : `(${code})`;
  const made = ts.isIdentifier(target) && !c.bindings.of(target) ? target.text : '';
  const first = node.arguments?.[0];
  if (made === 'Promise' && node.arguments?.length === 1 && first) return plain(`new Promise(${c.p}executor(${c.value(first)}))`, 'other');
  if (first && takesElements.test(made) && !ts.isSpreadElement(first) && !isInteger(c.bindings, first) && numericLiteral(first) === undefined) {
    const from = c.temporary();
    const rest = node.arguments.slice(1).map(a => `, ${c.value(a)}`).join('');
    return plain(`${c.p}made(0, ${expressionMark(c.source, node)}new ${made}(${from} = ${c.value(first)}${rest}), ${from})`, 'other');
  }
  return plain(`${expressionMark(c.source, node)}new ${callee}(${argumentsOf(c, node, node.arguments)})`, 'other');
}

function mathCall(c: Context, node: ts.CallExpression, name: string): Emitted | undefined {
  const args = node.arguments;
  if (args.some(a => ts.isSpreadElement(a))) return undefined;
  if (name === 'random' && args.length === 0) return plain(`${c.p}random()`, 'any');
  if (integral.has(name) && args.length === 1) {
    if (isIntegerDivision(c.bindings, args[0])) return plain(`${c.p}x_${name}(${integerQuotient(c, bare(args[0]) as ts.BinaryExpression)})`, 'integer');
    if (isExactInteger(c.bindings, args[0])) return plain(`${c.p}x_${name}(${c.expression(args[0]).code})`, 'integer');
    const quotient = dynamicQuotient(c, args[0]);
    if (quotient && name !== 'sign') return inRegister(c, `${c.p}q_${name}(${c.site(node, name)}, ${c.site(quotient, 'div')}, ${passed(c, integerContext(c, quotient.left))}, ${passed(c, integerContext(c, quotient.right))})`, 'dynamic');
    return inRegister(c, `${c.p}m_${name}(${c.site(node, name)}, ${operand(c, args[0], '')})`, 'dynamic');
  }
  if (conversions.has(name) && args.length === 1) return inRegister(c, `${c.p}m_${name}(${c.site(node, name)}, ${passed(c, c.expression(args[0]))})`, 'any');
  if (unaryMath.has(name) && args.length === 1) {
    if (name === 'abs' && isInteger(c.bindings, args[0])) return plain(`${c.p}x_abs(${c.expression(args[0]).code})`, 'integer');
    return operation(c, name, '', c.site(node, name), [entering(c, args[0], '')], 'data');
  }
  if (!binaryMath.has(name) || args.length === 0) return undefined;
  if (name === 'min' || name === 'max') {
    if (args.every(a => isInteger(c.bindings, a))) return plain(`${c.p}x_${name}(${args.map(a => c.expression(a).code).join(', ')})`, 'integer');
    if (args.some(a => isExactInteger(c.bindings, a)) && args.every(a => c.expression(a).kind === 'integer' || c.expression(a).kind === 'dynamic')) {
      return plain(`${c.p}x_${name}(${args.map(a => c.expression(a).code).join(', ')})`, 'dynamic');
    }
  }
  if (args.length === 1) return undefined;
  if (name === 'hypot' && args.length > 2) return inRegister(c, `${c.p}hypots(${c.site(node, name)}, [${args.map(a => operand(c, a, '')).join(', ')}])`, 'data');
  if ((name === 'pow' || name === 'atan2') && args.length !== 2) return undefined;
  const callee = name === 'pow' ? `${c.p}pow` : `${c.p}m_${name}`;
  // A choice among values that may count is exact: such operands stay as they are.
  const choice = name === 'min' || name === 'max';
  const dynamic = args.map(a => choice && numericLiteral(a) === undefined && c.expression(a).kind === 'dynamic');
  const part = (i: number): string => dynamic[i] ? passed(c, c.expression(args[i])) : operand(c, args[i], '');
  let code = part(0);
  for (let i = 1; i < args.length - 1; i++) code = `${callee}(${c.site(node, name)}, ${code}, ${part(i)}), ${inRegister(c, '', 'data').shadow!.join(', ')}`;
  return inRegister(c, `${callee}(${c.site(node, name)}, ${code}, ${part(args.length - 1)})`, dynamic.includes(true) ? 'dynamic' : 'data');
}
