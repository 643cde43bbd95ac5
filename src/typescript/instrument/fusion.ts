import { composed, countsInIntegers, shapeSize, type Shape } from '../../program/shapes';
import { inRegister, passed, register, type Context, type Emitted, type Kind, type Tree } from './context';
import type { Unit } from './module';

/** Operations and conversions of one function: what the optimizer inlines. */
const largest = 14;

/** Operations that the kernel has in line. */
const inline = new Set(['iadd', 'isub', 'imul', 'add', 'sub', 'mul', 'div', 'sqrt', 'abs', 'neg', 'clt', 'cle', 'cgt', 'cge', 'ceq', 'cne']);

/**
 * In streaming runs an expression of several operations is one call of a function that the kernel makes for its shape: rounding, references and tests stay in registers, and what is counted is counted
 * once for all of them. Arithmetic therefore remains a tree until its code is asked for.
 *
 * An operation on emitted operands; `name` is that of the run-time without unit.
 */
export function operation(c: Context, name: string, unit: Unit, site: number, operands: readonly Emitted[], kind: Kind): Emitted {
  return fused(c, { kind: 'operation', name, unit, site, operands: joined(operands, countsInIntegers(name)) }, kind, inline.has(name));
}

/** The conversion of a value to the format of a unit. */
export function conversion(c: Context, unit: Unit, site: number, value: Emitted): Emitted {
  return fused(c, { kind: 'enter', unit, site, operands: [treeOf(value, false)] }, 'data', true);
}

/** A tree that is asked for code later, or never. What rounds to the format of a variable stays a call of its own: the tuner reads these calls (`unitsOfSites`). */
function fused(c: Context, tree: Exclude<Tree, { kind: 'leaf' }>, kind: Kind, fits: boolean): Emitted {
  if (c.mode !== 'statistics' || !fits || tree.unit.startsWith('F')) {
    const e = inRegister(c, codeOf(c, tree, false), kind);
    return { ...e, quiet: quiet(tree) };
  }
  let code: string | undefined;
  return { get code() { return code ??= codeOf(c, tree, true); }, shadow: register(c), kind, tree, quiet: quiet(tree) };
}

/** Operands of one operation. What a later operand may change is computed before it, and no function becomes too large. */
function joined(operands: readonly Emitted[], integers: boolean): Tree[] {
  const trees = operands.map(o => treeOf(o, integers));
  trees.forEach((tree, i) => { if (tree.kind !== 'leaf' && !trees.slice(i + 1).every(quiet)) trees[i] = leaf(operands[i]); });
  for (;;) {
    const sizes = trees.map(sizeOf);
    if (sizes.reduce((a, b) => a + b, 1) <= largest) return trees;
    const i = sizes.indexOf(Math.max(...sizes));
    trees[i] = leaf(operands[i]);
  }
}

/** Operations of integers, which nobody rounds or counts, and those of the scheme are not mixed in one function. */
function treeOf(e: Emitted, integers: boolean): Tree {
  return e.tree && (e.tree.kind === 'operation' && countsInIntegers(e.tree.name)) === integers ? e.tree : leaf(e);
}

function leaf(value: Emitted): Tree {
  return { kind: 'leaf', value };
}

function sizeOf(tree: Tree): number {
  return tree.kind === 'leaf' ? 0 : 1 + tree.operands.reduce((sum, o) => sum + sizeOf(o), 0);
}

function quiet(tree: Tree): boolean {
  return tree.kind === 'leaf' ? tree.value.quiet === true || tree.value.atom === true : tree.operands.every(quiet);
}

function codeOf(c: Context, tree: Exclude<Tree, { kind: 'leaf' }>, together: boolean): string {
  const leaves: string[] = [];
  // The same name twice is one parameter, where nothing changes it in between.
  const shared = quiet(tree);
  const known = new Map<string, number>();
  const shapeOf = (t: Tree): Shape => {
    if (t.kind === 'enter') return { kind: 'enter', unit: t.unit, at: t.site - tree.site, operands: [shapeOf(t.operands[0])] };
    if (t.kind === 'operation') return { kind: 'operation', name: t.name, unit: t.unit, at: t.site - tree.site, operands: t.operands.map(shapeOf) };
    const text = passed(c, t.value);
    const same = shared && t.value.atom ? known.get(text) : undefined;
    if (same !== undefined) return { kind: 'leaf', index: same, known: t.value.number === true };
    known.set(text, leaves.length);
    leaves.push(text);
    return { kind: 'leaf', index: leaves.length - 1, known: t.value.number === true };
  };
  const shape = shapeOf(tree);
  const index = together && shapeSize(shape) > 1 ? c.shape(shape, tree.site) : undefined;
  if (index !== undefined) return `${c.p}f${index}(${[tree.site, ...leaves].join(', ')})`;
  return composed(shape, leaves, at => String(tree.site + at), c.p, register(c).join(', '));
}
