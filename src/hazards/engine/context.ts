import type { Facts, NumberFact } from '../../analysis/facts';
import type { Assignment, Call, Expression, FunctionIr, Operation, Program, Variable, VariableId, VariableRead } from '../../program';
import { textOf } from '../../program';
import type { Definition, Guard, Position, Repetition, Scene } from './scene';
import { buildScene } from './scene';

/** Everything a rule may ask. One per program and analysis; answers are computed once. */
export interface HazardContext {
  readonly program: Program;
  readonly facts: Facts;
  readonly scene: Scene;
  /** Formats whose overflow and total loss of digits are findings. */
  readonly targetFormats: readonly string[];
  /** All operations with this operator of the operator table. */
  operations(operator: string): readonly Operation[];
  calls(): readonly Call[];
  assignments(): readonly Assignment[];
  parent(e: Expression): Expression | null;
  position(e: Expression): Position;
  function(e: Expression): FunctionIr;
  /** Conditions that hold at the expression, innermost first, those around enclosing callbacks included. */
  guards(e: Expression): Iterable<Guard>;
  repetitions(e: Expression): Iterable<Repetition>;
  variable(id: VariableId): Variable;
  definitions(id: VariableId): readonly Definition[];
  reads(id: VariableId): readonly VariableRead[];
  /** What is known of the number, or null. Its ends enclose every value; whether infinite ends are evidence says `evidence`. */
  fact(e: Expression): NumberFact | null;
  /** Source text, white space collapsed, shortened to 60 units: for messages. */
  text(e: { readonly start: number; readonly end: number }): string;
  /** Source text as it is: for edits. */
  source(e: { readonly start: number; readonly end: number }): string;
  /** Whether the pattern occurs anywhere in the file. */
  says(pattern: RegExp): boolean;
}

const nothing: readonly never[] = [];

export function createContext(program: Program, facts: Facts, targetFormats: readonly string[]): HazardContext {
  const scene = buildScene(program);
  const orphan: Position = { parent: null, statement: null, function: 0, guard: null, repetition: null };
  const position = (e: Expression): Position => scene.positions[e.id] ?? orphan;
  const said = new Map<string, boolean>();
  return {
    program, facts, scene, targetFormats, position,
    operations: operator => scene.operations.get(operator) ?? nothing,
    calls: () => (scene.byKind.get('call') ?? nothing) as readonly Call[],
    assignments: () => (scene.byKind.get('assign') ?? nothing) as readonly Assignment[],
    parent: e => position(e).parent,
    function: e => program.functions[position(e).function],
    * guards(e) { for (let g = position(e).guard; g; g = g.outer) yield g; },
    * repetitions(e) { for (let r = position(e).repetition; r; r = r.outer) yield r; },
    variable: id => program.variables[id],
    definitions: id => scene.definitions.get(id) ?? nothing,
    reads: id => scene.reads.get(id) ?? nothing,
    fact: e => facts.numbers[e.id] ?? null,
    text(e) {
      const text = textOf(program, e).replace(/\s+/g, ' ');
      return text.length > 60 ? text.slice(0, 57) + '…' : text;
    },
    source: e => textOf(program, e),
    says(pattern) {
      const key = `${pattern.flags} ${pattern.source}`;
      let answer = said.get(key);
      if (answer === undefined) said.set(key, answer = pattern.test(program.text));
      return answer;
    },
  };
}
