import { describe, expect, it } from 'vitest';
import { bound, BoundError } from '../../../src/analysis/bounds';
import { fromReal } from '../../../src/protocol/real';
import { lowerText } from '../../../src/typescript';
import { ExactRun } from './exact-run';

/**
 * Random functions with statements: branches that rounding may flip, loops that are unrolled or summarised, branches in loops, `Math.fround`, typed arrays, local functions. Each is run by the engine and
 * in MPFR at random points and at points where a guard is near its edge. ROUNDOFF_PROGRAMS sets how many (300 unless set), ROUNDOFF_SEED where to start.
 */
const PROGRAMS = Math.ceil(Number(process.env.ROUNDOFF_PROGRAMS ?? 600) / 2);
const FIRST_SEED = Number(process.env.ROUNDOFF_SEED ?? 1);
const POINTS = 25;

function generator(seed: number): () => number {
  let s = (seed * 2654435761) >>> 0 || 1;
  const next = (): number => { s ^= s << 13; s ^= s >>> 17; s ^= s << 5; return (s >>> 0) / 2 ** 32; };
  for (let i = 0; i < 20; i++) next();
  return next;
}

class Writer {
  private names: string[];
  private loops = 0;
  readonly lines: string[] = [];

  constructor(private readonly random: () => number, inputs: readonly string[]) {
    this.names = [...inputs];
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)];
  }

  expression(depth: number): string {
    const r = this.random();
    if (depth === 0 || r < 0.15) return this.random() < 0.75 ? this.pick(this.names) : this.pick(['0.1', '0.5', '1', '2', '0.3', '1.7', '3', '0.25', '10']);
    const sub = (): string => this.expression(depth - 1);
    if (r < 0.62) return `(${sub()} ${this.pick(['+', '-', '*', '+', '-', '*'])} ${sub()})`;
    if (r < 0.70) return `(${sub()} / (1.5 + Math.abs(${sub()})))`;
    if (r < 0.76) return `Math.sqrt(Math.abs(${sub()}))`;
    if (r < 0.84) return `Math.${this.pick(['sin', 'cos', 'atan', 'tanh', 'abs'])}(${sub()})`;
    if (r < 0.90) return `Math.${this.pick(['min', 'max'])}(${sub()}, ${sub()})`;
    if (r < 0.94) return `Math.fround(${sub()})`;
    if (r < 0.97) return `mix(${sub()}, ${sub()})`;
    return `(${sub()} ${this.pick(['<', '>', '<=', '>='])} ${sub()} ? ${sub()} : ${sub()})`;
  }

  statements(count: number, indent: string): void {
    for (let i = 0; i < count; i++) this.statement(indent);
  }

  private statement(indent: string): void {
    const r = this.random();
    if (r < 0.35 || this.names.length < 3) {
      const name = `v${this.names.length}`;
      this.lines.push(`${indent}let ${name} = ${this.expression(2)};`);
      this.names.push(name);
    } else if (r < 0.45) {
      const name = `a${this.lines.length}`;
      this.lines.push(`${indent}const ${name} = new ${this.pick(['Float32Array', 'Float64Array'])}([${this.expression(2)}, ${this.expression(1)}]);`);
      this.names.push(`${name}[0]`, `${name}[1]`);
    } else if (r < 0.65) {
      const name = this.assignable();
      const continuous = this.random() < 0.5;
      const [a, b] = [this.expression(1), this.expression(1)];
      this.lines.push(continuous ? `${indent}if (${a} < ${b}) ${name} = ${a}; else ${name} = ${b};` : `${indent}if (${a} < ${b}) { ${name} = ${this.expression(2)}; } else { ${name} = ${this.expression(2)}; }`);
    } else {
      const name = this.assignable();
      const i = `i${this.loops++}`;
      const count = this.pick([2, 3, 5, 60, 400]);
      const known = [...this.names];
      const factor = this.pick(['0.5', '-0.3', '0.9', '1', '0.7']);
      const body = this.pick([
        () => `${name} = ${factor} * ${name} + ${this.pick(['0.1', '0.01'])} * ${this.expression(1)};`,
        () => `${name} = ${name} + ${this.pick(['0.1', '0.01'])} * ${this.expression(1)};`,
        () => `${name} = 0.5 * Math.sin(${name}) + ${this.expression(1)};`,
        () => `if (${i} % 2 === 0) ${name} = 0.5 * ${name}; else ${name} = 0.5 * ${name} + 0.1;`,
        () => `${name} = 0.8 * ${name} + 0.1; if (${name} > 0.4) ${name} = 0.4;`,
        () => `${name} += 1 / (${i} + 1);`,
      ])();
      this.names = known;
      this.lines.push(`${indent}for (let ${i} = 0; ${i} < ${count}; ${i}++) { ${body} }`);
    }
  }

  /** A variable of the function's own. */
  private assignable(): string {
    const own = this.names.filter(n => n.startsWith('v'));
    if (own.length > 0) return this.pick(own);
    this.lines.push('  let v0 = 0.2;');
    this.names.push('v0');
    return 'v0';
  }
}

describe('soundness of bounds on random functions with statements', () => {
  it(`${PROGRAMS} functions, ${POINTS} points each`, { timeout: 3_600_000 }, async () => {
    let finite = 0;
    let checked = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
      const random = generator(seed);
      const names = ['x', 'y'].slice(0, 1 + Math.floor(random() * 2));
      const writer = new Writer(random, names);
      writer.statements(1 + Math.floor(random() * 4), '  ');
      const result = writer.expression(2);
      const script = `const mix = (p, q) => 0.25 * p + 0.75 * q;\nfunction f(${names.join(', ')}) {\n${writer.lines.join('\n')}\n  return ${result};\n}\n`;
      const source = script.replace('(p, q)', '(p: number, q: number)').replace(`function f(${names.join(', ')})`, `function f(${names.map(n => `${n}: number`).join(', ')})`);
      const box: Record<string, [number, number]> = {};
      for (const n of names) {
        const [a, b] = [random() * 4 - 2, random() * 4 - 2];
        box[n] = [Math.min(a, b), Math.max(a, b)];
      }
      const program = lowerText('f.ts', source, { types: false });
      const f = program.functions.find(g => g.name === 'f')!;
      let answer;
      try {
        answer = bound(f, program, { box, budget: { evaluations: 80, milliseconds: 4000, operations: random() < 0.5 ? 60 : 4000, paths: 30 } });
      } catch (error) {
        if (error instanceof BoundError) continue;
        throw new Error(`seed ${seed}, ${JSON.stringify(box)}\n${source}`, { cause: error });
      }
      const limit = fromReal(answer.result.absoluteError);
      const [lo, hi] = answer.result.range.map(fromReal);
      if (limit < Infinity) finite++; else continue;
      const run = (0, eval)(`(() => { ${script} return f; })()`) as (...x: number[]) => number;
      const exact = await ExactRun.load(program);
      for (let p = 0; p < POINTS; p++) {
        const x = names.map(n => {
          const [l, h] = box[n];
          const u = random();
          return u < 0.1 ? l : u < 0.2 ? h : Math.min(h, Math.max(l, u < 0.35 ? Math.round(4 * (l + random() * (h - l))) / 4 : l + random() * (h - l)));
        });
        const computed = run(...x);
        const { error, exact: reference } = exact.error(f, x, computed);
        const place = (): string => `seed ${seed}, ${names.map((n, i) => `${n} = ${x[i]}`).join(', ')} in ${JSON.stringify(box)}\n${source}${JSON.stringify(answer.result)}\ncomputed ${computed}, exact ${reference}`;
        checked++;
        if (!(error <= limit)) throw new Error(`error ${error} exceeds the bound ${limit}: ${place()}`);
        if (!(computed >= lo && computed <= hi)) throw new Error(`${computed} leaves the range: ${place()}`);
      }
      exact.free();
    }
    expect(finite).toBeGreaterThan(PROGRAMS / 2);
    expect(checked).toBeGreaterThan(finite * POINTS - 1);
    console.log(`${finite} of ${PROGRAMS} functions have a finite bound, ${checked} points checked`);
  });
});
