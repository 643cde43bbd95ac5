import type { Hazard } from './engine/hazard';
import { accumulationsOf } from './matching/accumulation';
import { countBound } from './matching/sums';
import { anyTarget, targetsAt } from './matching/targets';
import { formatNumber } from './matching/text';

export const targetStall: Hazard = {
  id: 'target-stall',
  * detect(c) {
    if (!anyTarget(c)) return;
    for (const a of accumulationsOf(c)) {
      if (a.operator !== 'add' || a.terms.length !== 1 || c.facts.reachable[a.at.id] === false) continue;
      const fact = c.fact(a.terms[0].value);
      if (!fact?.evidence || !Number.isFinite(fact.hi) || fact.hi <= 0 || fact.lo < 0) continue;
      const rounds = countBound(c, a);
      const counter = fact.lo === fact.hi && fact.integer && a.target.kind === 'variable' && c.reads(a.target.variable).some(r => c.parent(r)?.kind === 'index');
      if (!Number.isFinite(rounds) || counter) continue;
      // The total stalls where half an ulp exceeds the step: 2^p · step for a step that is a power of two.
      const stalled = targetsAt(c, a.at).filter(f => f.significandBits !== null && f.family === 'float' && rounds * fact.hi > fact.hi * 2 ** f.significandBits);
      if (stalled.length === 0) continue;
      const f = stalled[0];
      yield {
        at: a.at,
        message: `In ${stalled.map(x => x.id).join(', ')} this sum stops growing near ${formatNumber(fact.hi * 2 ** f.significandBits!)}: ${formatNumber(rounds)} steps of at most ${formatNumber(fact.hi)} add up to ${formatNumber(rounds * fact.hi)}.`,
      };
    }
  },
};
