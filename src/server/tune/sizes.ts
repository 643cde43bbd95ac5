import type { InstrumentedProgram } from '../simulate/program';

/**
 * The program with every conversion of a variable to its own format noted: `inF2(…)` becomes `sizeF2(…)`, which remembers the arrays that it sees. After a run
 * `sizesQuery` asks for the elements of each; arrays that grow later are counted at their final length.
 */
export function measuring(program: InstrumentedProgram): InstrumentedProgram {
  const p = program.prefix;
  const conversion = new RegExp(`${p.replaceAll('$', '\\$')}inF(\\d+)\\(`, 'g');
  const wrappers = program.formats.map((_, i) => `const ${p}sizeF${i} = (s, a, ...shadow) => { if (typeof a === "object" && a !== null && ${p}seen[${i}].length < ${mostArrays}) ${p}seen[${i}].push(a); return ${p}inF${i}(s, a, ...shadow); };`);
  return {
    ...program,
    scripts: [
      { name: 'roundoff-sizes', text: `const ${p}seen = [${program.formats.map(() => '[]').join(', ')}]; ${wrappers.join(' ')}` },
      ...program.scripts.map(({ name, text }) => ({ name, text: text.replace(conversion, `${p}sizeF$1(`) })),
    ],
  };
}

/** Arrays that are remembered for one variable. */
const mostArrays = 1000;

/** An expression whose value is the JSON of the largest number of elements that each format's arrays hold; 0 where there were none. */
export function sizesQuery(program: InstrumentedProgram): string {
  const count = 'function count(v, depth) { if (typeof v !== "object" || v === null) return 1; let n = 0; if (depth < 6) for (let i = 0; i < v.length; i++) n += count(v[i], depth + 1); return n; }';
  return `(() => { ${count} return "[" + ${program.prefix}seen.map(list => { let most = 0; for (let i = 0; i < list.length; i++) { const n = count(list[i], 0); if (n > most) most = n; } return most; }).join(",") + "]"; })()`;
}
