import { Kind, childrenOf, type Graph } from './graph';
import type { BodyPath, Compensated } from './loop-body';
import type { StepModel } from './step-model';

/** Recognises Kahan's and Neumaier's summation in the graph of a loop body. */
export function compensated(graph: Graph, before: readonly number[], inputs: readonly number[], paths: readonly Omit<BodyPath, 'sweep'>[]): Compensated | null {
  for (const sum of inputs.keys()) {
    for (const correction of inputs.keys()) {
      if (sum === correction || graph.exactValue(before[correction]) !== 0) continue;
      const found = paths.length === 1 ? kahan(graph, inputs, paths[0], sum, correction) : paths.length === 2 ? neumaier(graph, inputs, paths, sum, correction) : null;
      const rest = paths.flatMap(p => p.after.filter((_, k) => k !== sum && k !== correction));
      if (found && ![found.term, ...rest].some(n => dependsOn(graph, n, [inputs[sum], inputs[correction]]))) return found;
    }
  }
  return null;
}

/** y = x ∓ c; t = s + y; c = (t − s) − y, or its negative; s = t. */
function kahan(graph: Graph, inputs: readonly number[], { after }: Omit<BodyPath, 'sweep'>, sum: number, correction: number): Compensated | null {
  const [s, c] = [inputs[sum], inputs[correction]];
  const t = graph.nodes[after[sum]];
  const y = t.kind === Kind.Add ? (t.a === s ? t.b : t.b === s ? t.a : -1) : -1;
  if (y < 0 || !relative(t.step)) return null;
  const last = graph.nodes[after[correction]];
  if (last.kind !== Kind.Sub || last.step !== t.step) return null;
  const isChange = (n: number): boolean => { const d = graph.nodes[n]; return d.kind === Kind.Sub && d.step === t.step && d.a === after[sum] && d.b === s; };
  const step = t.step!;
  const yNode = graph.nodes[y];
  if (yNode.step !== t.step) return null;
  // c = (t − s) − y with y = x − c.
  if (isChange(last.a) && last.b === y && yNode.kind === Kind.Sub && yNode.b === c) return { sum, correction, term: yNode.a, sign: -1, collects: false, step };
  // c = y − (t − s) with y = x + c.
  if (isChange(last.b) && last.a === y && yNode.kind === Kind.Add && (yNode.a === c || yNode.b === c)) return { sum, correction, term: yNode.a === c ? yNode.b : yNode.a, sign: 1, collects: false, step };
  return null;
}

/** t = s + x; c += |s| ≥ |x| ? (s − t) + x : (x − t) + s; s = t. */
function neumaier(graph: Graph, inputs: readonly number[], paths: readonly Omit<BodyPath, 'sweep'>[], sum: number, correction: number): Compensated | null {
  const [s, c] = [inputs[sum], inputs[correction]];
  const total = paths[0].after[sum];
  const t = graph.nodes[total];
  if (paths[1].after[sum] !== total || t.kind !== Kind.Add || !relative(t.step)) return null;
  const x = t.a === s ? t.b : t.b === s ? t.a : -1;
  if (x < 0) return null;
  for (const { after, guards } of paths) {
    if (guards.length !== 1) return null;
    const d = graph.nodes[guards[0].difference];
    if (d.kind !== Kind.Sub) return null;
    const isAbs = (n: number, of: number): boolean => graph.nodes[n].kind === Kind.Abs && graph.nodes[n].a === of;
    const forward = isAbs(d.a, s) && isAbs(d.b, x);
    if (!forward && !(isAbs(d.a, x) && isAbs(d.b, s))) return null;
    const { relation } = guards[0];
    const above = relation === 'gt' || relation === 'ge';
    if (!above && relation !== 'lt' && relation !== 'le') return null;
    // Equal magnitudes are exact either way.
    const [large, small] = above === forward ? [s, x] : [x, s];
    const sumNode = graph.nodes[after[correction]];
    if (sumNode.kind !== Kind.Add || sumNode.step !== t.step) return null;
    const part = graph.nodes[sumNode.a === c ? sumNode.b : sumNode.b === c ? sumNode.a : c];
    if (part.kind !== Kind.Add || part.step !== t.step) return null;
    const isLost = (n: number): boolean => { const e = graph.nodes[n]; return e.kind === Kind.Sub && e.step === t.step && e.a === large && e.b === total; };
    if (!(isLost(part.a) && part.b === small) && !(isLost(part.b) && part.a === small)) return null;
  }
  return { sum, correction, term: x, sign: 1, collects: true, step: t.step! };
}

/** Sums and differences in the format have a relative error of at most one unit roundoff, and their rounding error is a value of the format. */
function relative(step: StepModel | null): boolean {
  return step !== null && !step.saturates && step.format.values.kind === 'lattice' && Number.isFinite(step.format.values.precision) && step.format.subnormals === true;
}

function dependsOn(graph: Graph, node: number, on: readonly number[]): boolean {
  const seen = new Set<number>();
  const stack = [node];
  while (stack.length > 0) {
    const n = stack.pop()!;
    if (on.includes(n)) return true;
    if (seen.has(n)) continue;
    seen.add(n);
    stack.push(...childrenOf(graph.nodes[n]));
  }
  return false;
}
