import { describe, expect, it } from 'vitest';
import { findingsOf } from './support';

const LAYERS = 12;
const CALLS = 12;

/** Functions in layers, each called from many places of the layer before: the ways through them are CALLS to the power of LAYERS, and a search along every one of them does not end. */
function layered(last: string, call: (next: string, i: number) => string): string {
  const layers = Array.from({ length: LAYERS }, (_, layer) => {
    const calls = Array.from({ length: CALLS }, (__, i) => `if (x.kind === ${i}) return ${call(`layer${layer + 1}`, i)};`).join(' ');
    return `function layer${layer}(x) { ${calls} return ${call(`layer${layer + 1}`, CALLS)}; }`;
  });
  return [...layers, last, 'module.exports = { layer0 };'].join('\n');
}

describe('searches through functions that call each other from many places end', () => {
  it('for the origin of random bytes', () => {
    const code = layered(`function layer${LAYERS}(b) { return b % 10; }`, next => `${next}(x)`);
    expect(findingsOf(`const seed = require('crypto').randomBytes(4);\n${code}`, {}, 'a.js').filter(f => f.hazard === 'random-biased')).toEqual([]);
  });

  it('for the uses of a sum', () => {
    const code = layered(`function layer${LAYERS}(xs) { let sum = 0; for (const x of xs) sum += x; return sum; }`, next => `${next}(x)`);
    expect(findingsOf(code, {}, 'a.js').map(f => f.hazard)).toContain('naive-summation');
  });

  it('for the origins of a divisor and of a time', () => {
    const code = layered(`function layer${LAYERS}(n) { return setTimeout(() => {}, 100 / n * 100) + Math.sqrt(n * n - 1) + (n | 0); }`, next => `${next}(x)`);
    expect(findingsOf(code, {}, 'a.js').map(f => f.hazard)).toContain('division-by-zero');
  });
});
