import type { Call, Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { childrenOf } from './engine/scene';
import { calledName } from './matching/accumulation';
import { powerOfTwo } from './matching/dyadic';
import { clockBound, isClock } from './matching/epoch';
import { relationsOf } from './matching/guards';
import { integral, likelyIntegral } from './matching/integers';
import { functionName, hashWords, nameOf, receiverName, wordsOf } from './matching/names';
import { constantsOf, originsOf } from './matching/origins';
import { constantOf, isOperation, resolve, sameValue, soleResult, termsOf, within } from './matching/structure';
import { formatNumber } from './matching/text';
import { usesOf } from './matching/usage';

export const unsafeInteger: Hazard = {
  id: 'unsafe-integer',
  * detect(c) {
    for (const e of c.operations('rem')) { yield* modularProduct(c, e); yield* openModulus(c, e); }
    for (const a of c.assignments()) yield* polynomial(c, a);
    for (const call of c.calls()) { yield* reducedPolynomial(c, call); yield* narrowedBigInt(c, call); }
    for (const e of c.operations('mul')) { yield* nanoseconds(c, e); yield* tokenUnits(c, e); yield* twoHashes(c, e); }
    for (const e of [...c.operations('add'), ...c.operations('sub')]) { yield* absorbedConstant(c, e); yield* beyondSafe(c, e); }
    for (const e of c.operations('add')) { yield* wideBytes(c, e); yield* wallNanoseconds(c, e); }
  },
};

/** `if (typeof value === 'bigint') return Number(value)`: whatever made it a BigInt is lost. */
function* narrowedBigInt(c: HazardContext, call: Call): Generator<Detection> {
  const given = call.arguments[0];
  if (call.callee.kind !== 'library' || call.callee.name !== 'Number' || !given || given.kind !== 'variable') return;
  const type = [...c.guards(call)].flatMap(g => [...within(c, g.test, childrenOf)]).find(o => isOperation(o, 'typeof') && sameValue(c, o.operands[0], given));
  if (!type || !relationsOf(c, call, type).some(r => r.operator === 'eq' && r.right.kind === 'constant' && r.right.value === 'bigint')) return;
  // A bound, or a question for being safe, whatever asks it.
  if (relationsOf(c, call, given).length > 0 || [...c.guards(call)].some(g => /safe/i.test(c.source(g.test)))) return;
  yield { at: call, message: `${c.text(call)} rounds a BigInt beyond 2^53 to the nearest double.`, remedy: 'Keep the BigInt, or convert only what Number.isSafeInteger(Number(value)) accepts.' };
}

/** (a · b) % M with operands up to M: the product needs twice the bits of M. */
function* modularProduct(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const modulus = constantOf(c, e.operands[1]);
  if (modulus === null || !Number.isInteger(modulus) || e.type.kind === 'bigint') return;
  for (const term of termsOf(resolve(c, e.operands[0]))) {
    const product = resolve(c, term.value);
    if (!isOperation(product, 'mul') || product.operands.length !== 2) continue;
    const sizes = product.operands.map(o => {
      const constant = constantOf(c, o);
      if (constant !== null) return Math.abs(constant);
      const fact = c.fact(o);
      if (fact && Number.isFinite(fact.hi)) return Math.max(Math.abs(fact.lo), Math.abs(fact.hi));
      return modulus;
    });
    const bound = sizes[0] * sizes[1];
    if (bound <= 2 ** 53 || product.operands.some(o => { const k = constantOf(c, o); return k !== null && !Number.isInteger(k); })) continue;
    yield { at: e, message: `${c.text(product)} reaches ${formatNumber(bound)}, beyond 2^53, so ${c.text(e)} is the remainder of a rounded product.` };
  }
}

/** Milliseconds since 1970, or since another fixed moment, times a scale that takes them past 2^53: the product is rounded before anything (a BigInt) can hold it. A power of two alone is exact; what is added to it is not. */
function* nanoseconds(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const scale = e.operands.map(o => constantOf(c, o) ?? soleConstant(c, o)).find(k => k !== null && k >= 1e3 && Number.isInteger(k));
  if (scale === undefined || scale === null) return;
  const bounds = e.operands.map(o => clockBound(c, o)).filter(b => b !== null);
  if (bounds.length === 0 || bounds[0] * scale <= 2 ** 53) return;
  let sum: Expression = e;
  for (const { user } of usesOf(c, e)) if (user && isOperation(user, 'add')) sum = user;
  for (let parent = c.parent(sum); parent && isOperation(parent, 'add'); parent = c.parent(parent)) sum = parent;
  if (powerOfTwo(scale) && (sum === e || !termsOf(sum).some(t => lowBits(c, t.value, scale)))) return;
  yield { at: sum, message: `${c.text(e)} reaches ${formatNumber(bounds[0] * scale)}, beyond 2^53: ${sum === e ? 'its last digits are rounded' : 'the last digits of the sum are rounded'}.`, remedy: 'Convert to BigInt before multiplying.' };
}

/** The one number that this file stores in a field: `this.unit = 2 ** bits`. */
function soleConstant(c: HazardContext, e: Expression): number | null {
  if (e.kind !== 'property') return null;
  const given = new Set(constantsOf(c, e));
  return given.size === 1 ? [...given][0] : null;
}

/** A summand below the scale: not a multiple of it, as a sequence number or the number of a worker is not. */
function lowBits(c: HazardContext, e: Expression, scale: number): boolean {
  const value = resolve(c, e);
  return constantOf(c, value) === null && clockBound(c, value) === null && !(isOperation(value, 'mul') && value.operands.some(o => (constantOf(c, o) ?? 0) >= scale || clockBound(c, o) !== null));
}

const secondWords: ReadonlySet<string> = new Set(['s', 'sec', 'secs', 'second', 'seconds', 'unix', 'epoch']);
const nanoWords: ReadonlySet<string> = new Set(['ns', 'nsec', 'nsecs', 'nano', 'nanos', 'nanosecond', 'nanoseconds']);

/** `seconds * 1e9 + nanos` of a moment, not of a duration: 1.8e18 nanoseconds since 1970. The names around it tell which. */
function* wallNanoseconds(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const terms = e.operands.length === 2 ? e.operands.map(o => resolve(c, o)) : [];
  const product = terms.find(t => isOperation(t, 'mul') && t.operands.some(o => constantOf(c, o) === 1e9));
  const rest = terms.find(t => t !== product);
  if (!product || !rest || !isOperation(product, 'mul') || e.type.kind === 'bigint') return;
  const seconds = product.operands.find(o => constantOf(c, o) !== 1e9);
  const words = (o: Expression): string[] => [...wordsOf(nameOf(c, o)), ...wordsOf(nameOf(c, resolve(c, o)))];
  if (!seconds || !words(seconds).some(w => secondWords.has(w)) && !(resolve(c, seconds).kind === 'index' && words(rest).some(w => nanoWords.has(w)))) return;
  if (!words(rest).some(w => nanoWords.has(w)) && !(resolve(c, rest).kind === 'index' && resolve(c, seconds).kind === 'index')) return;
  const around = [functionName(c, e), receiverName(c, e), nameOf(c, seconds), c.source(resolve(c, seconds))];
  const ofClock = originsOf(c, seconds).some(o => [...within(c, o, childrenOf, true)].some(x => isClock(c, x)));
  if (!ofClock && !around.some(n => /unix|epoch|stamp|\bts\b|wall|date|clock_?realtime|since_?1970|utc/i.test(n)) || around.some(n => /hrtime|duration|elapsed|delta|diff|monotonic|uptime|interval|timeout|period/i.test(n))) return;
  yield { at: e, message: `${c.text(e)} is about 1.8e18 for a moment of our time, beyond 2^53: it is rounded to a multiple of 256 nanoseconds.`, remedy: 'Compute with BigInt: BigInt(seconds) * 1_000_000_000n + BigInt(nanos).' };
}

/** `76561197960265728 + n`: beside a whole number beyond 2^53 a double has no room for the units that are added. */
function* beyondSafe(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const base = e.operands.find(o => (k => k !== null && Number.isInteger(k) && Math.abs(k) >= 2 ** 53 && Math.abs(k) <= 2 ** 65)(constantOf(c, o)));
  const other = base && e.operands.length === 2 && (e.operator === 'add' || base === e.operands[0]) ? e.operands.find(o => o !== base) : undefined;
  const start = base ? constantOf(c, base) : null;
  const literal = base ? resolve(c, base) : null;
  // Computed and decimal constants are quantities (the square of the speed of light); identifiers are written in digits.
  if (!literal || !(literal.kind === 'number' && /^(\d[\d_]*|0x[\da-f_]+)$/i.test(literal.text) || isOperation(literal, 'pow') && constantOf(c, literal.operands[0]) === 2)) return;
  if (!base || !other || start === null || constantOf(c, other) !== null || e.type.kind === 'bigint' || other.type.kind === 'bigint' || other.type.kind === 'string') return;
  // A round number is "very far" and no identifier; a power of two put on and taken off again rounds on purpose.
  const digits = String(BigInt(Math.abs(start))).replace(/0+$/, '').length;
  if (digits < 6 || c.fact(other)?.integer === false && c.fact(other)?.evidence) return;
  const outer = c.parent(e);
  if (outer && isOperation(outer, 'add', 'sub') && outer.operands.some(o => Math.abs(constantOf(c, o) ?? 0) === Math.abs(start))) return;
  yield { at: e, message: `${c.text(e)} is beyond 2^53, where doubles are ${formatNumber(2 ** (Math.floor(Math.log2(Math.abs(start))) - 52))} apart: the last digits of ${c.text(other)} are lost.`, remedy: 'Use BigInt for both, and text where the number leaves the program.' };
}

/** BigInt(amount * 1e18): the double product has 53 bits, and BigInt writes out its rounding. */
function* tokenUnits(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  let around = c.parent(e);
  if (around && isOperation(around, 'floor', 'round', 'trunc', 'ceil')) around = c.parent(around);
  if (around?.kind !== 'call' || calledName(c, around) !== 'BigInt' || !e.operands.some(o => (constantOf(c, o) ?? 0) >= 1e12 || (isOperation(resolve(c, o), 'pow') && constantOf(c, (resolve(c, o) as typeof e).operands[0]) === 10))) return;
  if (e.operands.every(o => constantOf(c, o) !== null)) return;
  yield { at: e, message: `${c.text(e)} is rounded to 53 bits before BigInt sees it: 1.1 * 1e18 becomes 1100000000000000128.`, remedy: 'Take the decimal text apart and scale its digits with BigInt.' };
}

/** `2 ** 63 - 1`: both are known, and the double next to the result is another integer. */
function* absorbedConstant(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const [a, b] = e.operands.map(o => constantOf(c, o));
  if (e.operands.length !== 2 || a === null || b === null || !Number.isInteger(a) || !Number.isInteger(b) || e.type.kind !== 'number') return;
  const exact = e.operator === 'add' ? BigInt(a) + BigInt(b) : BigInt(a) - BigInt(b);
  const computed = e.operator === 'add' ? a + b : a - b;
  if (!Number.isFinite(computed) || BigInt(computed) === exact) return;
  yield { at: e, message: `${c.text(e)} is ${formatNumber(computed)}: a double has 53 bits, and the ${formatNumber(Math.min(Math.abs(a), Math.abs(b)))} is rounded away.`, remedy: 'Use BigInt literals, or state the limit as what it is: < 2 ** 63.' };
}

/** `b[0] * 2 ** 56 + … + b[7]`: eight bytes make 64 bits, of which a double keeps 53. */
function* wideBytes(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const parent = c.parent(e);
  if (parent && isOperation(parent, 'add') || e.operands.length !== 2) return;
  const terms = termsOf(e).map(t => t.value);
  const scales = terms.map(t => isOperation(t, 'mul') ? t.operands.map(o => constantOf(c, o)).find(k => k !== null) ?? 1 : 1);
  if (terms.length < 5 || !(Math.max(...scales) >= 2 ** 48) || !(Math.min(...scales) <= 2 ** 16) || scales.some(k => !powerOfTwo(k))) return;
  const fn = c.function(e);
  if (/isSafeInteger|MAX_SAFE_INTEGER/.test(c.program.text.slice(fn.start, fn.end))) return;
  yield { at: e, message: `${c.text(e)} needs ${Math.log2(Math.max(...scales)) + 8} bits and keeps 53: beyond 2^53 the low bytes are rounded away.`, remedy: 'Use BigInt (DataView.getBigUint64), or refuse what is not a safe integer.' };
}

/** `(h1 >>> 0) * 2 ** 32 + (h2 >>> 0)`: two hashes of 32 bits in one number, which keeps 53 of the 64. */
function* twoHashes(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const sum = c.parent(e);
  const high = e.operands.find(o => constantOf(c, o) !== 2 ** 32);
  const low = sum && isOperation(sum, 'add') ? sum.operands.find(o => o !== e) : undefined;
  if (!sum || !high || !low || !e.operands.some(o => constantOf(c, o) === 2 ** 32) || !isOperation(resolve(c, high), 'ushr') || !isOperation(resolve(c, low), 'ushr')) return;
  if (![functionName(c, e), nameOf(c, high), nameOf(c, low), ...[high, low].flatMap(o => { const v = resolve(c, o); return isOperation(v, 'ushr') ? [nameOf(c, v.operands[0])] : []; })].some(n => wordsOf(n.replace(/\d+$/, '')).some(w => hashWords.has(w)))) return;
  yield { at: sum, message: `${c.text(sum)} needs 64 bits and keeps 53: hashes that differ in the low bits alone become equal.`, remedy: 'Keep 21 bits of the upper half, or use BigInt or text.' };
}

/** (a · b) % m in modular arithmetic, with a modulus that the caller gives and nothing that keeps it below 2^26.5. */
function* openModulus(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const [product, modulus] = [resolve(c, e.operands[0]), e.operands[1]];
  if (constantOf(c, modulus) !== null || !isOperation(product, 'mul') || product.operands.length !== 2 || e.type.kind === 'bigint' || (c.fact(modulus)?.hi ?? Infinity) < 94_906_266) return;
  if (product.operands.some(o => constantOf(c, o) !== null || o.type.kind === 'bigint') || modulus.type.kind === 'bigint') return;
  const fn = c.function(e);
  if (/\b\d+n\b/.test(c.program.text.slice(fn.start, fn.end))) return;
  if (!/mod_?(pow|mul|exp|inv)|(pow|mul|exp|exponent|power)_?mod|modular/i.test(functionName(c, e))) return;
  yield { at: e, message: `${c.text(product)} passes 2^53 as soon as ${c.text(modulus)} is beyond 94,906,266, and ${c.text(e)} is then the remainder of a rounded product.`, remedy: 'Compute with BigInt, or bound the modulus.' };
}

/** h = h · C + x round after round, with nothing that reduces h: after a dozen characters it is beyond 2^53. */
function* polynomial(c: HazardContext, a: Expression & { kind: 'assign' }): Generator<Detection> {
  const loop = c.position(a).repetition;
  if (a.target.kind !== 'variable' || !loop) return;
  // Eight rounds of n * 256 + byte, whatever it is called.
  const rounds = loop.kind === 'loop' ? c.facts.trips[loop.loop.start]?.lo ?? 0 : 0;
  const grows = isOperation(a.value, 'add') && a.value.operands.some(o => isOperation(o, 'mul') && o.operands.some(k => (constantOf(c, k) ?? 0) ** rounds > 2 ** 53)) && a.value.operands.every(o => constantOf(c, o) !== 0);
  if (!grows && ![nameOf(c, a.target), functionName(c, a)].some(name => wordsOf(name).some(w => hashWords.has(w) || w === 'h' || w === 'id' || w === 'code'))) return;
  yield* horner(c, a, a.target.variable, a.value);
}

/** The same as the answer of a reducer: `(h, x) => h * 31 + x`. */
function* reducedPolynomial(c: HazardContext, call: Call): Generator<Detection> {
  const literal = calledName(c, call) === 'reduce' && call.arguments[0] ? resolve(c, call.arguments[0]) : null;
  if (literal?.kind !== 'function' || !wordsOf(`${functionName(c, call)} ${receiverName(c, call)}`).some(w => hashWords.has(w) || w === 'code')) return;
  const fn = c.program.functions[literal.function];
  const result = soleResult(fn);
  const outer = c.parent(call);
  if (result && fn.parameters[0] && !(outer && isOperation(outer, 'bitor', 'bitand', 'ushr', 'rem'))) yield* horner(c, result, fn.parameters[0].variable, result);
}

function* horner(c: HazardContext, a: Expression, variable: number, value: Expression): Generator<Detection> {
  for (const term of termsOf(value)) {
    const product = term.value;
    if (!isOperation(product, 'mul')) continue;
    const own = product.operands.some(o => o.kind === 'variable' && o.variable === variable);
    const factor = product.operands.map(o => constantOf(c, o)).find(k => k !== null);
    if (!own || factor === undefined || factor === null || !Number.isInteger(factor) || factor < 2 || reduced(c, variable, a)) continue;
    // A power of two alone is exact.
    if (value === product && powerOfTwo(factor)) continue;
    if (!termsOf(value).every(t => t.value === product || integral(c, t.value) || likelyIntegral(c, t.value) || /charCodeAt|codePointAt/.test(c.source(t.value)))) continue;
    yield { at: a, message: `${c.variable(variable).name} is multiplied by ${factor} in each round and passes 2^53 after ${Math.ceil(53 / Math.log2(factor))} rounds: later characters no longer change its low digits correctly.` };
  }
}

/** Some operation on the variable, in the same round, brings it back to 32 bits or below a modulus. After the last round it is too late. */
function reduced(c: HazardContext, variable: number, at: Expression): boolean {
  const round = c.position(at).repetition;
  return c.reads(variable).some(r => { const user = c.parent(r); return user !== null && (at.kind !== 'assign' || c.position(r).repetition === round) && isOperation(user, 'bitor', 'bitand', 'bitxor', 'ushr', 'shr', 'shl', 'rem', 'imul', 'bitnot'); })
    || c.definitions(variable).some(d => d.kind === 'value' && isOperation(d.value, 'bitor', 'bitand', 'bitxor', 'ushr', 'shr', 'shl', 'rem', 'imul') && (at.kind !== 'assign' || c.position(d.value).repetition === round));
}
