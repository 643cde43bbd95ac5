import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultSettings } from '../../src/protocol/settings';
import { Analyses } from '../../src/server/analyses';
import { nodePlatform } from '../../src/server/node-platform';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

/** Files of some 500 lines, as people write them. */
const files = ['simplex-noise/simplex-noise.ts', '@mathigon/euclid/src/polygon.ts', 'ml-spectra-processing/src/x/xNoiseSanPlot.ts', 'ml-spectra-processing/src/matrix/matrixCholeskySolver.ts', 'three/src/math/Triangle.js', 'gl-matrix/esm/mat3.js'];
const EDITS = 100;
const WARMING = 20;

/**
 * CPU milliseconds from an edit to its findings, as the server does it, beside what the compiler alone needs for the same edit (parse, program, bind, check of the file).
 * Edits are at random places: a number changes, or a statement is added at the start of a function. The last column is the median over the edits of the longest time, in
 * milliseconds on the clock, that other messages waited for.
 */
export async function run(): Promise<void> {
  const width = 44;
  console.log(`${EDITS} edits a file at random places, CPU milliseconds\n`);
  console.log(`${'file'.padEnd(width)} ${'lines'.padStart(6)} ${'ours p50'.padStart(9)} ${'p95'.padStart(7)} ${'compiler p50'.padStart(13)} ${'p95'.padStart(7)} ${'beyond p50'.padStart(11)} ${'p95'.padStart(7)} ${'longest slice'.padStart(14)}`);
  for (const name of [...files, 'generated']) {
    const { ours, compiler, lines, slices } = await measure(name);
    const beyond = ours.map((x, i) => x - compiler[i]);
    const cell = (values: readonly number[], share: number, size: number): string => quantile(values, share).toFixed(1).padStart(size);
    console.log(`${name.padEnd(width)} ${String(lines).padStart(6)} ${cell(ours, 0.5, 9)} ${cell(ours, 0.95, 7)} ${cell(compiler, 0.5, 13)} ${cell(compiler, 0.95, 7)} ${cell(beyond, 0.5, 11)} ${cell(beyond, 0.95, 7)} ${cell(slices, 0.5, 14)}`);
  }
}

interface Measured {
  readonly lines: number;
  readonly ours: number[];
  readonly compiler: number[];
  /** The longest that other messages wait for their turn, for each edit. */
  readonly slices: number[];
}

async function measure(name: string): Promise<Measured> {
  const file = name === 'generated' ? join(root, 'out', 'generated.ts') : join(modules, name);
  const text = name === 'generated' ? generated(5000) : readFileSync(file, 'utf8');
  const uri = `file://${file}`;
  const settings = defaultSettings;
  let document = TextDocument.create(uri, 'typescript', 1, text);
  const analyses = new Analyses(nodePlatform(join(root, 'dist')), asked => asked === uri ? document : undefined, () => [document]);
  const compile = compiler(file);
  const random = generator(7);
  const ours: number[] = [];
  const compiled: number[] = [];
  const slices: number[] = [];
  // Edits before the first that counts: the code of both is warm in an editor.
  for (let version = 2; version < EDITS + WARMING + 2; version++) {
    const next = edit(document.getText(), random);
    document = TextDocument.create(uri, 'typescript', version, next);
    let [longest, begin] = [0, performance.now()];
    const mine = await cpu(async () => {
      const analysis = analyses.of(uri)!;
      await analysis.prepare(settings, () => { longest = Math.max(longest, performance.now() - begin); begin = performance.now(); return Promise.resolve(); });
      analysis.findings(settings);
    });
    const theirs = await cpu(() => compile(next));
    if (version >= WARMING + 2) { ours.push(mine); compiled.push(theirs); slices.push(Math.max(longest, performance.now() - begin)); }
  }
  return { lines: text.split('\n').length, ours, compiler: compiled, slices };
}

/** The compiler's own update: the new text parsed, a program that takes over the old one's files, and the file's types. */
function compiler(file: string): (text: string) => void {
  const options: ts.CompilerOptions = { allowJs: true, strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const host = ts.createCompilerHost(options, true);
  const known = new Map<string, ts.SourceFile | undefined>();
  let current: ts.SourceFile | undefined;
  let last: ts.Program | undefined;
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (name === file) return current;
    if (!known.has(name)) known.set(name, read(name, ...rest));
    return known.get(name);
  };
  return text => {
    current = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
    last = ts.createProgram({ rootNames: [file], options, host, oldProgram: last });
    last.getSemanticDiagnostics(current);
  };
}

async function cpu(work: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function edit(text: string, random: () => number): string {
  const numbers = [...text.matchAll(/(?<=[ (*+/-])\d+(?=[ ;,)*])/g)];
  const bodies = [...text.matchAll(/\)(?:: [\w<>[\], |]+)? \{\n/g)];
  if (bodies.length > 0 && (random() < 0.4 || numbers.length === 0)) {
    const place = bodies[Math.floor(random() * bodies.length)];
    const at = place.index + place[0].length;
    return `${text.slice(0, at)}  const edited${Math.floor(random() * 1e6)} = ${Math.floor(random() * 100)} / 3;\n${text.slice(at)}`;
  }
  const place = numbers[Math.floor(random() * numbers.length)];
  return text.slice(0, place.index) + String(Math.floor(random() * 9) + 1) + text.slice(place.index + place[0].length);
}

/** Code as generators write it: many functions of a few lines that call each other. */
function generated(lines: number): string {
  const parts: string[] = [];
  for (let i = 0; parts.length * 10 < lines; i++) {
    parts.push(`export function step${i}(x: number, xs: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) {
    sum += xs[i] * ${i + 1} - x / (1 + x * x);
  }
  if (sum > ${i}) return ${i > 0 ? `step${i - 1}(sum / ${i + 2}, xs)` : 'sum'};
  const scale = Math.sqrt(Math.abs(sum) + ${i});
  return Math.exp(-scale) + Math.log(scale + 1);
}
`);
  }
  return parts.join('\n');
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
