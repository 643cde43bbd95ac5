import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Span } from '../engine/hazard';
import { countedDivisor } from './counted-divisors';
import { firstBy } from './first-division';
import { measuredDivisor } from './measured-divisors';
import { resolve } from './structure';
import { unreadyDivisor } from './unready-divisors';

/** Why an unguarded divisor can be 0, as seen from how the code makes it: counted, added up, measured, or shared with the numerator. Null when nothing says so. */
export function emptyDivisor(c: HazardContext, e: Operation, divisor: Expression): string | null {
  const below = resolve(c, divisor);
  const reason = countedDivisor(c, e, divisor, below) ?? measuredDivisor(c, e, divisor, below) ?? unreadyDivisor(c, e, below);
  // new Point(sumX / n, sumY / n): one finding.
  return reason && firstBy(c, e, divisor, c.program.text.lastIndexOf('\n', e.start)) ? reason : null;
}

/** The divisor, which a guard has to name; from the division sign on where that stands on an earlier line. */
export function placeOfDivisor(c: HazardContext, e: Operation): Span {
  const [above, divisor] = e.operands;
  const between = c.program.text.slice(above.end, divisor.start);
  const sign = /^(?:[\s)]|\/\/[^\n]*\n|\/\*[^]*?\*\/)*\//.exec(between);
  return sign && between.slice(sign[0].length).includes('\n') ? { start: above.end + sign[0].length - 1, end: divisor.end } : divisor;
}
