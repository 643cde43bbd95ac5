import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const cut = (x: number) => parseInt(x as unknown as string); //!`.replace(' as unknown as string', ''),
    `export const half = (a: any, b: any) => parseInt(a / b); //!`,
    `export const cut = (x: number) => parseInt(x * 0.5, 10); //!`.replace('x * 0.5', 'x * 0.5'),
    `export const place = (max: number, left: number, inRange: (a: number, b: number, x: number) => number) => { const x = left + 0.5 * max; return parseInt(inRange(0, max - x, x) as never); }; //!`,
    `export function whole(n: unknown) { return typeof n === 'number' ? parseInt(n as never, 10) : 0; } //!`,
  ],
  silent: [
    `export const whole = (share: number, parts: number) => parseInt(Math.round(share / parts) as unknown as string, 10);`,
    `export const read = (text: string) => parseInt(text, 10);`,
    `export const hex = (text: string) => parseInt(text, 16);`,
    `export const style = (e: { style: { width: string } }) => parseInt(e.style.width, 10);`,
    `export const any = (v: any) => parseInt(v, 10);`,
    `export function whole(n: unknown) { return typeof n === 'string' ? parseInt(n, 10) : 0; }`,
  ],
  fixes: [{ before: `export const half = (a: any, b: any) => parseInt(a / b, 10);`, after: `export const half = (a: any, b: any) => Math.trunc(a / b);`, safe: true }],
};
