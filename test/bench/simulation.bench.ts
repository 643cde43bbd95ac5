import { nodeSimulationHost, simulate } from '../../src/server/simulate';
import { tuneEngine } from '../../src/simulation/worker/engine';
import { open } from '../golden/simulation/harness';

/**
 * Slowdown of simulated runs (fp16) against plain execution of the same code in the same process, both warm: with statistics (cases after the first) and with every operation recorded (the first case).
 * Kernels, and whole functions of two packages. Published figures of peers: NSan 3 to 100 ×, Herbgrind about 500 ×.
 */
interface Kernel { readonly name: string; readonly call: string }

const kernels: readonly Kernel[] = [
  { name: 'dot product', call: 'dot(A, B)' }, { name: 'matrix product', call: 'matmul(M, 32)' }, { name: 'FFT', call: 'fft(R, I)' }, { name: 'LU', call: 'lu(M, 40)' }, { name: 'n-body', call: 'nbody(60)' },
  { name: 'Mandelbrot', call: 'mandelbrot(40, 60)' }, { name: 'logistic map', call: 'logistic(0.3, 20000)' }, { name: 'softmax', call: 'softmax(A).length' },
];

const source = `
export function dot(xs: number[], ys: number[]): number { let s = 0; for (let i = 0; i < xs.length; i++) s += xs[i] * ys[i]; return s; }
export function matmul(m: Float64Array, n: number): number { const out = new Float64Array(n * n); for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { let s = 0; for (let k = 0; k < n; k++) s += m[i * n + k] * m[k * n + j]; out[i * n + j] = s; } return out[0]; }
export function fft(re: Float64Array, im: Float64Array): number {
  const n = re.length;
  for (let size = 2; size <= n; size *= 2) { const half = size >> 1; const step = -2 * Math.PI / size;
    for (let i = 0; i < n; i += size) for (let j = 0; j < half; j++) { const a = step * j, c = Math.cos(a), s = Math.sin(a); const k = i + j, l = k + half; const tr = re[l] * c - im[l] * s, ti = re[l] * s + im[l] * c; re[l] = (re[k] - tr) * 0.5; im[l] = (im[k] - ti) * 0.5; re[k] = (re[k] + tr) * 0.5; im[k] = (im[k] + ti) * 0.5; } }
  return re[1];
}
export function lu(m: Float64Array, n: number): number { const a = m.slice(); for (let k = 0; k < n; k++) for (let i = k + 1; i < n; i++) { const f = a[i * n + k] / (a[k * n + k] + 3); a[i * n + k] = f; for (let j = k + 1; j < n; j++) a[i * n + j] -= f * a[k * n + j]; } return a[n * n - 1]; }
interface Body { x: number; y: number; z: number; vx: number; vy: number; vz: number; m: number }
export function nbody(steps: number): number {
  const bodies: Body[] = []; for (let i = 0; i < 5; i++) bodies.push({ x: i * 1.3, y: i * 0.7 - 1, z: i * 0.2, vx: 0.1 * i, vy: 0.2 - 0.1 * i, vz: 0, m: 1 + 0.1 * i });
  for (let s = 0; s < steps; s++) { for (let i = 0; i < bodies.length; i++) { const a = bodies[i]; for (let j = i + 1; j < bodies.length; j++) { const b = bodies[j]; const dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z; const d2 = dx * dx + dy * dy + dz * dz + 0.01; const mag = 0.01 / (d2 * Math.sqrt(d2)); a.vx -= dx * b.m * mag; a.vy -= dy * b.m * mag; a.vz -= dz * b.m * mag; b.vx += dx * a.m * mag; b.vy += dy * a.m * mag; b.vz += dz * a.m * mag; } }
    for (const b of bodies) { b.x += 0.01 * b.vx; b.y += 0.01 * b.vy; b.z += 0.01 * b.vz; } }
  return bodies[0].x;
}
export function mandelbrot(n: number, limit: number): number { let inside = 0; for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { const cr = i / n * 3 - 2, ci = j / n * 2 - 1; let x = 0, y = 0, k = 0; while (k < limit && x * x + y * y < 4) { const t = x * x - y * y + cr; y = 2 * x * y + ci; x = t; k++; } if (k === limit) inside++; } return inside; }
export function logistic(x: number, n: number): number { for (let i = 0; i < n; i++) x = 3.7 * x * (1 - x); return x; }
export function softmax(xs: number[]): number[] { const m = xs.reduce((a, b) => Math.max(a, b), -Infinity); const e = xs.map(x => Math.exp(x - m)); const s = e.reduce((a, b) => a + b, 0); return e.map(v => v / s); }
`;

const packages: readonly Kernel[] = [
  { name: 'simple-statistics: standardDeviation', call: 'deviation(A)' }, { name: 'simple-statistics: linearRegression', call: 'regression(P)' }, { name: 'simple-statistics: sampleCorrelation', call: 'correlation(A, B)' },
  { name: 'ml-matrix: mmul', call: 'product(G)' }, { name: 'ml-matrix: inverse', call: 'inverted(G)' }, { name: 'ml-matrix: QR', call: 'triangular(G)' },
];

const packageSource = `
import { linearRegression, sampleCorrelation, standardDeviation } from 'simple-statistics';
import { inverse, Matrix, QrDecomposition } from 'ml-matrix';
export function deviation(xs: number[]): number { return standardDeviation(xs); }
export function regression(points: number[][]): number { return linearRegression(points).m; }
export function correlation(xs: number[], ys: number[]): number { return sampleCorrelation(xs, ys); }
export function product(m: number[][]): number { return new Matrix(m).mmul(new Matrix(m)).get(0, 0); }
export function inverted(m: number[][]): number { return inverse(new Matrix(m)).get(0, 0); }
export function triangular(m: number[][]): number { return new QrDecomposition(new Matrix(m)).upperTriangularMatrix.get(0, 0); }
`;

const setup = 'globalThis.A = Array.from({ length: 5000 }, (_, i) => Math.sin(i) ); globalThis.B = A.map(x => x * 0.7 + 0.1); globalThis.M = Float64Array.from({ length: 1600 }, (_, i) => Math.cos(i * 1.7)); globalThis.R = Float64Array.from({ length: 1024 }, (_, i) => Math.sin(i)); globalThis.I = new Float64Array(1024); globalThis.P = Array.from({ length: 1000 }, (_, i) => [Math.sin(i), Math.cos(i * 0.3)]); globalThis.G = Array.from({ length: 16 }, (_, i) => Array.from({ length: 16 }, (_, j) => Math.sin(i * 7 + j * 3 + 1) + (i === j ? 3 : 0)));';

export async function run(): Promise<void> {
  tuneEngine();
  await table('kernel', kernels, source);
  await table('function', packages, packageSource);
  await cancellation();
}

async function table(title: string, rows: readonly Kernel[], text: string): Promise<void> {
  const { buildSync } = await import('esbuild');
  const code = buildSync({ stdin: { contents: text, loader: 'ts', resolveDir: process.cwd() }, bundle: true, write: false, format: 'cjs', platform: 'node' }).outputFiles[0].text;
  const file = `${process.cwd().replaceAll('\\', '/')}/simulated-benchmark.ts`;
  const disk = nodeSimulationHost('');
  const files = { readFile: (p: string) => p === file ? text : disk.readFile(p), fileExists: (p: string) => p === file || disk.fileExists(p) };
  console.log(`${title.padEnd(40)} plain ms   statistics ×   full record ×`);
  const ratios: number[][] = [[], []];
  for (const { name, call } of rows) {
    const f = call.split('(')[0];
    const plain = new Function('module', 'exports', `${setup} { ${code} } const ${f} = module.exports.${f}; return n => { for (let r = 0; r < n; r++) globalThis.sink = ${call}; };`)({ exports: {} }, {}) as (n: number) => void;
    const base = time(plain, 800);
    // One program a context, as a simulation has it: the engine learns from this kernel alone.
    const slow = (['statistics', 'record'] as const).map((mode, i) => {
      const o = open(file, 'fp16', mode, files);
      const simulated = o.evaluate(`${setup} globalThis.${f} = $0modules[${JSON.stringify(file)}].bindings.i_${f}(); globalThis.mark = ${mode === 'record' ? '$0top' : '0'}; (n => { for (let r = 0; r < n; r++) { ${mode === 'record' ? '$0top = mark;' : ''} globalThis.sink = ${call}; } })`) as (n: number) => void;
      const t = time(simulated, 4000) / base;
      ratios[i].push(t);
      return t;
    });
    console.log(`${name.padEnd(40)} ${base.toFixed(4).padStart(8)} ${slow[0].toFixed(1).padStart(14)} ${slow[1].toFixed(1).padStart(15)}`);
  }
  const mean = ratios.map(r => Math.exp(r.reduce((a, b) => a + Math.log(b), 0) / r.length).toFixed(1));
  console.log(`geometric mean: statistics ${mean[0]} × (goal 10), full record ${mean[1]} × (goal 40)\n`);
}

/** Time from asking to cancel until the simulation has answered. */
async function cancellation(): Promise<void> {
  const programs: readonly [string, string][] = [
    ['an endless loop', 'export function f(x: number) { for (;;) x = x * 1; }'],
    ['endless microtasks', 'export async function f(x: number) { while (true) await x; }'],
    ['preparing all of three and ml-matrix', "import { Matrix } from 'ml-matrix'; import { Vector3 } from 'three'; export function f(x: number) { return new Matrix([[x]]).get(0, 0) + new Vector3(x, x, x).x; }"],
  ];
  const file = `${process.cwd().replaceAll('\\', '/')}/cancelled-benchmark.ts`;
  const disk = nodeSimulationHost(`${process.cwd()}/dist`);
  for (const [name, text] of programs) {
    const cancel = new AbortController();
    let asked = 0;
    setTimeout(() => { asked = performance.now(); cancel.abort(); }, 400);
    await simulate({ file, functionName: 'f', schemes: [{ id: 'fp16' }], inputs: { kind: 'given', cases: [[2]] } }, { ...disk, readFile: p => p === file ? text : disk.readFile(p), signal: cancel.signal });
    console.log(`cancelling ${name.padEnd(40)} ${(performance.now() - asked).toFixed(1).padStart(7)} ms (goal 100)`);
  }
}

/** Best time of one call, milliseconds; many short samples, because the machine has other work. The budget is of processor time, so that the optimizer has had its own before the last of them. */
function time(f: (calls: number) => void, budget: number): number {
  const spent = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  f(2);
  const [from, started] = [spent(), performance.now()];
  f(1);
  const calls = Math.max(1, Math.round(2 / (performance.now() - started)));
  let best = Infinity;
  for (let i = 0; i < 5 || spent() - from < budget; i++) { const t = performance.now(); f(calls); best = Math.min(best, (performance.now() - t) / calls); }
  return best;
}
