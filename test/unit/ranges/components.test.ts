import fc from 'fast-check';
import { expect, test } from 'vitest';
import { componentsOf } from '../../../src/analysis/ranges/components';

const graph = fc.integer({ min: 1, max: 12 }).chain(n => fc.array(fc.array(fc.nat(n - 1), { maxLength: 4 }), { minLength: n, maxLength: n }).map(edges => edges.map(list => new Set(list))));

function reachable(edges: readonly ReadonlySet<number>[], from: number): Set<number> {
  const seen = new Set([from]);
  for (const node of seen) for (const next of edges[node]) seen.add(next);
  return seen;
}

test('two functions are in one component when each reaches the other, and callees come first', () => {
  fc.assert(fc.property(graph, edges => {
    const components = componentsOf(edges);
    expect(components.flat().sort((a, b) => a - b)).toEqual(edges.map((_, i) => i));
    const reach = edges.map((_, i) => reachable(edges, i));
    const place = new Map(components.flatMap((members, i) => members.map(member => [member, i] as const)));
    for (let a = 0; a < edges.length; a++) {
      for (let b = 0; b < edges.length; b++) {
        expect(place.get(a) === place.get(b)).toBe(reach[a].has(b) && reach[b].has(a));
        if (reach[a].has(b)) expect(place.get(b)!).toBeLessThanOrEqual(place.get(a)!);
      }
    }
  }));
});

test('a chain of calls may be long', () => {
  const length = 50_000;
  const chain = Array.from({ length }, (_, i) => new Set(i + 1 < length ? [i + 1] : []));
  expect(componentsOf(chain)[0]).toEqual([length - 1]);
});
