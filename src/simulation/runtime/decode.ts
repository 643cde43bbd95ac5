/**
 * Arguments travel into the context as JSON text of tagged trees, so that typed arrays, maps and the numbers that JSON cannot carry arrive as what they are:
 * a number, a string, a boolean and null stand for themselves; `["n", "NaN"]`, `["a", items]`, `["o", keys, values]`, `["t", "Float32Array", items]`, `["m", keys, values]`,
 * `["s", items]`, `["u"]` (undefined), `["f", name]` (a function of the run-time, for parameters that are functions).
 */
export type Encoded = number | string | boolean | null | readonly [string, ...Encoded[]] | readonly Encoded[];

export function decode(text: string): unknown[] {
  return (JSON.parse(text) as Encoded[]).map(value);
}

type TypedArrayConstructor = new (length: number) => { [index: number]: number | bigint };

function value(e: Encoded): unknown {
  if (typeof e !== 'object' || e === null) return e;
  const list = (x: Encoded): Encoded[] => x as unknown as Encoded[];
  switch (e[0]) {
    case 'n': return e[1] === 'NaN' ? NaN : e[1] === 'Infinity' ? Infinity : e[1] === '-Infinity' ? -Infinity : -0;
    case 'a': return list(e[1]).map(value);
    case 'o': {
      const out: Record<string, unknown> = {};
      const values = list(e[2]);
      list(e[1]).forEach((key, i) => { Object.defineProperty(out, key as string, { value: value(values[i]), writable: true, enumerable: true, configurable: true }); });
      return out;
    }
    case 't': {
      const items = list(e[2]);
      const made = new (globalThis as unknown as Record<string, TypedArrayConstructor>)[e[1] as string](items.length);
      const big = typeof made[0] === 'bigint';
      items.forEach((item, i) => { const x = value(item) as number; made[i] = big ? BigInt(Math.trunc(x)) : x; });
      return made;
    }
    case 'm': return new Map(list(e[1]).map((key, i) => [value(key), value(list(e[2])[i])]));
    case 's': return new Set(list(e[1]).map(value));
    case 'b': return BigInt(e[1] as string);
    case 'f': return functions[e[1] as string] ?? functions.identity;
    default: return undefined;
  }
}

/** What stands in for a parameter that is a function. */
const functions: Record<string, (x: unknown, y: unknown) => unknown> = {
  identity: x => x,
  compare: (x, y) => (x as number) - (y as number),
};
