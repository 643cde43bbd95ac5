import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { magnitudeOf } from './matching/magnitudes';
import { nameOf } from './matching/names';
import { originsByName, originsOf } from './matching/origins';
import { constantOf, isOperation, resolve, sameValue } from './matching/structure';
import { formatNumber } from './matching/text';

export const midpointOverflow: Hazard = {
  id: 'midpoint-overflow',
  * detect(c) {
    for (const e of [...c.operations('div'), ...c.operations('mul'), ...c.operations('shr'), ...c.operations('ushr'), ...c.operations('bitor')]) {
      const halved = halvedSum(c, e);
      if (!halved) continue;
      const top = topOf(c, halved.sum, e);
      if (top === null || top < halved.limit) continue;
      yield { at: e, severity: 'info', message: `${c.text(halved.sum)} reaches ${formatNumber(top)}, beyond ${halved.limit === Infinity ? '1.8e308' : formatNumber(halved.limit)}, before it is halved.` };
    }
  },
};

/** The sum of two numbers that an expression halves, and what the sum must stay below on the way. */
function halvedSum(c: HazardContext, e: Operation): { sum: Operation; limit: number } | null {
  const [value, by] = e.operands;
  const inner = resolve(c, value);
  const whole = isOperation(inner, 'bitor') && constantOf(c, inner.operands[1]) === 0 ? resolve(c, inner.operands[0]) : null;
  const sum = (x: Expression, limit: number): { sum: Operation; limit: number } | null => isOperation(x, 'add') && x.operands.length === 2 ? { sum: x, limit } : null;
  switch (e.operator) {
    // (a + b | 0) / 2
    case 'div': return constantOf(c, by) !== 2 ? null : whole ? sum(whole, 2 ** 31) : sum(inner, Infinity);
    case 'mul': { const half = e.operands.find(o => constantOf(c, o) === 0.5); const other = e.operands.find(o => o !== half); return half && other ? sum(resolve(c, other), Infinity) : null; }
    case 'shr': return constantOf(c, by) === 1 ? sum(whole ?? inner, 2 ** 31) : null;
    case 'ushr': return constantOf(c, by) === 1 ? sum(whole ?? inner, whole ? 2 ** 31 : 2 ** 32) : null;
    // (a + b) / 2 | 0: the half must fit.
    default: { const half = constantOf(c, by) === 0 && isOperation(inner, 'div') && constantOf(c, inner.operands[1]) === 2 ? resolve(c, inner.operands[0]) : null; return half ? sum(half, 2 ** 32) : null; }
  }
}

/** The largest sum that the code shows: by proven ranges of both operands, or by what the file says of where they come from. */
function topOf(c: HazardContext, sum: Operation, halved: Expression): number | null {
  const facts = sum.operands.map(o => c.fact(o));
  if (facts.every(f => f?.evidence && Number.isFinite(f.hi) && Number.isFinite(f.lo))) return facts[0]!.hi + facts[1]!.hi;
  if (sum.operands.some(o => position(c, o))) return null;
  const sizes = sum.operands.map(o => sizeOf(c, o));
  const known = sizes.filter(s => s !== null) as number[];
  // An extreme that a search starts from, min = Number.MAX_VALUE, is replaced by the first value found; an end of an interval is replaced by its middle.
  if (known.some(k => k > 2 ** 1000) && !sum.operands.some(o => replacedBy(c, o, halved))) return null;
  if (known.length === 2) return known[0] + known[1];
  // A search moves the end that starts at 0 up to the other one.
  const moved = sum.operands[sizes.indexOf(null)];
  return known.length === 1 && (moved.kind === 'variable' && c.definitions(moved.variable).length > 1 || movedTo(c, moved, halved)) ? 2 * known[0] : null;
}

/** An end that the file sets to the middle that it finds, or next to it: `{ start: middle(r.start, r.end) + 1, end: r.end }`. */
function movedTo(c: HazardContext, end: Expression, middle: Expression): boolean {
  return originsByName(c, end).some(o => o === middle || isOperation(o, 'add', 'sub') && o.operands.some(x => originsByName(c, x).includes(middle)));
}

function replacedBy(c: HazardContext, end: Expression, middle: Expression): boolean {
  if (end.kind === 'variable') return c.definitions(end.variable).some(d => d.kind === 'value' && d.value !== end && resolve(c, d.value) === middle);
  return c.assignments().some(a => a.target.kind === end.kind && sameValue(c, a.target, end) && resolve(c, a.value) === middle);
}

/** Indices and lengths, and coordinates, stay far below every limit. */
function position(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'property' && /^(length|size|x|y|z|left|right|top|bottom|width|height)$/.test(value.name) || originsOf(c, e).some(o => o.kind === 'property' && o.name === 'length' || isOperation(o, 'sub') && o.operands.some(x => { const v = resolve(c, x); return v.kind === 'property' && v.name === 'length'; }));
}

function sizeOf(c: HazardContext, e: Expression): number | null {
  const origins = originsByName(c, e);
  const sizes = [magnitudeOf(c, e), ...origins.map(o => moment(c, o) ?? unsigned(c, o) ?? constantOf(c, o))].flatMap(x => x === null || !Number.isFinite(x) ? [] : [Math.abs(x)]);
  // What begins at 0 grows by its updates; only a size of its own is evidence.
  const largest = Math.max(0, ...sizes);
  return largest > 0 ? largest : null;
}

/** A moment by its name: seconds since 1970 exceed 2^30, of which two make 2^31. */
function moment(c: HazardContext, e: Expression): number | null {
  if (e.kind !== 'variable' && e.kind !== 'property') return null;
  return /(^|_|[a-z](?=[A-Z]))(time_?stamps?|epoch(_?(ms|millis|seconds|secs))?|unix_?time)$/i.test(nameOf(c, e)) ? 1.7e9 : null;
}

/** 32 bits without sign, by the name of what answers them: `toUint32(text)`, `ipToInt(host)`, `view.getUint32(0)`. */
function unsigned(c: HazardContext, e: Expression): number | null {
  const call = isOperation(e, 'ushr') && constantOf(c, e.operands[1]) === 0 ? true : e.kind === 'call' && /u_?int_?32|^u32$|^(ip|ipv4|addr(ess)?)(_?v?4)?_?to_?(u?int(eger)?|long|num(ber)?|dec(imal)?)(_?32)?$|^(inet_)?aton$/i.test(calledName(c, e));
  return call ? 2 ** 32 - 1 : null;
}
