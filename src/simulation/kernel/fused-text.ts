import { composed, countsInIntegers, shapeNodes, type Shape, type ShapeUse } from '../../program/shapes';
import { cell, dummies } from './counters';
import { absorption, entersQuietly, isHot, noNewCancellation, roundingSteps, unremarkable, type InlineRounding } from './hot-text';
import type { KernelMode } from './mode';
import { entryUnit, type UnitText } from './rounding-text';

/**
 * The functions `$0f0`, `$0f1`, … of the expressions that are computed as a whole: parameters are the first site and value and reference of each operand. All operations are computed and tested one
 * after the other; when nothing is remarkable, one counter of the root stands for all of them. Otherwise nothing has been counted yet, and the operations are called one by one.
 */
export function fusedText(mode: KernelMode, units: ReadonlyMap<string, UnitText>, shapes: readonly Shape[]): string {
  const known = new Map<string, number>();
  return shapes.map((shape, i) => {
    const key = JSON.stringify(shape);
    const same = known.get(key);
    if (same !== undefined) return `const $0f${i} = $0f${same};`;
    known.set(key, i);
    return fused(mode, units, shape, i);
  }).join('\n');
}

/**
 * The first call of a function, which is never a quiet one, runs it on values that walk through its branches, at sites that nobody reads: an optimizer that has seen a branch does not throw its code away
 * when the program first takes it. Three passes, because the engine begins to remember after a thousand bytes of code.
 */
export function primeText(normal: number, shapes: number): string {
  return `const $0primed = new $0Uint8Array(${shapes}), $0dummy = $0sites + ${dummies}; for (let s = $0sites; s < $0sites + ${2 * dummies}; s++) { ${cell('low')} = -Infinity; ${cell('high')} = Infinity; ${cell('error')} = Infinity; ${cell('ratio')} = 0; }
function $0prime(i, f, n) {
  if ($0primed[i] === 1) return;
  $0primed[i] = 1;
  for (let pass = 0; pass < 3; pass++) for (const small of [${normal * 0.3}, ${Math.sqrt(normal) * 0.6}, 0]) for (let j = small === 0 ? n : -1; j <= n; j++) {
    const list = [$0dummy];
    for (let k = 0; k < n; k++) { const v = (j === n || j === k ? small : 1) * (1 + k / 16); list[list.length] = v; list[list.length] = v; }
    $0apply(f, undefined, list);
  }
}`;
}

/** Adds what was counted for whole expressions to the counts of their operations. */
export function foldText(shapes: readonly Shape[], uses: readonly ShapeUse[]): string {
  const counted = shapes.map(shape => [...shapeNodes(shape)].flatMap(n => n.kind === 'operation' && !isComparison(n.name) && !countsInIntegers(n.name) ? [n.at] : []));
  return `const $0counted_ = ${JSON.stringify(counted)}, $0uses = ${JSON.stringify(uses.flatMap(u => [u.shape, u.site]))};
function $0fold() { for (let i = 0; i < $0uses.length; i += 2) { const root = $0uses[i + 1], n = ${cell('together', 'root')}; if (n === 0) continue; ${cell('together', 'root')} = 0; for (const at of $0counted_[$0uses[i]]) ${cell('count', 'root + at')} += n; } }`;
}

type Node = Exclude<Shape, { kind: 'leaf' }>;

function fused(mode: KernelMode, units: ReadonlyMap<string, UnitText>, shape: Shape, index: number): string {
  const nodes = [...shapeNodes(shape)];
  const leaves: { known: boolean }[] = [];
  for (const n of nodes) if (n.kind === 'leaf') leaves[n.index] = n;
  const parameters = leaves.map((_, i) => `, a${i}, r${i}`).join('');
  const slow = composed(shape, leaves.map((_, i) => `a${i}, r${i}`), at => siteText(at), '$0', '$0R[0]');
  if (shape.kind === 'operation' && countsInIntegers(shape.name)) return integerText(index, leaves, nodes, slow);
  const hot = hotText(mode, units, nodes.filter(n => n.kind !== 'leaf'));
  const numbers = leaves.flatMap((l, i) => l.known ? [] : [`typeof a${i} === "number"`]);
  if (hot === undefined) return `function $0f${index}(s${parameters}) { return ${slow}; }`;
  // What is rare stands apart and gets its operands by way of an array: arguments would be boxed, and the optimizer boxes before it branches. Numbers give a number, which the plus tells it. It leaves out
  // a property access that was never made, and with it the case of other values; a call of a constant function it would keep.
  const handed = leaves.map((_, i) => `$0Q[${2 * i}] = a${i}; $0Q[${2 * i + 1}] = r${i};`).join(' ');
  const taken = leaves.map((_, i) => `a${i} = $0Q[${2 * i}], r${i} = $0Q[${2 * i + 1}]`).join(', ');
  const body = `hot: { ${hot} } ${handed} return ${comparing(shape) ? '' : '+'}$0f${index}_(s);`;
  const prime = nodes.every(n => n.kind === 'leaf' || Math.abs(n.at) < dummies) ? `$0prime(${index}, $0f${index}, ${leaves.length}); ` : '';
  return `const $0f${index}_ = $0apart(s => { const ${taken}; ${prime}return ${slow}; });`
    + `\nfunction $0f${index}(s${parameters}) { ${numbers.length ? `if (${numbers.join(' && ')}) { ${body} } return $0other.value(${slow});` : body} }`;
}

/** A whole index or count: exact while all of it fits 32 bits. Its value is its own reference. */
function integerText(index: number, leaves: readonly { readonly known: boolean }[], nodes: readonly Shape[], slow: string): string {
  const names = new Map<Shape, string>();
  const steps = nodes.map((node, i) => {
    if (node.kind === 'leaf') { names.set(node, `a${node.index}`); return ''; }
    if (node.kind === 'enter') throw new Error('integers are not rounded');
    const [a, b] = node.operands.map(o => names.get(o));
    names.set(node, `y${i}`);
    return `const y${i} = ${a} ${tokens[node.name.slice(1)]} ${b}; if ((y${i} | 0) !== y${i}) break hot;`;
  });
  const result = names.get(nodes[nodes.length - 1])!;
  const given = leaves.map((_, i) => `, a${i}`).join('');
  const tests = leaves.flatMap((l, i) => l.known ? [] : [`(a${i} | 0) === a${i}`]);
  return `const $0f${index}_ = $0apart((s${given}) => { const ${leaves.map((_, i) => `r${i} = $0Q[${i}]`).join(', ')}; return ${slow}; });`
    + `\nfunction $0f${index}(s${leaves.map((_, i) => `, a${i}, r${i}`).join('')}) { hot: if (${tests.join(' && ') || 'true'}) { ${steps.filter(Boolean).join(' ')} $0R[0] = ${result}; return ${result}; }`
    + ` if (${leaves.map((_, i) => `typeof a${i} === "number"`).join(' && ')}) { ${leaves.map((_, i) => `$0Q[${i}] = r${i};`).join(' ')} return $0f${index}_(s${given}); } return $0other.value(${slow}); }`;
}

function comparing(shape: Shape): boolean {
  return shape.kind === 'operation' && isComparison(shape.name);
}

function siteText(at: number): string {
  return at === 0 ? 's' : at < 0 ? `s - ${-at}` : `s + ${at}`;
}

/** Statements that return the value when nothing is remarkable, and `break hot` otherwise; undefined where a rounding has no short form. */
function hotText(mode: KernelMode, units: ReadonlyMap<string, UnitText>, nodes: readonly Node[]): string | undefined {
  const values = new Map<Shape, { v: string; r: string }>();
  const of = (s: Shape): { v: string; r: string } => s.kind === 'leaf' ? { v: `a${s.index}`, r: `r${s.index}` } : values.get(s)!;
  const [steps, counts, references]: [string[], string[], string[]] = [[], [], []];
  let end = '';
  const test = (tests: readonly string[]): void => { if (tests.length) steps.push(`if (!(${tests.join(' && ')})) break hot;`); };
  for (const [i, node] of nodes.entries()) {
    const unit = units.get(node.kind === 'enter' ? entryUnit(node.unit) : node.unit);
    const inline = unit?.inline;
    if (!isHot(mode, inline)) return undefined;
    const site = siteText(node.at);
    const [a, b] = node.operands.map(of);
    const rounding = named(inline, i, node.kind === 'enter' ? a.v : `x${i}`);
    const own = { v: `y${i}`, r: node.kind === 'enter' ? a.r : `q${i}` };
    values.set(node, own);
    if (node.kind === 'enter') {
      if (unit?.enter && rounding.holds === '') return undefined;
      steps.push(roundingSteps(rounding, a.v, own.v, false));
      test([entersQuietly(rounding, own.v, a.v, site)]);
      if (!inline.exact) counts.push(`if (${own.v} !== ${a.v}) $0once(${site});`);
    } else if (isComparison(node.name)) {
      const token = comparisons[node.name];
      end = `const y = ${a.v} ${token} ${b.v}, z = ${a.r} ${token} ${b.r}; if (z !== y) $0diverge(${site}, 0, y, z);`;
      values.set(node, { v: 'y', r: '' });
    } else if (node.name === 'abs' || node.name === 'neg') {
      const f = (x: string): string => node.name === 'abs' ? `Math_abs(${x})` : `-${x}`;
      steps.push(`const ${own.v} = ${f(a.v)};`);
      test([`${own.v} >= ${cell('low', site)}`, `${own.v} <= ${cell('high', site)}`]);
      references.push(`const ${own.r} = ${f(a.r)};`);
    } else {
      const operation = (x: string, y: string): string => node.name === 'sqrt' ? `Math_sqrt(${x})` : `${x} ${tokens[node.name]} ${y}`;
      steps.push(`const x${i} = ${operation(a.v, node.operands.length > 1 ? b.v : '')};`, roundingSteps(rounding, `x${i}`, own.v, true));
      test(unremarkable(rounding, own.v, `x${i}`, site));
      if (node.name === 'add' || node.name === 'sub') {
        test(noNewCancellation(own.v, a.v, b.v, site));
        counts.push(absorption(node.name, own.v, a.v, b.v, site));
      }
      references.push(`const ${own.r} = ${operation(a.r, node.operands.length > 1 ? b.r : '')};`);
    }
  }
  const root = nodes[nodes.length - 1];
  const result = values.get(root)!;
  const leave = result.r === '' ? `return ${result.v};` : `$0R[0] = ${result.r}; return ${result.v};`;
  const counter = nodes.some(n => n.kind === 'operation' && !isComparison(n.name)) ? `${cell('together')}++;` : '';
  return [...steps, counter, ...counts, ...references, end, leave].filter(Boolean).join(' ');
}

const tokens: Readonly<Record<string, string>> = { add: '+', sub: '-', mul: '*', div: '/' };
const comparisons: Readonly<Record<string, string>> = { clt: '<', cle: '<=', cgt: '>', cge: '>=', ceq: '===', cne: '!==' };

function isComparison(name: string): boolean {
  return Object.hasOwn(comparisons, name);
}

/** A rounding whose declarations have names of their own, of the variable `x`. */
function named(inline: InlineRounding, index: number, x: string): InlineRounding {
  const declared = new Set([...inline.steps.matchAll(/const (\w+)/g)].map(m => m[1]));
  const rename = (text: string): string => text.replace(/(?<![\w$.])[a-z]\w*/g, word => word === 'x' ? x : declared.has(word) ? `${word}${index}_` : word);
  return { ...inline, steps: rename(inline.steps), holds: rename(inline.holds), holdsInRange: rename(inline.holdsInRange), value: rename(inline.value) };
}
