import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../../../shared/golden');

/** A golden file as text. The vectors live beside the repository and are not part of it. */
export function golden(path: string): string {
  const file = resolve(root, path);
  if (!existsSync(file)) throw new Error(`Golden vectors are missing: ${file} does not exist. Check out ../shared beside this repository to run the golden tests.`);
  return readFileSync(file, 'utf8');
}

/** Rows of a tab-separated file, as records keyed by its header. */
export function rows(path: string): Record<string, string>[] {
  const [header, ...lines] = golden(path).trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map(line => { const cells = line.split('\t'); return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])); });
}

const view = new DataView(new ArrayBuffer(8));

/** A double from 16 hex digits. */
export function double(hex: string): number {
  view.setBigUint64(0, BigInt('0x' + hex));
  return view.getFloat64(0);
}

/** Concatenated binary32 patterns. */
export function singles(hex: string): Float64Array {
  return Float64Array.from({ length: hex.length / 8 }, (_, i) => { view.setUint32(0, parseInt(hex.slice(8 * i, 8 * i + 8), 16)); return view.getFloat32(0); });
}

export function hexOf(x: number): string {
  view.setFloat64(0, x);
  return x !== x ? 'NaN' : view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** File name of a golden table → format id. */
export function formatId(name: string): string {
  return name.replaceAll('_', '-');
}
