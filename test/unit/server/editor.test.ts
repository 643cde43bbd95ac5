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
