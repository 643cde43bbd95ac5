import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeSimulationHost, simulate, type SimulationHost } from '../../../src/server/simulate';
import type { FormatReport } from '../../../src/protocol/report';

/** Code that means harm, or is merely wrong, is stopped and reported, and the next simulation runs as ever. */
let assets: string;

beforeAll(() => {
  assets = mkdtempSync(join(tmpdir(), 'roundoff-simulation-'));
  const common = { bundle: true, target: 'es2022', logLevel: 'silent' } as const;
  buildSync({ ...common, platform: 'node', format: 'cjs', entryPoints: { 'simulation-worker': resolve(__dirname, '../../../src/simulation/worker/entry.ts') }, outdir: assets });
  buildSync({ ...common, platform: 'neutral', format: 'iife', globalName: '__roundoff_runtime__', footer: { js: '__roundoff_runtime__ = __roundoff_runtime__.runtime;' }, entryPoints: { 'simulation-runtime': resolve(__dirname, '../../../src/simulation/runtime/entry.ts') }, outdir: assets });
});

async function attempt(body: string, options: { milliseconds?: number; megabytes?: number; signal?: AbortSignal } = {}): Promise<FormatReport> {
  const file = join(mkdtempSync(join(tmpdir(), 'roundoff-hostile-')), 'hostile.ts');
  writeFileSync(file, `export ${body}`);
  const host: SimulationHost = { ...nodeSimulationHost(assets), ...(options.signal ? { signal: options.signal } : {}) };
  const report = await simulate({ file, functionName: 'f', schemes: [{ id: 'fp16' }], inputs: { kind: 'given', cases: [[2]] }, limits: { milliseconds: options.milliseconds ?? 20_000, megabytes: options.megabytes ?? 256 } }, host);
  return report.formats[0];
}

describe('hostile code is contained', () => {
  it('an endless loop ends at the time limit', async () => {
    expect(await attempt('function f(x: number) { for (;;) x = x * 1; }', { milliseconds: 3000 })).toMatchObject({ status: 'timeout' });
  });
  it('endless microtasks end at the time limit', async () => {
    expect(await attempt('async function f(x: number) { while (true) await x; }', { milliseconds: 3000 })).toMatchObject({ status: 'timeout' });
  });
  it('endless recursion is the user\'s own RangeError, in its own file', async () => {
    expect(await attempt('function f(x: number): number {\n  return f(x + 1) + 1;\n}')).toMatchObject({ status: 'threw', message: expect.stringContaining('Maximum call stack') as string, at: { line: expect.any(Number) as number } });
  });
  it('a huge allocation is stopped by the memory limit, or refused', async () => {
    const report = await attempt('function f(x: number) { const all: number[][] = []; for (let i = 0; i < 1e9; i++) all.push(new Array(100000).fill(x)); return all.length; }', { megabytes: 128 });
    expect(['threw', 'timeout']).toContain(report.status);
  });
  it.each([
    ['the Function constructor', "function f(x: number) { return (f as any).constructor.constructor('return process')().pid; }"],
    ['the global\'s constructor', "function f(x: number) { return (globalThis as any).constructor.constructor('return process')().pid; }"],
    ['the constructor of an error of the engine', "function f(x: number) { try { (null as any).x; } catch (e: any) { return e.constructor.constructor('return process')().pid; } }"],
    ['the constructor of a stack overflow', "function f(x: number): any { const g = (): any => g(); try { g(); } catch (e: any) { return e.constructor.constructor('return process')().pid; } }"],
    ['eval', "function f(x: number) { return eval('process').pid; }"],
    ['require', "function f(x: number) { return (globalThis as any).require('child_process').execSync('id').length; }"],
    ['process', 'function f(x: number) { return (globalThis as any).process.pid; }'],
    ['WebAssembly', 'function f(x: number) { return new (globalThis as any).WebAssembly.Memory({ initial: 1 }).buffer.byteLength; }'],
    ['an async function\'s constructor', "async function f(x: number) { return ((async () => 0) as any).constructor('return process')().then((p: any) => p.pid); }"],
    ['a generator\'s constructor', "function f(x: number) { return (function* () { yield 0; } as any).constructor('yield process')().next().value.pid; }"],
    ['the call sites of a stack trace', "function f(x: number) { (Error as any).prepareStackTrace = (_: unknown, sites: any[]) => sites; const sites = new Error('x').stack as any; for (const s of sites) for (const leak of [s.getFunction?.(), s.getThis?.()]) { if (leak && leak.constructor) { const p = leak.constructor.constructor('return process')(); if (p) return p.pid; } } throw new Error('nothing'); }"],
    ['timers', 'function f(x: number) { return (globalThis as any).setTimeout(() => 0, 0); }'],
    ['shared memory', 'function f(x: number) { return new (globalThis as any).SharedArrayBuffer(8).byteLength; }'],
    ['Atomics', 'function f(x: number) { return (globalThis as any).Atomics.wait(new Int32Array(4), 0, 0); }'],
    ['fetch', "function f(x: number) { return (globalThis as any).fetch('http://localhost/'); }"],
    ['getters of arguments', "function f(x: number) { return (arguments as any).callee.caller.constructor('return process')().pid; }"],
  ])('%s leads nowhere', async (_, body) => {
    expect(await attempt(body)).toMatchObject({ status: 'threw' });
  });
  it('import() at run time is refused with its place', async () => {
    expect(await attempt("async function f(x: number) { return (await import('node:fs')).readdirSync('/').length; }")).toMatchObject({ status: 'unsupported', message: expect.stringMatching(/:1:\d+: import\(\)/) as string });
  });
  it('tampering with prototypes changes the program alone', async () => {
    const report = await attempt('function f(x: number) { Array.prototype.push = function () { throw new Error("no"); } as never; Array.prototype.map = null as never; Object.prototype.toString = () => "x"; (Math as any).sqrt = () => 0; return x * 0.1; }');
    expect(report).toMatchObject({ status: 'ok', results: [0.199951171875] });
  });
  it('an exception of the user comes with its line', async () => {
    expect(await attempt('function f(x: number) {\n  if (x > 1)\n    throw new TypeError("too large");\n  return x;\n}')).toMatchObject({ status: 'threw', message: 'TypeError: too large', at: { line: 3, column: 11 } });
  });
  it('an error of the engine comes with the line and column of what went wrong', async () => {
    expect(await attempt('function f(x: number) {\n  const o = undefined as unknown as { v: number };\n  if (x > 1) return x * 2 + o.v;\n  return x;\n}')).toMatchObject({ status: 'threw', at: { line: 3, column: 29 } });
    expect(await attempt('function f(x: number) {\n  const g = 3 as unknown as () => number;\n  return x + g();\n}')).toMatchObject({ status: 'threw', at: { line: 3, column: 14 } });
    expect(await attempt("function f(x: number) { if (x > 1)   throw new Error('bad'); return x; }")).toMatchObject({ status: 'threw', at: { line: 1, column: 51 } });
  });
  it('a promise that never settles is said to', async () => {
    expect((await attempt('function f(x: number) { return new Promise(() => undefined); }')).message).toContain('never settles');
  });
  it('is cancelled while it runs, long before its time is over', async () => {
    const cancel = new AbortController();
    const order: string[] = [];
    // The timer is armed when the cancel is asked for; it is far longer than any machine needs to end a worker, and far shorter than the run's own limit.
    const late = new Promise<void>(done => {
      setTimeout(() => { order.push('asked'); setTimeout(() => { order.push('late'); done(); }, 20_000).unref(); cancel.abort(); }, 2500);
    });
    const report = await Promise.race([attempt('function f(x: number) { for (;;) x = x * 1; }', { milliseconds: 120_000, signal: cancel.signal }), late]);
    order.push('answered');
    expect(order).toEqual(['asked', 'answered']);
    expect(report).toMatchObject({ status: 'cancelled' });
  });
  it('is cancelled while its modules are still being read', async () => {
    const cancel = new AbortController();
    const modules = 1800;
    let read = 0;
    const host: SimulationHost = {
      assets, signal: cancel.signal, fileExists: path => /^\/m\d+\.ts$/.test(path),
      readFile: path => {
        const i = Number(/^\/m(\d+)\.ts$/.exec(path)?.[1]);
        if (read++ === 0) setImmediate(() => { cancel.abort(); });
        return `${i + 1 < modules ? `import { g as h } from './m${i + 1}';` : 'const h = (x: number) => x;'} export const g = (x: number) => h(x) + ${i}; ${'export type T = [number, string, { a: 1 }];\n'.repeat(40)}`;
      },
    };
    const report = await simulate({ file: '/m0.ts', functionName: 'g', schemes: [{ id: 'fp16' }], inputs: { kind: 'given', cases: [[2]] } }, host);
    expect(report.formats[0].status).toBe('cancelled');
    expect(read).toBeLessThan(modules / 2);
  });
  it('and the next one runs', async () => {
    expect(await attempt('function f(x: number) { return x / 3; }')).toMatchObject({ status: 'ok', results: [0.66650390625] });
  });
});
