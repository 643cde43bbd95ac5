export class FpsMeter { tick(now) { const dt = now - this.last; this.last = now; this.fps = dt > 0 ? 1000 / dt : 0; } }
export function measure(fn, runs) { const t0 = performance.now(); for (let i = 0; i < runs; i++) fn(); return (performance.now() - t0) / runs; }
export function velocity(samples) { const a = samples[0], b = samples[samples.length - 1]; const dt = b.t - a.t; return dt === 0 ? 0 : (b.x - a.x) / dt; }
export function unit(v) { const n = Math.hypot(...v.slice(0, 3)); return n === 0 ? v : v.map(x => x / n); }
export function normalizeAngle(a) { return a - 2 * Math.PI * Math.floor((a + Math.PI) / (2 * Math.PI)); }
export function normalizePath(p) { return p.replace(/\/+/g, '/'); }
export function normalizeWheel(e) { const px = e.deltaY * (e.deltaMode === 1 ? 40 : 1); return px / 120; }
export function getFlags(el) { return parseInt(el.getAttribute('data-flags'), 16) & 0xff; }
export function rowIndex(el) { return (parseInt(el.getAttribute('data-row'), 10) - 1) * 2; }
export function toggle(state, bit) { return state ^ (1 << bit); }
export function hasRole(user, role) { return (user.roles & Roles[role]) !== 0; }
export const Roles = { admin: 1, editor: 2, viewer: 4 };
export function layers(mask) { const out = []; for (let i = 0; i < 32; i++) if (mask & (1 << i)) out.push(i); return out; }
export function powers(n) { const out = []; for (let i = 0; i < n; i++) out.push(2 ** i); return out; }
export function addDaysUtc(d, n) { return new Date(d.getTime() + n * 864e5).toISOString().slice(0, 10); }
export function getDates(start, end) { const out = []; const d = new Date(start); while (d <= end) { out.push(new Date(d)); d.setDate(d.getDate() + 1); } return out; }
export function yesterday() { const d = new Date(); d.setDate(d.getDate() - 1); return d; }
export function isRecent(d) { return Date.now() - d.getTime() < 3 * 864e5; }
export function setCookie(name, value, days) { const d = new Date(); d.setTime(d.getTime() + days * 24 * 60 * 60 * 1000); document.cookie = `${name}=${value};expires=${d.toUTCString()}`; }
export function daysUntilExpiry(cert) { return Math.floor((cert.validTo - Date.now()) / 86400000); }
export function cleanup(cfg) { const cutoff = Date.now() - cfg.days * 864e5; return cutoff; }
export function pointsPerGame(points, games) { return games ? points / games : 0; }
export function itemsPerRow(width, itemWidth) { return Math.floor(width / itemWidth); }
export function pixelsPerUnit(width, units) { return width / units; }
export function aspect(w, h) { return (w / h).toFixed(2); }
export function megapixels(w, h) { return (w * h / 1e6).toFixed(1); }
export function ppi(w, h, inches) { return Math.round(Math.hypot(w, h) / inches); }
export function mixAudio(a, b) { const out = new Float32Array(a.length); for (let i = 0; i < a.length; i++) out[i] = a[i] * 0.5 + b[i] * 0.5; return out; }
export function toInt16(f) { const o = new Int16Array(f.length); for (let i = 0; i < f.length; i++) { let s = f[i]; if (s > 1) s = 1; else if (s < -1) s = -1; o[i] = s * 32767; } return o; }
export function sine(n) { const o = new Int16Array(n); for (let i = 0; i < n; i++) o[i] = Math.sin(i / 10) * 32767; return o; }
export function lum(data) { const o = new Uint8Array(data.length >> 2); for (let i = 0; i < o.length; i++) o[i] = (data[i * 4] * 3 + data[i * 4 + 1] * 6 + data[i * 4 + 2]) / 10; return o; }
export function invert(d) { const o = new Uint8Array(d.length); for (let i = 0; i < d.length; i++) o[i] = 255 - d[i]; return o; }
export function threshold(d, t) { const o = new Uint8Array(d.length); for (let i = 0; i < d.length; i++) o[i] = d[i] > t ? 255 : 0; return o; }
export function bright(d, delta) { const o = new Uint8Array(d.length); for (let i = 0; i < d.length; i++) o[i] = Math.max(0, Math.min(255, d[i] + delta)); return o; }
export function sbox() { const s = new Uint8Array(256); for (let i = 0; i < 256; i++) s[i] = (i * 7 + 3) & 255; return s; }
export function rc4(key) { const s = new Uint8Array(256); for (let i = 0; i < 256; i++) s[i] = i; let j = 0; for (let i = 0; i < 256; i++) { j = (j + s[i] + key[i % key.length]) & 255; [s[i], s[j]] = [s[j], s[i]]; } return s; }
export function xor(a, b) { const o = new Uint8Array(a.length); for (let i = 0; i < a.length; i++) o[i] = a[i] ^ b[i]; return o; }
export function counter128(c) { for (let i = 15; i >= 0; i--) { if (c[i] === 255) { c[i] = 0; } else { c[i]++; break; } } }
export function serial(v, out) { out[0] = v >>> 24; out[1] = v >>> 16; out[2] = v >>> 8; out[3] = v; }
export function le32(v) { const b = []; for (let i = 0; i < 4; i++) { b.push(v & 255); v >>>= 8; } return b; }
export function le64(v) { const b = []; for (let i = 0; i < 8; i++) { b.push(v % 256); v = Math.floor(v / 256); } return b; }
export function nibble(h, i) { return (h >>> (i * 4)) & 15; }
export function bucket(h, n) { return (h >>> 0) % n; }
export function colorFromName(s) { let h = 0; for (const c of s) h = (h * 31 + c.charCodeAt(0)) >>> 0; return `hsl(${h % 360},60%,50%)`; }
export function dealCards(deck, n) { const d = deck.slice(); for (let i = d.length; i > 1;) { const j = Math.floor(Math.random() * i--); [d[i], d[j]] = [d[j], d[i]]; } return d.slice(0, n); }
export function randInt(lo, hi) { return Math.floor(lo + Math.random() * (hi - lo + 1)); }
export function randColor() { return '#' + Math.floor(Math.random() * 0x1000000).toString(16).padStart(6, '0'); }
export function coin() { return Math.random() < 0.5; }
export function expovariate(rate) { return -Math.log1p(-Math.random()) / rate; }
export function poissonDraw(l) { const L = Math.exp(-l); let k = 0, p = 1; do { k++; p *= Math.random(); } while (p > L); return k - 1; }
export function kl(p, q) { let d = 0; for (let i = 0; i < p.length; i++) if (p[i] > 0 && q[i] > 0) d += p[i] * Math.log(p[i] / q[i]); return d; }
export function logSafe(p) { return Math.log(Math.max(p, 1e-15)); }
export function byLen(a, b) { return a.length - b.length; }
export function byTime(xs) { return xs.sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime()); }
export function multi(xs) { return xs.sort((a, b) => (a.done === b.done ? 0 : a.done ? 1 : -1) || a.order - b.order); }
export function collate(xs) { return xs.sort((a, b) => String(a).localeCompare(String(b), undefined, { numeric: true })); }
export function maxOf(xs) { if (xs.length === 0) return 0; return xs.reduce((a, b) => (a > b ? a : b)); }
export function longestLine(t) { return t.split('\n').reduce((m, l) => Math.max(m, l.length), 0); }
export function tallest(els) { let h = 0; for (const el of els) h = Math.max(h, el.offsetHeight); return h; }
export function budgetLeft(total, spent) { return Math.max(0, total - spent); }
export function share(cents, n) { return Math.floor(cents / n); }
export function rateLimit(max, per) { let hits = []; return () => { const now = Date.now(); hits = hits.filter(t => now - t < per); if (hits.length >= max) return false; hits.push(now); return true; }; }
export function keepAlive(ws) { const t = setInterval(() => ws.ping(), 30000); ws.on('close', () => clearInterval(t)); }
export function idle(ms, fn) { let t = setTimeout(fn, ms); return () => { clearTimeout(t); t = setTimeout(fn, ms); }; }
export async function withTimeout(p, timeoutMs) { let t; try { return await Promise.race([p, new Promise((_, r) => { t = setTimeout(() => r(new Error('t')), timeoutMs); })]); } finally { clearTimeout(t); } }
