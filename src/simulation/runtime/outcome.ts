import { describeRun, type RunDetails, type RunSummary } from './tape';

/** Reference (high and low part) and node of one number of the result. */
export type Shadow = readonly [reference: number, low: number, node: number];

/** What a run answers, as JSON text. Sites are indices. */
export interface Outcome {
  readonly status: 'ok';
  readonly result: unknown;
  readonly reference: unknown;
  /** The numbers of the result: path, value, reference, low part of the reference. At most 20,000. */
  readonly numbers: readonly (readonly [path: string, value: number | string, reference: number | string, low: number])[];
  readonly run: RunSummary | null;
}

/** Objects deeper or larger than this are cut off. */
const MAX_DEPTH = 12;
const MAX_NUMBERS = 20_000;

/**
 * The result of a run and its reference as JSON text.
 * @param load shadow of a number in an object
 * @param left the number as it leaves the simulation
 */
export function outcome(value: unknown, root: Shadow, load: (o: object, key: string | number) => Shadow, left: (x: number, shadow: Shadow) => number, details: RunDetails | null): string {
  const numbers: [string, number | string, number | string, number][] = [];
  let node = -1;
  let firstPath = '';
  const seen = new Set<object>();
  const number = (x: number, shadow: Shadow, path: string): [unknown, unknown] => {
    const v = left(x, shadow);
    if (node < 0) { node = shadow[2]; firstPath = path; first = [v, shadow[0], shadow[1]]; }
    if (numbers.length < MAX_NUMBERS) numbers.push([path, real(v), real(shadow[0]), finite(shadow[1])]);
    return [real(v), real(shadow[0])];
  };
  let first: [number, number, number] = [NaN, NaN, 0];
  const walk = (x: unknown, shadow: Shadow | undefined, path: string, depth: number): [unknown, unknown] => {
    switch (typeof x) {
      case 'number': return number(x, shadow ?? [x, 0, 0], path);
      case 'string': case 'boolean': return [x, x];
      case 'bigint': return [String(x), String(x)];
      case 'object': return x === null ? [null, null] : object(x, path, depth);
      default: return [null, null];
    }
  };
  const object = (o: object, path: string, depth: number): [unknown, unknown] => {
    if (depth > MAX_DEPTH || seen.has(o)) return ['…', '…'];
    seen.add(o);
    const entry = (key: string | number, p: string): [unknown, unknown] => {
      const v = (o as Record<string | number, unknown>)[key];
      return walk(v, typeof v === 'number' ? load(o, key) : undefined, p, depth + 1);
    };
    let answer: [unknown, unknown];
    if (Array.isArray(o) || (ArrayBuffer.isView(o) && 'length' in o)) {
      const [a, b]: [unknown[], unknown[]] = [[], []];
      const length = (o as unknown[]).length;
      for (let i = 0; i < length; i++) { const [v, r] = entry(i, `${path}[${i}]`); a.push(v); b.push(r); }
      answer = [a, b];
    } else if (o instanceof Map) {
      const [a, b]: [unknown[], unknown[]] = [[], []];
      for (const pair of o as Map<unknown, unknown>) {
        const part = (i: 0 | 1): [unknown, unknown] => walk(pair[i], typeof pair[i] === 'number' ? load(pair, i) : undefined, i === 1 ? `${path}.get(${String(pair[0])})` : path, depth + 1);
        const [x, y] = part(1);
        const [p, q] = part(0);
        a.push([p, x]);
        b.push([q, y]);
      }
      answer = [a, b];
    } else if (o instanceof Set) {
      const items = [...(o as Set<unknown>).entries()].map(pair => walk(pair[0], typeof pair[0] === 'number' ? load(pair, 0) : undefined, path, depth + 1));
      answer = [items.map(i => i[0]), items.map(i => i[1])];
    } else {
      const [a, b]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
      for (const key of Object.keys(o)) {
        if (typeof (o as Record<string, unknown>)[key] === 'function') continue;
        const [v, r] = entry(key, path ? `${path}.${key}` : key);
        Object.defineProperty(a, key, { value: v, enumerable: true });
        Object.defineProperty(b, key, { value: r, enumerable: true });
      }
      answer = [a, b];
    }
    seen.delete(o);
    return answer;
  };
  const [result, reference] = walk(value, root, '', 0);
  const run = details ? describeRun(details, { node: Math.max(0, node), path: firstPath, value: first[0], reference: first[1], low: first[2] }) : null;
  const answer: Outcome = { status: 'ok', result, reference, numbers, run };
  return JSON.stringify(answer);
}

function finite(x: number): number {
  return Number.isFinite(x) ? x : 0;
}

export function real(x: number): number | string {
  return Number.isFinite(x) ? Object.is(x, -0) ? '-0' : x : x !== x ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
}
