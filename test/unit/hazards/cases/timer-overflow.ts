import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `import { setTimeout } from 'node:timers/promises'; export async function again(text: string) { const waitSeconds = Number(JSON.parse(text).timeoutSeconds); if (waitSeconds > 0) await setTimeout(waitSeconds * 1000); } //!`,
    `const sleep = (ms: number) => new Promise(done => setTimeout(done, ms)); //!
    export class Feed {
      tries = 0;
      get pause() { return 500 * 2 ** this.tries; }
      async follow(open: () => Promise<void>) { for (;;) { await open(); await sleep(this.pause); this.tries++; } }
    }`,
    `export class Idle {
      private left?: number;
      private idleTimeout?: number;
      constructor(config: { idleTimeout?: number }) { this.idleTimeout = config.idleTimeout; }
      again(end: () => void) { if (this.idleTimeout) setTimeout(end, this.idleTimeout * 1000); } //!
    }`,
    `export const createDelay = (resolves: boolean) => (ms: number, value?: unknown) => new Promise((resolve, reject) => setTimeout(resolves ? resolve : reject, ms, value)); //!`,
    `export async function ask(url: string, options: { timeout: number }, fetch: (u: string, s: AbortSignal) => Promise<unknown>) {
      const gone = new AbortController();
      setTimeout(() => gone.abort(), options.timeout); //!
      return fetch(url, gone.signal);
    }`,
    `Runner.prototype.arm = function () { const ms = this.timeout() || 1e6; this.timer = setTimeout(() => this.stop(), ms); }; //!`,
    `export class Link { retry = { wait: 0, base: 100, retries: 0 };
      again(connect: () => void) { this.retry.wait = this.retry.base * Math.pow(10, this.retry.retries); setTimeout(connect, this.retry.wait); } //!
    }`,
    `export function keep(forget: () => void, maxTime: number) { return setTimeout(forget, maxTime); } //!`,
    `export function plan(fire: () => void, next: Date, other?: Date) {
      const now = Date.now();
      let wait = next.getTime() - now;
      if (wait < 1000) wait = other ? other.getTime() - now : 1000;
      return setTimeout(fire, wait); //!
    }`,
    `export class Queue { delay = 100; retry(send: () => void) { this.delay *= 2; setTimeout(send, this.delay); } } //!`,
    `export function at(date: Date, f: () => void) { return setTimeout(f, date.getTime() - Date.now()); } //!`,
    `export function retry(attempt: number, f: () => void) { setTimeout(f, 1000 * Math.pow(2, attempt)); } //!`,
    `export function wake(date: number, f: () => void) {
      const delay = date - Date.now();
      setTimeout(f, delay); //!
    }`,
    `export function remind(items: { due: number }[]) {
      const now = Date.now();
      const slack = 2000;
      items.forEach(item => {
        if (item.due - now > 0) setTimeout(() => ring(item), item.due - now + slack); //!
      });
    }
    declare function ring(item: object): void;`,
    `export function opening(date: Date, open: () => void) {
      const left = date.getTime() - Date.now();
      if (left <= 0) { open(); return; }
      setTimeout(open, left); //!
    }`,
    `export class Session { private margin = 30; start(token: { expiresIn: number }, renew: () => void) { setTimeout(renew, Math.max(1, token.expiresIn - this.margin) * 1000); } } //!`,
    `export class Socket { private attempt = 0; constructor(private options: { least: number; factor: number }) {} again(open: () => void) {
      const wait = this.options.least * Math.pow(this.options.factor, this.attempt++);
      setTimeout(open, wait); //!
    } }`,
    `export function put(cache: Map<string, object>, key: string, value: object, time: number) {
      const entry = { value, expires: time + Date.now() };
      setTimeout(() => cache.delete(key), time); //!
      cache.set(key, entry);
    }`,
    `export function renew(token: { exp: number }, f: () => void) { const ms = token.exp * 1000 - Date.now() - 60000; setTimeout(f, ms); } //!`,
    `export function plan(when: Date, f: () => void) {
      setTimeout(
        () => { f(); },
        when.getTime() - Date.now(), //!
      );
    }`,
    `export class Login { private timer?: unknown; onExpired = () => {}; arm(token: { exp: number }, skew: number) {
      const left = (token.exp - new Date().getTime() / 1000 + skew) * 1000;
      if (left <= 0) this.onExpired();
      else this.timer = setTimeout(this.onExpired, left); //!
    } }`,
    `export function setupRefreshTimer(refreshInSeconds: number, refresh: () => void) {
      const ms = Math.round(refreshInSeconds * 0.9) * 1000;
      return setTimeout(() => refresh(), ms); //!
    }`,
    `export const ban = (lift: () => void, days: number) => setTimeout(lift, days * 24 * 60 * 60 * 1000); //!`,
    `export const idle = () => setTimeout(() => {}, Infinity); //!`,
    `declare function parseDuration(text: string): number; export const mute = (end: () => void, text: string) => setTimeout(end, parseDuration(text)); //!`,
    `export class Retry { private tries = 0; constructor(private first: number, private factor: number) {}
      get pause() { return this.first * Math.pow(this.factor, this.tries); }
      again(f: () => void) { setTimeout(f, this.pause); } } //!`,
    `export class Retry { private n = 0; constructor(private first: number, private factor: number) {}
      next() { return this.first * Math.pow(this.factor, this.n++); }
      again(f: () => void) { setTimeout(f, this.next()); } } //!`,
    `const sleep = (ms: number) => new Promise(done => setTimeout(done, ms));
    export async function insist(f: () => Promise<void>) {
      let round = 0;
      for (;;) {
        try { return await f(); } catch { await sleep(2 ** round++ * 100); } //!
      }
    }`,
    `const defaults = { step: 1000, longest: Infinity };
    export const slow = (hits: number, f: () => void, o = defaults) => setTimeout(f, Math.min(hits * o.step, o.longest)); //!`,
    `declare function moment(x?: unknown): { diff(o: unknown): number }; export const publish = (date: string, f: () => void) => setTimeout(f, moment(date).diff(moment())); //!`,
    `export const logOut = (expiresIn: string, f: () => void) => setTimeout(f, parseInt(expiresIn, 10) * 1000); //!`,
    `export class Link { attempts = 0; open() {} close() { setTimeout(() => this.open(), Math.exp(this.attempts) * 100); this.attempts++; } } //!`,
    `export class Link { pause = 0; open() {} close() { this.pause = this.pause ? this.pause * 2 : 1000; setTimeout(() => this.open(), this.pause); } } //!`,
    `export function insist(f: () => Promise<void>, delay: number): Promise<void> { return f().catch(() => new Promise<void>(done => setTimeout(done, delay)).then(() => insist(f, delay * 2))); } //!`,
    `export function lock(user: { unlock(): void }, hours: number) { setTimeout(() => user.unlock(), hours * 3600 * 1000); } //!`,
    `export function ban(unban: () => void, minutes: number) { setTimeout(unban, minutes * 60 * 1000); } //!`,
    `export function backoff(n: number) { return new Promise(done => setTimeout(done, Math.exp(n) * 100)); } //!`,
    `export function every(text: string, f: () => void) {
      let period = Number(text);
      if (isNaN(period)) return;
      period *= 1000;
      if (period < 50) period = 50;
      setInterval(f, period); //!
    }`,
    `declare const DateTime: { fromISO(x: string): { diffNow(): { toMillis(): number } } }; export const at = (t: string, f: () => void) => setTimeout(f, DateTime.fromISO(t).diffNow().toMillis()); //!`,
    `import { timer } from 'rxjs'; export const at = (t: string) => timer(new Date(t).getTime() - Date.now()); //!`,
    `export class Poll { delay = 0; tick() {} next() { this.delay = this.delay ? Math.round(this.delay * 1.5) : 1000; setTimeout(() => this.tick(), this.delay); } } //!`,
    `export async function again(res: Response) { const after = parseInt(res.headers.get('retry-after') ?? '1', 10) * 1000; await new Promise(done => setTimeout(done, after)); } //!`,
    `const span = { day: 864e5, week: 6048e5 };
    export class Rotation { private wait: number; constructor(n: number, unit: keyof typeof span) { this.wait = n * span[unit]; } arm(f: () => void) { return setTimeout(f, this.wait); } } //!`,
    `export function remind(moment: any, event: { date: number }, ring: () => void) { const left = event.date - Date.now(); setTimeout(ring, moment(left).subtract(1, 'hour').valueOf()); } //!`,
  ],
  silent: [
    `import { setTimeout } from 'node:timers/promises'; export async function again(text: string) { const waitSeconds = Math.min(60, Number(JSON.parse(text).timeoutSeconds)); if (waitSeconds > 0) await setTimeout(waitSeconds * 1000); }`,
    `import { setTimeout } from 'node:timers/promises'; export const pause = () => setTimeout(5000);`,
    `const sleep = (ms: number) => new Promise(done => setTimeout(done, ms));
    export class Feed {
      tries = 0;
      get pause() { return Math.min(30000, 500 * 2 ** this.tries); }
      async follow(open: () => Promise<void>) { for (;;) { await open(); await sleep(this.pause); this.tries++; } }
    }`,
    `export function remind(moment: any, ring: () => void) { setTimeout(ring, moment(60000).add(1, 'second').valueOf()); }`,
    `export const sleep = (ms: number) => new Promise(done => setTimeout(done, ms));`,
    `export function withTimeout<T>(p: Promise<T>, ms: number) { return Promise.race([p, new Promise<never>((_, no) => setTimeout(() => no(new Error('late')), ms))]); }`,
    `export function debounce(f: () => void, delay: number) { let id: ReturnType<typeof setTimeout>; return () => { clearTimeout(id); id = setTimeout(f, delay); }; }`,
    `function pause(ms: number) { return new Promise(done => setTimeout(done, ms)); }
     export async function twice(f: () => void) { await pause(100); f(); await pause(2000); f(); }`,
    `import * as BigTime from 'big-time';
     export function keep(drop: () => void, ttl: number) { return BigTime.setTimeout(drop, ttl); }`,
    `export function within(ms: number, fail: () => void) { const wait = Math.min(ms, 2 ** 31 - 1); return setTimeout(fail, wait); }`,
    `export function showToast(hide: () => void, duration: number) { setTimeout(hide, duration); }`,
    `export function scheduleNext(look: () => void, pollingInterval: number) { return setTimeout(look, pollingInterval); }`,
    `export class Queue { delay = 100; retry(send: () => void) { this.delay = Math.min(this.delay * 2, 30000); setTimeout(send, this.delay); } }`,
    `export const later = (f: () => void) => setTimeout(f, 1000);`,
    `export function at(date: Date, f: () => void) { return setTimeout(f, Math.min(date.getTime() - Date.now(), 2 ** 31 - 1)); }`,
    `export function retry(attempt: number, f: () => void) { setTimeout(f, Math.min(30000, 1000 * 2 ** attempt)); }`,
    `export function left(start: number, f: () => void) { setTimeout(f, start + 200 - Date.now()); }`,
    `export function opening(date: Date, open: () => void) {
      const left = date.getTime() - Date.now();
      if (left > 864e5) return;
      setTimeout(open, left);
    }`,
    `export function debounce(f: () => void, wait: number) { let t: ReturnType<typeof setTimeout>; return () => { clearTimeout(t); t = setTimeout(f, wait); }; }`,
    `export function poll(timeout: number, f: () => void) { const deadline = Date.now() + timeout; setTimeout(f, timeout); return deadline; }`,
    `export function midnight(f: () => void) { const now = new Date(); const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1); setTimeout(f, next.getTime() - now.getTime()); }`,
    `export const day = (f: () => void) => setTimeout(f, 24 * 60 * 60 * 1000);`,
    `const sleep = (ms: number) => new Promise(done => setTimeout(done, ms)); export async function thrice(f: () => Promise<void>) { for (let i = 0; i < 3; i++) { try { return await f(); } catch { await sleep(2 ** i * 1000); } } }`,
    `export class Retry { private tries = 0; get pause() { return Math.min(30000, 100 * 2 ** this.tries); } again(f: () => void) { setTimeout(f, this.pause); } }`,
    `const defaults = { step: 1000, longest: 60000 }; export const slow = (hits: number, f: () => void, o = defaults) => setTimeout(f, Math.min(hits * o.step, o.longest));`,
    `export function insist(f: () => Promise<void>, delay: number): Promise<void> { return f().catch(e => { if (delay > 30000) throw e; return new Promise<void>(done => setTimeout(done, delay)).then(() => insist(f, delay * 2)); }); }`,
    `export function midnight(f: () => void) { const t = new Date(); t.setHours(24, 0, 0, 0); setTimeout(f, t.getTime() - Date.now()); }`,
    `export function every(text: string, f: () => void) { let period = Number(text); if (period < 50) period = 50; if (period > 6e4) period = 6e4; setInterval(f, period); }`,
    `const BACKUP_HOURS = 6; export const backUp = (f: () => void) => setInterval(f, BACKUP_HOURS * 3600 * 1000);`,
    `export function daily(f: () => void) { const next = new Date(); next.setDate(next.getDate() + 1); next.setHours(0, 0, 0, 0); setTimeout(f, next.getTime() - Date.now()); }`,
    `const unit = { second: 1e3, minute: 6e4 }; export class Poll { private wait: number; constructor(n: number, u: keyof typeof unit) { this.wait = n * unit[u]; } arm(f: () => void) { return setInterval(f, this.wait); } }`,
  ],
  fixes: [{ before: `export const at = (date: Date, f: () => void) => setTimeout(f, date.getTime() - Date.now());`, after: `export const at = (date: Date, f: () => void) => setTimeout(f, Math.min(date.getTime() - Date.now(), 2 ** 31 - 1));`, safe: false }],
};
