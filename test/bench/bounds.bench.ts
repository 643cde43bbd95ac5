import { bound } from '../../src/analysis/bounds';
import { fromReal } from '../../src/protocol/real';
import { geometricMean, lowerPublished, median, publishedPrograms } from '../golden/bounds/programs';

const cell = (x: number | null | undefined): string => (x === null || x === undefined ? '' : x.toExponential(2)).padStart(9);
const ratio = (x: number | null): string => (x === null ? '' : x < 0.001 ? x.toExponential(0) : x.toFixed(3)).padStart(7);

/** Bounds of published programs beside the stored results of other tools, in both input models, with our time. */
export async function run(): Promise<void> {
  for (const model of ['exactInputs', 'roundedInputs'] as const) {
    console.log(`${model === 'exactInputs' ? 'Inputs are doubles' : 'Inputs are reals, rounded once'} (absolute error; ratio to FPTaylor, and to the largest error observed)\n`);
    console.log(`${'program'.padEnd(28)}${['ours', 'FPTaylor', 'Gappa', 'Daisy', 'PRECiSA', 'observed'].map(h => h.padStart(10)).join('')}  /FPT    /obs      ms`);
    const toPeer: number[] = [];
    const toObserved: number[] = [];
    const times: number[] = [];
    for (const p of publishedPrograms()) {
      const { f, program } = lowerPublished(p);
      const request = { box: p.pre, roundedInputs: model === 'roundedInputs' };
      bound(f, program, request);
      const start = performance.now();
      const error = fromReal(bound(f, program, request).result.absoluteError);
      times.push(performance.now() - start);
      const r = p[model];
      const peer = r.fptaylor ? error / r.fptaylor : null;
      const observed = r.observed ? error / r.observed : null;
      if (peer !== null) toPeer.push(peer);
      if (observed !== null) toObserved.push(observed);
      console.log(`${p.name.padEnd(28)}${[error, r.fptaylor, r.gappa, r.daisy, r.precisa, r.observed].map(x => ` ${cell(x)}`).join('')} ${ratio(peer)} ${ratio(observed)} ${times[times.length - 1].toFixed(1).padStart(7)}`);
    }
    console.log(`\ngeometric mean ${geometricMean(toPeer).toFixed(3)} of FPTaylor, at most 1.1 × on ${toPeer.filter(x => x <= 1.1).length} of ${toPeer.length}; median ${median(toObserved).toFixed(3)} × observed; median ${median(times).toFixed(1)} ms\n`);
  }
}
