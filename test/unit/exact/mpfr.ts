import { init } from 'gmp-wasm';

/** MPFR at 240 bits and more, through raw calls: an independent oracle for the tests. Rounding modes: 0 to nearest, 2 up, 3 down. */
export interface Mpfr {
  /** f(operands) rounded once to a double (with subnormals), operands are sums of doubles. */
  round(name: string, operands: readonly (readonly number[])[], mode: 0 | 2 | 3): number;
  /** log2 of the relative difference between the sum of `approximation` and f(operands); −Infinity when equal. */
  relativeBits(name: string, operands: readonly (readonly number[])[], approximation: readonly number[]): number;
}

type Raw = Record<string, (...args: number[]) => number>;

export async function loadMpfr(precision = 300): Promise<Mpfr> {
  const { binding } = await init();
  const raw = binding as unknown as Raw;
  const slots = [0, 1, 2, 3, 4, 5].map(() => {
    const pointer = raw.mpfr_t();
    raw.mpfr_init2(pointer, precision);
    return pointer;
  });
  const [a, b, result, t, u] = slots;
  const exact = raw.mpfr_t();
  raw.mpfr_init2(exact, 240);
  const set = (slot: number, parts: readonly number[]): void => {
    raw.mpfr_set_d(slot, parts[0], 0);
    for (const part of parts.slice(1)) raw.mpfr_add_d(slot, slot, part, 0);
  };
  const apply = (target: number, name: string, operands: readonly (readonly number[])[], mode: number): void => {
    set(a, operands[0]);
    if (operands.length > 1) set(b, operands[1]);
    const f = raw[`mpfr_${name}`];
    if (!f) throw new Error(`MPFR has no function ${name}`);
    if (operands.length > 1) f(target, a, b, mode); else f(target, a, mode);
  };
  return {
    round(name, operands, mode) {
      apply(exact, name, operands, mode);
      return raw.mpfr_get_d(exact, mode);
    },
    relativeBits(name, operands, approximation) {
      apply(exact, name, operands, 0);
      raw.mpfr_set(result, exact, 0);
      set(t, approximation);
      raw.mpfr_sub(t, t, result, 0);
      if (raw.mpfr_zero_p(t)) return -Infinity;
      raw.mpfr_div(u, t, result, 0);
      raw.mpfr_abs(u, u, 0);
      raw.mpfr_log2(u, u, 0);
      return raw.mpfr_get_d(u, 0);
    },
  };
}
