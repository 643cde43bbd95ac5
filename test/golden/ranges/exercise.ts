import type { FunctionIr, ValueType } from '../../../src/program';
import type { Random } from '../../unit/ranges/random-program';
import type { ObservedPackage } from './observed-package';
import { randomValue, type Classes } from './random-values';

interface Entry {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  /** From here on arguments may be left out. */
  readonly required: number;
  call(args: readonly unknown[], random: Random): unknown;
}

const ANY: ValueType = { kind: 'unknown' };

export interface ExerciseOptions {
  /** Observations after which a call is stopped. */
  readonly budget?: number;
  /** What parameters without a type are given. */
  readonly undeclared?: ValueType;
}

/** Calls every exported function and method of the package with random arguments of its declared types, `rounds` times each. Gives the number of calls that came back. */
export function exercise(observed: ObservedPackage, random: Random, rounds: number, { budget = 20_000, undeclared = ANY }: ExerciseOptions = {}): { readonly functions: number; readonly calls: number; readonly returned: number } {
  const classes = instances(observed.exports);
  const entries = entriesOf(observed, classes, undeclared);
  let calls = 0;
  let returned = 0;
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) {
      const count = random.next() < 0.5 ? entry.parameters.length : entry.required + Math.floor(random.next() * (entry.parameters.length - entry.required + 1));
      const args = matched(entry.parameters.slice(0, count).map(type => randomValue(type, random, classes)), random);
      observed.limit(budget);
      calls++;
      // Random arguments are often refused; what was seen until then counts.
      try { settle(entry.call(args, random)); returned++; } catch { /* Refused. */ } finally { observed.limit(Infinity); }
    }
  }
  return { functions: entries.length, calls, returned };
}

/** A promise that fails later is refused, too. */
function settle(result: unknown): void {
  if (result instanceof Promise) result.catch(() => undefined);
}

/** Lists of numbers among the arguments often have to be of one length. */
function matched(args: unknown[], random: Random): unknown[] {
  const lists = args.filter((x): x is number[] => Array.isArray(x));
  if (lists.length < 2 || random.next() < 0.3) return args;
  const length = Math.min(...lists.map(list => list.length));
  return args.map(x => Array.isArray(x) ? x.slice(0, length) as unknown : x);
}

function isClass(value: unknown): value is new (...args: unknown[]) => object {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

/** An object of each exported class, with random numbers in its numeric fields. */
function instances(exports: Readonly<Record<string, unknown>>): Classes {
  const classes: Record<string, (random: Random) => unknown> = {};
  for (const [name, value] of Object.entries(exports)) {
    if (!isClass(value)) continue;
    classes[name] = random => {
      try { const made = new value(); fill(made, random, 0); return made; } catch { return undefined; }
    };
  }
  return classes;
}

function fill(target: object, random: Random, depth: number): void {
  for (const [name, value] of Object.entries(target)) {
    if (typeof value === 'number') (target as Record<string, unknown>)[name] = randomValue({ kind: 'number' }, random);
    else if (typeof value === 'object' && value !== null && depth < 3) fill(value as object, random, depth + 1);
  }
}

function entriesOf(observed: ObservedPackage, classes: Classes, undeclared: ValueType): Entry[] {
  const entries: Entry[] = [];
  const known = new Set<unknown>();
  const enter = (names: readonly string[], module: string, length: number, call: Entry['call']): boolean => {
    const entry = describe(observed, names, { module, length, undeclared, call });
    if (entry) entries.push(entry);
    return entry !== null;
  };
  const add = (holder: Readonly<Record<string, unknown>>, module: string, depth: number): void => {
    for (const [name, value] of Object.entries(holder)) {
      if (known.has(value)) continue;
      if (isClass(value)) { known.add(value); addClass(value, name, module); }
      else if (typeof value === 'function' && enter([value.name, name], module, value.length, args => (value as (...all: readonly unknown[]) => unknown)(...args))) known.add(value);
      else if (typeof value === 'object' && value !== null && depth < 1) add(value as Record<string, unknown>, name, depth + 1);
    }
  };
  const addClass = (type: new (...args: unknown[]) => object, className: string, module: string): void => {
    enter([`${className}.constructor`], module, type.length, args => new type(...args));
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      const method: unknown = Object.getOwnPropertyDescriptor(type.prototype, name)?.value;
      if (name === 'constructor' || typeof method !== 'function') continue;
      enter([`${className}.${name}`], module, method.length, (args, random) => {
        const receiver = Object.hasOwn(classes, className) ? classes[className](random) as object | undefined : undefined;
        return receiver && (method as (...all: readonly unknown[]) => unknown).call(receiver, ...args);
      });
    }
  };
  add(observed.exports, '', 0);
  return entries;
}

interface Exported {
  /** The name under which its module is exported, or nothing. */
  readonly module: string;
  readonly length: number;
  readonly undeclared: ValueType;
  readonly call: Entry['call'];
}

/** Parameters as the analysis has them; null when several functions of the package have the name and nothing tells which this is. */
function describe(observed: ObservedPackage, names: readonly string[], { module, length, undeclared, call }: Exported): Entry | null {
  const found: { readonly file: string; readonly fn: FunctionIr }[] = [];
  for (const [file, { program }] of observed.files) {
    const fn = program.functions.find(f => names.includes(f.name) && f.enclosing === 0);
    if (fn && (module === '' || new RegExp(`/${module}\\.[cm]?[jt]s$`).test(file))) found.push({ file, fn });
  }
  const parameters = Array.from({ length }, () => undeclared);
  if (found.length === 0) return module !== '' ? null : { name: names[0], parameters, required: length, call };
  if (found.length > 1) return null;
  const [{ file, fn }] = found;
  const { variables } = observed.files.get(file)!.program;
  const deep = observed.project.parameterTypes(file, fn.name);
  const types = fn.parameters.map(({ variable }, i) => {
    const { type } = variables[variable];
    const deeper = deep?.[i];
    const best = deeper && (deeper.kind === type.kind || type.kind === 'unknown') ? deeper : type;
    return best.kind === 'unknown' ? undeclared : best;
  });
  const firstOptional = fn.parameters.findIndex(p => p.optional || p.initializer || p.rest);
  return { name: names[0], parameters: types, required: firstOptional < 0 ? types.length : firstOptional, call };
}
