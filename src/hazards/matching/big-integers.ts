import type { Call, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { relationsOf } from './guards';
import { nameOf, wordsOf } from './names';
import { originsOf } from './origins';
import { constantOf, isOperation, resolve } from './structure';
import { usesOf } from './usage';

/** What integers of any size are made of: calls whose argument should have all its digits, and texts that are written anew in another base. */

/** `BigInt(n)`, `new BN(n)`, `BigNumber.from(n)`, `JSBI.BigInt(n)`, `Long.fromNumber(n)`, `toBN(n)`: takes text as well, or has another function for it. */
function takesBigInteger(c: HazardContext, e: Expression): boolean {
  if (e.kind === 'new') return /^(BN|JSBI|U?Int64|UInt64BE|Long)$/.test(e.name ?? '');
  if (e.kind !== 'call') return false;
  const name = calledName(c, e);
  const receiver = receiverOf(e);
  const owner = receiver ? nameOf(c, receiver) : /^(\w+)\.\w+\(/.exec(c.source(e))?.[1] ?? '';
  return /^(BigInt|bigInt|toBN|toBigInt)$/.test(name) || name === 'BigInt' && owner === 'JSBI' || name === 'from' && owner === 'BigNumber' || /^from(Number|Value|String)$/.test(name) && /^(Long|Int64|UInt64)$/.test(owner);
}

/** Keeps the digits that the number still has: rounding, text of it, a tidied text. */
function passes(c: HazardContext, user: Expression, operand: Expression): boolean {
  if (isOperation(user, 'floor', 'ceil', 'round', 'trunc', 'abs', 'neg', 'plus')) return true;
  // Nanoseconds to seconds, wei to gwei: a divisor that large says that the number has many digits.
  if (isOperation(user, 'div') && user.operands[0] === operand) return (constantOf(c, user.operands[1]) ?? 0) >= 1e6;
  if (user.kind === 'template') return user.parts.filter(p => p.kind !== 'constant').length === 1;
  if (user.kind === 'conditional') return user.test !== operand;
  if (user.kind !== 'call') return false;
  return receiverOf(user) === operand && /^(toString|toFixed)$/.test(calledName(c, user)) || user.arguments.length === 1 && user.arguments[0] === operand && /^(String|Number)$/.test(calledName(c, user));
}

const shortWords: ReadonlySet<string> = new Set(['port', 'page', 'limit', 'count', 'decimals', 'digits', 'precision', 'scale', 'index', 'chain', 'network', 'year', 'month', 'day', 'days', 'hours', 'minutes', 'seconds', 'secs', 'sec', 'ms', 'millis', 'timeout', 'delay', 'interval', 'duration', 'percent', 'percentage', 'bps', 'version', 'level', 'radix', 'base', 'exponent', 'size', 'length', 'width', 'height', 'age', 'date', 'deadline', 'expiry', 'slippage', 'retries', 'block', 'blocks', 'epoch', 'slot']);

/**
 * The call that makes an integer of any size of a number which was read from `text`: the digits were rounded before. Null when a condition bounds the number, and for the text of
 * a number and names of small quantities.
 */
export function bigIntegerOf(c: HazardContext, parse: Expression, text: Expression): Expression | null {
  const value = resolve(c, text);
  const printed = value.kind === 'call' && /^(toString|String|toFixed)$/.test(calledName(c, value)) ? receiverOf(value) ?? value.arguments[0] : value;
  if (printed === undefined || [text, value, printed].some(e => e.type.kind === 'number' || e.type.kind === 'boolean' || e.type.kind === 'bigint' || e.type.kind === 'date')) return null;
  return [text, printed].some(e => isShort(c, e)) ? null : madeBig(c, parse, 5);
}

/** By its name, the number never has 16 digits: a port, a number of days, the number of a chain. */
export function isShort(c: HazardContext, text: Expression): boolean {
  return wordsOf(nameOf(c, text)).some(w => shortWords.has(w));
}

function madeBig(c: HazardContext, parse: Expression, depth: number): Expression | null {
  for (const { user, operand } of usesOf(c, parse)) {
    if (!user) continue;
    if (takesBigInteger(c, user)) { if (!bounded(c, user, operand)) return user; continue; }
    const found = depth > 0 && passes(c, user, operand) ? madeBig(c, user, depth - 1) : null;
    if (found) return found;
  }
  return null;
}

function bounded(c: HazardContext, at: Expression, value: Expression): boolean {
  return relationsOf(c, at, value).some(r => r.operator === 'lt' || r.operator === 'le' || r.operator === 'eq');
}

/** Of any number of digits by what they name. Those of chains and networks are small. */
const digitWords: ReadonlySet<string> = new Set(['id', 'ids', 'uid', 'guid', 'uuid', 'hash', 'address', 'token', 'nonce', 'txid', 'pubkey', 'snowflake', 'serial']);

/** `parseInt(threadId).toString(16)`, `parseInt(hash, 16).toString()`: the text in another base, which needs every digit of it. */
export function rewrittenInBase(c: HazardContext, call: Call, radix: number | null): boolean {
  const words = wordsOf(nameOf(c, call.arguments[0]) || nameOf(c, resolve(c, call.arguments[0])));
  if (radix === null || !words.some(w => digitWords.has(w)) || words.some(w => /^(chain|network)$/.test(w))) return false;
  for (const { user, operand } of usesOf(c, call)) {
    if (user?.kind !== 'call' || calledName(c, user) !== 'toString' || receiverOf(user) !== operand) continue;
    const other = user.arguments.length > 0 ? constantOf(c, user.arguments[0]) : 10;
    if (other !== null && other !== radix) return true;
  }
  return false;
}

/** Quantities of nodes and contracts that are counted in 10^-18 of a coin. */
const ledgerCalls = /^(eth_(getBalance|getStorageAt|call)|balanceOf|getBalance|totalSupply|allowance)$/;

/** What `Number(text)` reads, when the text is the answer of a call that names such a quantity: `rpc.request('eth_getBalance', …)`, also by a parameter that this file gives. The name. */
export function ledgerQuantity(c: HazardContext, text: Expression): string | null {
  let value = resolve(c, text);
  if (value.kind === 'opaque' && value.reason === 'await' && value.children.length === 1) value = resolve(c, value.children[0]);
  if (value.kind !== 'call') return null;
  for (const argument of value.arguments.slice(0, 2)) {
    for (const o of argument.type.kind === 'number' ? [] : originsOf(c, argument)) if (o.kind === 'constant' && typeof o.value === 'string' && ledgerCalls.test(o.value)) return o.value;
  }
  return null;
}
