import { hasOperator, operator } from '../operators';
import type { Call, Expression, Operation } from './expression';
import type { Program } from './program';

/** How tightly a form binds: JavaScript's own levels. An operand whose level is lower than its place allows gets parentheses. */
const level = { sequence: 1, assignment: 2, conditional: 3, or: 4, and: 5, prefix: 15, postfix: 16, call: 18, primary: 20 } as const;

interface Printed {
  readonly text: string;
  readonly level: number;
}

export interface PrintOptions {
  /** Text for expressions that should not be printed from their structure (holes of a template, originals to be kept); null: print it. */
  readonly replace?: (expression: Expression) => string | null;
}

/**
 * TypeScript text of an expression, with the fewest parentheses that keep its meaning. Function literals and what the IR does not model are taken from the
 * source text. Numbers print as written when the literal is unchanged.
 */
export function printExpression(program: Program, expression: Expression, options: PrintOptions = {}): string {
  return new Printer(program, options).print(expression).text;
}

class Printer {
  constructor(private readonly program: Program, private readonly options: PrintOptions) {}

  print(e: Expression): Printed {
    const replaced = this.options.replace?.(e);
    if (replaced !== null && replaced !== undefined) return { text: replaced, level: /^[\w$.]+$/.test(replaced) ? level.primary : level.sequence };
    switch (e.kind) {
      case 'number': return { text: e.text, level: level.primary };
      case 'constant': return { text: constantText(e.value, e.of), level: level.primary };
      case 'variable': return { text: this.program.variables[e.variable].name || this.source(e), level: level.primary };
      case 'operation': return this.operation(e);
      case 'logical': return this.logical(e);
      case 'conditional':
        return { text: `${this.at(e.test, level.conditional + 1)} ? ${this.at(e.then, level.assignment)} : ${this.at(e.otherwise, level.assignment)}`, level: level.conditional };
      case 'assign': return this.assignment(e);
      case 'property': return { text: `${this.receiver(e.object)}${e.optional ? '?.' : '.'}${e.name}`, level: level.call };
      case 'index': return { text: `${this.at(e.object, level.call)}${e.optional ? '?.' : ''}[${this.at(e.index, level.sequence)}]`, level: level.call };
      case 'call': return { text: `${this.callee(e)}${e.optional && e.callee.kind === 'dynamic' ? '?.' : ''}(${this.list(e.arguments, e.spread)})`, level: level.call };
      case 'new': return e.name === null ? this.verbatim(e) : { text: `new ${e.name}(${this.list(e.arguments, e.spread)})`, level: level.call };
      case 'array': return { text: `[${e.elements.map((element, i) => element ? (e.spread[i] ? '...' : '') + this.at(element, level.assignment) : '').join(', ')}]`, level: level.primary };
      case 'sequence': return { text: e.expressions.map(each => this.at(each, level.assignment)).join(', '), level: level.sequence };
      case 'object': case 'function': case 'template': case 'opaque': return this.verbatim(e);
    }
  }

  private at(e: Expression, least: number): string {
    const { text, level: own } = this.print(e);
    return own < least ? `(${text})` : text;
  }

  /** What stands before a dot: whole numbers need parentheses there. */
  private receiver(e: Expression): string {
    return e.kind === 'number' && /^[\d_]+$/.test(e.text) ? `(${e.text})` : this.at(e, level.call);
  }

  private source(e: Expression): string {
    return this.program.text.slice(e.start, e.end);
  }

  private verbatim(e: Expression): Printed {
    const text = this.source(e);
    return { text, level: e.kind === 'template' && text.startsWith('`') || e.kind === 'opaque' && e.reason === 'this' ? level.primary : level.assignment };
  }

  private operation(e: Operation): Printed {
    if (e.operator === 'not' || e.operator === 'typeof') return { text: `${e.operator === 'not' ? '!' : 'typeof '}${this.at(e.operands[0], level.prefix)}`, level: level.prefix };
    if (!hasOperator(e.operator)) return this.verbatim(e);
    const { spelling } = operator(e.operator);
    if (spelling.kind === 'call') return { text: `${spelling.callee}(${this.list(e.operands, e.spread)})`, level: level.call };
    if (spelling.kind === 'prefix') {
      const operand = this.at(e.operands[0], level.prefix);
      return { text: operand.startsWith(spelling.token) ? `${spelling.token}(${operand})` : spelling.token + operand, level: level.prefix };
    }
    const [left, right] = e.operands;
    const own = spelling.precedence;
    const token = e.loose ? spelling.token.slice(0, -1) : spelling.token;
    // `**` groups to the right and takes no unary minus on its left.
    const [l, r] = spelling.token === '**' ? [this.at(left, level.postfix), this.at(right, own)] : [this.at(left, own), this.at(right, own + 1)];
    return { text: `${l} ${token} ${r}`, level: own };
  }

  private logical(e: Extract<Expression, { kind: 'logical' }>): Printed {
    const own = e.operator === 'and' ? level.and : level.or;
    const token = { and: '&&', or: '||', nullish: '??' }[e.operator];
    // `??` may not stand beside `&&` or `||` without parentheses.
    const side = (operand: Expression, least: number): string => operand.kind === 'logical' && (operand.operator === 'nullish') !== (e.operator === 'nullish')
      ? `(${this.print(operand).text})` : this.at(operand, least);
    return { text: `${side(e.left, own)} ${token} ${side(e.right, own + 1)}`, level: own };
  }

  private assignment(e: Extract<Expression, { kind: 'assign' }>): Printed {
    if (e.compound !== null || e.result === 'old') return { text: this.source(e), level: level.assignment };
    return { text: `${this.at(e.target, level.call)} = ${this.at(e.value, level.assignment)}`, level: level.assignment };
  }

  private callee(e: Call): string {
    const { callee } = e;
    const name = this.program.text.slice(e.calleeStart, e.calleeEnd);
    const dot = e.optional ? '?.' : '.';
    switch (callee.kind) {
      case 'dynamic': return this.at(callee.callee, level.call);
      case 'local': return callee.receiver ? `${this.receiver(callee.receiver)}${dot}${name}` : name;
      case 'library': return callee.receiver ? `${this.receiver(callee.receiver)}${dot}${callee.name.slice(callee.name.lastIndexOf('.') + 1)}` : callee.name;
      case 'method': return `${this.receiver(callee.receiver)}${dot}${callee.name}`;
      case 'imported': return name;
    }
  }

  private list(values: readonly Expression[], spread: readonly boolean[] | undefined): string {
    return values.map((value, i) => (spread?.[i] ? '...' : '') + this.at(value, level.assignment)).join(', ');
  }
}

function constantText(value: string | boolean | null | undefined, of: string): string {
  switch (of) {
    case 'string': return JSON.stringify(value);
    case 'bigint': return `${String(value)}n`;
    default: return String(value);
  }
}
