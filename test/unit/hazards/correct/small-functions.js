export class LRU { constructor(max) { this.max = max; this.map = new Map(); this.hits = 0; this.misses = 0; } get hitRate() { const total = this.hits + this.misses; return total === 0 ? 0 : this.hits / total; } }
export class Ema { constructor(a) { this.a = a; this.v = null; } push(x) { this.v = this.v === null ? x : this.v + this.a * (x - this.v); return this.v; } }
export function fps() { let last = performance.now(), frames = 0; return now => { frames++; if (now - last >= 1000) { const f = frames * 1000 / (now - last); frames = 0; last = now; return f; } }; }
export function invLerp(a, b, v) { return (v - a) / (b - a); }
export function map(v, a, b, c, d) { return c + (v - a) * (d - c) / (b - a); }
export function clamp01(x) { return x < 0 ? 0 : x > 1 ? 1 : x; }
export function smoothstep(e0, e1, x) { const t = Math.max(0, Math.min(1, (x - e0) / (e1 - e0))); return t * t * (3 - 2 * t); }
export function hsl(h, s, l) { const c = (1 - Math.abs(2 * l - 1)) * s; const x = c * (1 - Math.abs(h / 60 % 2 - 1)); return [c, x]; }
export function rgbToHsv(r, g, b) { const max = Math.max(r, g, b), min = Math.min(r, g, b), d = max - min; let h = 0; if (d !== 0) { if (max === r) h = ((g - b) / d) % 6; else if (max === g) h = (b - r) / d + 2; else h = (r - g) / d + 4; } const s = max === 0 ? 0 : d / max; return [h * 60, s, max]; }
export function rgbInt(r, g, b) { return (r << 16) | (g << 8) | b; }
export function argb(a, r, g, b) { return ((a << 24) | (r << 16) | (g << 8) | b) >>> 0; }
export function crc(buf) { let c = -1; for (let i = 0; i < buf.length; i++) c = T[(c ^ buf[i]) & 0xff] ^ (c >>> 8); return (c ^ -1) >>> 0; }
export function adler(buf) { let a = 1, b = 0; for (const x of buf) { a = (a + x) % 65521; b = (b + a) % 65521; } return ((b << 16) | a) >>> 0; }
export function djb(s) { let h = 5381; for (let i = 0; i < s.length; i++) h = ((h << 5) + h + s.charCodeAt(i)) | 0; return h >>> 0; }
export function mulberry(a) { return function () { a |= 0; a = a + 0x6D2B79F5 | 0; var t = Math.imul(a ^ a >>> 15, 1 | a); t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t; return ((t ^ t >>> 14) >>> 0) / 4294967296; }; }
export function pages(total, size) { return Math.ceil(total / size); }
export function pageSlice(items, page, size) { const start = (page - 1) * size; return items.slice(start, start + size); }
export function bisect(a, x) { let lo = 0, hi = a.length; while (lo < hi) { const mid = (lo + hi) >>> 1; if (a[mid] < x) lo = mid + 1; else hi = mid; } return lo; }
export function daysInMonth(y, m) { return new Date(y, m + 1, 0).getDate(); }
export function addDays(d, n) { const r = new Date(d); r.setDate(r.getDate() + n); return r; }
export function formatDuration(ms) { const s = Math.floor(ms / 1000), m = Math.floor(s / 60); return `${m}:${String(s % 60).padStart(2, '0')}`; }
export function timeAgo(ts) { const s = Math.floor((Date.now() - ts) / 1000); if (s < 60) return 'now'; if (s < 3600) return Math.floor(s / 60) + 'm'; if (s < 86400) return Math.floor(s / 3600) + 'h'; return Math.floor(s / 86400) + 'd'; }
export function bytes(n) { if (n === 0) return '0 B'; const u = ['B', 'KB', 'MB']; let i = 0; while (n >= 1024 && i < u.length - 1) { n /= 1024; i++; } return n.toFixed(1) + u[i]; }
export function dist(a, b) { return Math.hypot(a.x - b.x, a.y - b.y); }
export function normalize(v) { const l = Math.hypot(v.x, v.y); return l > 0 ? { x: v.x / l, y: v.y / l } : { x: 0, y: 0 }; }
export function angle(a, b) { return Math.atan2(b.y - a.y, b.x - a.x); }
export function rotate(p, t) { const c = Math.cos(t), s = Math.sin(t); return { x: p.x * c - p.y * s, y: p.x * s + p.y * c }; }
export function bezier(p0, p1, p2, p3, t) { const m = 1 - t; return m * m * m * p0 + 3 * m * m * t * p1 + 3 * m * t * t * p2 + t * t * t * p3; }
export function inCircle(p, c, r) { const dx = p.x - c.x, dy = p.y - c.y; return dx * dx + dy * dy <= r * r; }
export function area(w, h) { return w * h; }
export function softmax(xs) { const m = xs.reduce((a, b) => Math.max(a, b), -Infinity); const e = xs.map(x => Math.exp(x - m)); const s = e.reduce((a, b) => a + b, 0); return e.map(x => x / s); }
export function sigmoid(x) { return 1 / (1 + Math.exp(-x)); }
export function relu(x) { return Math.max(0, x); }
export function argmax(xs) { let k = 0; for (let i = 1; i < xs.length; i++) if (xs[i] > xs[k]) k = i; return k; }
export function median(xs) { const s = [...xs].sort((a, b) => a - b); const m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2; }
export function quantile(s, q) { const p = (s.length - 1) * q, b = Math.floor(p), r = p - b; return s[b + 1] !== undefined ? s[b] + r * (s[b + 1] - s[b]) : s[b]; }
export function welford(xs) { let n = 0, m = 0, M2 = 0; for (const x of xs) { n++; const d = x - m; m += d / n; M2 += d * (x - m); } return n > 1 ? M2 / (n - 1) : 0; }
export function shuffle(a) { for (let i = a.length - 1; i > 0; i--) { const j = (Math.random() * (i + 1)) | 0; [a[i], a[j]] = [a[j], a[i]]; } return a; }
export function uuid() { return 'xxxxxxxx'.replace(/x/g, () => (Math.random() * 16 | 0).toString(16)); }
export function id() { return Math.random().toString(36).slice(2, 9); }
export function sample(a) { return a[Math.floor(Math.random() * a.length)]; }
export function gaussian(mu, s) { const u = 1 - Math.random(), v = Math.random(); return mu + s * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v); }
export function jitter(base) { return base * (0.5 + Math.random()); }
export function wait(ms) { return new Promise(r => setTimeout(r, ms)); }
export async function retry(fn, n = 3) { for (let i = 0; ; i++) { try { return await fn(); } catch (e) { if (i >= n) throw e; await wait(2 ** i * 100); } } }
export function debounce(fn, ms) { let t = 0; return (...a) => { clearTimeout(t); t = setTimeout(() => fn(...a), ms); }; }
export function cents(p) { return Math.round(p * 100); }
export function gcd(a, b) { while (b) [a, b] = [b, a % b]; return a; }
export function isPrime(n) { for (let i = 2; i * i <= n; i++) if (n % i === 0) return false; return n > 1; }
export function fib(n) { let a = 0, b = 1; for (let i = 0; i < n; i++) [a, b] = [b, a + b]; return a; }
export function powmod(b, e, m) { let r = 1n; b %= m; while (e > 0n) { if (e & 1n) r = r * b % m; b = b * b % m; e >>= 1n; } return r; }
export function popcount(x) { x -= (x >>> 1) & 0x55555555; x = (x & 0x33333333) + ((x >>> 2) & 0x33333333); return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24; }
export function toInt32(b, o) { return b[o] | b[o + 1] << 8 | b[o + 2] << 16 | b[o + 3] << 24; }
export function setBit(words, i) { words[i >> 5] |= 1 << (i & 31); }
export function hasFlag(v, f) { return (v & f) === f; }
export const Flags = { A: 1 << 0, B: 1 << 1, C: 1 << 2 };
export function zigzag(n) { return (n << 1) ^ (n >> 31); }
export function utf8len(s) { let n = 0; for (let i = 0; i < s.length; i++) { const c = s.charCodeAt(i); n += c < 0x80 ? 1 : c < 0x800 ? 2 : 3; } return n; }
export function base64(b) { let o = ''; for (let i = 0; i < b.length; i += 3) { const n = b[i] << 16 | b[i + 1] << 8 | b[i + 2]; o += C[n >> 18 & 63] + C[n >> 12 & 63] + C[n >> 6 & 63] + C[n & 63]; } return o; }
export function pcm(f) { const o = new Int16Array(f.length); for (let i = 0; i < f.length; i++) { const s = Math.max(-1, Math.min(1, f[i])); o[i] = s < 0 ? s * 0x8000 : s * 0x7fff; } return o; }
export function rms(xs) { let s = 0; for (const x of xs) s += x * x; return Math.sqrt(s / xs.length); }
export function db(x) { return 20 * Math.log10(Math.max(x, 1e-10)); }
export function hann(n) { return Float32Array.from({ length: n }, (_, i) => 0.5 * (1 - Math.cos(2 * Math.PI * i / (n - 1)))); }
export function normalizeWave(a) { let m = 0; for (const x of a) m = Math.max(m, Math.abs(x)); if (m === 0) return a; return a.map(x => x / m); }
export function scrollPct(el) { const max = el.scrollHeight - el.clientHeight; return max > 0 ? el.scrollTop / max : 0; }
export function progress(cur, total) { if (!total) return 0; return Math.min(100, Math.round(cur / total * 100)); }
export function gridIndex(x, y, cell) { return Math.floor(x / cell) + ',' + Math.floor(y / cell); }
export function easeOutExpo(t) { return t === 1 ? 1 : 1 - Math.pow(2, -10 * t); }
export function easeInOutCubic(t) { return t < 0.5 ? 4 * t * t * t : 1 - Math.pow(-2 * t + 2, 3) / 2; }
export function spring(t) { return 1 - Math.exp(-6 * t) * Math.cos(12 * t); }
export function damp(a, b, lambda, dt) { return a + (b - a) * (1 - Math.exp(-lambda * dt)); }
export function mercatorY(lat) { const s = Math.sin(lat * Math.PI / 180); return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI); }
export function haversine(a, b) { const dLat = b.lat - a.lat, dLon = b.lon - a.lon; const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat) * Math.cos(b.lat) * Math.sin(dLon / 2) ** 2; return 2 * 6371 * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h)); }
export function solveQuadratic(a, b, c) { const d = b * b - 4 * a * c; if (d < 0 || a === 0) return []; const q = -0.5 * (b + Math.sign(b || 1) * Math.sqrt(d)); return [q / a, c / q]; }
export function compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }
export function sortBy(xs, f) { return [...xs].sort((a, b) => compare(f(a), f(b))); }
export function dedupe(xs) { return [...new Set(xs)].sort((a, b) => a - b); }
export function sum(xs) { let s = 0, c = 0; for (const x of xs) { const y = x - c, t = s + y; c = t - s - y; s = t; } return s; }
export function matmul(a, b, n) { const o = new Float64Array(n * n); for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { let s = 0; for (let k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j]; o[i * n + j] = s; } return o; }
export function det3(m) { return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]); }
export function timeline(start, end, now) { const span = end - start; return span <= 0 ? 1 : Math.min(1, Math.max(0, (now - start) / span)); }
export function nextTick(interval) { return interval - (Date.now() % interval); }
export function tokenBucket(rate, cap) { let t = cap, last = Date.now(); return () => { const now = Date.now(); t = Math.min(cap, t + (now - last) / 1000 * rate); last = now; if (t >= 1) { t -= 1; return true; } return false; }; }
export function parsePort(s) { const n = Number(s); return Number.isInteger(n) && n > 0 && n < 65536 ? n : null; }
export function safeId(s) { const n = Number(s); if (!Number.isSafeInteger(n)) throw new Error('bad'); return n; }
export function hexColor(h) { const n = parseInt(h.slice(1), 16); return [n >> 16 & 255, n >> 8 & 255, n & 255]; }
export function luminance(r, g, b) { return 0.2126 * r + 0.7152 * g + 0.0722 * b; }
export function toLinear(c) { return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); }
export function knn(ps, q, k) { return ps.map(p => [dist(p, q), p]).sort((a, b) => a[0] - b[0]).slice(0, k); }
export function minmax(xs) { let lo = Infinity, hi = -Infinity; for (const x of xs) { if (x < lo) lo = x; if (x > hi) hi = x; } return hi > lo ? xs.map(x => (x - lo) / (hi - lo)) : xs.map(() => 0); }
export function histogram(xs, bins, lo, hi) { const h = new Uint32Array(bins); for (const x of xs) { const i = Math.min(bins - 1, Math.floor((x - lo) / (hi - lo) * bins)); h[i]++; } return h; }
export function cooldown(ms) { let last = -Infinity; return () => { const now = Date.now(); if (now - last < ms) return false; last = now; return true; }; }
export function setExpiry(days) { const d = new Date(); d.setTime(d.getTime() + days * 864e5); return d; }
export function weekStart(d) { const r = new Date(d); r.setDate(r.getDate() - r.getDay()); r.setHours(0, 0, 0, 0); return r; }
export function ctr(clicks, views) { return views > 0 ? clicks / views : 0; }
export function speed(bytes, ms) { return ms > 0 ? bytes / (ms / 1000) : 0; }
export function voteShare(c) { const t = c.yes + c.no; return t ? { yes: c.yes / t, no: c.no / t } : { yes: 0, no: 0 }; }
export function cosine(a, b) { let d = 0, x = 0, y = 0; for (let i = 0; i < a.length; i++) { d += a[i] * b[i]; x += a[i] * a[i]; y += b[i] * b[i]; } const n = Math.sqrt(x * y); return n === 0 ? 0 : d / n; }
