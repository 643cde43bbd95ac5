export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

export function pageOf<T>(items: readonly T[], page: number, perPage: number): T[] {
  const start = (page - 1) * perPage;
  return items.slice(start, start + perPage);
}

export const easeInOutCubic = (t: number): number => t < 0.5 ? 4 * t * t * t : 1 - Math.pow(-2 * t + 2, 3) / 2;
export const easeOutExpo = (t: number): number => t === 1 ? 1 : 1 - Math.pow(2, -10 * t);
export const easeInExpo = (x: number): number => x === 0 ? 0 : Math.pow(2, 10 * x - 10);
export const easeInSine = (t: number): number => 1 - Math.cos((t * Math.PI) / 2);
export const easeInCirc = (t: number): number => 1 - Math.sqrt(Math.max(0, 1 - Math.pow(t, 2)));
export function easeOutElastic(x: number): number {
  const c4 = (2 * Math.PI) / 3;
  return x === 0 ? 0 : x === 1 ? 1 : Math.pow(2, -10 * x) * Math.sin((x * 10 - 0.75) * c4) + 1;
}

export function damp(current: number, target: number, lambda: number, dt: number): number {
  return mix(current, target, 1 - Math.exp(-lambda * dt));
}
function mix(a: number, b: number, t: number): number { return a * (1 - t) + b * t; }

export function percentLabel(done: number, total: number): string {
  if (total === 0) return '0 %';
  return `${Math.round(done / total * 100)} %`;
}

export function fpsLabel(frames: number, seconds: number): string {
  const fps = seconds > 0 ? frames / seconds : 0;
  return `${Math.round(fps * 10) / 10} fps`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function centre(container: { width: number; height: number }, box: { width: number; height: number }): { left: number; top: number } {
  return { left: Math.round((container.width - box.width) / 2), top: Math.floor((container.height - box.height) / 2) };
}

export function columns(width: number, minimum: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (minimum + gap)));
}

export function clamp(x: number, lo: number, hi: number): number {
  return Math.min(hi, Math.max(lo, x));
}

export function widest(rows: readonly { readonly width: number }[]): number {
  let maxWidth = 0;
  for (const row of rows) maxWidth = Math.max(maxWidth, row.width);
  return maxWidth;
}

export function longestLine(text: string): number {
  let max = 0;
  for (const line of text.split('\n')) if (line.length > max) max = line.length;
  return max;
}

export function daysBetweenUtc(a: Date, b: Date): number {
  const from = Date.UTC(a.getFullYear(), a.getMonth(), a.getDate());
  const to = Date.UTC(b.getFullYear(), b.getMonth(), b.getDate());
  return Math.floor((to - from) / 86_400_000);
}

export function timeAgo(then: number): string {
  const seconds = Math.floor((Date.now() - then) / 1000);
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(year, month + 1, 0).getDate();
}

export function clock(totalSeconds: number): string {
  const minutes = Math.floor(totalSeconds / 60);
  const seconds = Math.floor(totalSeconds % 60);
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

export function retryDelay(attempt: number): number {
  return Math.min(30_000, 500 * 2 ** attempt);
}

export function retry(run: () => void, attempt: number): void {
  setTimeout(run, Math.min(60_000, 1000 * Math.pow(2, attempt)));
}

export function debounce(f: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => { clearTimeout(timer); timer = setTimeout(f, ms); };
}

export function toCents(amount: number): number {
  return Math.round(amount * 100);
}

export function addTax(cents: number, basisPoints: number): number {
  return cents + Math.round((cents * basisPoints) / 10_000);
}

export function digitsOf(n: number): number {
  return n === 0 ? 1 : Math.floor(Math.log10(Math.abs(n))) + 1;
}

export function zebra(index: number): string {
  return index % 2 === 0 ? 'even' : 'odd';
}

export function devicePixels(css: number, ratio: number): number {
  return Math.round(css * ratio) / ratio;
}

export function snapToGrid(x: number, grid: number): number {
  return Math.round(x / grid) * grid;
}

export function byLength(a: string, b: string): number {
  return a.length - b.length;
}

export function sortNumbers(xs: number[]): number[] {
  return [...xs].sort((a, b) => a - b);
}

export function median(xs: number[]): number {
  if (xs.length === 0) return NaN;
  const sorted = [...xs].sort((a, b) => a - b);
  const mid = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 0 ? (sorted[mid - 1] + sorted[mid]) / 2 : sorted[mid];
}

export function scale(domain: [number, number], range: [number, number]): (x: number) => number {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  if (d0 === d1) return () => r0;
  return x => r0 + ((x - d0) / (d1 - d0)) * (r1 - r0);
}

export function romanNumeral(n: number): string {
  const table: [number, string][] = [[10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
  let rest = n;
  let out = '';
  for (const [value, text] of table) while (rest >= value) { out += text; rest -= value; }
  return out;
}
