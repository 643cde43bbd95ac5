import ts from 'typescript';
import type { Expression, ValueType } from '../../program';
import type { Lowering } from './context';

export interface Arguments {
  readonly values: readonly Expression[];
  readonly spread: readonly boolean[];
}

/** Function literals among the arguments are lowered last, when the types of the other arguments are known. */
export function lowerArguments(cx: Lowering, nodes: readonly ts.Expression[], parameters: ((values: readonly (Expression | undefined)[]) => readonly ValueType[] | null) | null): Arguments {
  const values: (Expression | undefined)[] = nodes.map(() => undefined);
  const spread = nodes.map(ts.isSpreadElement);
  const at = (i: number): ts.Expression => ts.isSpreadElement(nodes[i]) ? nodes[i].expression : nodes[i];
  const isFunction = (node: ts.Expression): boolean => ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  nodes.forEach((_, i) => { if (!isFunction(at(i))) values[i] = cx.expression(at(i)); });
  nodes.forEach((_, i) => {
    if (!isFunction(at(i))) return;
    cx.contextual = parameters?.(values) ?? null;
    values[i] = cx.expression(at(i));
    cx.contextual = null;
  });
  return { values: values as Expression[], spread };
}
