import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { defaultOf } from './matching/defaults';
import { functionName } from './matching/names';
import { constantOf, isOperation, resolve, termsOf, factorsOf } from './matching/structure';
import { flowsTo, usesOf } from './matching/usage';
import { relationsOf } from './matching/guards';

export const acosNearOne: Hazard = {
  id: 'acos-near-one',
  * detect(c) {
    for (const e of c.operations('acos')) {
      const argument = unclamped(c, e.operands[0]);
      if (smallAnglesExcluded(c, e, e.operands[0])) continue;
      if (!lawOfCosines(c, argument)) {
        if (halfTurnOfQuaternions(c, e, argument) || comparedFinely(c, e)) yield {
          at: e, message: `${c.text(e)} cannot tell angles below about 1e-8 radians from 0: near 1 the cosine is flat.`,
          remedy: 'Take Math.atan2 of the length of the cross product (or of the difference of the two) and the dot product.',
        };
        continue;
      }
      yield {
        at: e,
        message: `${c.text(e)} cannot tell points closer than about 1e-8 radians (6 cm on the Earth): near 1 the cosine is flat and its neighbours are 1.5e-8 radians apart.`,
        related: argument === e.operands[0] ? [] : [{ message: 'The cosine of the distance is rounded here.', at: argument }],
      };
    }
  },
};

function unclamped(c: HazardContext, e: Expression): Expression {
  const value = resolve(c, e);
  if (isOperation(value, 'min', 'max')) {
    const inner = value.operands.find(o => constantOf(c, o) === null);
    return inner ? unclamped(c, inner) : value;
  }
  if (value.kind === 'conditional') {
    const inner = [value.then, value.otherwise].find(o => constantOf(c, o) === null);
    return inner ? unclamped(c, inner) : value;
  }
  if (value.kind === 'variable') {
    const definition = c.definitions(value.variable).find(d => d.kind === 'value' && d.assignment === null);
    if (definition?.kind === 'value') return resolve(c, definition.value);
  }
  return value;
}

/** 2·acos(q·r) of unit quaternions: the angle of the rotation between them, which for successive poses is small. */
function halfTurnOfQuaternions(c: HazardContext, e: Expression, argument: Expression): boolean {
  const dot = isOperation(argument, 'abs') ? resolve(c, argument.operands[0]) : argument;
  const terms = termsOf(dot);
  const between = relativeRotation(c, dot);
  if (!between && (terms.length !== 4 || !terms.every(t => !t.negative && isOperation(resolve(c, t.value), 'mul'))) || /slerp|interpolate|lerp/i.test(functionName(c, e))) return false;
  return [...usesOf(c, e)].some(({ user }) => user !== null && isOperation(user, 'mul') && user.operands.some(o => constantOf(c, o) === 2));
}

/** The real part of q · conj(p): `delta.w` of `quat.multiply(now, quat.conjugate(before))`. */
function relativeRotation(c: HazardContext, e: Expression): boolean {
  if (!(e.kind === 'property' && e.name === 'w' || e.kind === 'index' && [0, 3].includes(constantOf(c, e.index) ?? -1))) return false;
  const product = resolve(c, e.object);
  if (product.kind !== 'call' || !/^(multiply|mul|premultiply|multiply_?quaternions|product|times|compose|hamilton\w*)$/i.test(calledName(c, product))) return false;
  const receiver = receiverOf(product);
  return [...(receiver ? [receiver] : []), ...product.arguments].some(x => { const v = resolve(c, x); return v.kind === 'call' && /^(conj(ugate)?|inv(ert|erse)?|conjugated|inverted)$/i.test(calledName(c, v)); });
}

/** Seconds of arc in a radian. */
const arcseconds = 648000 / Math.PI;

/** Compared with an angle that the arc cosine cannot resolve, or given in seconds of arc and smaller. */
function comparedFinely(c: HazardContext, e: Expression): boolean {
  if (flowsTo(c, e, user => isOperation(user, 'mul') && user.operands.some(o => (constantOf(c, o) ?? 0) >= arcseconds * 0.999), ['mul', 'div'])) return true;
  return flowsTo(c, e, user => isOperation(user, 'lt', 'le', 'gt', 'ge') && user.operands.some(o => { const k = constantOf(c, o) ?? defaultOf(c, o); return k !== null && k > 0 && k < 1e-7; }), ['abs']);
}

/** sin φ₁ sin φ₂ + cos φ₁ cos φ₂ cos Δλ: the spherical law of cosines. */
function lawOfCosines(c: HazardContext, e: Expression): boolean {
  const terms = termsOf(e);
  if (terms.length !== 2) return false;
  const count = (term: Expression, name: string): number => factorsOf(c, term).filter(f => trigonometric(c, f.value, name)).length;
  return terms.some(t => count(t.value, 'sin') >= 2) && terms.some(t => count(t.value, 'cos') >= 3);
}

function trigonometric(c: HazardContext, e: Expression, name: string): boolean {
  const value = resolve(c, e);
  if (isOperation(value, name)) return true;
  return value.kind === 'call' && new RegExp(`(^|\\.)${name}[A-Z]?\\w*$`).test(c.source(value).split('(')[0]);
}

function smallAnglesExcluded(c: HazardContext, at: Expression, argument: Expression): boolean {
  return relationsOf(c, at, argument).some(r => (r.operator === 'lt' || r.operator === 'le') && (constantOf(c, r.right) ?? 1) < 1);
}
