// Correct code by its shape alone: ratios that are guarded, steps that are whole, distances, easings, layouts. Nothing here may be reported.
export function kdSplit(left: number, right: number) { return (left + right) >> 1; }
export function bsearch(xs: number[], v: number) { let lo = 0, hi = xs.length; while (lo < hi) { const m = Math.floor((lo + hi) / 2); if (xs[m] < v) lo = m + 1; else hi = m; } return lo; }
export function scaleLinear(d0: number, d1: number, r0: number, r1: number) { const k = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0); return (x: number) => r0 + (x - d0) * k; }
export function ewma(xs: number[], a: number) { let v = xs[0]; for (const x of xs) v = a * x + (1 - a) * v; return v; }
export function damp(a: number, b: number, l: number, dt: number) { return lerp(a, b, 1 - Math.exp(-l * dt)); }
declare function lerp(a: number, b: number, t: number): number;
export function simplify(pts: { x: number; y: number }[], tol: number) { const sq = tol * tol; let prev = pts[0]; const out = [prev]; for (const p of pts) { const dx = p.x - prev.x, dy = p.y - prev.y; if (dx * dx + dy * dy > sq) { out.push(p); prev = p; } } return out; }
export function slerpT(cosom: number, t: number) { let s0, s1; if (1 - cosom > 1e-6) { const om = Math.acos(cosom), so = Math.sin(om); s0 = Math.sin((1 - t) * om) / so; s1 = Math.sin(t * om) / so; } else { s0 = 1 - t; s1 = t; } return [s0, s1]; }
export function hsl(h: number, s: number, l: number) { const c = (1 - Math.abs(2 * l - 1)) * s; const x = c * (1 - Math.abs((h / 60) % 2 - 1)); return [c, x]; }
export function rgbToHsl(r: number, g: number, b: number) { const max = Math.max(r, g, b), min = Math.min(r, g, b); let h = 0, s = 0; const l = (max + min) / 2; if (max !== min) { const d = max - min; s = l > 0.5 ? d / (2 - max - min) : d / (max + min); h = max === r ? (g - b) / d + (g < b ? 6 : 0) : max === g ? (b - r) / d + 2 : (r - g) / d + 4; h /= 6; } return [h, s, l]; }
export function hsvS(max: number, min: number) { return max === 0 ? 0 : (max - min) / max; }
export function cmyk(r: number, g: number, b: number) { const k = 1 - Math.max(r, g, b); if (k === 1) return [0, 0, 0, 1]; return [(1 - r - k) / (1 - k), (1 - g - k) / (1 - k), (1 - b - k) / (1 - k), k]; }
export function contrast(l1: number, l2: number) { return (Math.max(l1, l2) + 0.05) / (Math.min(l1, l2) + 0.05); }
export function srgb(c: number) { return c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055; }
export function gauss(sigma: number, r: number) { const k: number[] = []; let s = 0; for (let i = -r; i <= r; i++) { const v = Math.exp(-(i * i) / (2 * sigma * sigma)); k.push(v); s += v; } return k.map(v => v / s); }
export function hann(n: number) { const w = new Float32Array(n); for (let i = 0; i < n; i++) w[i] = 0.5 * (1 - Math.cos(2 * Math.PI * i / (n - 1))); return w; }
export function mercY(lat: number) { return Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)); }
export function tileX(lon: number, z: number) { return Math.floor((lon + 180) / 360 * 2 ** z); }
export function clampDot(a: number[], b: number[]) { const d = a[0] * b[0] + a[1] * b[1]; return d >= 1 ? 0 : d <= -1 ? Math.PI : Math.acos(d); }
export function det(m: number[]) { return m[0] * m[3] - m[1] * m[2]; }
export function invert(out: number[], a: number[]) { let d = a[0] * a[3] - a[2] * a[1]; if (!d) return null; d = 1 / d; out[0] = a[3] * d; return out; }
export function winding(ps: [number, number][], x: number, y: number) { let inside = false; for (let i = 0, j = ps.length - 1; i < ps.length; j = i++) { const [xi, yi] = ps[i], [xj, yj] = ps[j]; if ((yi > y) !== (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside; } return inside; }
export function bezierLen(p: number[], n = 100) { let l = 0, px = p[0]; for (let i = 1; i <= n; i++) { const t = i / n; const x = (1 - t) ** 3 * p[0] + 3 * (1 - t) ** 2 * t * p[1] + 3 * (1 - t) * t * t * p[2] + t ** 3 * p[3]; l += Math.abs(x - px); px = x; } return l; }
export function newton(f: (x: number) => number, d: (x: number) => number, x: number) { for (let i = 0; i < 20; i++) { const s = d(x); if (Math.abs(s) < 1e-12) break; x -= f(x) / s; } return x; }
export function bisect(f: (x: number) => number, a: number, b: number) { while (b - a > 1e-9) { const m = (a + b) / 2; if (f(m) > 0) b = m; else a = m; } return a; }
export function logGamma(z: number) { let x = 0.99999999999980993; const c = [676.5203681218851, -1259.1392167224028]; for (let i = 0; i < c.length; i++) x += c[i] / (z + i + 1); const t = z + c.length - 0.5; return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(x); }
export function binomial(n: number, k: number) { let r = 1; for (let i = 1; i <= k; i++) r = r * (n - k + i) / i; return r; }
export function poissonLog(k: number, l: number) { return Math.exp(k * Math.log(l) - l - logGamma(k + 1)); }
export function pid(e: number, s: { i: number; prev: number }, dt: number) { s.i += e * dt; const d = (e - s.prev) / dt; s.prev = e; return e + s.i + d; }
export function stepSim(w: { t: number; acc: number }, dt: number) { w.acc += dt; while (w.acc >= 1 / 60) { w.acc -= 1 / 60; } }
export function runs(xs: string[]) { const c: Record<string, number> = {}; for (const x of xs) c[x] = (c[x] || 0) + 1; return c; }
export function maxSize(xs: { size: number }[]) { let m = 0; for (const x of xs) if (x.size > m) m = x.size; return m; }
export function perPage(n: number, size: number) { return Math.max(1, Math.ceil(n / size)); }
export function barWidth(n: number, total: number) { return total > 0 ? `${n / total * 100}%` : '0%'; }
export function pctSafe(a: number, b: number) { return Math.round(a / Math.max(b, 1) * 100); }
export function progress(done: number, steps: 10 | 20) { return done / steps; }
export function normSafe(x: number, y: number) { const l = Math.hypot(x, y); if (l < 1e-9) return [0, 0]; return [x / l, y / l]; }
export function cosSafe(a: number[], b: number[]) { let d = 0, p = 0, q = 0; for (let i = 0; i < a.length; i++) { d += a[i] * b[i]; p += a[i] ** 2; q += b[i] ** 2; } const n = Math.sqrt(p * q); return n === 0 ? 0 : d / n; }
export function rangeSafe(xs: number[]) { let lo = Infinity, hi = -Infinity; for (const x of xs) { if (x < lo) lo = x; if (x > hi) hi = x; } const r = hi - lo || 1; return xs.map(x => (x - lo) / r); }
export function speedSafe(d: number, t0: number) { const t = Date.now() - t0; return t > 0 ? d / t : 0; }
export function aspect(w: number, h: number) { return w / h; }
export function dpi(css: number, device: number) { return device / css; }
export function columnsOf(w: number, min: number) { return Math.max(1, Math.floor(w / min)); }
export function hz(period: number) { return 1 / period; }
export function resist(v: number, i: number) { return v / i; }
export function halfWidth(el: { offsetWidth: number }) { return el.offsetWidth / 2; }
export function logistic(x: number) { return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)); }
export function softplus(x: number) { return x > 30 ? x : Math.log1p(Math.exp(x)); }
export function mix(a: number, b: number, t: number) { return t < 1 ? a + (b - a) * t : b; }
export function smallSpread(v: number[]) { return v.length > 1000 ? 0 : Math.max(...v); }
export function rgbMax(rgb: [number, number, number]) { return Math.max(...rgb); }
export function last5(v: number[]) { return Math.max(...v.slice(-5)); }
export function lowpass(dt: number, rc: number) { const a = dt / (rc + dt); return a; }
export function mod2pi(a: number) { while (a < 0) a += 2 * Math.PI; while (a >= 2 * Math.PI) a -= 2 * Math.PI; return a; }
export function easeElastic(t: number) { return t === 0 || t === 1 ? t : Math.pow(2, -10 * t) * Math.sin((t * 10 - 0.75) * (2 * Math.PI) / 3) + 1; }
export function stars(avg: number) { return Math.round(avg * 2) / 2; }
export function fitRect(w: number, h: number, bw: number, bh: number) { const s = Math.min(bw / w, bh / h); return [w * s, h * s]; }
export function perItem(total: number, items: string[]) { if (items.length < 1) return []; return items.map(() => total / items.length); }
export function gridPos(i: number, cols: number) { return { x: i % cols, y: Math.floor(i / cols) }; }
export function wrap(t: number, len: number) { return t - Math.floor(t / len) * len; }
export function quantize(v: number, levels: number) { return Math.round(v * (levels - 1)) / (levels - 1); }
export function hexRow(y: number, size: number) { return Math.floor(y / (size * 1.5)); }
export function rowsFor(start: number, end: number, size: number) { const out: number[] = []; for (let i = start; i <= end; i += size) out.push(i); return out; }
export function everyNth(min: number, max: number, step: number) { step = Math.round(step); const r: number[] = []; for (let i = min; i < max; i += step) r.push(i); return r; }
export function bytesRange(from: number, to: number, chunkSize: number) { const r: [number, number][] = []; for (let o = from; o <= to; o += chunkSize) r.push([o, Math.min(o + chunkSize, to)]); return r; }
export function yearTicks(first: number, last: number) { const r: number[] = []; for (let y = first; y <= last; y += 10) r.push(y); return r; }
export function dates(start: number, end: number) { const day = 86400000; const r: number[] = []; for (let t = start; t <= end; t += day) r.push(t); return r; }
export class Camera { zoom = 1; toWorld(x: number, cx: number) { return (x - cx) / this.zoom; } }
export class Body { mass = 1; vx = 0; apply(fx: number, dt: number) { this.vx += fx / this.mass * dt; } }
export class Spring { v = 0; x = 0; step(k: number, c: number, dt: number) { const a = -k * this.x - c * this.v; this.v += a * dt; this.x += this.v * dt; } }
export function mean3(a: number, b: number, c: number) { return (a + b + c) / 3; }
export function luminance(r: number, g: number, b: number) { return 0.2126 * r + 0.7152 * g + 0.0722 * b; }
export function gamma(v: number) { return Math.pow(v / 255, 2.2); }
export function blur(k: number) { const w: number[] = []; let t = 0; for (let i = -k; i <= k; i++) { const g = Math.exp(-i * i / (2 * k)); w.push(g); t += g; } for (let i = 0; i < w.length; i++) w[i] /= t; return w; }
export function hist(xs: number[], n: number) { const lo = Math.min(...xs.slice(0, 4)), hi = Math.max(...xs.slice(0, 4)); if (hi === lo) return [xs.length]; const w = (hi - lo) / n; const h: number[] = new Array(n).fill(0); for (const x of xs) h[Math.min(n - 1, Math.floor((x - lo) / w))]++; return h; }
export function scaleBand(n: number, r0: number, r1: number, pad: number) { const step = (r1 - r0) / Math.max(1, n - pad + pad * 2); return (i: number) => r0 + step * (i + pad); }
export function dampedAngle(a: number, b: number) { let d = (b - a) % (2 * Math.PI); if (d < -Math.PI) d += 2 * Math.PI; return d; }
export function ndc(x: number, w: number) { return x / w * 2 - 1; }
export function fov(h: number, d: number) { return 2 * Math.atan(h / (2 * d)) * 180 / Math.PI; }
export function mph(kmh: number) { return kmh / 1.609344; }
export function taxOf(gross: number, rate: number) { return gross - gross / (1 + rate); }
export function rsiSafe(gain: number, loss: number) { if (loss === 0) return 100; return 100 - 100 / (1 + gain / loss); }
export function winPct(w: number, l: number) { const g = w + l; return g === 0 ? 0 : w / g; }
export function f1(p: number, r: number) { return p + r > 0 ? 2 * p * r / (p + r) : 0; }
export function precision(tp: number, fp: number) { const d = tp + fp; if (!d) return 0; return tp / d; }
export function iou(a: number[], b: number[]) { const iw = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])), ih = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1])); const i = iw * ih; const u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i; return u > 0 ? i / u : 0; }
export function batch<T>(xs: T[], n: number) { const out: T[][] = []; for (let i = 0; i < xs.length; i += n) out.push(xs.slice(i, i + n)); return out; }
export function retry(i: number) { return Math.min(1000 * 2 ** i, 30000); }
export function digitsOf(n: number) { let d = 0; while (n >= 1) { n /= 10; d++; } return d; }
export function gcd(a: number, b: number): number { return b === 0 ? a : gcd(b, a % b); }
export function lcm(a: number, b: number) { return a / gcd(a, b) * b; }
export function triangular(n: number) { return n * (n + 1) / 2; }
export function polyEval(c: number[], x: number) { return c.reduceRight((s, a) => s * x + a, 0); }
export function trapz(y: number[], h: number) { let s = 0; for (let i = 1; i < y.length; i++) s += (y[i] + y[i - 1]) / 2 * h; return s; }
export function dotp(a: number[], b: number[]) { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] * b[i]; return s; }
export function cross3(a: number[], b: number[]) { return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]; }
export function reflect(v: { x: number; y: number }, n: { x: number; y: number }) { const d = 2 * (v.x * n.x + v.y * n.y); return { x: v.x - d * n.x, y: v.y - d * n.y }; }
export function complexMul(a: [number, number], b: [number, number]) { return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]; }
export function complexDiv(a: { re: number; im: number }, b: { re: number; im: number }) { const d = b.re * b.re + b.im * b.im; if (d === 0) throw new RangeError('zero'); return { re: (a.re * b.re + a.im * b.im) / d, im: (a.im * b.re - a.re * b.im) / d }; }
export function accumulateInt(hist: Uint32Array, data: Uint8Array) { for (let i = 0; i < data.length; i++) hist[data[i]]++; }
export function vertexNormals(idx: Uint16Array, n: Float32Array, fx: number) { for (let i = 0; i < idx.length; i++) { n[idx[i] * 3] += fx; } }
