import { siteId, type SitePlace } from '../protocol/place';
import type { Expression } from './expression';
import { placeOf, textOf, type Program } from './program';

const TEXT_LIMIT = 200;

/** The site of an expression: its place, text and operator, as facts, findings and reports name it. */
export function siteOf(program: Program, expression: Expression): SitePlace {
  const text = textOf(program, expression);
  return {
    ...placeOf(program, expression), id: siteId(expression.start, expression.end),
    text: text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT - 1)}…` : text, operator: operatorOf(expression),
  };
}

function operatorOf(expression: Expression): string {
  switch (expression.kind) {
    case 'operation': return expression.operator;
    case 'assign': return expression.compound ?? (expression.value.kind === 'operation' ? expression.value.operator : 'convert');
    case 'number': return 'literal';
    case 'call': case 'new': return 'call';
    case 'variable': case 'property': case 'index': return 'input';
    default: return 'convert';
  }
}
