import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { open, serializer } from './harness';

/**
 * Under fp64 nothing rounds, so an instrumented run must give what a plain run gives: same values to the last bit, same errors. Every exported function and every method of five libraries is
 * called with the same argument texts in both worlds.
 */
const modules = resolve(__dirname, '../../../node_modules');

const numberArguments = ['0.7', '-2.5', '3', '12', 'NaN', '0'];
const arrays = ['[1.5, -2.25, 3.1, 0.7, 9.9, 4.4, 2.2]', '[3, 1, 2, 5, 4]', '[[1.5, 2.5], [3.25, -1], [0.5, 0.25], [2, 8]]', '[]', 'new Float64Array([0.5, 1.25, -3, 8])'];

export interface Suite {
  readonly name: string;
  readonly file: string;
  /** Argument lists, as text; `M` is the module. */
  readonly lists: readonly string[];
  /** Texts that make the objects whose methods are called. */
  readonly objects: readonly string[];
  readonly skip?: RegExp;
  /** How many functions must have returned a value at least once. */
  readonly least: number;
}

const threeFiles = ['Vector2', 'Vector3', 'Vector4', 'Matrix3', 'Matrix4', 'Quaternion', 'Euler', 'Box2', 'Box3', 'Sphere', 'Plane', 'Ray', 'Triangle', 'Line3', 'Spherical', 'Cylindrical', 'Color', 'SphericalHarmonics3'];
const vectors = ['v(1.5, -2.25, 3.5)', 'v(0.3, 0.1, -0.7)'];

export const suites: readonly Suite[] = [
  { name: 'simple-statistics', file: 'simple-statistics/dist/simple-statistics.cjs', least: 70, objects: [], skip: /random|shuffle|sample$|^quantile$|quickselect|sampleWithReplacement|kMeans|jenks$|permutationTest/i,
    lists: [...arrays, ...numberArguments, ...arrays.flatMap(a => ['0.5', '2', '3', a].map(b => `${a}, ${b}`)), '0.5, 2, 3', '[1, 2, 3, 4], [2, 4.1, 6.2, 7.9], 0.5', '10, 0.25', '[1, 2, 3, 4, 5.5], 2, 1', '0, 1, 2, 3'] },
  { name: 'd3-array', file: 'd3-array/dist/d3-array.js', least: 40, objects: [], skip: /shuffle/i,
    lists: [...arrays, '0, 10, 7', '0.1, 0.9, 5', '0, 1, 0.1', '5', ...arrays.flatMap(a => ['x => x * 0.3', '0.25', '2', '(a, b) => b - a', a].map(b => `${a}, ${b}`)), '[[1, 2, 3], [4, 5, 6]], 1', '[1, 2, 4, 8], 3', '[1.5, 2, 3], x => x, x => x * 2', '[1, 2, 3, 4], (p, v) => p - v, 0.5'] },
  { name: 'gl-matrix', file: 'gl-matrix/esm/index.js', least: 200, objects: [], skip: /random/i,
    lists: (() => {
      const list = (n: number, k: number): string => `[${Array.from({ length: n }, (_, i) => ((i * 7 + k * 3) % 11 - 4) / 3).join(', ')}]`;
      const all: string[] = [];
      for (const n of [2, 3, 4, 6, 8, 9, 16]) {
        const [o, a, b] = [`new Array(${n}).fill(0)`, list(n, 1), list(n, 2)];
        all.push(a, `${o}, ${a}`, `${a}, ${b}`, `${o}, ${a}, ${b}`, `${o}, ${a}, 0.3`, `${o}, ${a}, ${b}, 0.4`, `${o}, ${a}, ${list(3, 1)}`, `${o}, ${a}, 0.4, ${list(3, 2)}`, `${o}, ${list(9, 2)}`, `${o}, ${list(16, 1)}`, `${o}, ${list(4, 1)}, ${list(3, 1)}`, `new Float32Array(${n}), ${a}, ${b}`);
      }
      all.push('', '0.5', '1, 2', '1, 2, 3', '0.1, 0.2, 0.3, 0.4', 'new Array(16).fill(0), 0.9, 1.5, 0.1, 100', 'new Array(16).fill(0), -1, 1, -2, 2, 0.1, 10', 'new Array(4).fill(0), 10, 20, 30');
      return all;
    })() },
  { name: 'ml-matrix', file: 'ml-matrix/matrix.js', least: 100, objects: ['new M.Matrix([[2.5, 1.25, 0.5], [1.25, 3.5, -1], [0.5, -1, 4.25]])', 'new M.Matrix([[1, 2], [3, 4.5], [5, -6]])'], skip: /rand|toString|inspect/i,
    lists: ['', '0.5', '1', '0, 1', 'new M.Matrix([[2, 1, 0.5], [1, 3, -1], [0.5, -1, 4]])', 'new M.Matrix([[1, 2], [3, 4.5], [5, -6]])', '[1.5, 2.5, -3]', '3, 3', '0, 1, 0, 1', '1, [0.5, 2, 3]', '[[1, 2], [3, 4]]', "'row'", "'column'", '[0, 2], [0, 1]'] },
  ...threeFiles.map((name): Suite => ({ name: `three ${name}`, file: `three/src/math/${name}.js`, least: 4, skip: /random|^on$|_onChange|toJSON|Object|Buffer|Camera|setFromPoints|clone3/i,
    objects: [`new M.${name}()`, `(() => { const o = new M.${name}(); if (o.set) { try { o.set(...Array.from({ length: 16 }, (_, i) => ((i * 5) % 9 - 3) / 4)); } catch {} } return o; })()`],
    lists: ['', '0.5', '1, 2, 3', '0.1, -0.2, 0.3, 0.4', ...vectors.map(x => x), vectors.join(', '), `${vectors.join(', ')}, 0.3`, `${vectors.join(', ')}, v(0.5, 0.5, 0.25)`, `new M.${name}()`, `new M.${name}(), 0.5`, `new M.${name}(), new M.${name}()`, `new M.${name}(), new M.${name}(), 0.25`, '[0.5, 1.5, 2.5, 3.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]', '0.25, v(1, 0.5, 0.25)', 'v(1, 0.5, 0.25), 0.25'] })),
  { name: 'three MathUtils', file: 'three/src/math/MathUtils.js', least: 15, objects: [], skip: /rand|uuid|generate/i, lists: [...numberArguments, '0.5, 0.25', '0.7, 0, 1', '1, 2, 3, 4, 5', '0.5, 0.1, 0.9, 3', '3, 0.2, 0.3, 0.1'] },
];

const helper = 'const v = (x, y, z) => ({ x, y, z, w: 0.5, isVector3: true, setFromMatrixPosition() { return this; } });';



/** Runs a suite in both worlds. */
export async function compare(suite: Suite, progress: (name: string) => void = () => undefined): Promise<{ differences: string[]; returned: number }> {
  const path = resolve(modules, suite.file);
  const plainModule = suite.file.endsWith('matrix.js') ? createRequire(path)(path) as Record<string, unknown> : suite.file.includes('/dist/') ? commonJs(path) : await import(/* @vite-ignore */ pathToFileURL(path).href) as Record<string, unknown>;
  const simulated = open(path, 'fp64', 'statistics-wide');
  const p = simulated.program.prefix;
  simulated.evaluate(`globalThis.M = ${p}ns(${p}modules[${JSON.stringify(simulated.program.entry)}].bindings || {}); if (!Object.keys(M).length) M = ${p}modules[${JSON.stringify(simulated.program.entry)}].exports;
    globalThis.W = ${serializer}; ${helper.replace('const v', 'globalThis.v')} globalThis.T = f => { try { return W(f(), 0); } catch (e) { return 'throws ' + e.name + (globalThis.D ? e.message : ''); } };`);
  if (process.env.MESSAGES) simulated.evaluate('globalThis.D = true');
  const W = new Function(`return ${serializer}`)() as (v: unknown, depth: number) => string;
  const v = new Function(`${helper} return v;`)() as unknown;
  const plainly = (code: string): string => {
    try { return W((new Function('M', 'v', `return ${code};`) as (m: unknown, v: unknown) => unknown)(plainModule, v), 0); } catch (e) { return `throws ${(e as Error).name}`; }
  };
  const differences: string[] = [];
  const returned = new Set<string>();
  for (const target of names(plainModule, suite)) {
    if (suite.skip?.test(target.name)) continue;
    progress(target.name);
    for (const list of suite.lists) {
      const code = target.code(list);
      const expected = plainly(code);
      const actual = String(simulated.evaluate(`T(() => ${code})`));
      if (expected !== actual) { if (differences.length < 40) differences.push(`${code}\n   plain     ${expected.slice(0, 300)}\n   simulated ${actual.slice(0, 300)}`); break; }
      if (!expected.startsWith('throws') && /\d/.test(expected)) returned.add(target.name);
    }
  }
  return { differences, returned: returned.size };
}

/** A CommonJS file of a package that calls itself an ES module. */
function commonJs(path: string): Record<string, unknown> {
  const module = { exports: {} };
  (new Function('module', 'exports', readFileSync(path, 'utf8')) as (m: object, e: object) => void)(module, module.exports);
  return module.exports;
}

/** Every function of a module, of its namespaces, and every method of its objects. */
function names(module: Record<string, unknown>, suite: Suite): { name: string; code: (list: string) => string }[] {
  const out: { name: string; code: (list: string) => string }[] = [];
  for (const [key, value] of Object.entries(module)) {
    if (typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))) out.push({ name: key, code: list => `M.${key}(${list})` });
    else if (value !== null && typeof value === 'object') for (const [k, f] of Object.entries(value)) if (typeof f === 'function') out.push({ name: `${key}.${k}`, code: list => `(() => { const a = [${list}]; const r = M.${key}.${k}(...a); return [r, a]; })()` });
  }
  suite.objects.forEach((object, i) => {
    const made = new Function('M', `return ${object};`)(module) as object;
    const methods = new Set<string>();
    for (let o: object | null = made; o && o !== Object.prototype; o = Object.getPrototypeOf(o) as object | null) {
      for (const k of Object.getOwnPropertyNames(o)) if (k !== 'constructor' && typeof Object.getOwnPropertyDescriptor(o, k)!.value === 'function') methods.add(k);
    }
    for (const k of methods) out.push({ name: `${i}.${k}`, code: list => `(() => { const o = ${object}; const a = [${list}]; const r = o.${k}(...a); return [r === o ? 'this' : r, o, a]; })()` });
  });
  return out;
}
