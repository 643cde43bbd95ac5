export interface Point { readonly x: number; readonly y: number }

export function distance(a: Point, b: Point): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}

export function normalize(out: Float32Array, a: Float32Array): Float32Array {
  const length = a[0] * a[0] + a[1] * a[1] + a[2] * a[2];
  const scale = length > 0 ? 1 / Math.sqrt(length) : 0;
  out[0] = a[0] * scale;
  out[1] = a[1] * scale;
  out[2] = a[2] * scale;
  return out;
}

export function cross(a: Point, b: Point): number {
  return a.x * b.y - a.y * b.x;
}

export function angleBetween(a: readonly number[], b: readonly number[]): number {
  const dot = a[0] * b[0] + a[1] * b[1];
  const lengths = Math.sqrt((a[0] * a[0] + a[1] * a[1]) * (b[0] * b[0] + b[1] * b[1]));
  if (lengths === 0) return 0;
  return Math.acos(Math.min(1, Math.max(-1, dot / lengths)));
}

export function slerpWeights(cosom: number, t: number): [number, number] {
  if (1 - cosom > 0.000001) {
    const omega = Math.acos(Math.max(-1, Math.min(1, cosom)));
    const sinom = Math.sin(omega);
    return [Math.sin((1 - t) * omega) / sinom, Math.sin(t * omega) / sinom];
  }
  return [1 - t, t];
}

export function haversine(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const rad = Math.PI / 180;
  const s1 = Math.sin(((lat2 - lat1) * rad) / 2);
  const s2 = Math.sin(((lon2 - lon1) * rad) / 2);
  const h = s1 * s1 + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * s2 * s2;
  return 2 * 6371e3 * Math.asin(Math.min(1, Math.sqrt(h)));
}

export function rotation(x: number, y: number, z: number, angle: number): number[] {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const t = 1 - c;
  return [t * x * x + c, t * x * y - s * z, t * x * z + s * y, t * x * y + s * z, t * y * y + c, t * y * z - s * x, t * x * z - s * y, t * y * z + s * x, t * z * z + c];
}

export function intersect(a: Point, b: Point, c: Point, d: Point): Point | null {
  const denominator = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (denominator === 0) return null;
  const t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / denominator;
  return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
}

export function localArea(ring: readonly Point[]): number {
  if (ring.length < 3) return 0;
  const { x: ox, y: oy } = ring[0];
  let twice = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const ax = ring[i].x - ox;
    const ay = ring[i].y - oy;
    const bx = ring[i + 1].x - ox;
    const by = ring[i + 1].y - oy;
    twice += ax * by - ay * bx;
  }
  return twice / 2;
}

export function bounds(points: readonly Point[]): { minX: number; maxX: number } {
  let minX = Infinity;
  let maxX = -Infinity;
  for (const p of points) {
    if (p.x < minX) minX = p.x;
    if (p.x > maxX) maxX = p.x;
  }
  return { minX, maxX };
}

export function pointInPolygon(p: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i];
    const b = ring[j];
    if ((a.y > p.y) !== (b.y > p.y) && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

export function multiply(out: Float32Array, a: Float32Array, b: Float32Array): Float32Array {
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[i * 4 + k] * b[k * 4 + j];
      out[i * 4 + j] = sum;
    }
  }
  return out;
}

export function bezier(p0: number, p1: number, p2: number, t: number): number {
  const u = 1 - t;
  return u * u * p0 + 2 * u * t * p1 + t * t * p2;
}

export function toLab(r: number, g: number, b: number): [number, number, number] {
  const f = (t: number): number => t > 0.008856451679035631 ? Math.cbrt(t) : t * 7.787037037037037 + 16 / 116;
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  return [116 * y - 16, 500 * (f(0.4124 * r + 0.3576 * g + 0.1805 * b) - y), 200 * (y - f(0.0193 * r + 0.1192 * g + 0.9505 * b))];
}

export function linearToSrgb(c: number): number {
  return c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055;
}

export function hueToRgb(h: number, s: number, l: number): number[] {
  const a = s * Math.min(l, 1 - l);
  const f = (n: number): number => {
    const k = (n + h / 30) % 12;
    return l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [f(0), f(8), f(4)];
}

export function roots(a: number, b: number, c: number): number[] {
  if (a === 0) return b === 0 ? [] : [-c / b];
  const d = b * b - 4 * a * c;
  if (d < 0) return [];
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(d));
  return q === 0 ? [0, 0] : [q / a, c / q];
}

export function hann(n: number): Float64Array {
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) w[i] = 0.5 * (1 - Math.cos((2 * Math.PI * i) / (n - 1)));
  return w;
}

export function gaussianRandom(): number {
  let u = 0;
  while (u === 0) u = Math.random();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * Math.random());
}

export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

export function shannon(counts: readonly number[], total: number): number {
  let bits = 0;
  for (const count of counts) {
    if (count === 0) continue;
    const p = count / total;
    bits -= p * Math.log2(p);
  }
  return bits;
}

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

export function factorial(n: number): number {
  let r = 1;
  for (let i = 2; i <= n; i++) r *= i;
  return r;
}

export function fibonacci(n: number): number {
  let a = 0;
  let b = 1;
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}

export function newtonSqrt(x: number): number {
  let guess = x / 2;
  for (let i = 0; i < 50; i++) {
    const next = 0.5 * (guess + x / guess);
    if (Math.abs(next - guess) <= 1e-15 * Math.abs(next)) return next;
    guess = next;
  }
  return guess;
}
