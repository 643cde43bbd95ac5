import type { CodeLens } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClient, type TestClient } from './client';

let client: TestClient;
beforeAll(async () => { client = await startClient(); });
afterAll(() => client.dispose());

describe('code lenses', () => {
  it('offer to simulate the functions that take numbers', async () => {
    const uri = client.open('lens.ts', 'export function norm(xs: Float64Array): number { return Math.hypot(...xs); }\nconst greet = (name: string) => name;\nclass Box { volume(edge: number) { return edge ** 3; } }\n');
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses.map(({ command, range }) => [range.start.line, command?.title, command?.arguments])).toEqual([
      [0, 'Simulate norm…', [uri, 'norm']], [2, 'Simulate Box.volume…', [uri, 'Box.volume']]]);
  });
});

describe('diagnostics', () => {
  it('carry code, link and version', async () => {
    const uri = client.open('findings.ts', 'export const grown = (rate: number) => Math.exp(rate) - 1;\n');
    const { diagnostics, version } = await client.diagnostics(uri);
    expect(version).toBe(1);
    expect(diagnostics.map(({ code, codeDescription, source }) => [code, codeDescription?.href, source])).toEqual([['exp-minus-one', 'page:exp-minus-one', 'roundoff']]);
  });

  it('belong to the latest text: typing moves or removes them, closing clears them', async () => {
    const uri = client.open('typing.ts', 'export const grown = (rate: number) => Math.exp(rate) - 1;\n');
    expect((await client.diagnostics(uri)).diagnostics).toHaveLength(1);
    for (let version = 2; version <= 5; version++) {
      void client.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version },
        contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }] });
    }
    const { diagnostics } = await client.diagnostics(uri, 5);
    expect(diagnostics.map(({ range }) => range.start.line)).toEqual([4]);
    expect(client.published.filter(params => params.uri === uri).map(({ version }) => version)).toEqual([1, 5]);
    void client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.connection.sendRequest('roundoff/presets', {});
    expect(client.published.filter(params => params.uri === uri).at(-1)?.diagnostics).toEqual([]);
  });

  it('survive text that is no program', async () => {
    const uri = client.open('broken.ts', 'export function (((( { return Math.exp(x) - \n `${ ');
    expect((await client.diagnostics(uri)).uri).toBe(uri);
  });
});
