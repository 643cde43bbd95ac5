import { above, below, productError, sumError } from '../../exact';
import { Kind, type Graph } from './graph';
import type { Guard } from './guard';

/**
 * What guards say about other nodes. Exact values of nodes are written as linear forms Σ cᵢ·atomᵢ + k over nodes that are not linear themselves; a guard
 * a + b − c − 0.1 > 0 then bounds every node whose form is proportional to a + b − c, such as (a + b + c)/2 − c. Forms whose coefficients are not exact in
 * double are not used.
 */
export interface Clamp {
  readonly node: number;
  /** Bounds of the exact value. */
  readonly lo: number;
  readonly hi: number;
  /** True when the guard compares this very node with 0, so that the computed value is bounded too. */
  readonly same: boolean;
}

interface Form {
  readonly atoms: readonly number[];
  readonly coefficients: readonly number[];
  readonly constantLo: number;
  readonly constantHi: number;
}

/** Bounds that the guards of a path put on the exact values of the given nodes. */
export function clampsOf(graph: Graph, guards: readonly Guard[], nodes: readonly number[]): Clamp[] {
  if (guards.length === 0) return [];
  const known = new Map<number, Form>();
  const clamps: Clamp[] = [];
  for (const guard of guards) {
    if (guard.relation === 'ne') continue;
    const g = formOf(graph, guard.difference, known);
    if (g.atoms.length === 0) continue;
    for (const node of nodes) {
      const f = formOf(graph, node, known);
      const ratio = proportion(f, g);
      if (ratio === 0) continue;
      // Σ gᵢ·atomᵢ lies between these.
      const lo = guard.relation === 'gt' || guard.relation === 'ge' || guard.relation === 'eq' ? -g.constantHi : -Infinity;
      const hi = guard.relation === 'lt' || guard.relation === 'le' || guard.relation === 'eq' ? -g.constantLo : Infinity;
      const ends = [ratio * lo, ratio * hi].sort((a, b) => a - b);
      const exact = f.constantLo === 0 && f.constantHi === 0 && g.constantLo === 0 && g.constantHi === 0;
      clamps.push({
        node, same: node === guard.difference,
        lo: exact || !Number.isFinite(ends[0]) ? ends[0] : below(ends[0] + f.constantLo, 4) - below(Math.abs(ends[0]) + Math.abs(f.constantLo), 0) * 2 ** -50,
        hi: exact || !Number.isFinite(ends[1]) ? ends[1] : above(ends[1] + f.constantHi, 4) + above(Math.abs(ends[1]) + Math.abs(f.constantHi), 0) * 2 ** -50,
      });
    }
  }
  return clamps;
}

/** A node for the exact value of a − b, in which what the two have in common has cancelled. */
export function differenceNode(graph: Graph, a: number, b: number): number {
  const known = new Map<number, Form>();
  const form = combine(formOf(graph, a, known), formOf(graph, b, known), -1);
  if (!form || form.atoms.length > 6 || form.constantLo !== form.constantHi) return graph.apply('sub', [a, b], null, -1);
  return form.atoms.reduce((sum, atom, i) => graph.apply('add', [sum, graph.apply('mul', [graph.exact(form.coefficients[i]), atom], null, -1)], null, -1), graph.exact(form.constantLo));
}

/** k with exact values a = k·b; 0 when there is none to be seen. */
export function ratioOf(graph: Graph, a: number, b: number): number {
  const known = new Map<number, Form>();
  const [f, g] = [formOf(graph, a, known), formOf(graph, b, known)];
  const pure = [f, g].every(x => x.constantLo === 0 && x.constantHi === 0 && x.atoms.length > 0);
  return pure ? proportion(f, g) : 0;
}

/** k with f = k·g up to the constants; 0 when there is none. */
function proportion(f: Form, g: Form): number {
  if (f.atoms.length !== g.atoms.length) return 0;
  const k = f.coefficients[0] / g.coefficients[0];
  return f.atoms.every((a, i) => a === g.atoms[i] && k * g.coefficients[i] === f.coefficients[i] && productError(k, g.coefficients[i], f.coefficients[i]) === 0) ? k : 0;
}

function formOf(graph: Graph, index: number, known: Map<number, Form>): Form {
  const cached = known.get(index);
  if (cached) return cached;
  const form = linear(graph, index, known) ?? { atoms: [index], coefficients: [1], constantLo: 0, constantHi: 0 };
  known.set(index, form);
  return form;
}

function linear(graph: Graph, index: number, known: Map<number, Form>): Form | null {
  const node = graph.nodes[index];
  switch (node.kind) {
    case Kind.Constant: {
      const c = node.constant!;
      if (c.errorLo === 0 && c.errorHi === 0) return { atoms: [], coefficients: [], constantLo: c.computed, constantHi: c.computed };
      return { atoms: [], coefficients: [], constantLo: below(c.computed - c.errorHi, 1), constantHi: above(c.computed - c.errorLo, 1) };
    }
    case Kind.Add: return combine(formOf(graph, node.a, known), formOf(graph, node.b, known), 1);
    case Kind.Sub: return combine(formOf(graph, node.a, known), formOf(graph, node.b, known), -1);
    case Kind.Neg: return scale(formOf(graph, node.a, known), -1);
    case Kind.Round: return formOf(graph, node.a, known);
    case Kind.Mul: {
      const a = graph.exactValue(node.a);
      const b = graph.exactValue(node.b);
      return a === a ? scale(formOf(graph, node.b, known), a) : b === b ? scale(formOf(graph, node.a, known), b) : null;
    }
    case Kind.Div: {
      const b = graph.exactValue(node.b);
      return Math.abs(b) === 2 ** Math.round(Math.log2(Math.abs(b))) ? scale(formOf(graph, node.a, known), 1 / b) : null;
    }
    default: return null;
  }
}

function scale(f: Form, k: number): Form | null {
  if (k === 0 || !Number.isFinite(k)) return null;
  const coefficients = f.coefficients.map(c => c * k);
  if (!f.coefficients.every((c, i) => productError(c, k, coefficients[i]) === 0)) return null;
  const ends = [f.constantLo * k, f.constantHi * k].sort((a, b) => a - b);
  const exact = f.constantLo === f.constantHi && productError(f.constantLo, k, ends[0]) === 0;
  return { atoms: f.atoms, coefficients, constantLo: exact ? ends[0] : below(ends[0], 2), constantHi: exact ? ends[1] : above(ends[1], 2) };
}

function combine(f: Form, g: Form, sign: 1 | -1): Form | null {
  const atoms: number[] = [];
  const coefficients: number[] = [];
  for (const atom of [...new Set([...f.atoms, ...g.atoms])].sort((a, b) => a - b)) {
    const i = f.atoms.indexOf(atom);
    const j = g.atoms.indexOf(atom);
    const [x, y] = [i >= 0 ? f.coefficients[i] : 0, j >= 0 ? sign * g.coefficients[j] : 0];
    const sum = x + y;
    if (sumError(x, y, sum) !== 0) return null;
    if (sum !== 0) { atoms.push(atom); coefficients.push(sum); }
  }
  if (atoms.length > 40) return null;
  const [gl, gh] = sign === 1 ? [g.constantLo, g.constantHi] : [-g.constantHi, -g.constantLo];
  const lo = f.constantLo + gl;
  const hi = f.constantHi + gh;
  return {
    atoms, coefficients,
    constantLo: sumError(f.constantLo, gl, lo) === 0 ? lo : below(lo, 2), constantHi: sumError(f.constantHi, gh, hi) === 0 ? hi : above(hi, 2),
  };
}
