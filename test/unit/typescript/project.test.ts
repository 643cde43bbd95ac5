import { describe, expect, it } from 'vitest';
import { openProject, typeText, type ProjectHost } from '../../../src/typescript';

/** Files in memory, as in a browser. */
function memory(files: Record<string, string>): ProjectHost & { files: Record<string, string> } {
  return {
    root: '/w', files,
    readFile: path => Object.hasOwn(files, path) ? files[path] : undefined,
    fileExists: path => Object.hasOwn(files, path),
    directoryExists: path => Object.keys(files).some(file => file.startsWith(`${path}/`)),
  };
}

const files = (): Record<string, string> => ({
  '/w/tsconfig.json': '{ "compilerOptions": { "strict": true, "paths": { "@lib/*": ["./lib/*"] }, "module": "NodeNext" } }',
  '/w/lib/vector.ts': 'export interface Vector { x: number; y: number; tags: string[] }\nexport const EPS = 1e-9;\nexport function length(v: Vector) { return Math.hypot(v.x, v.y); }\n',
  '/w/main.ts': `import { length, EPS, type Vector } from '@lib/vector';
import { half } from './js/half.js';
import { sum } from 'tiny';
/** @range scale [0, 2] */
export function scaled(v: Vector, scale: number, { offset }: { offset?: number }) { const l = length(v); return l > EPS ? l * scale + half(scale) + sum([1]) : 0; }
export class Box { constructor(public size: number) {} volume() { return this.size ** 3; } }
export const label = (name: string) => name.length;
`,
  '/w/js/half.js': '/** @param {number} x */\nexport function half(x) { return x / 2; }\n',
  '/w/node_modules/tiny/package.json': '{ "name": "tiny", "types": "index.d.ts", "main": "index.js" }',
  '/w/node_modules/tiny/index.d.ts': 'export declare function sum(xs: number[]): number;',
  '/w/node_modules/tiny/index.js': 'exports.sum = xs => xs.reduce((a, b) => a + b, 0);',
});

describe('a project', () => {
  it('gives types across files, packages and JavaScript', () => {
    const program = openProject(memory(files())).program('/w/main.ts');
    const type = (text: string): string => typeText(program!.expressions.find(e => program!.text.slice(e.start, e.end) === text)!.type);
    expect(program?.problems).toEqual([]);
    expect([type('length(v)'), type('half(scale)'), type('sum([1])'), type('l * scale + half(scale) + sum([1])')]).toEqual(['number', 'number', 'number', 'number']);
    expect(program?.expressions.find(e => e.kind === 'number' && e.text === 'EPS')).toMatchObject({ value: 1e-9, named: true });
  });

  it('lists functions with parameters and spells out their types', () => {
    const project = openProject(memory(files()));
    expect(project.functions('/w/main.ts').map(fn => [fn.name, fn.line, fn.numeric, fn.parameters.map(p => p.name)])).toEqual([
      ['scaled', 5, true, ['v', 'scale', '{ offset }']], ['Box.volume', 6, true, []], ['label', 7, true, ['name']],
    ]);
    expect(project.functions('/w/main.ts')[0].parameters[1]).toEqual({ name: 'scale', type: 'number', range: [0, 2] });
    expect(project.parameterTypes('/w/main.ts', 'scaled')?.slice(0, 2)).toEqual([
      { kind: 'object', name: 'Vector', properties: { x: { kind: 'number' }, y: { kind: 'number' }, tags: { kind: 'array', element: { kind: 'string' } } } }, { kind: 'number' },
    ]);
    expect(project.parameterTypes('/w/main.ts', 'none')).toBeNull();
  });

  it('resolves imports to sources, and packages to what runs', () => {
    const project = openProject(memory(files()));
    expect(project.resolve('@lib/vector', '/w/main.ts')).toBe('/w/lib/vector.ts');
    expect(project.resolve('./js/half.js', '/w/main.ts')).toBe('/w/js/half.js');
    expect(project.resolve('tiny', '/w/main.ts')).toBe('/w/node_modules/tiny/index.js');
    expect(project.resolve('./nowhere', '/w/main.ts')).toBeUndefined();
  });

  it('sees edits of the file and of what it imports, and only then lowers again', () => {
    const host = memory(files());
    const project = openProject(host);
    const first = project.program('/w/main.ts');
    expect(project.program('/w/main.ts')).toBe(first);
    project.update('/w/lib/vector.ts', 'export const EPS = 0.5; export type Vector = { x: number }; export function length(v: Vector) { return "text"; }');
    const second = project.program('/w/main.ts');
    expect(second?.expressions.find(e => e.kind === 'number' && e.text === 'EPS')).toMatchObject({ value: 0.5 });
    project.close('/w/lib/vector.ts');
    expect(project.program('/w/main.ts')?.expressions.find(e => e.kind === 'number' && e.text === 'EPS')).toMatchObject({ value: 1e-9 });
    host.files['/w/lib/vector.ts'] = host.files['/w/lib/vector.ts'].replace('1e-9', '1e-3');
    project.changed('/w/lib/vector.ts');
    expect(project.program('/w/main.ts')?.expressions.find(e => e.kind === 'number' && e.text === 'EPS')).toMatchObject({ value: 1e-3 });
  });

  it('serves documents that are not on the disk, and answers null for files that are nowhere', () => {
    const project = openProject(memory({}));
    project.update('untitled:Untitled-1', 'export function f(x: number) { return x; }');
    project.update('/w/new.ts', 'export const g = (xs: number[]) => xs.map(x => x * 2);');
    expect(project.functions('untitled:Untitled-1').map(fn => fn.name)).toEqual(['f']);
    expect(project.functions('/w/new.ts').map(fn => fn.name)).toEqual(['g']);
    expect(project.program('/w/nowhere.ts')).toBeNull();
  });

  it('survives a broken configuration', () => {
    const project = openProject(memory({ '/w/tsconfig.json': '{ "compilerOptions": { "module": "nonsense", ', '/w/a.ts': 'export const f = (x: number) => x;' }));
    expect(project.functions('/w/a.ts').map(fn => fn.name)).toEqual(['f']);
  });

  it('follows exports through files: stars, renames, defaults, generics, JSDoc', () => {
    const project = openProject(memory({
      '/w/a.ts': 'export interface Pair<T> { first: T; second: T[] }\nexport const TINY = 2 ** -10;\nexport default class Grid { readonly rows: number = 1; at(i: number): number { return i; } }\nexport function both(p: Pair<number>): number { return p.first; }\nexport function same<T>(x: T): T { return x; }',
      '/w/b.ts': "export * from './a';\nexport { default as Mesh, both as two } from './a';",
      '/w/c.js': '/** @param {Array<number>} xs\n * @param {number} [k]\n * @returns {number[]} */\nexport default function tail(xs, k) { return xs.slice(k); }',
      '/w/main.ts': "import { Mesh, two, TINY, same, type Pair } from './b';\nimport tail from './c.js';\nexport function f(p: Pair<number>, m: Mesh) { return [p.second[0], m.rows, m.at(1), two(p), TINY, same(3), tail([1], 2)[0], new Mesh().rows]; }",
    }));
    const program = project.program('/w/main.ts')!;
    const list = program.expressions.find(e => e.kind === 'array' && e.elements.length === 8);
    if (list?.kind !== 'array') throw new Error('no list');
    expect(list.elements.map(e => e?.type.kind)).toEqual(Array(8).fill('number'));
    expect(list.elements[4]).toMatchObject({ kind: 'number', value: 2 ** -10 });
    expect(project.program('/w/c.js')?.variables.filter(v => v.kind === 'parameter').map(v => typeText(v.type))).toEqual(['number[]', 'number | undefined']);
  });

  it('knows the members of classes of other files: parameter properties, getters, methods and statics without a written type', () => {
    const project = openProject(memory({
      '/w/point.ts': 'export class Point {\n  constructor(readonly x = 0, readonly y = 0) {}\n  get length() { return Math.hypot(this.x, this.y); }\n  rotate(a: number) { return new Point(this.x * a, this.y); }\n  static distance(a: Point, b: Point) { return Math.hypot(a.x - b.x, a.y - b.y); }\n  static unit() { return new Point(1); }\n  unit() { return 1 / this.length; }\n}\nexport const ORIGIN = new Point();',
      '/w/circle.ts': "import { ORIGIN } from './point';\nexport class Circle { constructor(readonly c = ORIGIN, readonly r = 1, readonly d = r) {} }",
      '/w/main.ts': "import { Circle } from './circle';\nimport { ORIGIN, Point } from './point';\nexport function f(o: Circle) { return [o.c.x, o.d, o.c.length, o.c.rotate(1).y, Point.distance(o.c, ORIGIN), ORIGIN.x, Point.unit().y, o.c.unit()]; }",
    }));
    const list = project.program('/w/main.ts')!.expressions.find(e => e.kind === 'array');
    if (list?.kind !== 'array') throw new Error('no list');
    expect(list.elements.map(e => e && typeText(e.type))).toEqual(Array(8).fill('number'));
  });

  it('finds a file that an import led to before it was there', () => {
    const host = memory({ '/w/main.ts': "import { k } from './later';\nexport const f = (x: number) => x * k;" });
    const project = openProject(host);
    const value = (): unknown => project.program('/w/main.ts')?.expressions.find(e => e.kind === 'number' && e.text === 'k');
    expect(value()).toBeUndefined();
    project.update('/w/later.ts', 'export const k = 0.25;');
    expect(value()).toMatchObject({ value: 0.25 });
  });
});
