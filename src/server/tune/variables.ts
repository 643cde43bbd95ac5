import { lineColumn, outlineOf, type FunctionIr, type Program, type ValueType, type Variable } from '../../program';

/** A variable whose format may change, and where its annotation goes. */
export interface AnnotatedVariable {
  readonly name: string;
  readonly line: number;
  /** Offset of the name in its declaration. */
  readonly start: number;
}

/**
 * The numeric scalars of a function: parameters and locals, its nested functions' included (arrays have the format of the scheme). Counters and indices stay integers in every
 * scheme, so they are left out; so is what carries a `@format` already.
 */
export function tunableVariables(program: Program, fn: FunctionIr): readonly AnnotatedVariable[] {
  const inside = new Set(program.functions.filter(f => f === fn || enclosedBy(program, f, fn)).map(f => f.id));
  return program.variables
    .filter(v => inside.has(v.owner) && ['parameter', 'const', 'let', 'var'].includes(v.kind) && v.format === null && isNumeric(v.type) && !isCounter(program, v))
    .map(v => ({ name: v.name, line: lineColumn(program, v.start).line, start: v.start }));
}

/** The text with `/* @format F *\/` before each name; variables without a format stay as they are. Offsets refer to `text`. */
export function annotate(text: string, variables: readonly AnnotatedVariable[], formats: readonly (string | null)[]): string {
  let result = '';
  let from = 0;
  for (const { variable, format } of variables.map((variable, i) => ({ variable, format: formats[i] })).sort((a, b) => a.variable.start - b.variable.start)) {
    if (format === null) continue;
    result += `${text.slice(from, variable.start)}/* @format ${format} */ `;
    from = variable.start;
  }
  return result + text.slice(from);
}

function enclosedBy(program: Program, inner: FunctionIr, outer: FunctionIr): boolean {
  for (let at = inner.enclosing; at !== null; at = program.functions[at].enclosing) if (at === outer.id) return true;
  return false;
}

function isNumeric(type: ValueType): boolean {
  switch (type.kind) {
    case 'number': return true;
    case 'union': return type.members.some(isNumeric) && type.members.every(m => isNumeric(m) || m.kind === 'undefined' || m.kind === 'null');
    default: return false;
  }
}

/** Stepped by ++ or --, used as an index, or compared with a length. */
function isCounter(program: Program, variable: Variable): boolean {
  if (variable.type.kind !== 'number') return false;
  const outline = outlineOf(program);
  if (outline.writes(variable.id).some(w => program.text.slice(w.end - 2, w.end) === '++' || program.text.slice(w.start, w.start + 2) === '++'
    || program.text.slice(w.end - 2, w.end) === '--' || program.text.slice(w.start, w.start + 2) === '--')) return true;
  return outline.reads(variable.id).some(read => {
    const parent = outline.parent(read.id);
    return parent?.kind === 'index' && parent.index === read;
  });
}
