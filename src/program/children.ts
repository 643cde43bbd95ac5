import type { Expression } from './expression';
import type { Statement } from './statement';

/** The expressions directly inside an expression, in order of evaluation. Function bodies are not inside: they are in `Program.functions`. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number': case 'constant': case 'variable': case 'function': return [];
    case 'operation': return expression.operands;
    case 'logical': return [expression.left, expression.right];
    case 'conditional': return [expression.test, expression.then, expression.otherwise];
    case 'assign': return [expression.target, expression.value];
    case 'property': return [expression.object];
    case 'index': return [expression.object, expression.index];
    case 'call': {
      const { callee } = expression;
      const first = callee.kind === 'dynamic' ? callee.callee : callee.receiver ?? null;
      return first ? [first, ...expression.arguments] : expression.arguments;
    }
    case 'new': return expression.arguments;
    case 'array': return expression.elements.filter(element => element !== null);
    case 'object': return expression.properties.map(property => property.value);
    case 'sequence': return expression.expressions;
    case 'template': return expression.parts;
    case 'opaque': return expression.children;
  }
}

/** The expressions directly inside a statement, and the lists of statements inside it, in order of evaluation (a loop's update after its body). */
export function partsOf(statement: Statement): { readonly before: readonly Expression[]; readonly blocks: readonly (readonly Statement[])[]; readonly after: readonly Expression[] } {
  const leaf = (before: readonly Expression[]): ReturnType<typeof partsOf> => ({ before, blocks: [], after: [] });
  switch (statement.kind) {
    case 'declare': return leaf(statement.value ? [statement.value] : []);
    case 'expression': return leaf([statement.expression]);
    case 'return': return leaf(statement.value ? [statement.value] : []);
    case 'throw': return leaf([statement.value]);
    case 'break': case 'continue': return leaf([]);
    case 'opaque': return leaf(statement.children);
    case 'if': return { before: [statement.test], blocks: [statement.then, statement.otherwise], after: [] };
    case 'loop': {
      const first = statement.form !== 'do' && statement.test ? [statement.test] : [];
      const last = statement.form === 'do' && statement.test ? [statement.test] : [];
      return { before: first, blocks: [statement.init, statement.body], after: statement.update ? [statement.update, ...last] : last };
    }
    case 'for-of': case 'for-in': return { before: [statement.iterable], blocks: [statement.body], after: [] };
    case 'block': return { before: [], blocks: [statement.body], after: [] };
    case 'try': return { before: [], blocks: [statement.body, ...(statement.handler ? [statement.handler] : []), ...(statement.finalizer ? [statement.finalizer] : [])], after: [] };
    case 'switch': return { before: [statement.subject, ...statement.cases.flatMap(each => each.test ? [each.test] : [])], blocks: statement.cases.map(each => each.body), after: [] };
  }
}
