import { childrenOf, outlineOf, visitExpression, visitStatements, type Expression, type Program, type Variable, type VariableId } from '../../program';

/**
 * The variables that count, index or bound a loop, and the arrays whose elements do: they are exact integers in every scheme and have no format. Stepped by `++` or
 * `--`, inside an index, a bitwise operand or the length of a new array, or compared with a counter in the condition of a loop.
 */
export function countingVariables(program: Program): ReadonlySet<VariableId> {
  const outline = outlineOf(program);
  const counting = new Set<VariableId>();
  const read = (e: Expression): void => {
    if (e.kind === 'variable') counting.add(e.variable);
    else if (e.kind === 'operation') e.operands.forEach(read);
    else if (e.kind === 'index' && e.object.kind === 'variable') counting.add(e.object.variable);
    else if (e.kind === 'conditional') { read(e.then); read(e.otherwise); }
  };
  for (const e of program.expressions) {
    if (e.kind === 'index') read(e.index);
    if (e.kind === 'new' && /Array$/.test(e.name ?? '') && e.arguments.length === 1 && e.arguments[0].type.kind === 'number') read(e.arguments[0]);
    if (e.kind === 'operation' && /^(bit|shl|shr|ushr)/.test(e.operator)) e.operands.forEach(read);
  }
  for (const v of program.variables) if (outline.writes(v.id).some(w => /^(\+\+|--)|(\+\+|--)$/.test(program.text.slice(w.start, w.end)))) counting.add(v.id);
  for (const fn of program.functions) visitStatements(fn.body, s => { if (s.kind === 'loop' && s.test) visitExpression(s.test, e => compared(e)); });
  return counting;

  /** What a counter is compared with is a count too. */
  function compared(e: Expression): void {
    if (e.kind !== 'operation' || !/^(lt|le|gt|ge|eq|ne)$/.test(e.operator)) return;
    const [left, right] = e.operands;
    if (counts(left) && only(right)) read(right); else if (counts(right) && only(left)) read(left);
  }

  function counts(e: Expression): boolean {
    return e.kind === 'variable' ? counting.has(e.variable) : e.kind === 'property' && e.name === 'length' || childrenOf(e).some(counts);
  }

  /** Whether an expression is made of variables and numbers alone, as bounds are. */
  function only(e: Expression): boolean {
    return e.kind === 'variable' || e.kind === 'number' || e.kind === 'operation' && e.operands.every(only);
  }
}

/** Whether the declaration gives the variable a whole number that counts something: a length. */
export function isLength(program: Program, variable: Variable): boolean {
  const initial = outlineOf(program).initial(variable.id);
  return initial?.kind === 'property' && initial.name === 'length' && outlineOf(program).writes(variable.id).length === 0;
}
