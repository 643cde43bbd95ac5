import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { constantOf, factorsOf, isOperation, resolve, sameValue, squareOf, termsOf, valuesOf } from './matching/structure';
import { mentions, relationsOf } from './matching/guards';
import { usesOf } from './matching/usage';

export const quadraticFormula: Hazard = {
  id: 'quadratic-formula',
  * detect(c) {
    const lines = new Set<number>();
    for (const operator of ['add', 'sub'] as const) {
      for (const e of c.operations(operator)) {
        const match = rootMinusB(c, e);
        if (!match || !divided(c, e) || signMatched(c, e, match.b)) continue;
        const line = c.program.text.slice(0, e.start).split('\n').length;
        if (lines.has(line)) continue;
        lines.add(line);
        yield {
          at: e,
          message: `${c.text(e)} cancels when 4ac is small beside ${c.text(match.b)}²: one of the two roots loses its digits, and dividing by 2a fails as a goes to 0.`,
          related: [{ message: 'The discriminant.', at: match.discriminant }],
        };
      }
    }
  },
};

/** −b ± √(b² − 4ac), −b ± √(b² − ac), b ± √(b² − c), in any order. */
function rootMinusB(c: HazardContext, e: Operation): { b: Expression; discriminant: Expression } | null {
  for (const [one, other] of [e.operands, [...e.operands].reverse()]) {
    let root = resolve(c, other);
    if (isOperation(root, 'neg')) root = resolve(c, root.operands[0]);
    // s · √d, where s is not taken from the sign of b.
    const factors = isOperation(root, 'mul') ? root.operands : [];
    root = factors.map(o => resolve(c, o)).find(o => radicand(c, o) !== null) ?? root;
    const rooted = valuesOf(c, root).map(v => radicand(c, v)).find(v => v !== null);
    if (!rooted) continue;
    // −v + √(v² + 2gh): a discriminant with the sign of c turned.
    const added = e.operator === 'add' ? isOperation(resolve(c, one), 'neg') : one === e.operands[1];
    const discriminant = valuesOf(c, rooted).flatMap(v => isOperation(v, 'max') ? v.operands.flatMap(o => valuesOf(c, o)) : [v]).find(v => isOperation(v, 'sub', ...(added ? ['add'] : [])) && squareOf(c, v.operands[0]) !== null);
    if (!discriminant || !isOperation(discriminant, 'sub', 'add')) continue;
    if (discriminant.operator === 'add' && (termsOf(discriminant).length !== 2 || squareOf(c, discriminant.operands[1]) !== null)) continue;
    const b = squareOf(c, discriminant.operands[0]);
    if (!b || factors.some(f => resolve(c, f) !== root && mentions(c, resolve(c, f), b))) continue;
    const value = resolve(c, one);
    const base = isOperation(value, 'neg') ? value.operands[0] : value;
    // b itself, its half, or its negation in a local.
    if (sameValue(c, base, b) || factorsOf(c, base).some(f => sameValue(c, f.value, b)) || (isOperation(resolve(c, base), 'neg') && sameValue(c, (resolve(c, base) as Operation).operands[0], b))) {
      if (constantOf(c, b) === null || cancelsFor(c, e, constantOf(c, b)!) && factorsOf(c, discriminant.operands[1]).filter(f => constantOf(c, f.value) === null).length > 1) return { b, discriminant };
    }
    // b − a ± √(b² − ac), with the difference in a local.
    const parts = termsOf(value);
    if (parts.length === 2 && constantOf(c, b) === null && parts.some(t => sameValue(c, t.value, b))) return { b, discriminant };
  }
  return null;
}

/** What a square root is taken of: by Math.sqrt, or by a `sqrt` that the page or an import provides. */
function radicand(c: HazardContext, e: Expression): Expression | null {
  if (isOperation(e, 'sqrt')) return e.operands[0];
  return e.kind === 'call' && e.arguments.length === 1 && e.callee.kind !== 'local' && receiverOf(e) === null && calledName(c, e) === 'sqrt' ? e.arguments[0] : null;
}

/** −b + √(b² − 4ac) with b > 0 as it is written, −b − √(…) with b < 0: the two are of opposite sign, whatever a and c are. With a fixed too it is a matter of c alone, which may well be large. */
function cancelsFor(c: HazardContext, e: Operation, b: number): boolean {
  const [left, right] = e.operands.map(o => resolve(c, o));
  const minusB = constantOf(c, left) === -b && isOperation(right, 'sqrt');
  return b > 0 ? minusB && e.operator === 'add' || isOperation(left, 'sqrt') && constantOf(c, right) === b && e.operator === 'sub' : b < 0 && minusB && e.operator === 'sub';
}

/** The sum is divided by something with a, which tells a root of a quadratic from a coordinate on a circle. */
function divided(c: HazardContext, e: Expression): boolean {
  for (const { user, operand } of usesOf(c, e)) {
    if (user && isOperation(user, 'div') && sameValue(c, user.operands[0], operand)) return true;
    if (user && isOperation(user, 'mul')) return true;
    const outer = user && isOperation(user, 'neg') ? c.parent(user) : null;
    if (outer && isOperation(outer, 'div') && outer.operands[0] === user) return true;
  }
  return false;
}

/** b's sign is known at this place, or the code takes it: the sum with the matching sign does not cancel. */
function signMatched(c: HazardContext, e: Operation, b: Expression): boolean {
  if (relationsOf(c, e, b).some(r => constantOf(c, r.right) === 0 && r.operator !== 'eq' && r.operator !== 'ne')) return true;
  const fact = c.fact(b);
  if (!fact || !(fact.lo >= 0 || fact.hi <= 0) || !oneRootOnly(c, e)) return false;
  // −b + √(…) cancels for b > 0, −b − √(…) for b < 0.
  const negated = isOperation(resolve(c, e.operands[0]), 'neg') || isOperation(e, 'sub') && isOperation(resolve(c, e.operands[0]), 'sqrt');
  const rootAdded = isOperation(e, 'add') || isOperation(resolve(c, e.operands[0]), 'sqrt');
  return !(negated && rootAdded && fact.lo >= 0 && fact.hi > 0 && sameValue(c, stripped(c, e), b));
}

/** What the root is added to, without its sign. */
function stripped(c: HazardContext, e: Operation): Expression {
  const other = e.operands.find(o => !isOperation(resolve(c, o), 'sqrt')) ?? e.operands[0];
  const value = resolve(c, other);
  return isOperation(value, 'neg') ? value.operands[0] : other;
}

function oneRootOnly(c: HazardContext, e: Expression): boolean {
  const here = (operator: string): number => c.operations(operator).filter(o => c.position(o).function === c.position(e).function && rootMinusB(c, o)).length;
  return here('sub') + here('add') === 1;
}
