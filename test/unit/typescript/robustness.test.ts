import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Program } from '../../../src/program';
import { lowerText } from '../../../src/typescript';
import { wellFormed } from './well-formed';

const root = resolve(__dirname, '../../..');

const words = ['let', 'const', 'var', 'x', 'y', 'f', '=', '+=', '+', '-', '*', '**', '/', '%', '(', ')', '{', '}', '[', ']', ',', ';', ':', '?', '?.', '...', '=>', '1', '0.5', '"s"', '`a${', '}`',
  'function', 'class', 'extends', 'return', 'if', 'else', 'for', 'of', 'in', 'while', 'do', 'switch', 'case', 'default', 'try', 'catch', 'finally', 'throw', 'new', 'this', 'super', 'async', 'await', 'yield',
  'static', 'get', 'set', 'import', 'export', 'from', 'enum', 'namespace', 'type', 'interface', 'as', '!', '++', '--', '<', '>', '===', '&&', '||', '??', '??=', '.', '#p', '@', '\n', '/** @range x [0, 1] */', '// roundoff-disable\n',
  'Math.exp', 'number', '/a/', '1n', 'with', 'label:', 'break', 'continue', 'delete', 'typeof', 'void', 'arguments', '<div>', '</div>', 'constructor', 'prototype', '__proto__', 'toString'];

const sources = ['simple-statistics/src/bayesian_classifier.js', 'simple-statistics/src/ckmeans.js', 'ml-spectra-processing/src/x/xMean.ts', 'ml-spectra-processing/src/matrix/matrixCholeskySolver.ts', 'three/src/math/Box2.js']
  .map(path => [path, readFileSync(resolve(root, 'node_modules', path), 'utf8')] as const);

describe('any text is lowered', () => {
  it('random tokens', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), fc.constantFrom('a.ts', 'a.tsx', 'a.js', 'a'), (tokens, file) => {
      wellFormed(lowerText(file, tokens.join(' '), { types: false }));
    }), { numRuns: 400 });
  });

  it('random text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), text => wellFormed(lowerText('a.ts', text, { types: false }))), { numRuns: 200 });
  });

  it('truncated and damaged files, with the type checker', () => {
    fc.assert(fc.property(fc.constantFrom(...sources), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...words), ([path, text], share, word) => {
      const cut = Math.floor(share * text.length);
      wellFormed(lowerText(path, text.slice(0, cut) + word + text.slice(cut + 20)));
    }), { numRuns: 12 });
  }, 30_000);

  it('names that objects are born with', () => {
    wellFormed(lowerText('a.ts', 'const o: any = {}; o.constructor(1); o.__proto__ = 2; o["hasOwnProperty"]; toString(); class constructor { toString() { return 1 } } enum E { constructor, toString } E.toString + E.valueOf; function __proto__() {} __proto__();'));
  });

  it('a syntax error is a problem with its place, and the rest is there', () => {
    const program = lowerText('a.ts', 'export function f(x: number) { return x * 2; }\nconst = 3;\nexport function g(y: number) { return y + 1 }\n');
    expect(program.problems[0]).toMatchObject({ file: 'a.ts', line: 2, column: 7 });
    expect(program.problems[0].message).toMatch(/^Syntax error: .*\. Correct it/);
    expect(program.functions.map(fn => fn.name)).toEqual(expect.arrayContaining(['f', 'g']));
  });
});

describe('size does not break it', () => {
  const within = (text: string): Program => {
    const program = lowerText('a.ts', text, { types: false });
    wellFormed(program);
    return program;
  };
  it('a sum of five thousand terms', () => { within(`const s = ${Array.from({ length: 5000 }, (_, i) => `x${i}`).join(' + ')};`); });
  it('deep nesting', () => { within(`const s = ${'('.repeat(800)}1${')'.repeat(800)};`); within(`const t = ${'f('.repeat(700)}1${')'.repeat(700)};`); within(`${'if (x) {'.repeat(300)} y() ${'}'.repeat(300)}`); });
  it('a chain of functions that call each other', () => { within(Array.from({ length: 2000 }, (_, i) => `function f${i}() { return f${i + 1}() + 1 }`).join('\n')); });
  it('a long list of data', () => { expect(within(`export const data = [${Array.from({ length: 20000 }, (_, i) => i / 7).join(',')}];`).expressions.length).toBeGreaterThan(20000); });
});

describe('real sources', () => {
  for (const [path, text] of sources) it(path, () => wellFormed(lowerText(path, text)));
});
