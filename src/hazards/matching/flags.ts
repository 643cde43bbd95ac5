import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName } from './accumulation';
import { powerOfTwo } from './dyadic';
import { relationsOf } from './guards';
import { hashWords, nameOf, wordsOf } from './names';
import { constantsOf } from './origins';
import { constantOf, isOperation, resolve } from './structure';
import { formatNumber } from './text';
import { usesOf } from './usage';
import { hashing } from './words';

/** Bit operations on sets of flags that have outgrown 31 bits: flags made as powers of two of any exponent, masks read from decimal text, and literals beyond 2^31. */
export function* wideFlags(c: HazardContext): Generator<Detection> {
  const powers = openPowers(c);
  const beside = besideText(c);
  for (const operator of ['bitand', 'bitor', 'bitxor'] as const) {
    for (const e of c.operations(operator)) {
      const outer = c.parent(e);
      if (outer && isOperation(outer, 'ushr')) continue;
      if (e.operands.length !== 2 || wordsOf(c.function(e).name).some(w => hashWords.has(w))) continue;
      const power = e.operands.find(o => openPower(c, o));
      if (power) { yield { at: e, message: `${c.text(e)} sees 32 bits only, and ${c.text(power)} goes on doubling: the flag of 2^32 is lost, and that of 2^31 is negative.`, remedy: 'Keep sets of more than 31 flags in BigInt, or in an array.' }; continue; }
      const parsed = operator === 'bitxor' ? undefined : e.operands.find(o => decimalText(c, o));
      if (parsed && e.operands.every(o => constantOf(c, o) === null)) { yield { at: e, message: `${c.text(e)} keeps the low 32 bits of ${c.text(parsed)}, a number read from text of any size: from 2^31 on the result is negative.`, remedy: 'End with >>> 0, or use BigInt for more than 32 bits.' }; continue; }
      const shared = parsed ? undefined : e.operands.find(o => o.kind === 'property' && beside.has(c.source(o)));
      if (shared) { yield { at: e, message: `${c.text(e)} sees 32 bits only, and elsewhere ${c.text(shared)} is one of the flags of a number read from text of any size.`, remedy: 'Keep sets of more than 31 flags in BigInt, or in an array.' }; continue; }
      if (powers && operator === 'bitand' && tested(c, e) && e.operands.every(o => plain(c, o))) yield { at: e, message: `${c.text(e)} sees 32 bits only, and flags are made here by ${c.text(powers)}, which goes on doubling.`, related: [{ message: 'The flags are made here.', at: powers }], remedy: 'Keep sets of more than 31 flags in BigInt, or in an array.' };
    }
  }
}

/**
 * `bits |= Permission[name]` with a table of this file in which some flags are 2^32 or more: one finding a table, since one change mends all of them.
 */
export function* wideTables(c: HazardContext): Generator<Detection> {
  const seen = new Set<string>();
  const uses = (['bitand', 'bitor', 'bitxor'] as const).flatMap(operator => c.operations(operator)).sort((a, b) => a.start - b.start);
  for (const e of uses) {
    const beyond = (o: Expression): number | undefined => constantsOf(c, o).find(k => k >= 2 ** 32 && powerOfTwo(k));
    const entry = e.type.kind === 'bigint' ? undefined : e.operands.find(o => { const v = resolve(c, o); return (v.kind === 'index' || v.kind === 'property') && tableOfFlags(c, v.object) && beyond(v) !== undefined; });
    const wide = entry ? beyond(resolve(c, entry)) : undefined;
    if (!entry || wide === undefined || hashing(c, e)) continue;
    const held = resolve(c, entry);
    const table = held.kind === 'index' || held.kind === 'property' ? c.source(held.object) : '';
    if (seen.has(table)) continue;
    seen.add(table);
    yield { at: e, message: `${c.text(e)} sees 32 bits only, and ${c.text(entry)} may be ${formatNumber(wide)}: of flags from 2^32 on nothing is left.`, remedy: 'Keep sets of more than 31 flags in BigInt, or in an array.' };
  }
}

/** An object or list of this file with several powers of two. */
function tableOfFlags(c: HazardContext, e: Expression): boolean {
  const table = resolve(c, e);
  const entries = table.kind === 'object' ? table.properties.map(p => p.value) : table.kind === 'array' ? table.elements : [];
  return entries.filter(x => x !== null && powerOfTwo(constantOf(c, x))).length > 1;
}

/** The sources of flags that are asked for in a number read from decimal text: `perms & permission.value` with `perms = parseInt(text)`. */
function besideText(c: HazardContext): ReadonlySet<string> {
  const found = new Set<string>();
  for (const e of c.operations('bitand')) if (e.operands.some(o => decimalText(c, o))) for (const o of e.operands) if (o.kind === 'property') found.add(c.source(o));
  return found;
}

/** `2 ** n` with nothing that keeps n below 31; `1 << n` says by itself that 32 bits are meant. */
function openPower(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (!isOperation(value, 'pow') || constantOf(c, value.operands[0]) !== 2 || constantOf(c, value.operands[1]) !== null) return false;
  const exponent = value.operands[1];
  return !((c.fact(exponent)?.hi ?? Infinity) <= 31) && !relationsOf(c, value, exponent).some(r => (r.operator === 'lt' || r.operator === 'le' || r.operator === 'eq') && (constantOf(c, r.right) ?? 32) < 32) && !isOperation(resolve(c, exponent), 'sub', 'rem', 'bitand', 'min');
}

/** The first such power that is kept as the value of a flag: an element or property. */
function openPowers(c: HazardContext): Expression | null {
  for (const e of c.operations('pow')) {
    const parent = c.parent(e);
    const stored = parent?.kind === 'assign' && (parent.target.kind === 'index' || parent.target.kind === 'property') || [...usesOf(c, e)].some(({ user }) => user?.kind === 'object' || user?.kind === 'call' && calledName(c, user) === 'set' || user?.kind === 'assign' && user.target.kind !== 'variable');
    if (stored && c.position(e).repetition !== null && openPower(c, e)) return e;
  }
  return null;
}

/** `(value & flag.value) !== 0`, `if (value & flag)`. */
function tested(c: HazardContext, e: Expression): boolean {
  const parent = c.parent(e);
  return parent === null || parent.kind === 'logical' || parent.kind === 'conditional' || isOperation(parent, 'eq', 'ne', 'not', 'gt');
}

function plain(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'conditional') return plain(c, value.then) && plain(c, value.otherwise);
  if (value.kind === 'call') return /^(get|value)$/.test(calledName(c, value));
  return (value.kind === 'variable' || value.kind === 'property' || value.kind === 'index') && !((c.fact(e)?.hi ?? Infinity) < 2 ** 31);
}

/** Number(text), parseInt(text, 10), +text.dataset.flag: a whole number of any size. Colours and hexadecimal digits have their width. */
function decimalText(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind !== 'call' || !/^(Number|parseInt)$/.test(calledName(c, value)) || value.arguments.length === 0) return false;
  const radix = value.arguments[1] ? constantOf(c, value.arguments[1]) : 10;
  const argument = value.arguments[0];
  if (radix !== 10 || argument.type.kind === 'number' || argument.type.kind === 'boolean' || /colou?r|rgb|hex|octet|byte|digit/i.test(nameOf(c, argument))) return false;
  const text = resolve(c, argument);
  if (text.kind === 'variable') return /perm|flag|roles?$|bits|mask/i.test(c.variable(text.variable).name);
  return text.kind === 'call' ? /^(getAttribute|get|val|attr|prop|trim|getItem|item)$/.test(calledName(c, text)) : text.kind === 'property' || text.kind === 'index';
}
