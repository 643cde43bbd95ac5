import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionAt, functionAt, functionNamed, isPure, literalAt, outlineOf, printExpression, sameExpression, siteOf, visitFunction, type Expression, type Program } from '../../../src/program';
import { lowerText } from '../../../src/typescript';

const lower = (text: string): Program => lowerText('a.ts', text, { types: false });

/** The last expression with this text. */
function find(program: Program, text: string): Expression {
  const found = program.expressions.filter(e => program.text.slice(e.start, e.end) === text);
  if (found.length === 0) throw new Error(`no expression "${text}"`);
  return found[found.length - 1];
}

describe('printer', () => {
  const same = ['a + b * c', '(a + b) * c', 'a - (b - c)', 'a - b - c', '-(-a)', '-a ** b'.replace('-a', '(-a)'), 'a ** b ** c', '(a ** b) ** c', '-(a + b)', '!(a < b) && c || d', '(a ?? b) || c', 'a ? b : c ? d : a',
    '(a ? b : c) + d', 'Math.exp(a) - 1', 'Math.max(...xs, 1)', 'a % b', 'a << b >>> c | d & 1', 'xs[a + 1] * xs[0]', 'p.x?.y', 'typeof a === "number"', 'a == null', '(a, b)', 'xs.reduce((s, v) => s + v, 0)',
    'new Float64Array(3)', '[a, , ...xs]', 'f(a, b)', 'a = b + c', '1e-9 * 0x10', 'Number.EPSILON', '`x${a}`', '(xs.length + 1) / 2', '(1).toFixed(2)', '+a', '~a'];
  for (const text of same) {
    it(text, () => {
      const program = lower(`declare let a: number, b: number, c: number, d: any, p: any, xs: number[]; function f(x: any, y: any) { return x }\n(${text});`);
      const statement = program.functions[0].body[0];
      if (statement.kind !== 'expression') throw new Error('not an expression');
      expect(printExpression(program, statement.expression)).toBe(text === '(a, b)' ? 'a, b' : text);
    });
  }

  it('means what was lowered: printed text lowers to the same expression', () => {
    const leaf = fc.constantFrom('a', 'b', 'c', '1', '0.5');
    const tree: fc.Arbitrary<string> = fc.letrec<{ e: string }>(tie => ({
      e: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf,
        fc.tuple(tie('e'), fc.constantFrom('+', '-', '*', '/', '%', '**', '<<', '>>>', '|', '&', '^', '<', '===', '&&', '||', '??', ','), tie('e')).map(([l, o, r]) => `(${l}) ${o} (${r})`),
        fc.tuple(fc.constantFrom('-', '+', '!', '~', 'typeof '), tie('e')).map(([o, e]) => `${o}(${e})`),
        fc.tuple(tie('e'), tie('e'), tie('e')).map(([t, x, y]) => `(${t}) ? (${x}) : (${y})`),
        tie('e').map(e => `Math.sqrt(${e})`), tie('e').map(e => `xs[${e}]`), tie('e').map(e => `(${e}).p`), tie('e').map(e => `a = (${e})`)),
    })).e;
    fc.assert(fc.property(tree, text => {
      const source = (body: string): Program => lower(`let a: any, b: any, c: any, xs: any;\n(${body});`);
      const first = source(text);
      const expression = (program: Program): Expression => {
        const statement = program.functions[0].body[4];
        if (statement.kind !== 'expression') throw new Error('not an expression');
        return statement.expression;
      };
      const printed = printExpression(first, expression(first));
      const second = source(printed);
      expect(second.problems).toEqual([]);
      const shape = (e: Expression): string => JSON.stringify(e, (key, value: unknown) => ['id', 'start', 'end', 'type', 'text', 'calleeStart', 'calleeEnd'].includes(key) ? undefined : value);
      expect(shape(expression(second)), printed).toBe(shape(expression(first)));
    }), { numRuns: 300 });
  });
});

describe('outline', () => {
  const program = lower(`function f(xs: number[], n: number) {
    if (n > 0 && xs.length) { for (let i = 0; i < n; i++) { const t = xs[i]; if (!t) continue; else n = t + 1; } }
    while (n !== 3) n--;
    return n > 5 ? Math.sqrt(n) : n || 7;
  }`);
  const outline = outlineOf(program);
  const guards = (text: string): string[] => outline.guards(find(program, text).id).map(g => `${g.holds ? '' : 'not '}${program.text.slice(g.expression.start, g.expression.end)}`);

  it('parents and functions', () => {
    const read = find(program, 'xs[i]');
    expect(outline.parent(read.id)).toBeNull();
    expect(outline.statement(read.id)?.kind).toBe('declare');
    expect(outline.functionOf(read.id).name).toBe('f');
    expect(outline.parent(find(program, 'xs').id)?.kind).toBe('index');
  });

  it('guards, innermost first', () => {
    expect(guards('t + 1')).toEqual(['not !t', 'i < n', 'n > 0 && xs.length']);
    expect(guards('xs.length')).toEqual(['n > 0']);
    expect(guards('Math.sqrt(n)')).toEqual(['n > 5']);
    expect(guards('7')).toEqual(['not n', 'not n > 5']);
  });

  it('loops: what runs once is not in them', () => {
    expect(outline.loops(find(program, 't + 1').id).map(loop => loop.kind)).toEqual(['loop']);
    expect(outline.loops(find(program, '0').id)).toEqual([]);
    const each = lower('function g(xs: number[]) { for (const x of xs.slice(1)) x + 2 }');
    expect(outlineOf(each).loops(find(each, 'xs.slice(1)').id)).toEqual([]);
    expect(outlineOf(each).loops(find(each, 'x + 2').id)).toHaveLength(1);
  });

  it('reads, writes and initial values', () => {
    const n = program.variables.findIndex(v => v.name === 'n');
    const t = program.variables.findIndex(v => v.name === 't');
    expect(outline.writes(n)).toHaveLength(2);
    expect(outline.reads(t).map(read => outline.parent(read.id)?.kind)).toEqual(['operation', 'operation']);
    expect(outline.initial(t)?.kind).toBe('index');
    expect(outline.initial(n)).toBeNull();
  });

  it('every expression of a function is visited once', () => {
    const seen: number[] = [];
    visitFunction(program.functions[1], e => { seen.push(e.id); });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(program.expressions.length);
  });
});

describe('places', () => {
  const text = 'export function f(x: number) {\n  return Math.exp(-x) - 1.50;\n}\nconst g = (y: number) => [1].map(z => z + y);\n';
  const program = lower(text);
  it('site of an expression', () => {
    expect(siteOf(program, find(program, 'Math.exp(-x)'))).toEqual({
      file: 'a.ts', id: '40-52', start: 40, end: 52, line: 2, column: 10, endLine: 2, endColumn: 22, text: 'Math.exp(-x)', operator: 'exp',
    });
    expect(siteOf(program, find(program, '1.50')).operator).toBe('literal');
  });
  it('expression at an offset', () => {
    const at = (needle: string, shift = 0): string => { const e = expressionAt(program, text.indexOf(needle) + shift); return e ? text.slice(e.start, e.end) : ''; };
    expect([at('Math', 6), at('-x', 1), at(' - 1', 1), at('1.50', 2), at('export')]).toEqual(['Math.exp(-x)', 'x', 'Math.exp(-x) - 1.50', '1.50', '']);
  });
  it('literal at an offset, with its sign', () => {
    expect(literalAt(program, text.indexOf('1.50') + 1)).toMatchObject({ value: 1.5, literal: { text: '1.50' } });
    const negative = lower('const a = -0.1;');
    expect(literalAt(negative, 12)).toMatchObject({ value: -0.1, start: 10, end: 14 });
    expect(literalAt(negative, 2)).toBeNull();
  });
  it('function at an offset and by name', () => {
    expect(functionAt(program, text.indexOf('exp(')).name).toBe('f');
    expect(functionAt(program, text.indexOf('z + y')).kind).toBe('arrow');
    expect(functionAt(program, 0).name).toBe('f');
    expect(functionNamed(program, 'g')?.kind).toBe('arrow');
    expect(functionNamed(program, 'nothing')).toBeNull();
  });
});

describe('sameness and purity', () => {
  const program = lower('declare let a: any, b: any; a + b * 2; a + b * 2; a + b * 2.0; a - b; f(); f(); Math.max(a, b); xs.length; a.b[0]; parseInt(a); xs.push(1); i++; new Date(); (1).toFixed(a)');
  const at = (i: number): Expression => {
    const statement = program.functions[0].body[i];
    if (statement.kind !== 'expression') throw new Error('not an expression');
    return statement.expression;
  };
  it('compares structure and values', () => {
    expect([sameExpression(at(0), at(1)), sameExpression(at(0), at(2)), sameExpression(at(0), at(3)), sameExpression(at(4), at(5))]).toEqual([true, true, false, false]);
  });
  it('tells what may be repeated or dropped', () => {
    expect([0, 6, 7, 8, 9, 13].map(i => isPure(at(i)))).toEqual([true, true, true, true, true, true]);
    expect([4, 10, 11, 12].map(i => isPure(at(i)))).toEqual([false, false, false, false]);
  });
});
