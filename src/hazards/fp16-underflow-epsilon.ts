import type { Hazard } from './engine/hazard';
import { rounder } from '../formats';
import { anyTarget, targetsAt } from './matching/targets';
import { formatNumber } from './matching/text';
import { replacement } from './matching/edits';

export const fp16UnderflowEpsilon: Hazard = {
  id: 'fp16-underflow-epsilon',
  * detect(c) {
    if (!anyTarget(c)) return;
    for (const e of c.scene.byKind.get('number') ?? []) {
      if (e.kind !== 'number' || e.value === 0 || !Number.isFinite(e.value)) continue;
      const lost = targetsAt(c, e).filter(f => f.family === 'float' && rounder(f)(e.value) === 0);
      if (lost.length === 0) continue;
      const format = lost[0];
      const smallest = format.minNormal ?? format.minPositive;
      yield {
        at: e,
        message: `${e.text} is 0 in ${lost.map(f => f.id).join(', ')}, whose smallest positive value is ${formatNumber(format.minPositive ?? 0)}.`,
        remedy: smallest === null ? undefined : `Use at least ${formatNumber(smallest)}, the smallest normal value of ${format.id}.`,
        fixes: smallest === null ? [] : [replacement(c, e, String(smallest), `Use ${smallest}, the smallest normal ${format.id}`, false)],
      };
    }
  },
};
