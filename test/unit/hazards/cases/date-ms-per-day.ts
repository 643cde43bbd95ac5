import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const dayLength = 864e5;
    function atMidnight(d: Date) { const copy = new Date(d); copy.setHours(0, 0, 0, 0); return copy; }
    const gap = (a: Date, b: Date) => atMidnight(b).getTime() - atMidnight(a).getTime();
    export const lease = (start: Date, finish: Date) => Math.floor(gap(start, finish) / dayLength); //!`,
    `const lengths: Record<string, number> = { minute: 6e4, day: 864e5 };
    const between = (a: Date, b: Date, unit: string) => Math.floor((+b - +a) / lengths[unit]); //!
    export class Wall { first = new Date(2024, 0, 1); tile(month: number, day: number) { return between(this.first, new Date(2024, month, day), 'day'); } }`,
    `export function daysAgo(then: string) { const today = new Date(); return Math.floor((today.setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / 86400000); } //!`,
    `const words = ['a', 'b'];
    export function wordOfDay() { const first = new Date('January 1, 2022 00:00:00').valueOf(); return words[Math.floor((Date.now() - first) / 86400000) % words.length]; } //!`,
    `const midnight = (t: number) => { const d = new Date(t); return new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime(); };
    export function tally(times: number[], first: number, counts: number[]) { for (const t of times) { const day = (midnight(t) - first) / 864e5; if (day >= 0) counts[day] += 1; } } //!`,
    `export const days = (a: Date, b: Date) => Math.floor((b.getTime() - a.getTime()) / 864e5); //!`,
    `const MS_PER_DAY = 1000 * 60 * 60 * 24;
    export function between(a: Date, b: Date) { return Math.ceil((b.valueOf() - a.valueOf()) / MS_PER_DAY); } //!`,
    `const dayMs = 864e5;
    export const puzzle = (words: string[]) => {
      const first = new Date(2022, 0).valueOf();
      const index = Math.floor((Date.now() - first) / dayMs); //!
      return words[index % words.length];
    };`,
    `export function week(year: number, date: Date, first: number) {
      const start = new Date(year, 0, 1);
      return Math.ceil(((+date - +start) / (60 * 60 * 24 * 1000) + start.getDay() + 1 - first) / 7); //!
    }`,
    `export const days = (from: Date, to: Date) => Math.floor((to.getTime() / 1000 - from.getTime() / 1000) / 86400); //!`,
    `export const days = (a: Date, b: Date) => Math.ceil(Math.abs(b.getTime() - a.getTime()) / (1000 * 3600 * 24)); //!`,
    `export const nights = (arrival: Date, departure: Date) => (departure.getTime() - arrival.getTime()) / 864e5; //!`,
    `export const addDays = (date: Date, n: number) => new Date(date.getTime() + n * 24 * 60 * 60 * 1000); //!`,
    `export function eachDay(first: Date, last: Date) { const all: Date[] = []; for (let t = first.getTime(); t <= last.getTime(); t += 864e5) all.push(new Date(t)); return all; } //!`,
    `export const consecutive = (a: Date, b: Date) => b.setHours(0, 0, 0, 0) - a.setHours(0, 0, 0, 0) === 864e5; //!`,
    `export const weeks = (a: Date, b: Date) => Math.floor((b.getTime() - a.getTime()) / (7 * 24 * 3600 * 1000)); //!`,
    `export function list(start: Date, end: Date) { const days: Date[] = []; for (let t = start.getTime(); t <= end.getTime(); t += 864e5) days.push(new Date(t)); return days; } //!`,
    `export function difference(a: Date, b: Date, unit: string) {
      const ms = b.getTime() - a.getTime();
      let divisor = 1;
      switch (unit) { case 'hours': divisor = 36e5; break; case 'days': divisor = 864e5; break; }
      return Math.floor(ms / divisor); //!
    }`,
    `const MS_A_DAY = 864e5;
    export function diff(a: Date, b: Date, unit: string) {
      const ms = Number(b) - Number(a);
      const all: Record<string, number> = { week: ms / 6048e5, //!
        day: ms / MS_A_DAY, //!
        hour: ms / 36e5 };
      return all[unit];
    }`,
    `export const offset = (a: Date, b: Date) => ~~((b.getTime() - a.getTime()) / 86400000); //!`,
    `export const startOfWeek = (d: Date) => new Date(d.getTime() - d.getDay() * 864e5); //!`,
  ],
  silent: [
    `const lengths: Record<string, number> = { minute: 6e4, day: 864e5 };
    export const since = (a: number, b: number, unit: string) => Math.floor((b - a) / lengths[unit]);`,
    `export const since = () => Math.floor((Date.now() - new Date('2022-01-01').valueOf()) / 864e5);`,
    `export const sinceUtc = () => Math.floor((Date.now() - new Date('2022-01-01T00:00:00Z').valueOf()) / 864e5);`,
    `export const days = (a: Date, b: Date) => Math.round((b.getTime() - a.getTime()) / 864e5);`,
    `export const days = (a: Date, b: Date) => Math.floor((Date.UTC(b.getFullYear(), b.getMonth(), b.getDate()) - Date.UTC(a.getFullYear(), a.getMonth(), a.getDate())) / 864e5);`,
    `export const uptimeDays = (start: number) => Math.floor((Date.now() - start) / 864e5);`,
    `export const days = (ms: number) => Math.floor(ms / 864e5);`,
    `const dayMs = 864e5;
    export const puzzle = () => Math.floor((Date.now() - Date.UTC(2022, 0)) / dayMs);`,
    `export const days = (seconds: number, since: number) => Math.floor((seconds - since) / 86400);`,
    `export const expires = (days: number) => new Date(Date.now() + days * 864e5).toUTCString();`,
    `export const addDays = (date: Date, n: number) => { const next = new Date(date); next.setUTCDate(next.getUTCDate() + n); return next; };`,
    `export const days = (a: Date, b: Date) => Math.round((b.getTime() - a.getTime()) / 864e5);`,
    `export function samples(start: number, end: number) { const at: number[] = []; for (let t = start; t <= end; t += 864e5) at.push(t); return at; }`,
  ],
  fixes: [{ before: `export const days = (a: Date, b: Date) => Math.floor((b.getTime() - a.getTime()) / 864e5);`, after: `export const days = (a: Date, b: Date) => Math.round((b.getTime() - a.getTime()) / 864e5);`, safe: false }],
};
