import type { Expression, VariableId } from '../../program';

/**
 * Name of a pure expression: two expressions with the same key have the same value as long as nothing the key depends on changes. `xs[i - 1].x` and
 * `b - a` have keys; calls to unknown code and assignments have none.
 */
export interface Key {
  readonly text: string;
  /** Text of the key of `.length` of the expression. */
  readonly length: string;
  readonly variables: readonly VariableId[];
  readonly properties: readonly string[];
  /** Reads an element by index or computed name. */
  readonly indexed: boolean;
}

/** Longest key: beyond it an expression is too intricate for a guard to repeat. */
const LIMIT = 120;

/** Key of an expression; null when it has none. `caller` tells one `this` from another. */
export function keyOf(e: Expression): Key | null {
  const variables: VariableId[] = [];
  const properties: string[] = [];
  let indexed = false;
  const text = (x: Expression): string | null => {
    switch (x.kind) {
      case 'number': return String(x.value);
      case 'variable': variables.push(x.variable); return `v${x.variable}`;
      case 'constant': return x.of === 'string' ? JSON.stringify(x.value) : null;
      case 'opaque': return x.reason === 'this' && x.children.length === 0 ? 'this' : null;
      case 'property': {
        const object = text(x.object);
        if (object === null) return null;
        properties.push(x.name);
        return `${object}.${x.name}`;
      }
      case 'index': {
        const object = text(x.object);
        const index = object === null ? null : text(x.index);
        if (index === null) return null;
        indexed = true;
        return `${object}[${index}]`;
      }
      case 'operation': {
        if (x.operator === 'typeof' || x.spread?.some(Boolean)) return null;
        const operands: string[] = [];
        for (const operand of x.operands) {
          const part = text(operand);
          if (part === null) return null;
          operands.push(part);
        }
        return `${x.operator}(${operands.join()})`;
      }
      default: return null;
    }
  };
  const result = text(e);
  return result === null || result.length > LIMIT ? null : { text: result, length: `${result}.length`, variables, properties, indexed };
}

/** Key of the difference of two expressions, under which an order between them is remembered. */
export function differenceKey(a: Key | null, b: Key | null): Key | null {
  if (!a || !b || a.text.length + b.text.length > LIMIT) return null;
  const text = `sub(${a.text},${b.text})`;
  return {
    text, length: `${text}.length`, variables: [...a.variables, ...b.variables], properties: [...a.properties, ...b.properties], indexed: a.indexed || b.indexed,
  };
}
