import type { Call, Expression, FunctionIr, PropertyRead } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { enclosingNames, nameOf, wordsOf } from './names';
import { constantOf, isOperation } from './structure';
import { usesOf } from './usage';

/** What is done with a value that only an exactly reproducible one survives. */
export type ExactUse = 'compared' | 'hashed';

const digests: ReadonlySet<string> = new Set(['hash', 'fingerprint', 'checksum', 'digest', 'etag', 'signature', 'sha', 'md5', 'crc']);
const keyed: ReadonlySet<string> = new Set(['createHash', 'createHmac', 'digest', 'sha1', 'sha256', 'md5', 'hash', 'murmur', 'xxhash', 'crc32']);

/**
 * Whether the value is compared with `===` or a tolerance smaller than its rounding, or goes into a hash, followed through locals, arithmetic, results of functions and getters of the file and properties of
 * the objects they answer. A comparison with a literal is none: that is what float-equality looks at.
 */
export function exactUse(c: HazardContext, e: Expression): ExactUse | null {
  return exactUseOf({ c, seen: new Set(), left: 200 }, e, 8);
}

/** Values are looked at once, and at most `left` more of them: in files of thousands of functions the ways are many. */
interface Search {
  readonly c: HazardContext;
  readonly seen: Set<Expression>;
  left: number;
}

function exactUseOf(search: Search, e: Expression, depth: number): ExactUse | null {
  const { c, seen } = search;
  if (depth === 0 || seen.has(e) || search.left-- <= 0) return null;
  seen.add(e);
  for (const { user, operand } of usesOf(c, e)) {
    const found = user === null ? ofResult(search, c.function(operand), null, depth) : useBy(search, user, operand, depth);
    if (found) return found;
  }
  return null;
}

function useBy(search: Search, user: Expression, operand: Expression, depth: number): ExactUse | null {
  const { c } = search;
  if (isOperation(user, 'eq', 'ne')) return user.operands.every(o => o.kind !== 'number' && o.kind !== 'constant') ? 'compared' : null;
  // A tolerance below the rounding of any sum.
  if (isOperation(user, 'lt', 'le', 'gt', 'ge')) return user.operands.some(o => { const k = constantOf(c, o); return k !== null && k > 0 && k < 1e-14; }) ? 'compared' : null;
  if (isOperation(user, 'add', 'sub', 'mul', 'div', 'neg', 'abs') || user.kind === 'conditional' && user.test !== operand) return exactUseOf(search, user, depth - 1);
  if (user.kind === 'template') return hashed(c, user) ? 'hashed' : null;
  if (user.kind === 'call' && user.arguments.includes(operand)) return hashes(c, user) ? 'hashed' : bits(c, user, operand) ? exactUseOf(search, user, depth - 1) : null;
  if (user.kind === 'array') return hashed(c, user) ? 'hashed' : null;
  if (user.kind !== 'object') return null;
  const name = user.properties.find(p => p.value === operand)?.name;
  return name === undefined || c.parent(user) !== null && c.parent(user)!.kind !== 'call' ? null : ofResult(search, c.function(user), name, depth);
}

/** Uses of what the function answers, or of one property of it. */
function ofResult(search: Search, fn: FunctionIr, property: string | null, depth: number): ExactUse | null {
  const { c } = search;
  if (property === null && wordsOf(fn.name.replace(/^.*\./, '')).some(w => digests.has(w))) return 'hashed';
  const name = fn.name.replace(/^.*\./, '');
  const reads = properties(c);
  if (property !== null) {
    for (const read of reads) if (read.name === property) { const found = exactUseOf(search, read, depth - 1); if (found) return found; }
    return null;
  }
  if (fn.kind === 'getter') {
    for (const read of reads) if (read.name === name) { const found = exactUseOf(search, read, depth - 1); if (found) return found; }
    return null;
  }
  if (name === '') return null;
  for (const call of c.calls()) {
    const calls = call.callee.kind === 'local' ? call.callee.function === fn.id : call.callee.kind === 'method' && call.callee.name === name;
    const found = calls ? exactUseOf(search, call, depth - 1) : null;
    if (found) return found;
  }
  return null;
}

/** A function of this file that answers the bits of its argument: what it is given goes into a view of bytes. */
function bits(c: HazardContext, call: Call, operand: Expression): boolean {
  if (call.callee.kind !== 'local') return false;
  const given = c.program.functions[call.callee.function].parameters[call.arguments.indexOf(operand)]?.variable;
  return given !== undefined && c.reads(given).some(r => { const user = c.parent(r); return user?.kind === 'call' && /^setFloat(16|32|64)$/.test(calledName(c, user)) || user?.kind === 'array' && (n => n?.kind === 'new' && /^Float(16|32|64)Array$/.test(n.name ?? ''))(c.parent(user)) || user?.kind === 'assign' && user.value === r && user.target.kind === 'index' && user.target.object.type.kind === 'typedArray'; });
}

function properties(c: HazardContext): readonly PropertyRead[] {
  return (c.scene.byKind.get('property') ?? []) as readonly PropertyRead[];
}

/** The text or list stands in a call that hashes, or in a function whose name says that it makes a hash. */
function hashed(c: HazardContext, e: Expression): boolean {
  for (let user = c.parent(e), steps = 0; user && steps < 6; user = c.parent(user), steps++) if (user.kind === 'call' && hashes(c, user)) return true;
  return [...enclosingNames(c, e)].some(name => wordsOf(name).some(w => digests.has(w)));
}

/** `hash(x)`, `createHash('sha1').update(x)` */
function hashes(c: HazardContext, call: Expression & { kind: 'call' }): boolean {
  if (keyed.has(calledName(c, call))) return true;
  const receiver = call.callee.kind === 'method' || call.callee.kind === 'library' || call.callee.kind === 'imported' ? call.callee.receiver : null;
  return calledName(c, call) === 'update' && receiver !== null && (receiver.kind === 'call' ? keyed.has(calledName(c, receiver)) : wordsOf(nameOf(c, receiver)).some(w => digests.has(w)));
}
