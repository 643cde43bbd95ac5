import { lineColumn, type FunctionIr, type Program, type ValueType } from '../../program';
import { countingVariables, isLength } from './counters';

/** A variable whose format may change, and where its annotation goes. */
export interface AnnotatedVariable {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  /** Offset of the name in its declaration. */
  readonly start: number;
  /** Where a comment `/* @format F *\/ ` before the name begins; `start` when there is none. */
  readonly from: number;
  readonly kind: 'number' | 'array';
}

/** One replacement in the source, in UTF-16 offsets of the old text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The variables of a function that may hold numbers: parameters and locals, its nested functions' included, numbers and arrays of numbers alike. Counters and
 * indices stay integers in every scheme, so they are left out; so is what JSDoc gives a `@format` to, for that is the author's choice. A comment right
 * before the name is what the tuner itself writes, and is chosen again.
 */
export function tunableVariables(program: Program, fn: FunctionIr): readonly AnnotatedVariable[] {
  const inside = new Set(program.functions.filter(f => f === fn || enclosedBy(program, f, fn)).map(f => f.id));
  const counting = countingVariables(program);
  return program.variables
    .filter(v => inside.has(v.owner) && ['parameter', 'const', 'let', 'var'].includes(v.kind) && !counting.has(v.id) && !isLength(program, v))
    .flatMap(v => {
      const kind = kindOf(v.type);
      const from = commentBefore(program.text, v.start);
      const fixed = (v.format !== null && from === v.start) || new RegExp(`@format[ \\t]+${v.name.replaceAll('$', '\\$')}[ \\t]+\\S`).test(program.text);
      return kind === null || fixed ? [] : [{ name: v.name, line: lineColumn(program, v.start).line, start: v.start, from, kind }];
    });
}

/** The edits that give each variable its format; what it had before in such a comment is replaced. Where nothing changes there is no edit. */
export function annotationEdits(text: string, variables: readonly AnnotatedVariable[], formats: readonly string[]): TextEdit[] {
  return variables
    .map((v, i) => ({ start: v.from, end: v.start, text: `/* @format ${formats[i]} */ ` }))
    .filter(edit => text.slice(edit.start, edit.end) !== edit.text)
    .sort((a, b) => a.start - b.start);
}

/** The text with the annotations of `annotationEdits`. */
export function annotate(text: string, variables: readonly AnnotatedVariable[], formats: readonly string[]): string {
  let result = '';
  let at = 0;
  for (const edit of annotationEdits(text, variables, formats)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function commentBefore(text: string, start: number): number {
  const before = /\/\*\s*@format\s+\S+\s*\*\/[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start));
  return before ? start - before[0].length : start;
}

function enclosedBy(program: Program, inner: FunctionIr, outer: FunctionIr): boolean {
  for (let at = inner.enclosing; at !== null; at = program.functions[at].enclosing) if (at === outer.id) return true;
  return false;
}

/** What the values of a type are to the tuner: numbers, or arrays of numbers of any depth; null for all else. */
function kindOf(type: ValueType): AnnotatedVariable['kind'] | null {
  switch (type.kind) {
    // What has no known type may hold a number; a run tells.
    case 'number': case 'unknown': return 'number';
    case 'typedArray': return /^Float/.test(type.name) ? 'array' : null;
    case 'array': return kindOf(type.element) === null ? null : 'array';
    case 'tuple': return type.elements.length > 0 && type.elements.every(e => kindOf(e) !== null) ? 'array' : null;
    case 'union': {
      const kinds = new Set(type.members.filter(m => m.kind !== 'undefined' && m.kind !== 'null').map(kindOf));
      return kinds.size === 1 ? [...kinds][0] : null;
    }
    default: return null;
  }
}
