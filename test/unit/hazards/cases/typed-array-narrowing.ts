import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function faces(text: string) { const faces: number[] = []; for (const line of text.split('\\n')) { const words = line.split(' '); if (words[0] === 'f') faces.push(...words.slice(1).map(Number)); } return new Uint16Array(faces); } //!`,
    `const rings = 400;
    export class Dome { private readonly corners: number[] = []; constructor(private readonly settings: { slices?: number }) {}
      make() { const { slices = rings } = this.settings; for (let r = 0; r < slices; r++) for (let s = 0; s < slices; s++) this.patch(r * slices + s); return { index: new Uint16Array(this.corners) }; } //!
      private patch(first: number) { this.corners.push(first, first + 1); } }`,
    `export function index(n: number) {
      const indices = new Uint16Array(n);
      let next = 0;
      for (let i = 0; i < n; i++) {
        indices[i] = next++; //!
      }
      return indices;
    }`,
    `export function copy(ids: number[]) { return new Int16Array(ids); } //!`,
    `const a = new Int8Array(4);
    a[0] = 200; //!`,
    `export function triangles(indices: number[]) { return new Uint16Array(indices); } //!`,
    `export class Grid { build(columns: number, rows: number) {
      const count = columns * rows * 6;
      const index = new Uint16Array(count); //!
      fill(index);
      return index;
    } }
    declare function fill(a: Uint16Array): void;`,
    `export function frame(view: DataView) { return { power: view.getUint32(4, true) }; }
    export function pack(frames: { power: number }[]) { const out = new Uint16Array(frames.length); for (let i = 0; i < frames.length; i++) out[i] = frames[i].power; return out; } //!`,
    `export function take(view: DataView) { const out = new Int16Array(2); out[0] = view.getInt32(0); return out; } //!`,
    `export function brighten(px: Uint8Array, gain: number) { for (let i = 0; i < px.length; i++) px[i] = px[i] * gain; } //!`,
    `export class Histogram { counts: Uint8Array | Uint16Array | Uint32Array;
      constructor(make: (n: number) => Uint8Array | Uint16Array | Uint32Array, n: number) { this.counts = make(n); }
      add(i: number) { this.counts[i]++; } } //!`,
    `export function builder() {
      let faces = new Uint16Array(96), n = 0;
      const grow = (a: Uint16Array) => { const b = new Uint16Array(a.length * 2); b.set(a); return b; };
      return { face(f: number[]) {
        if (n + 3 > faces.length) faces = grow(faces);
        faces[n++] = f[0]; //!
        faces[n++] = f[1];
        faces[n++] = f[2];
      } };
    }`,
    `export const unreached = (n: number) => new Int32Array(n).fill(Infinity); //!`,
    `export const far = (n: number) => new Uint8Array(n).fill(1000); //!`,
    `export function stamps(events: { timestamp: number }[]) { const t = new Uint32Array(events.length); events.forEach((e, i) => { t[i] = e.timestamp; }); return t; } //!`,
    `export function pcm(samples: Float32Array) { const out = new Int16Array(samples.length); for (let i = 0; i < samples.length; i++) out[i] = samples[i] * 32768; return out; } //!`,
    `export function lighten(src: Uint8Array, brightness: number) { const out = new Uint8Array(src.length); for (let i = 0; i < src.length; i++) out[i] = src[i] + brightness; return out; } //!`,
    `export function cumulated(counts: number[]) { const out = new Uint16Array(counts.length); let sum = 0; for (let i = 0; i < counts.length; i++) { sum += counts[i]; out[i] = sum; } return out; } //!`,
    `export function labelled(n: number, joined: (i: number) => boolean) { const label = new Uint8Array(n); let next = 0; for (let i = 0; i < n; i++) if (!joined(i)) label[i] = next++; return label; } //!`,
    `export const elements = (cells: number[][]) => new Uint16Array(cells.flat()); //!`,
    `export function write(view: DataView, samples: number[]) { for (let i = 0; i < samples.length; i++) view.setInt16(2 * i, samples[i] * 0x7fff, true); } //!`,
    `export const convert = (input: Float32Array) => Int16Array.from(input, s => s * 32767); //!`,
    `export const convert = (input: number[]) => new Int16Array(input.map(s => s * 32768)); //!`,
    `export class Recorder { out = new Int16Array(4096); n = 0; push(input: Float32Array) { for (const s of input) this.out[this.n++] = s < 0 ? s * 0x8000 : s * 0x7fff; } } //!`,
    `export function brighten(pixels: Uint8Array, amount: number) { for (let i = 0; i < pixels.length; i++) pixels[i] += amount; } //!`,
    `export function tag(bytes: Uint8Array, name: string) { bytes[0] = name.length; } //!`,
    `export function reversal(n: number) { const reversed = new Uint8Array(n); for (let i = 0, j = 0; i < n; i++) { reversed[i] = j; let k = n >> 1; while (k <= j && k > 0) { j -= k; k >>= 1; } j += k; } return reversed; } //!`,
    `export const keys = (rows: { id: number }[]) => Uint16Array.from(rows, r => r.id); //!`,
    `export function peaks(view: DataView, samples: number[], gain: number) {
      let low = Infinity, high = -Infinity;
      for (const s of samples) { const sample = Math.floor(127 * s * gain); if (sample < low) low = sample; if (sample > high) high = sample; }
      view.setInt8(0, low); //!
      view.setInt8(1, high); //!
    }`,
    `export function mesh(triangles: number) { const index = new (triangles > 65535 ? Uint32Array : Uint16Array)(triangles * 3); for (let i = 0; i < triangles * 3; i++) index[i] = i; return index; } //!`,
    `declare class Buffer2 { constructor(target: number, kind: unknown); } declare const gl: { ELEMENT_ARRAY_BUFFER: number }; export const indices = () => new Buffer2(gl.ELEMENT_ARRAY_BUFFER, Uint16Array); //!`,
    `export function mixdown(voices: number[][]) {
      const track = new Int16Array(voices[0].length);
      for (let at = 0; at < track.length; at++) for (const voice of voices) track[at] += voice[at]; //!
      return track;
    }`,
    `export function warm(image: Uint8Array, options: { red?: number }) { const more = options.red || 12; for (let i = 0; i < image.length; i += 4) image[i] += more; return image; } //!`,
    `export function merged(parts: { index: Uint16Array; size: number }[]) { let first = 0; for (const { index, size } of parts) { for (let i = 0; i < index.length; i++) index[i] += first; first += size; } } //!`,
    `export function gather(labels: number[], loads: number[], n: number) { const sums = new Uint16Array(n); loads.forEach((load, i) => { sums[labels[i]] += load; }); return sums; } //!`,
    `export function overlay(out: Int16Array, tone: Float32Array, gain: number) { for (let i = 0; i < out.length; i++) out[i] = out[i] + tone[i] * gain; } //!`,
    `export const mix = (left: number[], right: number[]) => { const out = new Int16Array(left.length); for (let i = 0; i < out.length; i++) { out[i] = left[i]; out[i] += right[i]; } return out; }; //!`,
    `export function lift(img: { data: Uint8Array }, v: number) { for (let i = 0; i < img.data.length; i++) img.data[i] += v; } //!`,
    `export function batch(parts: { xyz: number[]; tris: number[] }[], total: number) { const tris = new Uint16Array(total); let first = 0; let k = 0;
      for (const p of parts) { const start = first / 3; for (const t of p.tris) {
        tris[k++] = t + start; //!
      } first += p.xyz.length; } return tris; }`,
    `export function contrast(src: Uint8Array, k: number, shift: number) { const out = new Uint8Array(src.length);
      for (let i = 0; i < src.length; i++) out[i] = (src[i] - 127.5) * k + 127.5 + shift; //!
      return out; }`,
    `export function starts(lists: number[][]) {
      const Index = lists.length > 0xffff ? Uint32Array : Uint16Array; //!
      const at = new Index(lists.length + 1); let n = 0; for (let i = 0; i < lists.length; i++) { at[i] = n; n += lists[i].length; } return at; }`,
    `export const ids = (rows: { id: number }[]) => Uint16Array.from(rows.map(r => r.id)); //!`,
    `export function upload(gl: any, mesh: { triangles: { a: number; b: number; c: number }[] }) {
      const indices: number[] = [];
      for (const t of mesh.triangles) indices.push(t.a, t.b, t.c);
      return gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint16Array(indices), gl.STATIC_DRAW); //!
    }`,
  ],
  silent: [
    `export function faces(text: string) { const faces: number[] = []; for (const line of text.split('\\n')) { const words = line.split(' '); if (words[0] === 'f') faces.push(...words.slice(1).map(Number)); } return faces.length > 65535 ? new Uint32Array(faces) : new Uint16Array(faces); }`,
    `const rings = 40;
    export class Dome { private readonly corners: number[] = []; constructor(private readonly settings: { slices?: number }) {}
      make() { const { slices = rings } = this.settings; for (let r = 0; r < slices; r++) for (let s = 0; s < slices; s++) this.patch(r * slices + s); return { order: new Uint16Array(this.corners) }; }
      private patch(first: number) { this.corners.push(first, first + 1); } }`,
    `export class Palette { private counts = new Uint16Array(4096); add(at: number) { if (++this.counts[at] === 0) this.counts[at]--; } }`,
    `export function upload(mesh: { triangles: { a: number; b: number; c: number }[]; points: number[] }) {
      const indices: number[] = [];
      for (const t of mesh.triangles) indices.push(t.a, t.b, t.c);
      return mesh.points.length > 65535 ? new Uint32Array(indices) : new Uint16Array(indices);
    }`,
    `export function quads() { const indices: number[] = []; for (let i = 0; i < 12; i++) indices.push(i * 4, i * 4 + 1, i * 4 + 2); return new Uint16Array(indices); }`,
    `export function contrast(src: Uint8Array, k: number, shift: number) { const out = new Uint8ClampedArray(src.length); for (let i = 0; i < src.length; i++) out[i] = (src[i] - 127.5) * k + 127.5 + shift; return out; }`,
    `export function contrast(src: Uint8Array, k: number, shift: number) { const out = new Uint8Array(src.length); for (let i = 0; i < src.length; i++) out[i] = Math.max(0, Math.min(255, (src[i] - 127.5) * k + shift)); return out; }`,
    `export function order(lists: number[][]) { const Index = lists.length > 0xffff ? Uint32Array : Uint16Array; const at = new Index(lists.length); let n = 0; for (let i = 0; i < lists.length; i++) { at[i] = n; n += 1; } return at; }`,
    `export function starts(text: string, words: string[]) { const Index = text.length < 65536 ? Uint16Array : Uint32Array; const at = new Index(words.length); let n = 0; for (let i = 0; i < words.length; i++) { at[i] = n; n += words[i].length; } return at; }`,
    `function table() { const out: number[] = []; for (let i = 0; i < 256; i++) { let v = i; for (let k = 0; k < 8; k++) v = v & 1 ? 0xedb88320 ^ (v >>> 1) : v >>> 1; out[i] = v; } return out; }
    export const words = new Uint32Array(table());`,
    `export function digits(text: string) {
      const out = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) { const ch = text.charCodeAt(i); out[i] = ch > 96 ? ch - 97 : ch > 64 ? ch - 39 : ch + 4; }
      return out;
    }`,
    `export function asSigned(byte: number) { return new Int8Array([byte & 255])[0]; }`,
    `const table = new Int32Array([0x00000000, 0x77073096, 0xee0e612c, 0x990951ba]);
    export function step(crc: number, byte: number) { return table[(crc ^ byte) & 0xff] ^ (crc >>> 8); }`,
    `export function clamp(x: number, out: Uint8Array) { out[0] = Math.max(0, Math.min(255, x)); }`,
    `export function mask(x: number, out: Uint8Array) { out[0] = x & 255; out[1] = x >> 8; }`,
    `export function pixels(xs: number[]) { const out = new Uint8ClampedArray(4); out[0] = xs[0] * 300; return out; }`,
    `export function pick(indices: number[], n: number) { return n > 65535 ? new Uint32Array(indices) : new Uint16Array(indices); }`,
    `export function decode(binary: string) { const b = new Uint8Array(binary.length); for (let i = 0; i < binary.length; i++) b[i] = binary.charCodeAt(i); return b; }`,
    `export function wide(n: number) { const indices = new Uint32Array(n); let next = 0; for (let i = 0; i < n; i++) indices[i] = next++; return indices; }`,
    `export function build(columns: number, rows: number) { const n = columns * rows; return n > 65536 ? new Uint32Array(n * 6) : new Uint16Array(n * 6); }`,
    `const MOST = 1000;
    export const index = new Uint16Array(MOST * 6);`,
    `export function brighten(px: Uint8ClampedArray, gain: number) { for (let i = 0; i < px.length; i++) px[i] = px[i] * gain; }`,
    `export function take(view: DataView) { const out = new Int16Array(2); out[0] = view.getInt16(0); return out; }`,
    `export class Histogram { counts = new Uint8Array(64); add(i: number) { if (this.counts[i] < 255) this.counts[i]++; } }`,
    `export class Histogram { counts = new Uint32Array(64); add(i: number) { this.counts[i]++; } }`,
    `export const none = (n: number) => new Uint32Array(n).fill(-1);`,
    `export const nothing = (n: number) => new Float64Array(n).fill(Infinity);`,
    `export function pcm(samples: Float32Array) { const out = new Int16Array(samples.length); for (let i = 0; i < samples.length; i++) { const s = Math.max(-1, Math.min(1, samples[i])); out[i] = s * 32767; } return out; }`,
    `export function write(view: DataView, samples: number[]) { for (let i = 0; i < samples.length; i++) { const s = Math.max(-1, Math.min(1, samples[i])); view.setInt16(2 * i, s < 0 ? s * 0x8000 : s * 0x7fff, true); } }`,
    `export function pack(normals: Int8Array, n: { x: number }[]) { n.forEach((v, i) => { normals[i] = v.x * 127; }); }`,
    `export function tag(bytes: Uint8Array, name: string) { if (name.length > 255) throw new RangeError(name); bytes[0] = name.length; }`,
    `export function header(view: DataView, rate: number) { view.setUint16(22, 1, true); view.setUint32(24, rate, true); }`,
    `export function dim(pixels: Uint8ClampedArray, amount: number) { for (let i = 0; i < pixels.length; i++) pixels[i] -= amount; }`,
    `export function mesh(vertices: number) { const index = new (vertices > 65535 ? Uint32Array : Uint16Array)(vertices); for (let i = 0; i < vertices; i++) index[i] = i; return index; }`,
    `export function tally(bytes: Uint8Array) { const seen = new Uint16Array(256); for (const b of bytes) seen[b] += 1; return seen; }`,
    `export function upward(line: Uint8Array, above: Uint8Array) { for (let i = 0; i < line.length; i++) line[i] += above[i]; }`,
    `export function caesar(bytes: Uint8Array, shift: number) { for (let i = 0; i < bytes.length; i++) bytes[i] += shift; }`,
    `export function mixdown(voices: Int16Array[], track: Int16Array) { for (let i = 0; i < track.length; i++) for (const v of voices) track[i] = Math.max(-32768, Math.min(32767, track[i] + v[i])); }`,
    `export function cumulated(starts: Uint16Array) { for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1]; }`,
    `export function around(cells: Uint8Array, neighbours: Uint8Array, near: number[]) { for (let i = 0; i < cells.length; i++) for (const d of near) neighbours[i] += cells[i + d]; }`,
    `export function brighter(pixels: Uint8ClampedArray, more: number) { for (let i = 0; i < pixels.length; i++) pixels[i] += more; }`,
    `export function pooled(sums: Uint16Array, bytes: Uint8Array) { for (let i = 0; i < sums.length; i++) sums[i] += bytes[i]; }`,
    `export function product(out: Uint16Array, digits: number[], by: number) { let carry = 0; for (let i = 0; i < out.length; i++) { out[i] += digits[i] * by + carry; carry = out[i] >> 8; } }`,
  ],
};
