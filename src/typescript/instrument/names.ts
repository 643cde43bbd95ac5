import type { Binding } from './bindings';
import { ownShadow, type Context, type Emitted } from './context';

/** `name = value` with its companions, as an expression. */
export function setName(c: Context, binding: Binding, name: string, value: Emitted): Emitted {
  const companions = c.companions(binding);
  const shadow = value.shadow ?? ownShadow(c, name);
  const sets = companions.map((companion, i) => `${companion} = ${shadow[i]}`);
  return { code: `(${[`${name} = ${value.code}`, ...sets, name].join(', ')})`, shadow: companions.length ? companions : null, kind: value.kind };
}
