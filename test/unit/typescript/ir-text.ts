import type { Callee, Expression, Program, Statement } from '../../../src/program';

/** The IR as compact text: `s = (add s x)`; one statement a line, blocks in braces. Temporaries are `$0`, `$1` in order of appearance. */
export function irText(program: Program, functionName?: string): string {
  const printer = new IrText(program);
  const fn = functionName === undefined ? program.functions[0] : program.functions.find(each => each.name === functionName);
  if (!fn) throw new Error(`no function ${functionName}; there are ${program.functions.map(each => each.name).join(', ')}`);
  return printer.block(fn.body, 0).trimEnd();
}

class IrText {
  private readonly temporaries = new Map<number, number>();

  constructor(private readonly program: Program) {}

  name(id: number): string {
    const variable = this.program.variables[id];
    if (variable.kind !== 'temporary') return variable.name;
    if (!this.temporaries.has(id)) this.temporaries.set(id, this.temporaries.size);
    return `$${this.temporaries.get(id)}`;
  }

  block(body: readonly Statement[], depth: number): string {
    return body.map(statement => '  '.repeat(depth) + this.statement(statement, depth) + '\n').join('');
  }

  private braces(body: readonly Statement[], depth: number): string {
    return body.length === 0 ? '{}' : `{\n${this.block(body, depth + 1)}${'  '.repeat(depth)}}`;
  }

  private statement(s: Statement, depth: number): string {
    const label = 'label' in s && s.label !== null && s.kind !== 'break' && s.kind !== 'continue' ? `${s.label}: ` : '';
    switch (s.kind) {
      case 'declare': return `let ${this.name(s.variable)}${s.value ? ` = ${this.e(s.value)}` : ''}`;
      case 'expression': return this.e(s.expression);
      case 'if': return `if ${this.e(s.test)} ${this.braces(s.then, depth)}${s.otherwise.length ? ` else ${this.braces(s.otherwise, depth)}` : ''}`;
      case 'loop': return `${label}${s.form} [${s.init.map(each => this.statement(each, depth)).join('; ')}] ${s.test ? this.e(s.test) : '-'} ${s.update ? this.e(s.update) : '-'} ${this.braces(s.body, depth)}`;
      case 'for-of': case 'for-in': return `${label}${s.kind} ${this.name(s.element)}${s.target ? ` → ${this.e(s.target)}` : ''} of ${this.e(s.iterable)} ${this.braces(s.body, depth)}`;
      case 'return': return s.value ? `return ${this.e(s.value)}` : 'return';
      case 'throw': return `throw ${this.e(s.value)}`;
      case 'break': case 'continue': return s.label ? `${s.kind} ${s.label}` : s.kind;
      case 'block': return `${label}${this.braces(s.body, depth)}`;
      case 'try': return `try ${this.braces(s.body, depth)}${s.handler ? ` catch${s.parameter === null ? '' : ` ${this.name(s.parameter)}`} ${this.braces(s.handler, depth)}` : ''}${s.finalizer ? ` finally ${this.braces(s.finalizer, depth)}` : ''}`;
      case 'switch': return `${label}switch ${this.e(s.subject)} {${s.cases.map(each => ` ${each.test ? this.e(each.test) : 'default'}: ${this.braces(each.body, depth)}`).join('')} }`;
      case 'opaque': return `‹${s.reason}${s.children.map(child => ` ${this.e(child)}`).join('')}›`;
    }
  }

  private list(values: readonly (Expression | null)[], spread?: readonly boolean[]): string {
    return values.map((value, i) => value ? (spread?.[i] ? '...' : '') + this.e(value) : '·').join(' ');
  }

  private callee(c: Callee): string {
    switch (c.kind) {
      case 'local': return `${c.receiver ? `${this.e(c.receiver)}.` : ''}#${this.program.functions[c.function].name}`;
      case 'library': return `${c.receiver ? `${this.e(c.receiver)} ` : ''}@${c.name}`;
      case 'imported': return `${c.module}:${c.name}`;
      case 'method': return `${this.e(c.receiver)} ?.${c.name}`;
      case 'dynamic': return this.e(c.callee);
    }
  }

  e(e: Expression): string {
    switch (e.kind) {
      case 'number': return e.named ? `${e.text}=${e.value}` : String(e.value);
      case 'constant': return e.of === 'string' ? JSON.stringify(e.value) : e.of === 'bigint' ? `${String(e.value)}n` : String(e.value);
      case 'variable': return this.name(e.variable);
      case 'operation': return `(${e.operator}${e.loose ? '~' : ''} ${this.list(e.operands, e.spread)})`;
      case 'logical': return `(${e.operator} ${this.e(e.left)} ${this.e(e.right)})`;
      case 'conditional': return `(if ${this.e(e.test)} ${this.e(e.then)} ${this.e(e.otherwise)})`;
      case 'assign': return `${this.e(e.target)} ${e.compound ?? ''}${e.result === 'old' ? "'" : ''}= ${this.e(e.value)}`;
      case 'property': return `${this.e(e.object)}${e.optional ? '?' : ''}.${e.name}`;
      case 'index': return `${this.e(e.object)}${e.optional ? '?' : ''}[${this.e(e.index)}]`;
      case 'call': return `${this.callee(e.callee)}${e.optional ? '?' : ''}(${this.list(e.arguments, e.spread)})`;
      case 'new': return `new ${e.name ?? '?'}${e.function === null ? '' : '#'}(${this.list(e.arguments, e.spread)})`;
      case 'array': return `[${this.list(e.elements, e.spread)}]`;
      case 'object': return `{${e.properties.map(p => p.spread ? `...${this.e(p.value)}` : `${p.name ?? '?'}: ${this.e(p.value)}`).join(', ')}}`;
      case 'function': return `λ${this.program.functions[e.function].name}(${this.program.functions[e.function].parameters.map(p => (p.rest ? '...' : '') + this.name(p.variable) + (p.initializer ? `=${this.e(p.initializer)}` : '')).join(' ')}){${this.block(this.program.functions[e.function].body, 0).trim().split('\n').join('; ')}}`;
      case 'sequence': return `(seq ${e.expressions.map(each => this.e(each)).join('; ')})`;
      case 'template': return `(text ${this.list(e.parts)})`;
      case 'opaque': return e.reason === 'this' ? 'this' : `‹${e.reason}${e.children.map(child => ` ${this.e(child)}`).join('')}›`;
    }
  }
}
