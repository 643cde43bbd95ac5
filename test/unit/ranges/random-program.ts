import { randomSnippets } from './random-snippets';

/** Source of random programs for the soundness test: everything the analysis models, in odd combinations, always terminating under a step limit. */

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** A small generator with a full period (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

interface Scope {
  readonly numbers: string[];
  /** Numeric variables that may be assigned. */
  readonly mutable: string[];
  readonly arrays: string[];
  /** Arrays that may be written and pushed to. */
  readonly own: string[];
  readonly typed: string[];
  readonly objects: string[];
  readonly functions: { readonly name: string; readonly arity: number }[];
  inLoop: boolean;
  depth: number;
}

export class ProgramWriter {
  private names = 0;
  private budget: number;

  constructor(private readonly random: Random, size: number) {
    this.budget = size;
  }

  program(): string {
    const parts: string[] = [];
    const globals: Scope = { numbers: [], mutable: [], arrays: [], own: [], typed: [], objects: [], functions: [], inLoop: false, depth: 0 };
    parts.push(`const LIMIT = ${this.literal()};`, 'const TABLE = [1, 2.5, -3, 8];', 'let counter = 0;', 'const config = { gain: 2, offset: -0.5 };', 'const xs = [0.5, 4]; const ranged = [1]; const bytes = new Uint8Array([3, 200, 7]); const k = 3;');
    globals.numbers.push('LIMIT', 'counter');
    globals.arrays.push('TABLE');
    globals.objects.push();
    const helpers = this.upTo(2) + 1;
    for (let i = 0; i < helpers; i++) {
      const name = `helper${i}`;
      const scope: Scope = { ...globals, numbers: [...globals.numbers, 'p', 'q'], mutable: ['p', 'counter'], arrays: [...globals.arrays], own: [], typed: [], objects: [], functions: [...globals.functions] };
      parts.push(`function ${name}(p: number, q: number${this.chance(0.3) ? ' = 2' : ''}): number {\n${this.statements(scope, 3)}\nreturn ${this.number(scope)};\n}`);
      globals.functions.push({ name, arity: 2 });
    }
    const around = Array.from({ length: this.upTo(2) }, (_, i) => `around${i}`);
    parts.push(...randomSnippets(this.random, around));
    for (const name of around) globals.functions.push({ name, arity: 2 });
    parts.push(`function descend(n: number, x: number): number { if (!(n > 0) || n > 30) return x; return descend(n - 1, ${this.pick(['x + 1', 'x / 2', 'x * 2', '-x'])}); }`);
    globals.functions.push({ name: 'descend', arity: 2 });
    const scope: Scope = {
      ...globals, numbers: [...globals.numbers, 'a', 'b', 'k', 'config.gain'], mutable: ['a', 'counter'], arrays: [...globals.arrays, 'xs', 'ranged'], own: [], typed: ['bytes', 'floats'], objects: ['point'], functions: [...globals.functions],
    };
    parts.push(`/** @range ranged [-2, 10]\n * @range k [0, 8] */\nexport function main(a: number, b: number, k: number, xs: number[], ranged: number[], bytes: Uint8Array, floats: Float32Array, point: { x: number; y: number; tag?: number }): number {\n${this.statements(scope, 6)}\nreturn ${this.number(scope)};\n}`);
    return parts.join('\n');
  }

  private upTo(n: number): number { return Math.floor(this.random.next() * (n + 1)); }
  private chance(p: number): boolean { return this.random.next() < p; }
  private pick<T>(list: readonly T[]): T { return list[Math.floor(this.random.next() * list.length)]; }
  private name(prefix: string): string { return `${prefix}${this.names++}`; }

  private literal(): string {
    return this.pick(['0', '1', '2', '3', '10', '0.5', '0.1', '0.25', '100', '1e-3', '7', '255', '1e6', '1e-300', '1e300', '4294967295', '2147483648', String(this.upTo(20)), (this.random.next() * 10).toFixed(3)]);
  }

  private number(scope: Scope, depth = 0): string {
    if (--this.budget < -200 || depth > 3 || this.chance(0.3)) return this.chance(0.65) && scope.numbers.length ? this.pick(scope.numbers) : this.literal();
    const sub = (): string => this.number(scope, depth + 1);
    switch (this.upTo(26)) {
      case 0: case 1: case 2: return `(${sub()} ${this.pick(['+', '-', '*', '/', '%'])} ${sub()})`;
      case 3: return `(-${sub()})`;
      case 4: return `Math.${this.pick(['abs', 'sqrt', 'floor', 'ceil', 'round', 'trunc', 'sign', 'exp', 'log', 'sin', 'cos', 'atan', 'tanh', 'log1p', 'expm1', 'fround', 'cbrt', 'log2', 'log10', 'acos', 'asin', 'sinh', 'cosh', 'tan', 'clz32', 'atanh', 'acosh', 'asinh'])}(${sub()})`;
      case 5: return `Math.${this.pick(['min', 'max'])}(${sub()}, ${sub()})`;
      case 6: return `(${sub()} ${this.pick(['|', '&', '^', '<<', '>>', '>>>'])} ${sub()})`;
      case 7: return `(${this.condition(scope, depth + 1)} ? ${sub()} : ${sub()})`;
      case 8: return `(${sub()} ** ${this.pick(['2', '3', '0.5', '-1', sub()])})`;
      case 9: case 10: return scope.arrays.length ? `${this.pick(scope.arrays)}[${this.index(scope)}]` : sub();
      case 11: return scope.typed.length ? `${this.pick(scope.typed)}[${this.index(scope)}]` : sub();
      case 12: return scope.arrays.length ? `${this.pick(scope.arrays)}.length` : sub();
      case 13: return scope.objects.length ? `${this.pick(scope.objects)}.${this.pick(['x', 'y'])}` : sub();
      case 14: case 15: {
        if (scope.functions.length === 0) return sub();
        const f = this.pick(scope.functions);
        return `${f.name}(${Array.from({ length: f.arity }, sub).join(', ')})`;
      }
      case 16: return scope.arrays.length ? `${this.pick(scope.arrays)}.reduce((s, v${this.chance(0.3) ? ', i' : ''}) => s ${this.pick(['+', '-', '*'])} v${this.chance(0.3) ? ' * v' : ''}, ${sub()})` : sub();
      case 17: return `(${sub()} || ${sub()})`;
      case 18: return `(${sub()} && ${sub()})`;
      case 19: return `Math.${this.pick(['atan2', 'hypot', 'pow', 'imul'])}(${sub()}, ${sub()})`;
      case 20: return scope.objects.length ? `(${this.pick(scope.objects)}.tag ?? ${sub()})` : sub();
      case 21: return scope.mutable.length ? `${this.pick(scope.mutable)}${this.pick(['++', '--'])}` : sub();
      case 22: return scope.mutable.length ? `(${this.pick(scope.mutable)} ${this.pick(['=', '+=', '*='])} ${sub()})` : sub();
      case 23: return scope.arrays.length ? `Math.max(...${this.pick(scope.arrays)})` : sub();
      case 24: return '(~~' + sub() + ')';
      case 25: return scope.own.length ? `(${this.pick(scope.own)}.pop() ?? ${sub()})` : sub();
      default: return `Math.random() * ${sub()}`;
    }
  }

  private index(scope: Scope): string {
    return this.chance(0.5) && scope.numbers.length ? this.pick(scope.numbers) : this.chance(0.7) ? String(this.upTo(4)) : this.number(scope, 3);
  }

  private condition(scope: Scope, depth = 0): string {
    const number = (): string => this.number(scope, depth + 1);
    switch (this.upTo(9)) {
      case 0: return `!(${this.condition(scope, depth + 1)})`;
      case 1: return depth < 3 ? `(${this.condition(scope, depth + 1)} ${this.pick(['&&', '||'])} ${this.condition(scope, depth + 1)})` : `${number()} > 0`;
      case 2: return `Number.${this.pick(['isFinite', 'isInteger', 'isNaN', 'isSafeInteger'])}(${number()})`;
      case 3: return scope.arrays.length ? `${this.pick(scope.arrays)}.length ${this.pick(['>', '===', '<'])} ${this.upTo(3)}` : `${number()} < 1`;
      case 4: return number();
      case 5: return scope.numbers.length ? `${this.pick(scope.numbers)} ${this.pick(['<', '>', '<=', '>=', '===', '!=='])} ${this.pick(scope.numbers)}` : `${number()} > 1`;
      default: return `${number()} ${this.pick(['<', '>', '<=', '>=', '===', '!==', '==', '!='])} ${number()}`;
    }
  }

  private statements(scope: Scope, count: number): string {
    const inner: Scope = { ...scope, numbers: [...scope.numbers], mutable: [...scope.mutable], arrays: [...scope.arrays], own: [...scope.own], objects: [...scope.objects], functions: [...scope.functions] };
    const lines: string[] = [];
    for (let i = 0; i < count && this.budget > 0; i++) lines.push(this.statement(inner));
    scope.numbers.splice(0, scope.numbers.length, ...(scope.depth === 0 ? inner.numbers : scope.numbers));
    if (scope.depth === 0) {
      scope.arrays.splice(0, scope.arrays.length, ...inner.arrays);
      scope.mutable.splice(0, scope.mutable.length, ...inner.mutable);
      scope.own.splice(0, scope.own.length, ...inner.own);
      scope.objects.splice(0, scope.objects.length, ...inner.objects);
      scope.functions.splice(0, scope.functions.length, ...inner.functions);
    }
    return lines.join('\n');
  }

  private block(scope: Scope, loop = scope.inLoop): string {
    return `{\n${this.statements({ ...scope, depth: scope.depth + 1, inLoop: loop }, 1 + this.upTo(2))}\n}`;
  }

  private statement(scope: Scope): string {
    this.budget--;
    const deep = scope.depth > 2;
    switch (this.upTo(deep ? 11 : 26)) {
      case 0: case 1: { const text = this.number(scope); const n = this.name('t'); const line = `${this.chance(0.5) ? 'let' : 'const'} ${n} = ${text};`; scope.numbers.push(n); if (line.startsWith('let')) scope.mutable.push(n); return line; }
      case 2: case 3: return scope.mutable.length ? `${this.pick(scope.mutable)} ${this.pick(['=', '+=', '-=', '*=', '/='])} ${this.number(scope)};` : ';';
      case 4: return `if (${this.condition(scope)}) ${scope.inLoop ? this.pick(['break;', 'continue;', `return ${this.number(scope)};`]) : `return ${this.number(scope)};`}`;
      case 5: { const items = Array.from({ length: this.upTo(4) }, () => this.number(scope)).join(', '); const n = this.name('list'); scope.arrays.push(n); scope.own.push(n); return `const ${n}: number[] = [${items}];`; }
      case 6: return scope.own.length ? `${this.pick(scope.own)}.push(${this.number(scope)});` : ';';
      case 7: return scope.own.length ? `${this.pick(scope.own)}[${this.chance(0.7) ? this.upTo(3) : this.chance(0.5) ? '0' : 'Math.abs(' + this.literal() + ') & 3'}] ${this.pick(['=', '+='])} ${this.number(scope)};` : ';';
      case 8: { const n = this.name('o'); const line = `const ${n}: { x: number; y: number; tag?: number } = { x: ${this.number(scope)}, y: ${this.number(scope)} };`; scope.objects.push(n); return line; }
      case 9: return scope.objects.length ? `${this.pick(scope.objects)}.${this.pick(['x', 'y', 'tag'])} = ${this.number(scope)};` : ';';
      case 10: return `if (Math.abs(${this.pick(scope.numbers)}) ${this.pick(['<', '>'])} ${this.literal()}) ${this.block(scope)}`;
      case 11: return `if (${this.condition(scope)}) ${this.block(scope)}${this.chance(0.5) ? ` else ${this.block(scope)}` : ''}`;
      case 12: case 13: { const i = this.name('i'); const inner = { ...scope, numbers: [...scope.numbers, i] }; return `for (let ${i} = ${this.upTo(2)}; ${i} < ${this.pick(['3', '10', '40', 'xs.length', 'k', 'bytes.length'])}; ${i}${this.pick(['++', ' += 2', '++'])}) ${this.block(inner, true)}`; }
      case 14: { const v = this.name('v'); const inner = { ...scope, numbers: [...scope.numbers, v] }; return `for (const ${v} of ${this.pick([...scope.arrays, ...scope.typed, '[1, 2, 3]'])}) ${this.block(inner, true)}`; }
      case 15: { const w = this.name('w'); const inner = { ...scope, numbers: [...scope.numbers, w] }; return `let ${w} = ${this.literal()};\nwhile (${w} > ${this.pick(['1', '0.01'])} && ${this.condition(scope)}) { ${w} ${this.pick(['/= 2', '-= 1', '*= 0.5'])};\n${this.block(inner, true)} }`; }
      case 16: { const n = this.name('m'); const line = `const ${n} = ${this.pick(scope.arrays)}.${this.pick(['map', 'filter'])}((v, i) => v ${this.pick(['*', '+', '/', '>'])} ${this.pick(['2', 'i', '0.5', 'a' in {} ? 'a' : '3'])});`; if (line.includes('.map') && !line.includes('>  ') && !/v > /.test(line)) scope.arrays.push(n); else if (line.includes('.filter')) scope.arrays.push(n); return line; }
      case 17: return `${this.pick(scope.arrays)}.forEach(v => { ${scope.mutable.length ? `${this.pick(scope.mutable)} ${this.pick(['+=', '*=', '='])} v;` : ''} });`;
      case 18: return `try ${this.block(scope, false)} catch { ${scope.mutable.length ? `${this.pick(scope.mutable)} = ${this.literal()};` : ''} }${this.chance(0.4) ? ` finally { ${scope.mutable.length ? `${this.pick(scope.mutable)} += 1;` : ''} }` : ''}`;
      case 19: return `if (${this.condition(scope)}) { throw new Error('no'); }`;
      case 20: return `switch (${this.pick(['k', 'Math.floor(a)', 'counter'])}) { case 0: ${scope.mutable.length ? `${this.pick(scope.mutable)} = 3;` : ''} break; case 1: case 2: ${this.statement({ ...scope, depth: 4, numbers: [...scope.numbers], mutable: [...scope.mutable], arrays: [...scope.arrays], own: [...scope.own], objects: [...scope.objects], inLoop: false }).replace(/^(let|const) /, 'var ')} break; default: ${scope.mutable.length ? `${this.pick(scope.mutable)} -= 1;` : ''} }`;
      case 21: { const f = this.name('f'); const line = `const ${f} = (u: number): number => { ${scope.mutable.length && this.chance(0.6) ? `${this.pick(scope.mutable)} += u;` : ''} return ${this.number({ ...scope, numbers: [...scope.numbers, 'u'] })}; };`; scope.functions.push({ name: f, arity: 1 }); return line; }
      case 22: { const s = this.name('s'); const line = `let ${s} = 0;\nfor (let j${s} = 0; j${s} < xs.length; j${s}++) { ${s} += ${this.pick(['ranged[j', 'bytes[j', 'xs[j'])}${s}]; }`; scope.numbers.push(s); scope.mutable.push(s); return line; }
      case 23: { const n = this.name('buf'); const line = `const ${n} = new ${this.pick(['Float64Array', 'Int8Array', 'Uint8Array', 'Int32Array', 'Uint8ClampedArray'])}(${this.pick(['4', '8', 'xs.length', '100'])});\n${n}[${this.index(scope)}] = ${this.number(scope)};`; scope.typed.push(n); return line; }
      case 24: { const x = this.name('d'); const line = `const [${x}, ${x}b] = [${this.number(scope)}, ${this.number(scope)}];`; scope.numbers.push(x, `${x}b`); return line; }
      case 25: return `outer${this.names}: for (const z${this.names} of [0, 1, 2, 3]) { for (let y${this.names} = 0; y${this.names} < 4; y${this.names}++) { if (${this.condition({ ...scope })}) ${this.pick(['break', 'continue'])} outer${this.names++}; ${scope.mutable.length ? `${this.pick(scope.mutable)} += 1;` : ''} } }`;
      default: { const x = this.name('e'); const line = `const { x: ${x}, y: ${x}b } = ${scope.objects.length ? this.pick(scope.objects) : '{ x: 1, y: 2 }'};`; scope.numbers.push(x, `${x}b`); return line; }
    }
  }
}

/** Numbers that find mistakes. */
export function interesting(random: Random): number {
  const list = [0, -0, 1, -1, 2, 3, 0.5, -0.5, 0.1, 10, 100, 255, 256, 1e-300, -1e-300, 1e300, 1e308, NaN, Infinity, -Infinity, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53, -7, 3.7, 1e-9];
  const r = random.next();
  if (r < 0.5) return list[Math.floor(random.next() * list.length)];
  if (r < 0.8) return Math.floor(random.next() * 20) - 5;
  return (random.next() - 0.5) * 10 ** Math.floor(random.next() * 12 - 4);
}
