import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function readNumbers(text: any) { if (!isNaN(text)) { text = text % 1 === 0 ? parseInt(text, 10) : parseFloat(text); } return text; } //!`,
    `declare function isNumber(x: any): boolean;
    export function coerce(value: any) { if (isNumber(value)) { value = Number(value); } return value; } //!`,
    `export function parseParameter(value: string) { if (!isNaN(Number(value))) { return Number(value); } return value === 'true'; } //!`,
    `export function payload(part: any) { const value = !isNaN(part) ? parseFloat(part) : part; return value; } //!`,
    `export function parse(value: string) { if (/^-?\\d+$/.test(value)) return Number(value); return value; } //!`,
    `export const user = (row: { snowflake: string }) => Number(row.snowflake); //!`,
    `export function decode(int64: string) { return parseInt(int64, 10); } //!`,
    `declare const z: any;
    export const id = z.string().regex(/^\\d+$/).transform((s: string) => Number(s)); //!`,
    `export const wei = (text: string) => text ? BigInt(Number(text)) : 0n; //!`,
    `export const typed = (v: string) => { const n = Number(v); return !isNaN(n) ? n : v; }; //!`,
    `export const plain = (nodeId: number | bigint) => typeof nodeId === 'bigint' ? Number(nodeId) : nodeId; //!`,
  ],
  silent: [
    `export function parse(value: string) { if (/^\\d{1,15}$/.test(value)) return Number(value); return value; }`,
    `export function parse(value: string) { const n = Number(value); return Number.isSafeInteger(n) ? n : value; }`,
    `export const port = (text: string) => Number(text);`,
    `declare const z: any;
    export const id = z.string().regex(/^\\d+$/).refine((s: string) => Number.isSafeInteger(Number(s))).transform((s: string) => Number(s));`,
    `export const wei = (text: string) => BigInt(text);`,
    `export const small = (p: string) => /^\\d+$/.test(p) && Number(p) <= 12;`,
    `export const share = (part: bigint, whole: bigint) => Number(part) / Number(whole);`,
  ],
  fixes: [{ before: `export const wei = (text: string) => BigInt(Number(text));`, after: `export const wei = (text: string) => BigInt(text);`, safe: false }],
};
