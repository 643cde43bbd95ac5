import type { InstrumentedProgram } from '../simulate/program';

/**
 * The program with every conversion of a variable to its own format noted: `inF2(…)` becomes `sizeF2(…)`, which remembers whether it saw a number, and the arrays that it
 * saw. After a run `sizesQuery` asks for the numbers that each held; arrays that grow later are counted at their final length.
 */
export function measuring(program: InstrumentedProgram): InstrumentedProgram {
  const p = program.prefix;
  const conversion = new RegExp(`${p.replaceAll('$', '\\$')}(in|add|sub|mul|div|rem|pow)F(\\d+)\\(`, 'g');
  const wrappers = program.formats.map((_, i) => `const ${p}sizeF${i} = (f, s, a, ...rest) => { if (typeof a === "number") ${p}numbers[${i}] = 1; else if (typeof a === "object" && a !== null && ${p}seen[${i}].length < ${mostArrays}) ${p}seen[${i}].push(a); return f(s, a, ...rest); };`);
  return {
    ...program,
    scripts: [
      { name: 'roundoff-sizes', text: `const ${p}numbers = [${program.formats.map(() => '0').join(', ')}], ${p}seen = [${program.formats.map(() => '[]').join(', ')}]; ${wrappers.join(' ')}` },
      ...program.scripts.map(({ name, text }) => ({ name, text: text.replace(conversion, (_, operation: string, i: string) => `${p}sizeF${i}(${p}${operation}F${i}, `) })),
    ],
  };
}

/** Arrays that are remembered for one variable. */
const mostArrays = 1000;

/** An expression whose value is the JSON of the numbers that each format's variable held at most: 1 for a number, the elements of an array, 0 when it held none. */
export function sizesQuery(program: InstrumentedProgram): string {
  const p = program.prefix;
  const count = 'function count(v, depth) { if (typeof v === "number") return 1; if (typeof v !== "object" || v === null) return 0; let n = 0; if (depth < 6) for (let i = 0; i < v.length; i++) n += count(v[i], depth + 1); return n; }';
  return `(() => { ${count} return "[" + ${p}seen.map((list, f) => { let most = ${p}numbers[f]; for (let i = 0; i < list.length; i++) { const n = count(list[i], 0); if (n > most) most = n; } return most; }).join(",") + "]"; })()`;
}
