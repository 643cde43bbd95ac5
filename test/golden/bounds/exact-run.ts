import { init } from 'gmp-wasm';
import type { Call, Expression, FunctionIr, Program, Statement, Target, VariableId } from '../../../src/program';

type Raw = Record<string, (...args: number[]) => number>;

/** A value of the exact run: numbers are MPFR slots. */
type Exact = number | { readonly other: unknown } | Exact[] | Map<string, Exact> | ((...args: Exact[]) => Exact);

const isNumber = (v: Exact): v is number => typeof v === 'number';

class Leave extends Error {
  constructor(readonly how: 'return' | 'break' | 'continue', readonly value: Exact = { other: undefined }) { super(how); }
}

/** The code throws at this point. */
export class Thrown extends Error {}

/**
 * Runs functions of a program in MPFR at 300 bits: real arithmetic for every practical purpose, decimal literals exact, `Math.fround` the identity. An oracle
 * that shares nothing with the analysis but the program itself.
 */
export class ExactRun {
  private readonly slots: number[] = [];
  private used = 0;
  private readonly literals = new Map<string, number>();
  private scope = new Map<VariableId, Exact>();

  private constructor(private readonly raw: Raw, private program: Program) {}

  static async load(program: Program): Promise<ExactRun> {
    return new ExactRun((await init()).binding as unknown as Raw, program);
  }

  /** |computed − exact| as a double, and the exact value; throws `Thrown` where the exact run throws. */
  error(f: FunctionIr, args: readonly (number | readonly number[])[], computed: number): { readonly error: number; readonly exact: number } {
    this.used = 0;
    this.scope = new Map();
    const slot = this.call(f, args.map(x => (typeof x === 'number' ? this.double(x) : x.map(v => this.double(v)))));
    if (!isNumber(slot)) throw new Error(`${f.name} returns no number`);
    const { raw } = this;
    if (raw.mpfr_nan_p(slot) || raw.mpfr_inf_p(slot)) return { error: NaN, exact: NaN };
    const d = this.fresh();
    raw.mpfr_d_sub(d, computed, slot, 0);
    return { error: Math.abs(raw.mpfr_get_d(d, 0)), exact: raw.mpfr_get_d(slot, 0) };
  }

  /** Gives its memory back. */
  free(): void {
    for (const p of [...this.slots, ...this.literals.values()]) this.raw.mpfr_clear(p);
    this.slots.length = 0;
    this.literals.clear();
  }

  private fresh(): number {
    if (this.used === this.slots.length) {
      const p = this.raw.mpfr_t();
      this.raw.mpfr_init2(p, 300);
      this.slots.push(p);
    }
    return this.slots[this.used++];
  }

  private double(x: number): number {
    const slot = this.fresh();
    this.raw.mpfr_set_d(slot, x, 0);
    return slot;
  }

  private literal(text: string, value: number): number {
    const known = this.literals.get(text);
    if (known !== undefined) return known;
    const { raw } = this;
    const slot = raw.mpfr_t();
    raw.mpfr_init2(slot, 300);
    const match = /^(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.replaceAll('_', ''));
    raw.mpfr_set_d(slot, match ? 0 : value, 0);
    if (text === 'Math.PI') raw.mpfr_const_pi(slot, 0);
    if (match) {
      for (const digit of match[1] + match[2]) { raw.mpfr_mul_d(slot, slot, 10, 0); raw.mpfr_add_d(slot, slot, Number(digit), 0); }
      let power = Number(match[3] ?? 0) - match[2].length;
      for (; power > 0; power--) raw.mpfr_mul_d(slot, slot, 10, 0);
      for (; power < 0; power++) raw.mpfr_div_d(slot, slot, 10, 0);
    }
    this.literals.set(text, slot);
    return slot;
  }

  private call(f: FunctionIr, args: readonly Exact[]): Exact {
    const outer = this.scope;
    this.scope = new Map(outer);
    f.parameters.forEach((p, i) => this.scope.set(p.variable, args[i] ?? (p.initializer ? this.value(p.initializer) : { other: undefined })));
    try {
      this.block(f.body);
      return { other: undefined };
    } catch (error) {
      if (error instanceof Leave && error.how === 'return') return error.value;
      throw error;
    } finally {
      // What it assigned in enclosing functions stays.
      for (const [v, x] of this.scope) if (outer.has(v) && this.program.variables[v].owner !== f.id) outer.set(v, x);
      this.scope = outer;
    }
  }

  private block(body: readonly Statement[]): void {
    for (const s of body) this.statement(s);
  }

  private statement(s: Statement): void {
    switch (s.kind) {
      case 'declare': this.scope.set(s.variable, s.value ? this.value(s.value) : { other: undefined }); return;
      case 'expression': this.value(s.expression); return;
      case 'if': this.block(this.truth(this.value(s.test)) ? s.then : s.otherwise); return;
      case 'return': throw new Leave('return', s.value ? this.value(s.value) : undefined);
      case 'throw': throw new Thrown();
      case 'break': case 'continue': throw new Leave(s.kind);
      case 'block': this.block(s.body); return;
      case 'loop':
        this.block(s.init);
        for (let first = true; ; first = false) {
          if (s.test && !(s.form === 'do' && first) && !this.truth(this.value(s.test))) return;
          if (!this.iteration(s.body)) return;
          if (s.update) this.value(s.update);
        }
      case 'for-of':
        for (const x of this.value(s.iterable) as Exact[]) {
          this.scope.set(s.element, x);
          if (!this.iteration(s.body)) return;
        }
        return;
      default: throw new Error(`exact run: ${s.kind}`);
    }
  }

  private iteration(body: readonly Statement[]): boolean {
    try {
      this.block(body);
    } catch (error) {
      if (error instanceof Leave && error.how !== 'return') return error.how === 'continue';
      throw error;
    }
    return true;
  }

  private truth(v: Exact): boolean {
    if (isNumber(v)) return !this.raw.mpfr_zero_p(v) && !this.raw.mpfr_nan_p(v);
    return Array.isArray(v) || typeof v === 'function' || v instanceof Map || Boolean((v as { other: unknown }).other);
  }

  private index(e: Expression): number | string {
    const v = this.value(e);
    return isNumber(v) ? this.raw.mpfr_get_d(v, 0) : String((v as { other: unknown }).other);
  }

  private value(e: Expression): Exact {
    switch (e.kind) {
      case 'number': return this.literal(e.text, e.value);
      case 'constant': return { other: e.value };
      case 'variable': return this.read(e.variable);
      case 'operation': return this.operation(e.operator, e.operands.map(x => this.value(x)));
      case 'logical': {
        const left = this.value(e.left);
        if (e.operator === 'nullish') return left;
        return this.truth(left) === (e.operator === 'and') ? this.value(e.right) : left;
      }
      case 'conditional': return this.value(this.truth(this.value(e.test)) ? e.then : e.otherwise);
      case 'assign': {
        const old = e.result === 'old' ? this.value(e.target) : null;
        const value = this.value(e.value);
        this.store(e.target, value);
        return old ?? value;
      }
      case 'property': {
        const object = this.value(e.object);
        if (e.name === 'length') return this.double((object as Exact[]).length);
        return (object as Map<string, Exact>).get(e.name)!;
      }
      case 'index': return (this.value(e.object) as Exact[])[this.index(e.index) as number] ?? { other: undefined };
      case 'array': return e.elements.map(x => this.value(x!));
      case 'object': return new Map(e.properties.map(p => [p.name!, this.value(p.value)]));
      case 'function': return (...args) => this.call(this.program.functions[e.function], args);
      case 'sequence': return e.expressions.map(x => this.value(x)).at(-1)!;
      case 'call': return this.invoke(e);
      case 'new': {
        const first = this.value(e.arguments[0]);
        return isNumber(first) ? Array.from({ length: this.raw.mpfr_get_d(first, 0) }, () => this.double(0)) : [...(first as Exact[])];
      }
      default: throw new Error(`exact run: ${e.kind}`);
    }
  }

  private read(v: VariableId): Exact {
    const known = this.scope.get(v);
    if (known !== undefined) return known;
    const variable = this.program.variables[v];
    if (variable.kind === 'function') {
      const f = this.program.functions.find(x => x.nameStart === variable.start)!;
      return (...args) => this.call(f, args);
    }
    for (const s of this.program.functions[0].body) if (s.kind === 'declare' && s.variable === v && s.value) return this.value(s.value);
    throw new Error(`exact run: ${variable.name} has no value`);
  }

  private store(target: Target, value: Exact): void {
    if (target.kind === 'variable') this.scope.set(target.variable, value);
    else if (target.kind === 'index') (this.value(target.object) as Exact[])[this.index(target.index) as number] = value;
    else if (target.kind === 'property') (this.value(target.object) as Map<string, Exact>).set(target.name, value);
    else throw new Error('exact run: opaque target');
  }

  private operation(id: string, values: readonly Exact[]): Exact {
    const { raw } = this;
    if (id === 'not') return { other: !this.truth(values[0]) };
    if (!values.every(isNumber)) return { other: (id === 'eq') === ((values[0] as { other: unknown }).other === (values[1] as { other: unknown }).other) };
    const [a, b] = values;
    const order = (): number => raw.mpfr_cmp(a, b);
    switch (id) {
      case 'lt': return { other: order() < 0 };
      case 'le': return { other: order() <= 0 };
      case 'gt': return { other: order() > 0 };
      case 'ge': return { other: order() >= 0 };
      case 'eq': return { other: order() === 0 };
      case 'ne': return { other: order() !== 0 };
      case 'plus': case 'fround': case 'f16round': return a;
    }
    const r = this.fresh();
    switch (id) {
      case 'floor': case 'ceil': case 'trunc': raw[`mpfr_${id}`](r, a); return r;
      case 'round': raw.mpfr_add_d(r, a, 0.5, 0); raw.mpfr_floor(r, r); return r;
      case 'sign': raw.mpfr_set_d(r, raw.mpfr_sgn(a), 0); return r;
      case 'rem': raw.mpfr_fmod(r, a, b, 0); return r;
      case 'max': case 'min': case 'hypot':
        raw.mpfr_set(r, a, 0);
        for (const x of values.slice(1)) raw[`mpfr_${id}`](r, r, x, 0);
        if (id === 'hypot' && values.length === 1) raw.mpfr_abs(r, r, 0);
        return r;
    }
    const f = raw[`mpfr_${id}`];
    if (!f) throw new Error(`exact run: no ${id}`);
    if (b === undefined) f(r, a, 0); else f(r, a, b, 0);
    return r;
  }

  private invoke(e: Call): Exact {
    const { callee } = e;
    const args = e.arguments.flatMap((a, i) => (e.spread[i] ? this.value(a) as Exact[] : [this.value(a)]));
    if (callee.kind === 'local') return this.call(this.program.functions[callee.function], args);
    if (callee.kind === 'dynamic') return (this.value(callee.callee) as (...args: Exact[]) => Exact)(...args);
    if (callee.kind !== 'library') throw new Error(`exact run: call of ${callee.kind}`);
    if (callee.name.startsWith('Math.')) return this.operation(callee.name.slice(5), args);
    const list = this.value(callee.receiver!) as Exact[];
    const step = (r: Exact, x: Exact, i: number): Exact => (args[0] as (...a: Exact[]) => Exact)(r, x, this.double(i), list);
    switch (callee.name.replace(/^TypedArray/, 'Array')) {
      case 'Array.prototype.reduce': return args.length > 1 ? list.reduce(step, args[1]) : list.reduce(step);
      case 'Array.prototype.reduceRight': return args.length > 1 ? list.reduceRight(step, args[1]) : list.reduceRight(step);
      case 'Array.prototype.map': return list.map((x, i) => (args[0] as (...a: Exact[]) => Exact)(x, this.double(i), list));
      case 'Array.prototype.forEach': list.forEach((x, i) => (args[0] as (...a: Exact[]) => Exact)(x, this.double(i), list)); return { other: undefined };
      default: throw new Error(`exact run: ${callee.name}`);
    }
  }
}
