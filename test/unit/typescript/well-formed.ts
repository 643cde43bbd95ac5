import { childrenOf, outlineOf, partsOf, visitFunction, type Expression, type Program, type Statement } from '../../../src/program';

/** What every program promises, whatever the text was. */
export function wellFormed(program: Program, guards = true): void {
  const { length } = program.text;
  program.expressions.forEach((e, id) => {
    if (e.id !== id || e.start < 0 || e.end > length || e.start > e.end) throw new Error(`expression ${id} is out of place`);
    if (e.kind === 'variable' && !program.variables[e.variable]) throw new Error(`expression ${id} reads no variable`);
    if (e.kind === 'function' && !program.functions[e.function]) throw new Error(`expression ${id} names no function`);
  });
  const parents = new Map<Expression, unknown>();
  const hold = (child: Expression, parent: unknown): void => {
    if (program.expressions[child.id] !== child) throw new Error(`expression ${child.id} is not in the table`);
    if (parents.has(child)) throw new Error(`expression ${child.id} stands in two places`);
    parents.set(child, parent);
  };
  for (const e of program.expressions) for (const child of childrenOf(e)) hold(child, e);
  const block = (body: readonly Statement[]): void => {
    for (const statement of body) {
      const parts = partsOf(statement);
      for (const e of [...parts.before, ...parts.after]) hold(e, statement);
      parts.blocks.forEach(block);
    }
  };
  for (const fn of program.functions) {
    for (const parameter of fn.parameters) if (parameter.initializer) hold(parameter.initializer, fn);
    block(fn.body);
    for (const site of fn.callSites) if (!['call', 'new'].includes(program.expressions[site].kind)) throw new Error(`call site ${site} is no call`);
  }
  for (const problem of program.problems) if (problem.message.includes('could not be analysed completely')) throw new Error(problem.message);
  JSON.stringify(program.functions);
  if (guards) for (const fn of program.functions) visitFunction(fn, e => outlineOf(program).guards(e.id));
}
