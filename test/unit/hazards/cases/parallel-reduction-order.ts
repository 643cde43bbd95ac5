import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
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
  ],
  silent: [
    `export async function total(parts: Promise<number>[]) { const values = await Promise.all(parts); let s = 0; for (const v of values) s += v; return s; }`,
    `export async function count(urls: string[], load: (u: string) => Promise<unknown>) { let n = 0; await Promise.all(urls.map(async u => { await load(u); n += 1; })); return n; }`,
    `export async function sum(stream: AsyncIterable<number>) { let t = 0; for await (const x of stream) t += x; return t; }`,
    `export async function sum(parts: Promise<{ rows: number }>[], asCompleted: any) { let rows = 0; for await (const p of asCompleted(parts)) rows += p.rows; return rows; }`,
  ],
};
