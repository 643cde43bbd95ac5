import type { FormatReport, SimulationReport, SiteReport } from '../../src/protocol/report';

/** A piece of a source line with one colour and one innermost site. */
export interface Segment {
  readonly text: string;
  readonly token: Token;
  readonly site: string | null;
}

export type Token = 'plain' | 'keyword' | 'number' | 'string' | 'comment';

export interface SourceLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Offset of the line's first character. */
  readonly start: number;
  readonly segments: readonly Segment[];
  /** Sites that end on this line, in source order: their error enters here. */
  readonly sites: readonly SiteReport[];
  /** True for the first line after a gap. */
  readonly gap: boolean;
}

/** Lines around a site outside the function that are shown with it. */
const contextLines = 1;

/** The lines worth showing: the simulated function, and where its run touched other functions and files. */
export function sourceLines(report: SimulationReport, format: FormatReport): SourceLine[] {
  const { description } = report;
  const files = [description.file, ...Object.keys(report.sources).filter(f => f !== description.file)];
  return files.flatMap(file => {
    const source = report.sources[file];
    if (source === undefined) return [];
    const sites = format.firstCase.sites.filter(s => s.file === file);
    const ranges = sites.map(s => [s.line - contextLines, s.endLine + contextLines] as const);
    if (file === description.file) ranges.push([description.line, description.endLine]);
    return linesOf(file, source, sites, merged(ranges));
  });
}

/** Which lines one loop (its header and body) covers. Found by the keyword or array method and its brackets, comments and strings skipped. */
export interface Loop {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
  readonly header: string;
}

/** Loops of a source text, outermost first. */
export function loopsOf(file: string, source: string): Loop[] {
  const clean = blanked(source);
  const loops: Loop[] = [];
  for (const match of clean.matchAll(/\b(?:for|while|do)\b|\.(?:map|reduce|reduceRight|forEach|filter|some|every|from)\s*\(/g)) {
    const start = match.index;
    const end = match[0].startsWith('.') ? closing(clean, clean.indexOf('(', start)) : loopEnd(clean, start, match[0]);
    if (end <= start) continue;
    const line = lineAt(source, start), endLine = lineAt(source, end - 1);
    const header = source.slice(start, Math.min(end, source.indexOf('\n', start) < 0 ? end : source.indexOf('\n', start))).trim();
    loops.push({ file, start, end, line, endLine, header });
  }
  return loops.sort((a, b) => a.start - b.start || b.end - a.end);
}

function linesOf(file: string, source: string, sites: readonly SiteReport[], ranges: readonly (readonly [number, number])[]): SourceLine[] {
  const lines = source.split('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) { starts.push(offset); offset += line.length + 1; }
  const tokens = tokenize(source);
  const result: SourceLine[] = [];
  for (const [from, to] of ranges) {
    for (let n = Math.max(1, from); n <= Math.min(lines.length, to); n++) {
      const start = starts[n - 1], end = start + lines[n - 1].replace(/\r$/, '').length;
      result.push({
        file, line: n, start, gap: n === Math.max(1, from) && result.length > 0, segments: segmentsOf(source, start, end, sites, tokens),
        sites: sites.filter(s => s.endLine === n).sort((a, b) => a.start - b.start),
      });
    }
  }
  return result;
}

function segmentsOf(source: string, start: number, end: number, sites: readonly SiteReport[], tokens: readonly TokenSpan[]): Segment[] {
  const near = sites.filter(s => s.start < end && s.end > start);
  const spans = tokens.filter(t => t.start < end && t.end > start);
  const cuts = [...new Set([start, end, ...near.flatMap(s => [s.start, s.end]), ...spans.flatMap(t => [t.start, t.end])].filter(c => c >= start && c <= end))].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [a, b] = [cuts[i], cuts[i + 1]];
    const inner = near.filter(s => s.start <= a && b <= s.end).sort((x, y) => (x.end - x.start) - (y.end - y.start))[0];
    const token = spans.find(t => t.start <= a && b <= t.end)?.token ?? 'plain';
    segments.push({ text: source.slice(a, b), token, site: inner?.site ?? null });
  }
  return segments;
}

interface TokenSpan { readonly start: number; readonly end: number; readonly token: Token }

const keywords = 'as async await break case class const continue default do else export extends false finally for from function if import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while yield';
const tokenPattern = new RegExp(String.raw`(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + '`(?:[^`\\\\]|\\\\.)*`' + String.raw`)|\b(${keywords.replaceAll(' ', '|')})\b|\b(0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?n?)`, 'gi');

function tokenize(source: string): TokenSpan[] {
  return [...source.matchAll(tokenPattern)].map(m => ({
    start: m.index, end: m.index + m[0].length, token: m[1] ? 'comment' : m[2] ? 'string' : m[3] ? 'keyword' : 'number',
  } as const));
}

/** The text with comments and strings replaced by spaces, so that brackets can be counted. */
function blanked(source: string): string {
  return source.replace(tokenPattern, (text: string, comment: string | undefined, string: string | undefined) => comment || string ? text.replace(/[^\n]/g, ' ') : text);
}

function loopEnd(text: string, start: number, keyword: string): number {
  let at = start + keyword.length;
  if (keyword !== 'do') {
    const open = text.indexOf('(', at);
    if (open < 0) return -1;
    at = closing(text, open);
    if (at < 0) return -1;
  }
  const body = at + (/\S/.exec(text.slice(at))?.index ?? 0);
  if (text[body] === '{') return closing(text, body);
  const semicolon = text.indexOf(';', body);
  return semicolon < 0 ? -1 : semicolon + 1;
}

/** Offset after the bracket that closes the one at `open`, or -1. */
function closing(text: string, open: number): number {
  const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
  const stack: string[] = [];
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (pairs[c]) stack.push(pairs[c]);
    else if (c === ')' || c === ']' || c === '}') {
      if (stack.pop() !== c) return -1;
      if (stack.length === 0) return i + 1;
    }
  }
  return -1;
}

function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < offset; i = source.indexOf('\n', i + 1)) line++;
  return line;
}

function merged(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + 2) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
