import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { mentionedInGuard } from './guards';
import { infinite } from './infinities';
import { storedAs } from './origins';
import { constantOf, isOperation, resolve, soleResult } from './structure';

/** A difference whose sides are both Infinity when two things are missing: `via - direct` of `table.get(key) ?? Infinity`. */
export function bothAbsent(c: HazardContext, e: Operation): boolean {
  if (!isOperation(e, 'sub') || e.operands.some(o => constantOf(c, o) !== null)) return false;
  const [left, right] = e.operands.map(o => absentInfinity(c, o, 6));
  return left !== null && left === right && !e.operands.some(o => mentionedInGuard(c, e, o)) && !/isFinite|Infinity/.test([...c.guards(e)].map(g => c.source(g.test)).join());
}

/** Infinity or −Infinity where that is what a value is for want of another: `x ?? Infinity`, `known ? x : -Infinity`, a field that such is stored in, and sums of it. Null otherwise. */
function absentInfinity(c: HazardContext, e: Expression, depth: number): number | null {
  if (depth === 0) return null;
  const value = resolve(c, e);
  const inner = (o: Expression): number | null => absentInfinity(c, o, depth - 1);
  switch (value.kind) {
    case 'logical': return value.operator === 'and' ? null : infinite(c, value.right) ?? inner(value.right);
    case 'conditional': return infinite(c, value.then) ?? infinite(c, value.otherwise) ?? inner(value.then) ?? inner(value.otherwise);
    case 'property': return storedAs(c, value.name).map(stored => stored.kind === 'logical' || stored.kind === 'conditional' ? inner(stored) : null).find(k => k !== null) ?? null;
    case 'call': {
      const result = value.callee.kind === 'local' ? soleResult(c.program.functions[value.callee.function]) : null;
      return result ? inner(result) : null;
    }
    case 'operation': return ofOperation(c, value, inner);
    default: return null;
  }
}

function ofOperation(c: HazardContext, e: Operation, inner: (o: Expression) => number | null): number | null {
  switch (e.operator) {
    case 'add': case 'max': return e.operands.map(inner).find(k => k !== null) ?? null;
    case 'sub': return inner(e.operands[0]);
    case 'neg': { const k = inner(e.operands[0]); return k === null ? null : -k; }
    case 'mul': return e.operands.some(o => (constantOf(c, o) ?? 0) > 0) ? e.operands.map(inner).find(k => k !== null) ?? null : null;
    case 'div': return (constantOf(c, e.operands[1]) ?? 0) > 0 ? inner(e.operands[0]) : null;
    case 'round': case 'floor': case 'ceil': case 'trunc': return inner(e.operands[0]);
    default: return null;
  }
}
