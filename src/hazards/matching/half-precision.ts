import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Span } from '../engine/hazard';
import { calledName, receiverOf } from './accumulation';
import { usualConstant } from './defaults';
import { constantsOf } from './origins';
import { isOperation, resolve, soleResult, termsOf } from './structure';

/** A constant that becomes 0 as a float16: where, and how it is written. */
export interface Vanished {
  readonly at: Span;
  readonly constant: string;
}

/** At half the smallest positive float16 and below, rounding answers 0. */
const vanishing = 2 ** -25;

/** The constant, when float16 makes it 0: its value by default, should it be a parameter's. */
export function vanishingConstant(c: HazardContext, e: Expression): number | null {
  // Options and fields; of a plain parameter the call is the place to say it.
  const given = usualConstant(c, e) === null && resolve(c, e).kind === 'property' ? [...new Set(constantsOf(c, e))] : [];
  const value = usualConstant(c, e) ?? (given.length === 1 ? given[0] : null);
  return value !== null && value !== 0 && Math.abs(value) <= vanishing ? value : null;
}

/** Constants that the code itself rounds to float16: elements of a Float16Array, arguments of `Math.f16round` and of functions called like it. */
export function* vanishedInHalf(c: HazardContext): Generator<Vanished> {
  for (const e of c.operations('f16round')) yield* rounded(c, e, e.operands[0]);
  for (const call of c.calls()) {
    const [first, second] = call.arguments;
    const name = calledName(c, call);
    const receiver = receiverOf(call);
    if (first && roundsToHalf(c, call)) yield* rounded(c, call, first);
    else if (name === 'setFloat16' && second) yield* rounded(c, call, second);
    else if (/^(fill|of)$/.test(name) && first && receiver && halfArray(receiver)) yield* rounded(c, call, first);
    else if (/^(of|from)$/.test(name) && first && /^Float16Array\./.test(c.source(call))) for (const x of elementsOf(first, call.arguments)) yield* rounded(c, call, x);
  }
  for (const e of c.scene.byKind.get('new') ?? []) {
    if (e.kind === 'new' && e.name === 'Float16Array' && e.arguments.length > 0) for (const x of elementsOf(e.arguments[0], [])) yield* rounded(c, e, x);
  }
  for (const a of c.assignments()) if (a.target.kind === 'index' && halfArray(a.target.object)) yield* rounded(c, a, a.value);
}

/** The constant itself, one that is added before rounding, or the floor of a maximum: what it should keep from 0 is not kept. */
function* rounded(c: HazardContext, at: Span, value: Expression): Generator<Vanished> {
  const whole = resolve(c, value);
  const parts = vanishingConstant(c, value) !== null ? [value] : isOperation(whole, 'add') ? termsOf(whole).map(t => t.value) : isOperation(whole, 'max') ? whole.operands : [];
  const lost = parts.find(p => vanishingConstant(c, p) !== null);
  if (lost) yield { at, constant: c.text(lost) };
}

function elementsOf(first: Expression, others: readonly Expression[]): readonly Expression[] {
  return first.kind === 'array' ? first.elements.filter((x): x is Expression => x !== null) : others;
}

function halfArray(e: Expression): boolean {
  return e.type.kind === 'typedArray' && e.type.name === 'Float16Array';
}

const halfNames = /^(f16round|hfround|f16|fp16|half|float16|(to|as|encode|round_?to|cast_?to)_?(half|half_?float|float_?16|fp16|f16)|(float|float32|number|f32|fp32|double|single)_?to_?(half|half_?float|float_?16|fp16|f16))$/i;

/** `toHalfFloat(x)`, `const half = Math.f16round; half(x)`, and functions of this file that do nothing else. */
function roundsToHalf(c: HazardContext, call: Expression & { kind: 'call' }): boolean {
  const callee = call.callee;
  if (halfNames.test(calledName(c, call))) return true;
  if (callee.kind === 'dynamic') { const alias = resolve(c, callee.callee); return alias.kind === 'property' && halfNames.test(alias.name); }
  const result = callee.kind === 'local' ? soleResult(c.program.functions[callee.function]) : null;
  return result !== null && isOperation(result, 'f16round');
}
