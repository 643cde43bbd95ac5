import ts from 'typescript';
import type { FunctionIr, Program, ValueType } from '../../program';
import { lineColumn } from '../../program';
import { toReal } from '../../protocol/real';
import type { FunctionDescription, ParameterDescription } from '../../protocol/report';

/** The functions of a file that `FILE#NAME` can name: top-level ones and methods of classes. */
export function describeFunctions(program: Program): FunctionDescription[] {
  return program.functions.filter(isNameable).map(fn => describe(program, fn)).sort((a, b) => a.start - b.start);
}

function isNameable(fn: FunctionIr): boolean {
  if (fn.name === '' || fn.name.endsWith('.') || fn.enclosing !== 0) return false;
  return fn.kind === 'function' || fn.kind === 'arrow' || fn.kind === 'method';
}

function describe(program: Program, fn: FunctionIr): FunctionDescription {
  return {
    name: fn.name, file: program.file, start: fn.start, end: fn.end, line: lineColumn(program, fn.start).line, endLine: lineColumn(program, fn.end).line,
    parameters: fn.parameters.map(p => parameter(program, p.variable)), numeric: isNumeric(program, fn),
  };
}

function parameter(program: Program, variable: number): ParameterDescription {
  const { name, start, end, type, range } = program.variables[variable];
  const described = { name: name === '' ? program.text.slice(start, end) : name, type: typeText(type) };
  return range ? { ...described, range: [toReal(range[0]), toReal(range[1])] } : described;
}

/** A value's type in TypeScript's words, for people. */
export function typeText(type: ValueType): string {
  switch (type.kind) {
    case 'number': case 'string': return type.literals ? type.literals.map(value => JSON.stringify(value)).join(' | ') : type.kind;
    case 'array': return type.element.kind === 'union' ? `(${typeText(type.element)})[]` : `${typeText(type.element)}[]`;
    case 'tuple': return `[${type.elements.map(typeText).join(', ')}]`;
    case 'typedArray': return type.name;
    case 'map': return `Map<${typeText(type.key)}, ${typeText(type.value)}>`;
    case 'set': return `Set<${typeText(type.element)}>`;
    case 'promise': return `Promise<${typeText(type.value)}>`;
    case 'object': return type.name ?? `{ ${Object.entries(type.properties).map(([name, inner]) => `${name}: ${typeText(inner)}`).join('; ')} }`;
    case 'function': return `(${type.parameters.map((p, i) => `arg${i}: ${typeText(p)}`).join(', ')}) => ${typeText(type.result)}`;
    case 'union': return type.members.map(typeText).join(' | ');
    case 'regexp': return 'RegExp';
    case 'date': return 'Date';
    default: return type.kind;
  }
}

function isNumeric(program: Program, fn: FunctionIr): boolean {
  if (mentionsNumber(fn.result, 0)) return true;
  return program.variables.some(variable => variable.owner === fn.id && mentionsNumber(variable.type, 0));
}

function mentionsNumber(type: ValueType, depth: number): boolean {
  if (depth > 4) return false;
  switch (type.kind) {
    case 'number': case 'typedArray': return true;
    case 'array': case 'set': return mentionsNumber(type.element, depth + 1);
    case 'tuple': return type.elements.some(element => mentionsNumber(element, depth + 1));
    case 'promise': return mentionsNumber(type.value, depth + 1);
    case 'map': return mentionsNumber(type.key, depth + 1) || mentionsNumber(type.value, depth + 1);
    case 'object': return Object.values(type.properties).some(inner => mentionsNumber(inner, depth + 1));
    case 'union': return type.members.some(member => mentionsNumber(member, depth + 1));
    default: return false;
  }
}

/** The function that has this span. */
export function functionNode(source: ts.SourceFile, start: number, end: number): ts.FunctionLikeDeclaration | undefined {
  let found: ts.FunctionLikeDeclaration | undefined;
  const visit = (node: ts.Node): void => {
    if (found || start < node.pos || end > node.end) return;
    if (node.end === end && ts.isFunctionLike(node) && node.getStart(source) === start) { found = node as ts.FunctionLikeDeclaration; return; }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
