import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Pool { private energy = 0;
      start(hosts: Worker[]) { for (const host of hosts) { host.onmessage = e => this.take(e.data); host.postMessage('go'); } }
      private take({ energy }: { energy: number }) { this.energy += energy; } } //!`,
    `export async function total(urls: string[], load: (u: string) => Promise<number>) {
      let sum = 0;
      await Promise.all(urls.map(async url => {
        sum += await load(url); //!
      }));
      return sum;
    }`,
    `export function reduce(worker: { onmessage: (e: { data: { partial: number } }) => void }) {
      let total = 0;
      worker.onmessage = e => { total += e.data.partial; }; //!
      return () => total;
    }`,
    `export async function multiply(run: (from: number) => Promise<Float32Array>, parts: number, size: number) {
      const total = new Float32Array(size);
      const pending: Promise<void>[] = [];
      for (let s = 0; s < parts; s++) {
        pending.push(run(s).then(part => {
          for (let i = 0; i < size; i++) total[i] += part[i]; //!
        }));
      }
      await Promise.all(pending);
      return total;
    }`,
    `export async function sum(jobs: Promise<{ id: number; value: number }>[]) { const pending = new Map(jobs.map((j, i) => [i, j] as const)); let total = 0; while (pending.size) { const { id, value } = await Promise.race(pending.values()); pending.delete(id); total += value; } return total; } //!`,
    `declare function completionOrder<T>(ps: Promise<T>[]): AsyncIterable<T>;
    export async function sum(parts: Promise<{ loss: number }>[]) { let total = 0; for await (const { loss } of completionOrder(parts)) total += loss; return total; } //!`,
    `export function start(pool: any[]) { let energy = 0; for (const w of pool) w.once('message', (m: any) => { energy += m.energy; }); return () => energy; } //!`,
    `declare function priceOf(x: string): Promise<number>;
    async function pool(xs: string[], n: number, work: (x: string) => Promise<void>) { let next = 0; await Promise.all(Array.from({ length: n }, async () => { while (next < xs.length) await work(xs[next++]); })); }
    export async function spent(xs: string[]) { let usd = 0; await pool(xs, 4, async x => { usd += await priceOf(x); }); return usd; } //!`,
    `declare function priceOf(x: string): Promise<number>;
    export async function spent(queue: string[]) { let usd = 0;
      async function worker() { while (queue.length > 0) { const price = await priceOf(queue.pop()!); usd += price; } } //!
      await Promise.all([worker(), worker()].concat([1, 2].map(() => worker()))); return usd; }`,
    `declare const limit: any; declare function priceOf(x: string): Promise<number>;
    export async function spent(xs: string[]) { let usd = 0; await Promise.all(xs.map(x => limit(async () => { usd += await priceOf(x); }))); return usd; } //!`,
    `declare function priceOf(x: string): Promise<number>;
    export class Meter { spent = 0; async charge(x: string) { this.spent += await priceOf(x); } //!
      async all(xs: string[]) { const jobs = []; for (const x of xs) jobs.push(this.charge(x)); await Promise.all(jobs); } }`,
    `addEventListener('message', e => { const totals = new Float64Array(e.data.buffer); const locks = new Int32Array(e.data.locks); let part = 0; for (let i = 0; i < e.data.n; i++) part += Math.sin(i); Atomics.wait(locks, 0, 1); totals[0] += part; Atomics.notify(locks, 0); }); //!`,
    `declare function load(file: string, done: (error: Error | null, r: { elapsed: number }) => void): void;
    export function time(files: string[]) { let seconds = 0; for (const f of files) load(f, (error, r) => { seconds += r.elapsed; }); return () => seconds; } //!`,
  ],
  silent: [
    `export class One { private energy = 0; start(host: Worker) { host.onmessage = e => this.take(e.data); } private take({ energy }: { energy: number }) { this.energy += energy; } }`,
    `export async function total(parts: Promise<number>[]) { const values = await Promise.all(parts); let s = 0; for (const v of values) s += v; return s; }`,
    `export async function count(urls: string[], load: (u: string) => Promise<unknown>) { let n = 0; await Promise.all(urls.map(async u => { await load(u); n += 1; })); return n; }`,
    `export async function sum(stream: AsyncIterable<number>) { let t = 0; for await (const x of stream) t += x; return t; }`,
    `export async function sum(parts: Promise<{ rows: number }>[], asCompleted: any) { let rows = 0; for await (const p of asCompleted(parts)) rows += p.rows; return rows; }`,
    `declare function priceOf(x: string): Promise<number>;
    async function each(xs: string[], f: (x: string) => Promise<void>) { for (const x of xs) await f(x); }
    export async function spent(xs: string[]) { let usd = 0; await each(xs, async x => { usd += await priceOf(x); }); return usd; }`,
    `declare function priceOf(x: string): Promise<number>;
    export async function spent(xs: string[]) { let usd = 0; const add = async (x: string) => { usd += await priceOf(x); }; for (const x of xs) await add(x); return usd; }`,
    `declare function priceOf(x: string): Promise<number>;
    export const each = (xs: string[]) => Promise.all(xs.map(async x => { let usd = 0; const add = async (y: string) => { usd += await priceOf(y); }; await add(x); await add(x + 'b'); return usd; }));`,
    `declare function priceOf(x: string): Promise<number>;
    export async function spent(xs: string[]) { let usd = 0; await xs.reduce((p, x) => p.then(async () => { usd += await priceOf(x); }), Promise.resolve()); return usd; }`,
    `declare const pMap: any; declare function update(x: string): Promise<number>;
    export async function run(xs: string[]) { let updated = 0; await pMap(xs, async (x: string) => { updated += await update(x); }); return updated; }`,
    `declare function load(file: string, done: (error: Error | null, r: { elapsed: number }) => void): void;
    export function time(file: string) { let seconds = 0; load(file, (error, r) => { seconds += r.elapsed; }); return () => seconds; }`,
    `declare function priceOf(x: string): Promise<number>; declare function withTimeout<T>(p: Promise<T>): Promise<T>;
    export async function spent(xs: string[]) { let usd = 0; const add = async (x: string) => { usd += await priceOf(x); }; for (const x of xs) await withTimeout(add(x)); return usd; }`,
    `export function weight(batches: { errors: { weight: number }[] }[]) { let total = 0; for (const b of batches) b.errors.forEach((error, i) => { total += error.weight; }); return total; }`,
  ],
};
