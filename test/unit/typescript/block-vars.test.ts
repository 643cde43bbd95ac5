import { describe, expect, it } from 'vitest';
import type { Program } from '../../../src/program';
import { lowerText } from '../../../src/typescript';

/** Ids of the variables of a name that something reads or writes. */
function used(program: Program, name: string): number[] {
  const ids = new Set<number>();
  for (const e of program.expressions) if (e.kind === 'variable' && program.variables[e.variable].name === name) ids.add(e.variable);
  return [...ids];
}

describe('var', () => {
  it('belongs to its function when the function reads it outside the block', () => {
    expect(used(lowerText('a.js', `function f(n) { for (var i = 0, p = 1; i < n; i++) p *= i; return p; }`), 'p')).toHaveLength(1);
    expect(used(lowerText('a.js', `function f(n) { if (n) { var p = 2; } else { p = 3; } return p; }`), 'p')).toHaveLength(1);
    expect(used(lowerText('a.js', `function f(n) { for (var i = 0; i < n; i++) { if (n[i]) break; } return i; }`), 'i')).toHaveLength(1);
    expect(used(lowerText('a.js', `var x = 1; { var x = 2; } g(x);`), 'x')).toHaveLength(1);
    expect(used(lowerText('a.js', `function f(n) { g(function () { return p; }); { var p = 2; g(p); } }`), 'p')).toHaveLength(1);
  });

  it('keeps its value from round to round when it is declared without one', () => {
    const program = lowerText('a.js', `function f(n) { while (n--) { var last; g(last); if (n % 2) last = n; } }`);
    expect(used(program, 'last')).toHaveLength(1);
    const [id] = used(program, 'last');
    expect(program.functions[1].body[0].kind === 'loop' && program.functions[1].body[0].body.some(s => s.kind === 'declare' && s.variable === id)).toBe(false);
  });

  it('is a variable of each block where no other place mentions it', () => {
    expect(used(lowerText('a.js', `function f(n) { for (var i = 0; i < n; i++) { var d = i; g(d); } for (var i = 1; i < n; i++) { var d = 2; g(d); } }`), 'd')).toHaveLength(2);
    expect(used(lowerText('a.js', `function f(n) { if (n) { var d = 1; g(d); } else { var d = 2; h.d(d); } }`), 'd')).toHaveLength(2);
  });

  it('of a parameter is the parameter', () => {
    expect(used(lowerText('a.js', `function f(n) { if (!n) { var n = 2; } return n; }`), 'n')).toHaveLength(1);
  });
});
