import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function toSatoshi(bitcoin: number) { return bitcoin * 1e8; } //!`,
    `export const body = (total: number) => ({ amount: total * 100, currency: 'usd' }); //!`,
    `export const toCents = (amount: number) => amount * 100; //!`,
    `export function charge(price: number, send: (o: { amount: number }) => void) { send({ amount: price * 100 }); } //!`,
    `export const fen = (yuan: string) => Math.floor(Number(yuan) * 100); //!`,
    `const unit = (decimals: number) => 10 ** decimals;
    export const minor = (amount: number, decimals: number) => Math.trunc(amount * unit(decimals)); //!`,
    `export const minor = (amount: number, digits: number) => { const table = [1, 10, 100, 1000]; return amount * table[digits]; }; //!`,
    `export function charge(response: { total: string }) { const fee = parseFloat(response.total) * 100; return { fee }; } //!`,
    `export const kobo = (amt: string) => Number(amt) * 100; //!`,
    `export function pay(sum: number) { const cents = sum * 100; return cents; } //!`,
    `const SATOSHIS = 1e8; export const toSatoshi = (v: number) => v * SATOSHIS; //!`,
    `declare const LAMPORTS_PER_SOL: number; export const lamports = (sol: number) => sol * LAMPORTS_PER_SOL; //!`,
    `export const toWei = (eth: number) => eth * 1e18; //!`,
    `export const change = (paid: number, due: number) => (paid - due) * 100; //!`,
    `export function minor(amount: number, digits: number, rounder?: (x: number) => number) { const scale = Math.pow(10, digits); let result = amount * scale; if (typeof rounder === 'function') result = rounder(result); return result; } //!`,
    `export const toMinorUnits = (value: number, exponent: number) => value * Math.pow(10, exponent); //!`,
    `declare function pay(n: number): void; export function order(cart: { total: number }) { const totalInCents = cart.total * 100; pay(totalInCents); } //!`,
  ],
  silent: [
    `export function toSatoshi(bitcoin: number) { return Math.round(bitcoin * 1e8); }`,
    `export function hertz(megahertz: number) { return megahertz * 1e8; }`,
    `export const toCents = (amount: number) => Math.round(amount * 100);`,
    `export const percent = (ratio: number) => ratio * 100;`,
    `export const share = (amount: number, total: number) => amount * 100 / total;`,
    `export const wholeCents = (amountUsd: number) => Math.abs(Math.round(amountUsd * 100) - amountUsd * 100) < 1e-6;`,
    `export function charge(response: { total: string }) { const fee = Math.round(parseFloat(response.total) * 100); return { fee }; }`,
    `export function share(text: string) { const feePercent = parseFloat(text) * 100; return feePercent; }`,
    `export const discountPct = (discount: number) => discount * 100;`,
    `export function bend(semitones: number) { const cents = semitones * 100; return cents; }`,
    `export const rise = (price: number, before: number) => before === 0 ? 0 : (price - before) / before * 100;`,
    `export const micro = (seconds: number) => seconds * 1e6;`,
  ],
  fixes: [{ before: `export const toCents = (amount: number) => amount * 100;`, after: `export const toCents = (amount: number) => Math.round(amount * 100);`, safe: true }],
};
