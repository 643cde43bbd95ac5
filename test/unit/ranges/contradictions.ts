import { analyzeRanges } from '../../../src/analysis/ranges';
import { lineColumn, textOf } from '../../../src/program';
import { lowerText } from '../../../src/typescript';
import { contradiction, run } from './observe';
import { interesting, ProgramWriter, randomFrom } from './random-program';

/** The first observed value that contradicts a fact of the random program with this seed, as text; null when there is none. */
export function firstContradiction(seed: number): string | null {
  const random = randomFrom(seed);
  const text = new ProgramWriter(random, 60).program();
  const program = lowerText('random.ts', text, { types: false });
  const facts = analyzeRanges(program, { onDefect: error => { throw error; } });
  let wrong: string | null = null;
  for (let round = 0; round < 4 && !wrong; round++) {
    const list = (n: number, make: () => number): number[] => Array.from({ length: Math.floor(random.next() * n) }, make);
    const args = [
      interesting(random), interesting(random), random.next() < 0.5 ? Math.floor(random.next() * 9) : random.next() * 8,
      list(6, () => interesting(random)), list(6, () => random.next() * 12 - 2), Uint8Array.from(list(8, () => random.next() * 256)),
      Float32Array.from(list(5, () => interesting(random))), { x: interesting(random), y: interesting(random), ...(random.next() < 0.3 ? { tag: interesting(random) } : {}) },
    ];
    run(program, 'main', args, observation => {
      const found = wrong ? null : contradiction(facts, observation);
      if (!found) return;
      const e = program.expressions[observation.id];
      wrong = `line ${lineColumn(program, e.start).line}: ${textOf(program, e)} ${found} (seed ${seed})\n${text}`;
    }, 4000);
  }
  return wrong;
}
