import type { NumberLiteral } from '../program';
import type { Hazard } from './engine/hazard';
import { replacement } from './matching/edits';

export const literalPrecisionLoss: Hazard = {
  id: 'literal-precision-loss',
  * detect(c) {
    for (const e of c.scene.byKind.get('number') ?? []) {
      if (e.kind !== 'number' || e.named || !losesInteger(e)) continue;
      const value = BigInt(e.value).toString();
      yield {
        at: e,
        message: `${e.text} is not a double: the program works with ${value}.`,
        fixes: /^[\d_]+$/.test(e.text) ? [replacement(c, e, `${e.text}n`, 'Make it a bigint', false)] : [],
      };
    }
  },
};

/** Whole numbers whose written digits the double does not keep. Fractions with spare digits (constants such as π) and trailing zeros lose nothing that was meant. */
function losesInteger(e: NumberLiteral): boolean {
  const text = e.text.replaceAll('_', '').toLowerCase();
  if (!Number.isFinite(e.value)) return false;
  if (/^0[xob]/.test(text)) return BigInt(text) !== BigInt(e.value);
  const match = /^(\d+)(?:\.0*)?$/.exec(text);
  if (!match || Math.abs(e.value) < 2 ** 53) return false;
  const digits = match[1].replace(/^0+/, '').replace(/0+$/, '');
  if (digits.length > 100) return e.value.toString() !== text;
  const kept = e.value.toPrecision(Math.max(1, digits.length)).replace(/e.*$/, '').replace('.', '').replace(/0+$/, '');
  return kept !== digits;
}
