import type { Expression } from '../../program';
import type { Engine } from './engine';
import { writeElement, writeProperty } from './objects';
import type { State } from './state';
import { numberValue, toNumber, type Value } from './value';

/** An assignment: the value of the expression is the new value, or the old one for `i++`. */
export function assign(m: Engine, e: Expression & { kind: 'assign' }, s: State): Value {
  const { target } = e;
  switch (target.kind) {
    case 'variable': {
      const old = e.result === 'old' ? numberValue(toNumber(m.evaluate(target, s))) : null;
      const value = m.evaluate(e.value, s);
      if (s.dead) return value;
      m.store(target.variable, value, s, false);
      if (!old) m.recorder?.record(target, value, s);
      return old ?? value;
    }
    case 'property': {
      const object = m.evaluate(target.object, s);
      const old = e.result === 'old' ? numberValue(toNumber(m.evaluate(target, s))) : null;
      const value = m.evaluate(e.value, s);
      if (s.dead) return value;
      writeProperty(m, object, target.name, value, s);
      const key = m.key(target);
      if (key) s.refine(key, value);
      m.mayThrow(s);
      if (!old) m.recorder?.record(target, value, s);
      return old ?? value;
    }
    case 'index': {
      const object = m.evaluate(target.object, s);
      const index = m.evaluate(target.index, s);
      const old = e.result === 'old' ? numberValue(toNumber(m.evaluate(target, s))) : null;
      const value = m.evaluate(e.value, s);
      if (s.dead) return value;
      const stored = writeElement(m, object, index, value, s);
      // A write outside a typed array is lost, and then reading gives undefined: what was stored is known only where the element exists.
      const key = m.key(target);
      const typed = stored !== value;
      if (key && !typed) s.refine(key, value);
      m.mayThrow(s);
      if (!old) m.recorder?.record(target, stored, s);
      return old ?? value;
    }
    case 'opaque': {
      const value = m.evaluate(e.value, s);
      m.evaluate(target, s);
      m.escape(value, s);
      return value;
    }
  }
}
