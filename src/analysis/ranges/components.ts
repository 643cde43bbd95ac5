/**
 * Strongly connected components of a graph of calls, callees before their callers; nodes are 0 … n − 1. Two functions in one component call each other, directly or
 * through others. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972); without recursion, for chains of calls may be long.
 */
export function componentsOf(callees: readonly ReadonlySet<number>[]): number[][] {
  const index = new Int32Array(callees.length).fill(-1);
  const low = new Int32Array(callees.length);
  const onStack = new Uint8Array(callees.length);
  const stack: number[] = [];
  const components: number[][] = [];
  let next = 0;
  const enter = (node: number): { readonly node: number; readonly rest: Iterator<number> } => {
    index[node] = low[node] = next++;
    stack.push(node);
    onStack[node] = 1;
    return { node, rest: callees[node].values() };
  };
  for (let root = 0; root < callees.length; root++) {
    if (index[root] >= 0) continue;
    const path = [enter(root)];
    while (path.length > 0) {
      const { node, rest } = path[path.length - 1];
      const { done, value: callee } = rest.next();
      if (!done) {
        if (index[callee] < 0) path.push(enter(callee));
        else if (onStack[callee]) low[node] = Math.min(low[node], index[callee]);
        continue;
      }
      path.pop();
      if (path.length > 0) low[path[path.length - 1].node] = Math.min(low[path[path.length - 1].node], low[node]);
      if (low[node] !== index[node]) continue;
      const component = stack.splice(stack.lastIndexOf(node));
      for (const member of component) onStack[member] = 0;
      components.push(component);
    }
  }
  return components;
}
