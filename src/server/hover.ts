import { MarkupKind, type Hover } from 'vscode-languageserver';
import { hoverFacts, literalFacts, type LiteralFacts } from '../analysis/hover';
import { functionAt, type FunctionIr, type Program } from '../program';
import type { Finding } from '../protocol/finding';
import { fromReal } from '../protocol/real';
import { clientCommands } from '../protocol/requests';
import type { Analysis } from './analyses';
import { literalLines, numberLines } from './hover-text';

export interface HoverOptions {
  /** Formats to compare. */
  readonly formats: readonly string[];
  /** True when the client has our commands, so that the hover may link to them. */
  readonly commands: boolean;
  readonly pageOf: (hazard: string) => string | undefined;
  readonly findings: readonly Finding[];
}

/** What is known of the number or the numeric expression at an offset, in at most 12 lines; null when there is nothing to say. Links open, they never edit. */
export function hoverAt(analysis: Analysis, offset: number, options: HoverOptions): Hover | null {
  const program = analysis.program();
  const known = hoverFacts(program, analysis.facts(), offset, { formats: options.formats });
  if (!known) return null;
  // An integer format says nothing of a single number that has no scale.
  const facts = known.kind === 'literal' ? literalFacts(known.text, fromReal(known.value), options.formats.filter(id => !/^u?int\d/.test(id))) : known;
  const blocks = facts.kind === 'literal' ? literalLines(facts) : numberLines(facts);
  const links = linksAt(analysis, program, offset, facts.kind === 'literal' ? numeral(facts) : undefined, options);
  const value = [...blocks.map(lines => `\`\`\`text\n${lines.join('\n')}\n\`\`\``), ...(links.length > 0 ? [links.join('  ·  ')] : [])].join('\n\n---\n\n');
  const range = facts.kind === 'number' ? { range: { start: analysis.document.positionAt(facts.start), end: analysis.document.positionAt(facts.end) } } : {};
  return { contents: { kind: MarkupKind.Markdown, value }, ...range };
}

function linksAt(analysis: Analysis, program: Program, offset: number, literal: string | undefined, options: HoverOptions): string[] {
  const command = (title: string, name: string, ...given: unknown[]): string => `[${title}](command:${name}?${encodeURIComponent(JSON.stringify(given))})`;
  const fn = namedFunctionAt(program, offset);
  const hazards = new Set(options.findings.filter(({ place }) => place.start <= offset && offset <= place.end).map(({ hazard }) => hazard));
  return [
    ...(options.commands && fn ? [command(`Simulate ${fn.name}…`, clientCommands.simulate, analysis.document.uri, fn.name)] : []),
    ...(options.commands && literal !== undefined ? [command('Number format', clientCommands.showNumber, literal)] : []),
    ...[...hazards].flatMap(id => { const page = options.pageOf(id); return page ? [`[${id}](${page})`] : []; }),
  ];
}

/** What the number format panel's entry takes: the number as written, or the value of a named constant. */
function numeral(facts: LiteralFacts): string {
  return /^-?[\d.]/.test(facts.text) ? facts.text.replaceAll('_', '') : String(fromReal(facts.value));
}

/** The function around the offset that can be called by name (`FILE#NAME`), looking outwards from the innermost. */
function namedFunctionAt(program: Program, offset: number): FunctionIr | undefined {
  for (let fn: FunctionIr | undefined = functionAt(program, offset); fn && fn.kind !== 'module'; fn = fn.enclosing === null ? undefined : program.functions[fn.enclosing]) {
    if (fn.name !== '' && fn.enclosing === 0 && ['function', 'arrow', 'method'].includes(fn.kind)) return fn;
  }
  return undefined;
}
