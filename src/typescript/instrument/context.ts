import type ts from 'typescript';
import type { Shape } from '../../program/shapes';
import type { Binding, Bindings } from './bindings';
import type { ShadowMode, Unit } from './module';

/** What is known of an emitted expression before it runs. */
export type Kind =
  /** Exact integer that counts or indexes; plain JavaScript, no shadow. */
  | 'integer'
  /** Perhaps an integer; integer operations ask at run time. */
  | 'dynamic'
  /** Result of an operation of the scheme: in its format. */
  | 'data'
  /** Anything: may need rounding, may be no number. */
  | 'any'
  /** Certainly no number. */
  | 'other';

/**
 * Emitted code of one expression. `shadow` are the expressions that hold its shadow; they must be read right after `code` ran, before anything else does (JavaScript evaluates
 * arguments in order, so `f(code, ...shadow, code, ...shadow)` is right without temporaries). Null: the value is its own reference.
 */
export interface Emitted {
  readonly code: string;
  readonly shadow: readonly string[] | null;
  readonly kind: Kind;
  /** `code` may be written twice: a name, `this`, a constant. */
  readonly atom?: boolean;
  /** Certainly a number. */
  readonly number?: boolean;
  /** Nothing happens when it is evaluated, so that it may be before or after arithmetic. */
  readonly quiet?: boolean;
  /** Arithmetic that can become part of a larger expression. */
  readonly tree?: Tree;
}

/** Arithmetic as a tree until somebody asks for its code: see `fusion.ts`. */
export type Tree =
  | { readonly kind: 'leaf'; readonly value: Emitted }
  | { readonly kind: 'enter'; readonly unit: Unit; readonly site: number; readonly operands: readonly [Tree] }
  | { readonly kind: 'operation'; readonly name: string; readonly unit: Unit; readonly site: number; readonly operands: readonly Tree[] };

/** What the parts of the emitter share. One per file. */
export interface Context {
  /** Prefix of the run-time's names. */
  readonly p: string;
  readonly mode: ShadowMode;
  readonly bindings: Bindings;
  readonly source: ts.SourceFile;
  /** Names of accessors that the file defines: writing such a property passes a shadow as to a function. */
  readonly setters: ReadonlySet<string>;
  /** Some variable of the file has a format of its own: lists that are stored into lists take it over. */
  readonly formatted: boolean;
  site(node: ts.Node, operator: string): number;
  /** A literal that enters data arithmetic: its rounded value and its shadow. */
  literal(value: number, node: ts.Node, unit: Unit): Emitted;
  unitOfFormat(format: string): Unit;
  /** Number of the kernel's function for a shape; undefined where the first site stands for another one already. */
  shape(shape: Shape, site: number): number | undefined;
  temporary(): string;
  /** Emits the body of a function with temporaries of its own. */
  frame<T>(emit: () => T): { result: T; temporaries: string };
  problem(node: ts.Node, message: string): string;
  companions(binding: Binding): readonly string[];
  /** A temporary of the function for the store of an object, which is empty at first. */
  storeTemporary(key: string): string;
  /** Name of the function that finds the store of an object's shadows, to load an element, to read (an empty one where it has none) or to write. Each object of a function has its own, which the engine specializes for its class. */
  companionOf(object: string, purpose: 'load' | 'read' | 'write'): string;
  /** Reads of an import: the code that reads the live binding. */
  expression(node: ts.Expression, unit?: Unit): Emitted;
  /** Emits for a place where the shadow is not needed. */
  value(node: ts.Expression): string;
  statement(node: ts.Statement): string;
  statements(nodes: readonly ts.Statement[]): string;
  functionLike(node: ts.FunctionLikeDeclaration): string;
  classLike(node: ts.ClassLikeDeclaration): string;
  /** A call as a link of a chain: guards of its `?.` belong to the chain's root. */
  callLink(node: ts.CallExpression): Emitted;
  /** The chain of `?.` that is being emitted: each guard short-circuits all of it. */
  readonly guards: string[][];
}

/** Where an expression that computed its shadow left it. */
export function register(c: Context): readonly string[] {
  return c.mode === 'record' ? [`${c.p}n`] : c.mode === 'statistics' ? [`${c.p}R[0]`] : [`${c.p}R[0]`, `${c.p}R[1]`];
}

/** Names of the shadow companions of a variable. */
export function companionNames(c: { readonly p: string; readonly mode: ShadowMode }, name: string): readonly string[] {
  return c.mode === 'record' ? [`${c.p}n_${name}`] : c.mode === 'statistics' ? [`${c.p}r_${name}`] : [`${c.p}r_${name}`, `${c.p}l_${name}`];
}

/** The shadow of a value that is its own reference. `atom` must be free to be written again. */
export function ownShadow(c: { readonly mode: ShadowMode }, atom: string): readonly string[] {
  return c.mode === 'record' ? ['0'] : c.mode === 'statistics' ? [atom] : [atom, '0'];
}

/** `code, shadow…` as arguments of a run-time function. */
export function passed(c: Context, e: Emitted): string {
  if (e.shadow) return [e.code, ...e.shadow].join(', ');
  if (c.mode === 'record' || e.atom) return [e.code, ...ownShadow(c, e.code)].join(', ');
  return [`${c.p}u(${e.code})`, ...register(c)].join(', ');
}

/** Code after which the shadow stands in the register. */
export function registered(c: Context, e: Emitted): string {
  if (e.shadow && e.shadow[0] === register(c)[0]) return e.code;
  return e.shadow ? `${c.p}s(${e.code}, ${e.shadow.join(', ')})` : `${c.p}u(${e.code})`;
}

/** Emitted code that leaves its shadow in the register. */
export function inRegister(c: Context, code: string, kind: Kind): Emitted {
  return { code, shadow: register(c), kind };
}

export function plain(code: string, kind: Kind, atom = false): Emitted {
  return { code, shadow: null, kind, atom };
}

/** Copies a value and its shadow into temporaries: statements (comma expressions) to run, then atoms to use any number of times. */
export function held(c: Context, e: Emitted): { readonly first: string; readonly value: Emitted } {
  const t = c.temporary();
  if (!e.shadow) return { first: `${t} = ${e.code}`, value: plain(t, e.kind, true) };
  const shadows = e.shadow.map(() => c.temporary());
  return { first: [`${t} = ${e.code}`, ...e.shadow.map((s, i) => `${shadows[i]} = ${s}`)].join(', '), value: { code: t, shadow: shadows, kind: e.kind, atom: true } };
}
