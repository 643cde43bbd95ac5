import type { CodeLens, InlayHint } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClient, type TestClient } from './client';

let client: TestClient;
beforeAll(async () => { client = await startClient(); });
afterAll(() => client.dispose());

describe('code lenses', () => {
  it('offer to simulate the functions that take numbers', async () => {
    const uri = client.open('lens.ts', 'export function norm(xs: Float64Array): number { return Math.hypot(...xs); }\nconst greet = (name: string) => name;\nclass Box { volume(edge: number) { return edge ** 3; } }\n');
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const shown = await Promise.all(lenses.map(lens => client.connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
    expect(shown.map(({ command, range }) => [range.start.line, command?.title, command?.arguments])).toEqual([
      [0, 'Simulate norm…', [uri, 'norm']], [2, 'Simulate Box.volume…', [uri, 'Box.volume']]]);
  });

  it('say how large the error of a function can be, where that is proven', async () => {
    const uri = client.open('proven.ts', '/** @range r [1, 2] */\nexport const area = (r: number) => Math.PI * r * r;\n');
    const [lens] = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect((await client.connection.sendRequest<CodeLens>('codeLens/resolve', lens)).command?.title).toMatch(/^Simulate area…  ·  error ≤ [\d.]+ ulp, range \[3\.14, 12\.[67]\]$/);
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

describe('hovers', () => {
  const text = '/** @range r [0.001, 2] */\nexport const area = (r: number) => Math.PI * r * r;\nexport const tenth = 0.1;\nexport const grown = (rate: number) => Math.exp(rate) - 1;\nconst name = "x";\n';
  const hover = async (at: string, delta: number): Promise<string> => {
    const uri = client.open(`hover-${at.length}-${delta}.ts`, text);
    const offset = text.indexOf(at) + delta;
    const position = { line: text.slice(0, offset).split('\n').length - 1, character: offset - text.lastIndexOf('\n', offset - 1) - 1 };
    const answer = await client.connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri }, position });
    return answer?.contents.value ?? '';
  };

  it('tell range, error, digits and each format of an expression, in 12 lines', async () => {
    const value = await hover('PI * r * r', 8);
    expect(value).toMatch(/range {2,}\[3\.14e-6, 12\.6\] +from @range r/);
    expect(value).toMatch(/error {2,}≤ [\d.]+e-15 absolute/);
    for (const format of ['fp32', 'fp16', 'bf16', 'fp8-e4m3fn', 'int8', 'fp4-e2m1fn']) expect(value).toMatch(new RegExp(`(^| {4})${format} `, 'm'));
    expect(value).toContain('[Simulate area…](command:roundoff.simulateFunction?');
    expect(value.split('\n').filter(line => line !== '' && !line.startsWith('```') && line !== '---').length).toBeLessThanOrEqual(12);
  });

  it('tell the double behind a literal, its bits and its value in each format', async () => {
    const value = await hover('0.1;', 1);
    expect(value).toContain('0.1 = 0.1000000000000000055511151231257827021181');
    expect(value).toContain('0 | 01111111011 | 1001100110011001100110011001100110011001100110011010');
    expect(value).toMatch(/error +5\.55e-17 relative/);
    expect(value).toMatch(/fp16 +0\.0999755859 +0\.024 % off/);
    expect(value).toMatch(/fp4-e2m1fn +0 +becomes 0/);
  });

  it('link to the page of the hazard there, say why there is no bound, and are silent elsewhere', async () => {
    const value = await hover('exp(rate) - 1', 11);
    expect(value).toContain('[exp-minus-one](page:exp-minus-one)');
    expect(value).toMatch(/error +no bound: /);
    expect(await hover('"x"', 1)).toBe('');
  });
});

describe('inlay hints', () => {
  it('are off unless asked for, and then tell the proven error', async () => {
    const hinting = await startClient({ inlayHints: 'ulps' });
    const text = '/** @range r [1, 2] */\nexport const area = (r: number) => Math.PI * r * r;\nexport const n = (i: number) => i;\n';
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    const hints = (each: TestClient, uri: string): Promise<InlayHint[]> => each.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range });
    expect(await hints(client, client.open('hints.ts', text))).toEqual([]);
    const shown = await hints(hinting, hinting.open('hints.ts', text));
    expect(shown).toHaveLength(1);
    expect(shown[0].label).toMatch(/^±[\d.]+ ulp$/);
    expect(shown[0].position).toEqual({ line: 1, character: text.split('\n')[1].length - 1 });
    await hinting.dispose();
  });
});
