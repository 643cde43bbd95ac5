import { CodeActionKind, type CodeAction, type TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/protocol/finding';
import { codeActions, fixAllKind, safeEdits } from '../../../src/server/code-actions';
import { diagnosticOf } from '../../../src/server/diagnostics';

const text = 'if (x) {\n    y = f(a) + f(b);\n}\n';
const document = TextDocument.create('file:///a.ts', 'typescript', 7, text);

function finding(hazard: string, source: string, fixes: Finding['fixes']): Finding {
  const start = text.indexOf(source);
  const from = document.positionAt(start);
  const to = document.positionAt(start + source.length);
  const place = { file: '/a.ts', start, end: start + source.length, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
  return { hazard, severity: 'warning', message: 'm', place, related: [], fixes };
}

function replace(title: string, source: string, by: string, safe: boolean): Finding['fixes'][number] {
  const start = text.indexOf(source);
  return { title, safe, edits: [{ file: '/a.ts', start, end: start + source.length, text: by }] };
}

const findings = [
  finding('one', 'f(a)', [replace('Use g', 'f(a)', 'g(a)', true), replace('Use h, which rounds differently', 'f(a)', 'h(a)', false)]),
  finding('two', 'f(b)', [replace('Use g', 'f(b)', 'g(b)', true)]),
];

function applied(action: CodeAction): string {
  const change = action.edit?.documentChanges?.[0] as TextDocumentEdit;
  expect(change.textDocument).toEqual({ uri: 'file:///a.ts', version: 7 });
  return TextDocument.applyEdits(document, change.edits as Parameters<typeof TextDocument.applyEdits>[1]);
}

function actions(source: string, only?: string[]): CodeAction[] {
  const start = text.indexOf(source);
  const range = { start: document.positionAt(start), end: document.positionAt(start) };
  const diagnostics = findings.map(each => diagnosticOf(each, () => undefined));
  return codeActions(document, findings, range, { diagnostics, ...(only ? { only } : {}) }, { commands: true });
}

describe('code actions', () => {
  it('offer a safe fix as the preferred quick fix of its own diagnostic, and others as refactorings', () => {
    const [safe, other, ...rest] = actions('f(a)');
    expect([safe.title, safe.kind, safe.isPreferred, safe.diagnostics?.map(({ code }) => code)]).toEqual(['Use g', CodeActionKind.QuickFix, true, ['one']]);
    expect(applied(safe)).toBe('if (x) {\n    y = g(a) + f(b);\n}\n');
    expect([other.title, other.kind, other.isPreferred]).toEqual(['Use h, which rounds differently', CodeActionKind.RefactorRewrite, false]);
    expect(rest.map(({ title }) => title)).toEqual(['Disable one for this line', 'Explain one']);
  });

  it('silence a line with its own indentation', () => {
    const silence = actions('f(b)').find(({ title }) => title.startsWith('Disable')) as CodeAction;
    expect(applied(silence)).toBe('if (x) {\n    // roundoff-disable-next-line two\n    y = f(a) + f(b);\n}\n');
  });

  it('apply all safe fixes only when asked to', () => {
    expect(actions('f(a)').some(({ kind }) => kind === fixAllKind)).toBe(false);
    for (const only of [['source.fixAll'], [fixAllKind], ['source']]) {
      const [all, ...rest] = actions('if', only);
      expect(rest).toEqual([]);
      expect(applied(all)).toBe('if (x) {\n    y = g(a) + g(b);\n}\n');
    }
    expect(actions('f(a)', [CodeActionKind.RefactorExtract])).toEqual([]);
  });

  it('never edit the same text twice', () => {
    const twice = [findings[0], finding('three', 'f(a) + f(b)', [replace('Use s', 'f(a) + f(b)', 's(a, b)', true)])];
    expect(safeEdits(twice)).toEqual(findings[0].fixes[0].edits);
  });
});
