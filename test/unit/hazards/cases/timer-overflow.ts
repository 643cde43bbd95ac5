import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Queue { delay = 100; retry(send: () => void) { this.delay *= 2; setTimeout(send, this.delay); } } //!`,
    `export function at(date: Date, f: () => void) { return setTimeout(f, date.getTime() - Date.now()); } //!`,
    `export function retry(attempt: number, f: () => void) { setTimeout(f, 1000 * Math.pow(2, attempt)); } //!`,
    `export function wake(date: number, f: () => void) {
      const delay = date - Date.now();
      setTimeout(f, delay); //!
    }`,
  ],
  silent: [
    `export class Queue { delay = 100; retry(send: () => void) { this.delay = Math.min(this.delay * 2, 30000); setTimeout(send, this.delay); } }`,
    `export const later = (f: () => void) => setTimeout(f, 1000);`,
    `export function at(date: Date, f: () => void) { return setTimeout(f, Math.min(date.getTime() - Date.now(), 2 ** 31 - 1)); }`,
    `export function retry(attempt: number, f: () => void) { setTimeout(f, Math.min(30000, 1000 * 2 ** attempt)); }`,
    `export function left(start: number, f: () => void) { setTimeout(f, start + 200 - Date.now()); }`,
  ],
};
