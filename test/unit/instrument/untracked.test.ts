import { describe, expect, it } from 'vitest';
import { run } from '../simulation/context';

/** Numbers that come back from where shadows do not go, counted. */
function lost(body: string, mode: 'record' | 'statistics'): { count: number; error: number } {
  const outcome = run(`export function f(x: number, xs: number[]) { ${body} }`, 'f', 'fp16', [0.1, [0.3, 0.7, 2]], mode);
  if (outcome.status !== 'ok') throw new Error(outcome.message);
  return { count: outcome.run!.untracked.reduce((n, [, k]) => n + k, 0), error: Number(outcome.run!.output.value) - Number(outcome.run!.output.reference) };
}

describe.each(['record', 'statistics'] as const)('untracked numbers, %s', mode => {
  it.each([
    ['const y = x * 3; return parseFloat(y.toFixed(4)) + 1;', 1],
    ['const y = x * 3; return Number(`${y}`) * 2;', 1],
    ['const y = x * 3; return +("" + y);', 1],
    ['const y = x * 3; return (String(y) as never) * 2;', 1],
    ['const y = x * 3; return parseFloat(y.toFixed(0)) + Number.parseFloat(`${y}`);', 2],
    ['const ys = xs.map(v => v * x); return ys.join(",").split(",").map(Number).reduce((a, b) => a + b);', 3],
    ['const ys = xs.map(v => v * x); return `${ys}`.split(",").map(parseFloat).reduce((a, b) => a + b);', 3],
    ['const o = { a: x * 3, n: 2 }; return JSON.parse(JSON.stringify(o)).a + x;', 1],
    ['const t = `${x * 3}`; return t.length + x;', 0],
    ['const seen: number[] = []; const p = new Proxy([0, 0], { set(t, k, v: number) { seen.push(v); return Reflect.set(t, k, v); } }); p[1] = x * 3; return seen[0];', 1],
    ['const p = new Proxy({ a: 0 }, { set(t, k, v: number) { t.a = v; return true; } }); p.a = 1.5; return p.a + x;', 0],
    ['return parseFloat("1.5") * x + Number("2") + +"0.25";', 0],
    ['const name = `v${xs.length}`; return parseInt(name.slice(1), 10) * x;', 0],
  ])('%s', (body, count) => { expect(lost(body, mode).count).toBe(count); });
});

describe.each(['record', 'statistics'] as const)('shadows through a proxy, %s', mode => {
  it.each([
    'const p = new Proxy({ a: x * 3 }, {}); return p.a;',
    'const p = new Proxy({} as { a: number }, {}); p.a = x * 3; return p.a;',
    'const o = { a: 0 }; const p = new Proxy(o, {}); p.a = x * 3; return o.a;',
    'const p = new Proxy([x * 3], {}); return p[0];',
    'const p = new Proxy({ a: x * 3 }, { get: (o, k) => o[k as "a"] }); return p.a;',
    'const p = new Proxy({ a: 0 }, { set: (o, k, v) => { o[k as "a"] = v; return true; }, get: (o, k, r) => Reflect.get(o, k, r) }); p.a = x * 3; return p.a;',
    'const o = { a: 0 }; const p = new Proxy(o, { set(t, k, v) { t[k as "a"] = v; return true; } }); p.a = x * 3; return o.a;',
    'const seen: number[] = []; const p = new Proxy({ a: 0 }, { set(t, k, v: number) { seen.push(v * 2); return Reflect.set(t, k, v); } }); const y = x * 3; p.a = y; return seen[0];',
    'const o = { a: 0 }; const p = new Proxy(o, Object.freeze({ set(t: typeof o, k: string, v: number) { t[k as "a"] = v; return true; } })); p.a = x * 3; return o.a;',
    'const { proxy } = Proxy.revocable({ a: x * 3 }, {}); return proxy.a;',
  ])('%s', body => {
    const { count, error } = lost(body, mode);
    expect(count).toBe(0);
    expect(error).not.toBe(0);
  });
  it('traps mean what they mean in the language', () => {
    const outcome = run('export function f(x: number) { const seen: string[] = []; const p: any = new Proxy({ a: 1.5 }, { has: (o, k) => { seen.push(String(k)); return k in o; }, deleteProperty: () => true, ownKeys: () => ["q"] }); return ["a" in p, "b" in p, delete p.a, p.a, Reflect.ownKeys(p).length, seen.join()]; }', 'f', 'fp64', [1], mode === 'statistics' ? 'statistics-wide' : mode);
    expect(outcome).toMatchObject({ status: 'ok', result: [true, false, true, 1.5, 1, 'a,b'] });
  });
});
