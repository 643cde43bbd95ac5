import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionDescription } from '../../../src/protocol/report';
import type { OrdersReport, OrdersRequest } from '../../../src/protocol/panel';
import { startClient, type TestClient } from './client';

let client: TestClient;
beforeAll(async () => { client = await startClient(); });
afterAll(() => client.dispose());

const ask = <T>(method: string, params: object): Promise<T> => client.connection.sendRequest<T>(method, params);

describe('requests of the editor', () => {
  it('lists the functions of a document, with the numeric ones marked', async () => {
    const uri = client.open('functions.ts', 'export function scale(x: number, k = 2): number { return k * x; }\nexport function greet(name: string): string { return name; }\n');
    const functions = await ask<FunctionDescription[]>('roundoff/functions', { uri });
    expect(functions.map(({ name, numeric, line }) => ({ name, numeric, line }))).toEqual([{ name: 'scale', numeric: true, line: 1 }, { name: 'greet', numeric: false, line: 2 }]);
    expect(functions[0].parameters.map(({ name }) => name)).toEqual(['x', 'k']);
  });

  it('finds the number at the cursor as it is written', async () => {
    const text = 'const a = 1_000.25 + x;';
    const uri = client.open('number.ts', text);
    expect(await ask('roundoff/numberAt', { uri, offset: text.indexOf('000') })).toEqual({ value: '1000.25', format: 'fp64' });
    expect(await ask('roundoff/numberAt', { uri, offset: 2 })).toBeNull();
  });

  it('sums what stands at the cursor in every order', async () => {
    const text = 'const s = 1 + 1e16 - 1e16;\nconst xs = [0.1, 0.2, -0.3];\nconst y = f(2);';
    const uri = client.open('orders.ts', text);
    const sum = await ask<OrdersRequest>('roundoff/reductionAt', { uri, offset: text.indexOf('+') });
    expect(sum.values).toEqual([1, 1e16, -1e16]);
    expect(text.slice(sum.place?.start, sum.place?.end)).toBe('1 + 1e16 - 1e16');
    expect((await ask<OrdersRequest>('roundoff/reductionAt', { uri, offset: text.indexOf('0.2') })).values).toEqual([0.1, 0.2, -0.3]);
    expect(await ask('roundoff/reductionAt', { uri, offset: text.indexOf('f(2)') })).toBeNull();
    const report = await ask<OrdersReport>('roundoff/orders', { request: sum });
    expect(report.exact).toBe(1);
    expect(report.distribution.map(({ result }) => result)).toEqual([0, 1]);
  });

  it('takes made-up numbers for a sum over a parameter', async () => {
    const text = 'export function total(xs: number[]): number { let sum = 0; for (const x of xs) sum += x; return sum; }';
    const uri = client.open('total.ts', text);
    const request = await ask<OrdersRequest>('roundoff/reductionAt', { uri, offset: text.indexOf('sum +=') });
    expect(request.text).toBe('sum += x');
    expect(request.values.length).toBeGreaterThan(1);
    expect((await ask<OrdersReport>('roundoff/orders', { request })).tried).toBeGreaterThan(1);
  });

  it('makes up arguments from types and ranges', async () => {
    const uri = client.open('made-up.ts', '/** @range x [2, 3] */\nexport function f(x: number, ys: Float32Array, flag: boolean): number { return flag ? x : ys[0]; }');
    const cases = await ask<[number, number[], boolean][]>('roundoff/sampleInputs', { file: fileURLToPath(uri), functionName: 'f', count: 8, seed: 1 });
    expect(cases).toHaveLength(8);
    for (const [x, ys, flag] of cases) {
      expect(x).toBeGreaterThanOrEqual(2);
      expect(x).toBeLessThanOrEqual(3);
      expect(Array.isArray(ys)).toBe(true);
      expect(typeof flag).toBe('boolean');
    }
  });

  it('answers a document that is not open with one sentence', async () => {
    await expect(ask('roundoff/functions', { uri: 'file:///nowhere/closed.ts' })).rejects.toThrow('/nowhere/closed.ts is not open; open it in the editor first.');
  });
});
