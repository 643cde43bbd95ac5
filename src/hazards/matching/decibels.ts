import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { accumulationsOf, calledName } from './accumulation';
import { mentionedInGuard } from './guards';
import { listOf } from './list-elements';
import { nameOf, wordsOf } from './names';
import { unpacked } from './patterns';
import { constantOf, factorsOf, isOperation, resolve, squareOf } from './structure';
import { flowsTo } from './usage';

/** `20 * Math.log10(sample)`: silence is 0, and its level −Infinity. A level of a gain or ratio that the caller gives is the caller's affair. */
export function* decibelsOfSilence(c: HazardContext): Generator<Detection> {
  for (const e of (['log', 'log2', 'log10'] as const).flatMap(operator => c.operations(operator))) {
    const argument = e.operands[0];
    if (!(e.operator === 'log10' && scaledToDecibels(c, e)) && !spectral(c, argument) || (c.fact(argument)?.lo ?? 0) > 0) continue;
    const factors = factorsOf(c, argument);
    const level = factors.find(f => !f.inverted && sampled(c, f.value, argument))?.value;
    if (!level || factors.some(f => f !== factors[0] && f.inverted && sampled(c, f.value, argument))) continue;
    if ([argument, level, ...factors.map(f => f.value)].some(x => mentionedInGuard(c, e, x)) || repaired(c, e)) continue;
    yield { at: e, severity: 'info', message: `${c.text(e)} is −Infinity when ${c.text(level)} is 0, as it is in silence.`, why: 'The logarithm of 0 is −Infinity, which every mean and every scale that it enters takes over.', remedy: 'Keep the argument above the quietest level that is shown: Math.max(floor, …).' };
  }
}

/** Times 10 or 20. */
function scaledToDecibels(c: HazardContext, e: Expression): boolean {
  const user = c.parent(e);
  return user !== null && isOperation(user, 'mul') && user.operands.some(o => { const k = Math.abs(constantOf(c, o) ?? 0); return k === 10 || k === 20; });
}

const spectra: ReadonlySet<string> = new Set(['mel', 'energy', 'energies', 'power', 'powers', 'spectrum', 'spectra', 'spectrogram', 'magnitude', 'magnitudes', 'amplitude', 'amplitudes', 'band', 'bands']);

/** An element of a list of energies, as of the bands of a filter bank. */
function spectral(c: HazardContext, e: Expression): boolean {
  const list = listOf(c, e);
  return list !== null && [nameOf(c, e), nameOf(c, list)].some(name => wordsOf(name).some(w => spectra.has(w)));
}

/** An element of a list, its absolute value, square or root, and what a loop has added up or found largest of such. */
function sampled(c: HazardContext, e: Expression, whole: Expression, depth = 6): boolean {
  const value = unpacked(c, e);
  if (depth === 0) return false;
  const square = squareOf(c, value);
  if (square) return sampled(c, square, whole, depth - 1);
  if (isOperation(value, 'abs', 'sqrt', 'hypot')) return value.operands.some(o => sampled(c, o, whole, depth - 1));
  if (isOperation(value, 'mul', 'div')) return sampled(c, value.operands[0], whole, depth - 1);
  if (isOperation(value, 'add')) return value.operands.every(o => sampled(c, o, whole, depth - 1));
  const list = listOf(c, value);
  if (list !== null) return value.kind !== 'index' || list.type.kind === 'typedArray' || c.position(whole).repetition !== null;
  if (value.kind === 'call') return calledName(c, value) === 'reduce' && accumulationsOf(c).some(a => a.call === value && a.operator === 'add' && a.terms.every(t => squareOf(c, t.value) !== null));
  if (value.kind !== 'variable') return false;
  const zero = c.definitions(value.variable).some(d => d.kind === 'value' && d.assignment === null && constantOf(c, d.value) === 0);
  return zero && accumulationsOf(c).some(a => a.operator === 'add' && !a.call && a.target.kind === 'variable' && a.target.variable === value.variable && a.terms.some(t => sampled(c, t.value, t.value, depth - 1)));
}

/** The level is cut off below, compared, or asked for being finite. */
function repaired(c: HazardContext, e: Operation): boolean {
  const through = ['mul', 'add', 'sub', 'div', 'round', 'floor', 'ceil', 'neg'];
  return flowsTo(c, e, user => isOperation(resolve(c, user), 'max', 'min', 'lt', 'le', 'gt', 'ge', 'exp') || user.kind === 'call' && /isFinite|isNaN|clamp|limit|constrain/i.test(calledName(c, user)) || user.kind === 'logical' && user.operator === 'or', through, 6);
}
