import type { FunctionIr } from '../../program';
import { materialise } from './arrays';
import { callFunction, TraceThrow } from './execute';
import type { Guard } from './guard';
import type { Case } from './box';
import { NearGap } from './near-gap';
import { OneRun } from './one-run';
import { Sweep, type SweepOptions } from './sweep';
import type { Tracer } from './tracer';
import { TraceRefusal, type Value } from './value';

/** One way through the function. */
export interface Path {
  readonly guards: readonly Guard[];
  readonly decisions: readonly boolean[];
  /** Nodes of the numbers that it returns; empty when it throws or returns no number. */
  readonly results: readonly number[];
  readonly throws: boolean;
}

/** Runs every path that the box does not rule out. Throws `TraceRefusal` for code that is not followed. */
export function tracePaths(t: Tracer, f: FunctionIr): Path[] {
  const paths: Path[] = [];
  const pending: (readonly boolean[])[] = [[]];
  while (pending.length > 0) {
    const forced = pending.pop()!;
    t.begin(forced);
    let value: Value | null = null;
    try {
      value = callFunction(t, f.id, f.parameters.map(p => parameterValue(t, p.variable)), -1);
    } catch (error) {
      if (!(error instanceof TraceThrow)) throw error;
    }
    paths.push({ guards: t.guards, decisions: t.decisions, results: value ? numbersIn(t, value) : [], throws: value === null });
    for (let i = forced.length; i < t.decisions.length; i++) pending.push([...t.decisions.slice(0, i), !t.decisions[i]]);
    if (paths.length + pending.length > t.limits.paths) throw new TraceRefusal(`has more than ${t.limits.paths} ways through it on this range`, -1);
  }
  return paths;
}

function parameterValue(t: Tracer, variable: number): Value {
  const v = t.program.variables[variable];
  return materialise(t, { kind: 'symbol', path: v.name, type: v.type, range: v.range, ranges: v.propertyRanges ?? {} });
}

/** The numbers of a returned number, array or object, in order. */
function numbersIn(t: Tracer, value: Value): number[] {
  switch (value.kind) {
    // An integer that only counted so far becomes data when it is returned.
    case 'number': return [t.graph.constantOf(value.node) && !t.step.fp64 ? t.graph.round(value.node, t.step, t.graph.nodes[value.node].site) : value.node];
    case 'symbol': return [t.number(value, -1)];
    case 'array': return value.elements.flatMap(v => numbersIn(t, v));
    case 'object': return [...value.properties.values()].flatMap(v => numbersIn(t, v));
    case 'constant': return typeof value.value === 'boolean' ? [t.number(value, -1)] : [];
    case 'function': return [];
  }
}

const MAX_PAIRS = 600;

/** The cases of the paths: each path taken by both runs, and each pair of paths that rounding can confuse. */
export function casesOf(t: Tracer, paths: readonly Path[], options: SweepOptions, lo: Float64Array, hi: Float64Array): Case[] {
  const cases: Case[] = [];
  for (const path of paths) {
    for (const root of path.results) {
      const sweep = new Sweep(t.graph, [root, ...path.guards.map(g => g.difference)], options, path.guards);
      cases.push({ sweep, root: sweep.at(root), guards: localGuards(sweep, path.guards), unstable: null });
    }
  }
  let pairs = 0;
  for (const exact of paths) {
    for (const computed of paths) {
      if (exact === computed) continue;
      const k = exact.decisions.findIndex((d, i) => d !== computed.decisions[i]);
      const difference = exact.guards[k].difference;
      if (exactDecision(t, difference, options, lo, hi)) continue;
      if (exact.throws || computed.throws || exact.results.length !== computed.results.length) {
        t.notes.add('Where rounding decides whether the function throws or returns a number at all, there is no error to bound.');
        continue;
      }
      if (++pairs > MAX_PAIRS) throw new TraceRefusal('has too many pairs of paths that rounding can confuse', -1);
      // Up to where they part, both runs fulfil the same guards.
      const shared = exact.guards.slice(0, k);
      exact.results.forEach((root, i) => {
        const other = computed.results[i];
        const roots = root === other ? [root] : [];
        const sweep = new Sweep(t.graph, [difference, ...shared.map(g => g.difference), ...roots], options, shared);
        const runs = root === other ? null : {
          exact: new OneRun(t.graph, root, exact.guards, difference, 'exact', options), computed: new OneRun(t.graph, other, computed.guards, difference, 'computed', options),
          near: new NearGap(t.graph, root, other, difference, shared, [...exact.guards.slice(k), ...computed.guards.slice(k)].filter(g => g.difference !== difference), options, lo.length),
        };
        cases.push({ sweep, root: sweep.at(runs ? difference : root), guards: localGuards(sweep, shared), unstable: { difference: sweep.at(difference), runs } });
      });
    }
  }
  return cases;
}

function localGuards(sweep: Sweep, guards: readonly Guard[]): Guard[] {
  return guards.map(g => ({ difference: sweep.at(g.difference), relation: g.relation }));
}

/** Whether a guard's two sides are free of error over the box, so that both runs always go the same way. */
function exactDecision(t: Tracer, difference: number, options: SweepOptions, lo: Float64Array, hi: Float64Array): boolean {
  const sweep = new Sweep(t.graph, [difference], options);
  return sweep.forward(lo, hi) && sweep.error[sweep.at(difference)] === 0;
}
