import { describe, expect, it } from 'vitest';
import { toReal } from '../../../src/protocol/real';
import { xoshiro } from '../../../src/formats';
import { resultOf, run } from './context';
import { arithmeticOf, bf16, e4m3, e5m2, fp16, type Binary } from './oracle';

/** Random programs of large expressions, in a loop, so that they meet the short way of the streaming kernel as well as the long one; against exact rationals. */
interface Leaf { readonly op: 'name' | 'literal'; readonly text: string }
interface Operation { readonly op: '+' | '-' | '*' | '/' | 'neg' | 'abs' | 'root' | 'choice'; readonly operands: readonly Node[] }
type Node = Leaf | Operation;

const names = ['a', 'b', 'c', 'x'];
const literals = ['0.37', '1.7', '0.5', '3', '0.001', '12.25'];

function expression(random: () => number, depth: number): Node {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const one = (): Node => expression(random, depth - 1);
  if (depth === 0 || random() < 0.12) return random() < 0.75 ? { op: 'name', text: pick(names) } : { op: 'literal', text: pick(literals) };
  const r = random();
  if (r < 0.82) {
    const [left, right] = [one(), one()];
    // Two literals are a constant, which no rounding of the loop touches in another order.
    return { op: pick(['+', '-', '*', '*', '+', '-', '/'] as const), operands: [left.op === 'literal' ? { op: 'name', text: 'a' } : left, right] };
  }
  if (r < 0.94) return { op: pick(['neg', 'abs', 'root'] as const), operands: [named(one())] };
  return { op: 'choice', operands: [named(one()), named(one()), named(one()), named(one())] };
}

function named(n: Node): Node {
  return n.op === 'literal' ? { op: 'name', text: 'b' } : n;
}

function code(n: Node): string {
  if ('text' in n) return n.text;
  const [p, q, r, s] = n.operands.map(code);
  switch (n.op) {
    case 'neg': return `(-${p})`;
    case 'abs': return `Math.abs(${p})`;
    case 'root': return `Math.sqrt(Math.abs(${p}))`;
    case 'choice': return `(${p} < ${q} ? ${r} : ${s})`;
    default: return `(${p} ${n.op} ${q})`;
  }
}

function value(n: Node, of: ReadonlyMap<string, number>, o: ReturnType<typeof arithmeticOf>): number {
  if ('text' in n) return o.r(n.op === 'literal' ? Number(n.text) : of.get(n.text)!);
  const at = (i: number): number => value(n.operands[i], of, o);
  switch (n.op) {
    case '+': return o.add(at(0), at(1));
    case '-': return o.sub(at(0), at(1));
    case '*': return o.mul(at(0), at(1));
    case '/': return o.div(at(0), at(1));
    case 'neg': return -at(0);
    case 'abs': return Math.abs(at(0));
    case 'root': return o.sqrt(Math.abs(at(0)));
    default: return at(0) < at(1) ? at(2) : at(3);
  }
}

const formats: readonly [string, Binary][] = [['fp16', fp16], ['bf16', bf16], ['fp8-e4m3fn', e4m3], ['fp8-e5m2', e5m2]];

describe('random expressions are the scheme, bit for bit, against exact rationals', () => {
  const random = xoshiro(11);
  const programs = Array.from({ length: 4 }, () => ['a', 'b', 'c'].map(target => ({ target, node: named(expression(random, 4)) })));
  it.each(formats)('%s', (id, format) => {
    const o = arithmeticOf(format);
    for (const program of programs) {
      const source = `export function f(x: number) { let a = x * 1.7, b = x - 0.37, c = x / 3; for (let i = 0; i < 8; i++) { ${program.map(s => `${s.target} = ${code(s.node)};`).join(' ')} if (!(Math.abs(a) < 90)) a = x * 0.5; if (!(Math.abs(b) < 90)) b = x - 0.5; if (!(Math.abs(c) < 90)) c = x / 12.25; } return [a, b, c]; }`;
      for (const x of [0.7, -0.002]) {
        const v = o.r(x);
        const state = new Map([['x', x], ['a', o.mul(v, o.r(1.7))], ['b', o.sub(v, o.r(0.37))], ['c', o.div(v, 3)]]);
        const again: Readonly<Record<string, () => number>> = { a: () => o.mul(v, 0.5), b: () => o.sub(v, 0.5), c: () => o.div(v, o.r(12.25)) };
        for (let i = 0; i < 8; i++) {
          for (const { target, node } of program) state.set(target, value(node, state, o));
          for (const target of ['a', 'b', 'c']) if (!(Math.abs(o.r(state.get(target)!)) < o.r(90))) state.set(target, again[target]());
        }
        // A number that never entered arithmetic is rounded as it leaves.
        for (const mode of ['statistics', 'record'] as const) expect(resultOf(run(source, 'f', id, [x], mode)), `${mode} x = ${x}: ${source}`).toEqual(['a', 'b', 'c'].map(n => toReal(o.r(state.get(n)!))));
      }
    }
  });
});
