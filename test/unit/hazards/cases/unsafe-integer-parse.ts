import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function parse(value: string) { if (/^-?\\d+$/.test(value)) return Number(value); return value; } //!`,
    `export const user = (row: { snowflake: string }) => Number(row.snowflake); //!`,
    `export function decode(int64: string) { return parseInt(int64, 10); } //!`,
  ],
  silent: [
    `export function parse(value: string) { if (/^\\d{1,15}$/.test(value)) return Number(value); return value; }`,
    `export function parse(value: string) { const n = Number(value); return Number.isSafeInteger(n) ? n : value; }`,
    `export const port = (text: string) => Number(text);`,
  ],
};
