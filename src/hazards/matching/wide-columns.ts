import type { Call, Expression, FunctionId, Statement } from '../../program';
import { childrenOf, leaves } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { functionsOf } from './callers';
import { nameOf, receiverName } from './names';
import { constantOf, isOperation, nested, resolve, soleResult, within } from './structure';

/** What reads the text of a 64-bit column of a database, or field of a wire format, as a number: parsers that a driver is given, tables of decoders, cases for such a type. */

/** `types.setTypeParser(20, text => parseInt(text, 10))`: what reads the columns of type int8, number 20 (1016 for arrays of it), in the driver of PostgreSQL. */
export function columnReader(c: HazardContext, call: Call): Expression | null {
  if (calledName(c, call) !== 'setTypeParser' || call.arguments.length < 2) return null;
  const [column, given] = call.arguments;
  if (![20, 1016].includes(constantOf(c, column) ?? 0) && !/int_?8|bigint/i.test(nameOf(c, column))) return null;
  return numberReader(c, given);
}

/** What makes a number of its text in a function that is to read one: `Number` itself, or the conversion of the parameter. */
function numberReader(c: HazardContext, given: Expression): Expression | null {
  const functions = functionsOf(c, given);
  return functions.length === 1 ? readerIn(c, functions[0]) : /^(Number|parseInt|parseFloat)$/.test(c.source(given)) ? given : null;
}

function readerIn(c: HazardContext, fn: FunctionId): Expression | null {
  const own = (e: Expression | null | undefined): boolean => {
    // Number(value), parseInt(node.value, 10), Number(field.string())
    if (e?.kind === 'property' || e?.kind === 'index') return own(e.object);
    if (e?.kind === 'call') return e.arguments.length === 0 && own(receiverOf(e));
    return e?.kind === 'variable' && c.program.functions[fn].parameters.some(p => p.variable === e.variable);
  };
  for (const inner of c.calls()) if (c.position(inner).function === fn && converts(c, inner) && own(inner.kind === 'call' ? inner.arguments[0] : undefined)) return inner;
  return c.operations('plus').find(o => c.position(o).function === fn && own(o.operands[0])) ?? null;
}

function converts(c: HazardContext, e: Expression): boolean {
  return e.kind === 'call' ? /^(Number|parseInt|parseFloat)$/.test(calledName(c, e)) : isOperation(e, 'plus');
}

/** Names of 64-bit integers among the types of databases and wire formats. */
const wideColumn = /^(_?t_?)?((big_?)?(int|integer|serial)_?8|u?int_?64|s?fixed_?64|big_?int(eger)?|big_?serial|long_?long|u?long)(_?(oid|type))?$/i;

function wideNames(c: HazardContext): (name: string) => boolean {
  // int8 is a byte where there are int16 and uint8 too.
  const bytes = c.says(/\bu?int_?16\b|\buint_?8\b/i);
  return name => wideColumn.test(name) && !(bytes && /8/.test(name));
}

/** Entries of a table of decoders for a column of 64 bits: `{ [OID.INT8]: text => +text, int4: … }`, `new Map([[20, Number]])`, `decoders.bigint = Number`. */
export function* columnDecoders(c: HazardContext): Generator<Expression> {
  const wide = wideNames(c);
  for (const o of c.scene.byKind.get('object') ?? []) {
    if (o.kind !== 'object') continue;
    for (const p of o.properties) {
      const [key, value] = p.value.kind === 'opaque' && p.value.reason === 'computed key' ? p.value.children : [null, p.value];
      if (!value || !wide(key ? nameOf(c, key) || String(key.kind === 'constant' ? key.value : '') : p.name ?? '') && !(key && [20, 1016].includes(constantOf(c, key) ?? 0) && postgres(c))) continue;
      const reader = numberReader(c, value);
      if (reader && ofText(reader)) yield reader;
    }
  }
  for (const a of c.assignments()) {
    const name = a.target.kind === 'property' ? a.target.name : a.target.kind === 'index' ? nameOf(c, a.target.index) || (a.target.index.kind === 'constant' ? String(a.target.index.value) : '') : '';
    const reader = wide(name) ? numberReader(c, a.value) : null;
    if (reader && ofText(reader)) yield reader;
  }
  for (const pair of c.scene.byKind.get('array') ?? []) {
    if (pair.kind !== 'array' || pair.elements.length !== 2) continue;
    const [key, value] = pair.elements;
    if (!key || !value || key.kind === 'variable' || !wide(nameOf(c, key) || (key.kind === 'constant' ? String(key.value) : '')) && !(constantOf(c, key) === 20 && postgres(c))) continue;
    const reader = numberReader(c, value);
    if (reader && ofText(reader)) yield reader;
  }
}

function postgres(c: HazardContext): boolean {
  return c.says(/postgres|\bpg\b|\boid\b|timestamptz/i);
}

function ofText(reader: Expression): boolean {
  const argument = reader.kind === 'call' ? reader.arguments[0] : reader.kind === 'operation' ? reader.operands[0] : null;
  return argument === null || argument.type.kind !== 'number' && argument.type.kind !== 'bigint';
}

/** What a description of a column or scalar reads values with. */
const readerNames = /^(parse(Value|Literal)?|decode|deseriali[sz]e|read|from(Driver|Text|Sql|Db|Database)?|convert|cast|transform(er)?|get)$/;

/** A description that names its type: `{ type: 'bigint', transformer: { from: text => Number(text) } }`, `{ name: 'Int64', parseValue: Number }`, `bigint: { from: [20], parse: x => +x }`. */
export function* columnDescriptions(c: HazardContext): Generator<Expression> {
  const wide = wideNames(c);
  const names = (e: Expression): boolean => e.kind === 'constant' ? typeof e.value === 'string' && wide(e.value) : e.kind === 'array' ? e.elements.some(x => x !== null && names(x)) : (e.kind === 'property' || e.kind === 'variable') && wide(nameOf(c, e)) || constantOf(c, e) === 20 && postgres(c);
  for (const o of c.scene.byKind.get('object') ?? []) {
    if (o.kind !== 'object') continue;
    const described = o.properties.some(p => /^(name|type|types|type_?name|data_?type|kind|oid|to|from)$/i.test(p.name ?? '') && names(answer(c, p.value))) || wide(receiverName(c, o));
    if (described) for (const p of o.properties) if (readerNames.test(p.name ?? '')) yield* describedReader(c, p.value, 2);
  }
}

/** What a function without parameters answers, or the expression itself: `dataType() { return 'bigint' }`. */
function answer(c: HazardContext, e: Expression): Expression {
  const value = resolve(c, e);
  return value.kind === 'function' ? soleResult(c.program.functions[value.function]) ?? value : value;
}

function* describedReader(c: HazardContext, e: Expression, depth: number): Generator<Expression> {
  const value = resolve(c, e);
  if (value.kind === 'object') { if (depth > 0) for (const p of value.properties) if (readerNames.test(p.name ?? '')) yield* describedReader(c, p.value, depth - 1); return; }
  const reader = numberReader(c, e);
  if (reader && ofText(reader)) yield reader;
}

/** `case Oid.int8: return parseInt(text, 10)`, also where a function of the file does the reading or hands it to another, and `type === 'bigint' ? Number(text) : text`. */
export function* columnCases(c: HazardContext): Generator<Expression> {
  const wide = wideNames(c);
  const named = (e: Expression): boolean => wide(e.kind === 'constant' ? String(e.value) : nameOf(c, e)) && e.type.kind !== 'bigint' || constantOf(c, e) === 20 && postgres(c);
  for (const { statement } of c.scene.statements) {
    if (statement.kind !== 'switch' || isOperation(resolve(c, statement.subject), 'typeof')) continue;
    let open = false;
    for (const one of statement.cases) {
      open ||= one.test !== null && named(one.test);
      if (!open) continue;
      for (const e of expressionsOf(c, one.body)) yield* readersAt(c, e);
      open = one.body.length === 0 || !leaves(one.body);
    }
  }
  for (const e of [...c.calls(), ...c.operations('plus')]) {
    if (converts(c, e) && [...c.guards(e)].some(g => g.truth && asked(c, g.test, named))) yield* readersAt(c, e);
  }
}

/** A question for the type: `type === 'int8'`, `type === 'int4' || type === 'int8'`. What `typeof` answers is no column. */
function asked(c: HazardContext, test: Expression, named: (e: Expression) => boolean): boolean {
  if (test.kind === 'logical') return asked(c, test.left, named) || asked(c, test.right, named);
  return isOperation(test, 'eq') && test.operands.some(named) && !test.operands.some(o => isOperation(resolve(c, o), 'typeof'));
}

/** The conversion that an expression is, that a function of this file called there does with what it is given, or that is handed on as a function. */
function* readersAt(c: HazardContext, e: Expression, depth = 2): Generator<Expression> {
  if (converts(c, e) && ofText(e) && !(e.kind === 'call' && e.arguments.length === 0)) yield e;
  if (e.kind !== 'call' || depth === 0) return;
  for (const given of e.arguments) { const reader = given.kind === 'function' || given.kind === 'variable' || given.kind === 'property' ? numberReader(c, given) : null; if (reader && ofText(reader)) yield reader; }
  if (e.callee.kind !== 'local') return;
  const reader = readerIn(c, e.callee.function);
  if (reader && ofText(reader)) yield reader;
  for (const inner of expressionsOf(c, c.program.functions[e.callee.function].body)) if (inner.kind === 'call' && inner !== e) yield* readersAt(c, inner, depth - 1);
}

function* expressionsOf(c: HazardContext, body: readonly Statement[]): Generator<Expression> {
  for (const s of nested(body)) {
    const root = s.kind === 'return' || s.kind === 'declare' ? s.value : s.kind === 'expression' ? s.expression : null;
    if (root) yield* within(c, root, childrenOf);
  }
}
