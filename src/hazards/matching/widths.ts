import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { accumulationsOf, type Accumulation } from './accumulation';
import { constantOf, isOperation, resolve, soleValue } from './structure';

/** Widths of typed arrays that were chosen by another quantity than what is stored. */

/** `new (triangles > 65535 ? Uint32Array : Uint16Array)(3 * triangles)`: the width is chosen by a third of what is stored. Also an index buffer of 16 bits whose data come later. */
export function* wrongQuantity(c: HazardContext): Generator<Detection> {
  if (!c.says(/(Ui|I)nt16Array/)) return;
  yield* sumsInChosenWidth(c);
  for (const e of c.scene.byKind.get('new') ?? []) {
    if (e.kind !== 'new') continue;
    const source = c.source(e);
    if (/ELEMENT_ARRAY_BUFFER/.test(source) && /\b(Ui|I)nt16Array\b/.test(source) && e.name !== 'Int16Array' && e.name !== 'Uint16Array') { yield { at: e, message: `${c.text(e)} keeps indices of 16 bits, and nothing bounds their number: the 65,537th vertex wraps around to 0.`, remedy: 'Take a Uint32Array when there are more vertices than 65,536.' }; continue; }
    if (e.arguments.length !== 1) continue;
    const callee = source.slice(3, e.arguments[0].start - e.start);
    const local = /^\s+(\w+)\s*\($/.exec(callee)?.[1];
    const choice = chosen(callee) ?? (local ? chosen(new RegExp(`(const|let|var)\\s+${local}\\s*=([^;\\n]+)`).exec(c.program.text)?.[2] ?? '') : null);
    if (!choice) continue;
    if (mentionsLocal(c, e.arguments[0], choice) && c.assignments().some(a => a.target.kind === 'index' && a.target.index.kind === 'variable' && a.value.kind === 'variable' && a.value.variable === a.target.index.variable && c.position(a).function === c.position(e).function)) {
      yield { at: e, message: `The width is chosen by ${choice}, and the numbers stored go up to ${c.text(e.arguments[0])}, which is more: what exceeds 65,535 wraps around.`, remedy: 'Choose the width by the largest number that is stored.' };
    }
  }
}

/** The quantity in `q > 65535 ? Uint32Array : Uint16Array`, and in `q < 65536 ? Uint16Array : Uint32Array`. */
function chosen(text: string): string | null {
  const top = String.raw`(?:65_?53[4567]|0xffff|0x1_?0000|2 ?\*\* ?16|1 ?<< ?16)`;
  return new RegExp(String.raw`\(?\s*([\w.]+)\s*>=?\s*${top}\s*\)?\s*\?\s*Uint32Array\s*:\s*Uint16Array`, 'i').exec(text)?.[1]
    ?? new RegExp(String.raw`\(?\s*([\w.]+)\s*<=?\s*${top}\s*\)?\s*\?\s*Uint16Array\s*:\s*Uint32Array`, 'i').exec(text)?.[1] ?? null;
}

/** `const Offsets = names.length < 65536 ? Uint16Array : Uint32Array` for an array that takes running sums over these names: the sum outgrows the count of what is summed. */
function* sumsInChosenWidth(c: HazardContext): Generator<Detection> {
  for (const choice of c.scene.byKind.get('conditional') ?? []) {
    const quantity = choice.kind === 'conditional' ? chosen(c.source(choice)) : null;
    if (quantity === null) continue;
    const arrays = new Set<number>();
    for (const made of c.scene.byKind.get('new') ?? []) {
      const statement = c.position(made).statement;
      if (statement?.kind !== 'declare' || statement.value !== made || ![0, c.position(made).function].includes(c.position(choice).function)) continue;
      const written = c.position(choice).statement;
      const local = written?.kind === 'declare' && written.value === choice ? c.variable(written.variable).name : null;
      if (local !== null && made.kind === 'new' && made.name === local || choice.start >= made.start && choice.end <= made.end) arrays.add(statement.variable);
    }
    const sum = c.assignments().flatMap(a => a.target.kind === 'index' && a.target.object.kind === 'variable' && arrays.has(a.target.object.variable) && a.compound === null ? [runningSumOf(c, a.value, quantity)] : []).find(s => s !== null);
    if (sum) yield { at: choice, message: `The width is chosen by ${quantity}, and ${c.text(sum)}, which is stored, is a running sum that grows past it: what exceeds 65,535 wraps around.`, remedy: 'Choose the width by the largest number that is stored.' };
  }
}

/** The variable behind a value to which a loop over the counted list adds more than 1 in each round. */
function runningSumOf(c: HazardContext, e: Expression, quantity: string): Expression | null {
  const value = resolve(c, e);
  const variable = value.kind === 'assign' && value.target.kind === 'variable' ? value.target : value;
  if (variable.kind !== 'variable') return null;
  const over = (a: Accumulation): boolean => a.iterable !== null && [`${c.source(a.iterable)}.length`, `${c.source(a.iterable)}.size`].includes(quantity);
  return accumulationsOf(c).some(a => a.operator === 'add' && a.target.kind === 'variable' && a.target.variable === variable.variable && over(a) && a.terms.every(t => !t.negative) && a.terms.some(t => constantOf(c, t.value) === null && !((c.fact(t.value)?.hi ?? Infinity) <= 1))) ? variable : null;
}

/** The value is a multiple of the local of that name: `3 * triangles`, through other locals. */
function mentionsLocal(c: HazardContext, e: Expression, name: string, several = false): boolean {
  if (e.kind === 'variable' && c.variable(e.variable).name === name) return several;
  const value = e.kind === 'variable' ? soleValue(c, e.variable) : e;
  if (!value) return false;
  if (!isOperation(value, 'mul')) return value !== e && mentionsLocal(c, value, name, several);
  return value.operands.some(o => mentionsLocal(c, o, name, several || value.operands.some(k => k !== o && (constantOf(c, k) ?? 0) >= 2)));
}
