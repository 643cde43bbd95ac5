import { describe, expect, it } from 'vitest';
import { completed, UNKNOWN } from '../../../src/program';
import { typeText } from '../../../src/typescript';
import { lowerSlices } from '../../../src/typescript/lower/lower';
import { noTypes } from '../../../src/typescript/lower/type-source';
import { ModuleGraph } from '../../../src/typescript/project/module-graph';
import { parseSource } from '../../../src/typescript/project/source-files';

/** Types of the elements of the list in `/w/main.ts`, and what had to be asked of the checker for them. */
function lowered(files: Readonly<Record<string, string>>): { readonly types: readonly string[]; readonly asked: readonly string[] } {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, parseSource(path, text)]));
  const resolve = (module: string): string | undefined => [`/w/${module.slice(2)}.ts`, `/w/node_modules/${module}/index.js`].find(path => sources.has(path));
  const graph = new ModuleGraph(resolve, path => sources.get(path), () => 0);
  const asked: string[] = [];
  const ask = (text: string): typeof UNKNOWN => { asked.push(text); return UNKNOWN; };
  const program = completed(lowerSlices(sources.get('/w/main.ts')!, {
    ...noTypes, typeOf: node => ask(node.getText()), resultOf: call => ask(call.getText()), exported: (from, module, name) => graph.exported(from, module, name), isForeign: (from, module) => graph.isForeign(from, module),
  }));
  const list = program.expressions.find(e => e.kind === 'array');
  return { types: list?.kind === 'array' ? list.elements.map(e => e ? typeText(e.type) : '') : [], asked };
}

const point = `export class Point {
  constructor(readonly x = 0, readonly y = 0) {}
  static sum(a: Point, b: Point) { return new Point(a.x + b.x, a.y + b.y); }
  add(p: Point) { return Point.sum(this, p); }
  shifted(p: Point) { return this.add(p); }
  rotate(a: number) { if (a === 0) return this; return new Point(this.x * a, this.y); }
  norm() { return this.x * this.x + this.y * this.y; }
  size() { return this.norm(); }
  even() { return this.odd(); }
  odd() { return this.even(); }
}
export const TWO_PI = 2 * Math.PI;`;

describe('what the syntax of other files tells without the checker', () => {
  it('methods that call methods, static ones, and themselves by `this`; constants that are computed', () => {
    const { types, asked } = lowered({ '/w/point.ts': point, '/w/main.ts': "import { Point, TWO_PI } from './point';\nexport function f(p: Point) { return [p.add(p).x, p.shifted(p).y, p.rotate(2).x, p.size(), TWO_PI]; }" });
    expect(types).toEqual(Array(5).fill('number'));
    expect(asked).toEqual([]);
  });

  it('a circle of methods is left to the checker', () => {
    expect(lowered({ '/w/point.ts': point, '/w/main.ts': "import { Point } from './point';\nexport function f(p: Point) { return [p.even()]; }" }).asked).toEqual(['p.even()']);
  });

  it('JavaScript of packages is neither read nor asked about; that of the project is', () => {
    const main = "import { half } from 'tiny';\nimport { third } from './own';\nexport function f(x: number) { return [half(x), third(x)]; }";
    const { types, asked } = lowered({ '/w/node_modules/tiny/index.js': 'export function half(x) { return x / 2; }', '/w/own.ts': 'export function third(x: number) { return x / 3; }', '/w/main.ts': main });
    expect(types).toEqual(['unknown', 'number']);
    expect(asked).toEqual([]);
  });
});
