import type { FormatFacts, LiteralFacts, NumberFacts } from '../analysis/hover';
import { fromReal } from '../protocol/real';
import { numberText, numberTextDown, numberTextUp, percentText } from './number-text';

/** Width of the column of names. */
const names = 12;
/** Characters of an expression, and of an exact decimal expansion, that a line has room for. */
const textRoom = 44;
const decimalRoom = 42;
/** Characters of a format's cell in a line of two. */
const cellRoom = 50;

/** The lines of an expression's hover, in two blocks: what is known of it, and what each format would do to it. */
export function numberLines(facts: NumberFacts): string[][] {
  const text = facts.text.replace(/\s+/g, ' ');
  const head = `${text.length > textRoom ? `${text.slice(0, textRoom - 1)}…` : text}   ${facts.integer ? 'integer' : 'number'} · ${facts.format}`;
  const formats = inPairs(facts.formats.flatMap(format => { const fate = fateText(format); return fate === undefined ? [] : [line(format.format, fate)]; }));
  return [[head, line('range', rangeText(facts)), line('error', errorText(facts)), ...digitsLine(facts)], ...(formats.length > 0 ? [formats] : [])];
}

/** The lines of a literal's hover: the double that it is, its bits, and its value in each format. */
export function literalLines(facts: LiteralFacts): string[][] {
  const { exactDecimal } = facts;
  const decimal = exactDecimal.length > decimalRoom ? `${exactDecimal.slice(0, decimalRoom)}…` : exactDecimal;
  const relative = fromReal(facts.relativeError);
  const width = Math.max(0, ...facts.formats.map(({ value }) => numberText(value, 9).length));
  return [
    [`${facts.text} = ${decimal}`,
      line('bits', facts.bits.map(({ bits }) => bits).join(' | ')),
      ...(/^-?[\d.]/.test(facts.text) ? [line('error', relative === 0 ? 'none: the number as written is a double' : `${numberText(Math.abs(relative))} relative`)] : [])],
    facts.formats.map(({ format, value, relativeError }) => {
      const error = fromReal(relativeError);
      return line(format, `${numberText(value, 9).padEnd(width)}   ${literalError(error)}`);
    }),
  ].filter(lines => lines.length > 0);
}

/** Two cells to a line where all of them are short, so that the hover stays low. */
function inPairs(cells: readonly string[]): string[] {
  if (cells.length < 4 || cells.some(cell => cell.length > cellRoom)) return [...cells];
  const width = Math.max(...cells.filter((_, index) => index % 2 === 0).map(cell => cell.length));
  return cells.flatMap((cell, index) => index % 2 === 1 ? [] : [index + 1 < cells.length ? `${cell.padEnd(width)}    ${cells[index + 1]}` : cell]);
}

function literalError(relative: number): string {
  const size = Math.abs(relative);
  return size === 0 ? 'exact' : !Number.isFinite(size) ? 'overflows' : size === 1 ? 'becomes 0' : size >= 1e-4 ? `${percentText(size)} off` : `${numberText(size)} relative`;
}

function line(name: string, text: string): string {
  return `${name.padEnd(names)}${text}`;
}

function rangeText({ range, reason, maybeNaN }: NumberFacts): string {
  if (range === null) return 'not known: @range NAME [lo, hi] promises one';
  const [lo, hi] = range.map(fromReal);
  const values = lo === hi ? numberText(range[0]) : `[${numberTextDown(range[0])}, ${numberTextUp(range[1])}]`;
  return [values, ...(maybeNaN ? ['or NaN'] : []), ...(reason === null ? [] : [reason])].join('   ');
}

function errorText({ error, noError }: NumberFacts): string {
  if (error === null) return `no bound: ${noError ?? 'its range is not finite'}`;
  if (fromReal(error.absolute) === 0) return 'none: the value is exact';
  const parts = [`≤ ${numberTextUp(error.absolute)} absolute`];
  if (error.ulps !== null) parts.push(`${numberTextUp(error.ulps)} ulp`);
  if (error.largest) parts.push(`${percentText(error.largest.share)} enters at line ${error.largest.line}`);
  if (error.scope === 'expression') parts.push('of this expression alone');
  return parts.join(' · ');
}

function digitsLine({ error, digits, noDigits, condition }: NumberFacts): string[] {
  if (error === null) return [];
  const factor = condition === null ? NaN : fromReal(condition);
  const text = digits === null ? `none guaranteed${noDigits === null ? '' : `: ${noDigits}`}` : `${digits} guaranteed`;
  return [line('digits', factor > 2 ? `${text}   condition up to ${numberTextUp(factor)}` : text)];
}

function fateText(fate: FormatFacts): string | undefined {
  const limit = fate.beyond === null ? '' : ` (> ${numberText(fate.beyond[1])})`;
  // A range that holds 0 holds magnitudes under every limit; only where 0 itself cannot be is that news.
  const small = fate.vanishesUnder === null || fate.fate !== 'partly-vanishes' ? '' : `; 0 under ${numberText(fate.vanishesUnder)}`;
  switch (fate.fate) {
    case 'unknown': return undefined;
    case 'overflows': return `overflows${limit}`;
    case 'vanishes': return 'becomes 0: too small for it';
    case 'needs-scale': return fate.scale === null ? undefined : `needs scale ${numberText(fate.scale.scale)}, step ±${numberText(fate.scale.step)}`;
    case 'fits': case 'partly-vanishes': {
      const error = fate.computed ?? fate.error;
      const stored = fate.value === null ? 'fits' : `is ${numberText(fate.value, 6)}`;
      const off = error === null ? '' : fromReal(error) === 0 ? ', exactly' : `, error ≤ ${numberTextUp(error)}`;
      const lost = fate.digitsLost === null || fate.digitsLost === 0 ? '' : `, ${fate.digitsLost} ${fate.digitsLost === 1 ? 'digit' : 'digits'} lost`;
      return `${stored}${off}${lost === '' ? small : lost}`;
    }
  }
}
