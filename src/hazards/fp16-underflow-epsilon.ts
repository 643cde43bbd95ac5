import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { vanishedInHalf, vanishingConstant } from './matching/half-precision';
import { vanishedInShaders } from './matching/shader-text';
import { constantOf } from './matching/structure';
import { rounder } from '../formats';
import { anyTarget, targetsAt } from './matching/targets';
import { formatNumber } from './matching/text';
import { replacement } from './matching/edits';

/** Smallest positive and smallest normal value of float16. */
const smallest = 2 ** -24;
const smallestNormal = 2 ** -14;
const remedy = `Use at least ${formatNumber(smallestNormal)}, the smallest normal value of float16, or compute in float32.`;

export const fp16UnderflowEpsilon: Hazard = {
  id: 'fp16-underflow-epsilon',
  * detect(c) {
    yield* tensorEpsilons(c);
    yield* tensorArguments(c);
    for (const { at, constant } of [...vanishedInHalf(c), ...vanishedInShaders(c)]) {
      yield { at, severity: 'info', message: `${constant} is 0 in float16, whose smallest positive value is ${formatNumber(smallest)}.`, remedy };
    }
    if (!anyTarget(c)) return;
    for (const e of c.scene.byKind.get('number') ?? []) {
      if (e.kind !== 'number' || e.value === 0 || !Number.isFinite(e.value)) continue;
      const lost = targetsAt(c, e).filter(f => f.family === 'float' && rounder(f)(e.value) === 0);
      if (lost.length === 0) continue;
      const format = lost[0];
      const smallest = format.minNormal ?? format.minPositive;
      yield {
        at: e,
        message: `${e.text} is 0 in ${lost.map(f => f.id).join(', ')}, whose smallest positive value is ${formatNumber(format.minPositive ?? 0)}.`,
        remedy: smallest === null ? undefined : `Use at least ${formatNumber(smallest)}, the smallest normal value of ${format.id}.`,
        fixes: smallest === null ? [] : [replacement(c, e, String(smallest), `Use ${smallest}, the smallest normal ${format.id}`, false)],
      };
    }
  },
};

/** An epsilon that becomes a tensor: where tensors live in half precision (WebGL on phones, WebGPU), it is 0 or has one digit left. */
function* tensorEpsilons(c: HazardContext): Generator<Detection> {
  if (!c.says(/\bTensor\b/) || !c.says(/\bscalar\s*\(/)) return;
  const give = function* (name: string, value: Expression): Generator<Detection> {
    const size = /^(eps|epsilon)$/i.test(name) ? constantOf(c, value) : null;
    if (size === null || size <= 0 || size >= 4 * smallest) return;
    yield { at: value, severity: 'info', message: `${c.text(value)} ${size < smallest / 2 ? 'is 0' : 'keeps one digit'} in float16, in which tensors are computed on devices without float32 textures.`, remedy: `Choose the epsilon by the precision of the device: at least ${formatNumber(smallestNormal)} in float16.` };
  };
  for (const fn of c.program.functions) for (const p of fn.parameters) if (p.initializer) yield* give(c.variable(p.variable).name, p.initializer);
  for (const v of c.program.variables) for (const d of c.definitions(v.id)) if (d.kind === 'value' && d.compound === null) yield* give(v.name, d.value);
}

const floors = /^(add|maximum|clipByValue|scalar|sub|divNoNan|squaredDifference)$/;

/** `variance.add(1e-8)` of TensorFlow.js: information where this file asks for half textures, a hint elsewhere, since phones use them unasked. */
function* tensorArguments(c: HazardContext): Generator<Detection> {
  if (!c.says(/['"]@tensorflow\/tfjs(-(core|backend-webgl|backend-webgpu|layers|converter))?['"]/)) return;
  const forced = c.calls().some(call => calledName(c, call) === 'set' && call.arguments.length === 2 && switches.some(([flag, value]) => call.arguments[0].kind === 'constant' && call.arguments[0].value === flag && call.arguments[1].kind === 'constant' && call.arguments[1].value === value));
  for (const call of c.calls()) {
    const receiver = receiverOf(call);
    if (!floors.test(calledName(c, call)) || receiver?.type.kind === 'number' || receiver?.type.kind === 'set') continue;
    const lost = call.arguments.find(x => vanishingConstant(c, x) !== null);
    if (lost) yield { at: lost, severity: forced ? 'info' : 'hint', message: `${c.text(lost)} is 0 in float16, in which tensors are computed ${forced ? 'here' : 'on devices without float32 textures'}.`, remedy: `Choose the epsilon by the precision of the device: at least ${formatNumber(smallestNormal)} in float16.` };
  }
}

/** Flags of TensorFlow.js that make textures half precision. */
const switches: readonly (readonly [string, boolean])[] = [['WEBGL_FORCE_F16_TEXTURES', true], ['WEBGL_RENDER_FLOAT32_ENABLED', false], ['WEBGL_RENDER_FLOAT32_CAPABLE', false]];
