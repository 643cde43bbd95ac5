import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport } from '../../src/protocol/report';
import { distinct, percent, short } from '../shared/number-text';
import { culprit, fileName, flagsOf, oneLine } from './selection';

/**
 * The result of one format in words, for the top of the panel and for the copied Markdown:
 * "In fp16 the result is 0.125 instead of 0.2522. 61 % of the error enters at line 8 (`squares += x * x`); line 11 then cancels 9 bits."
 */
export function summary(report: SimulationReport, format: FormatReport): string {
  if (format.status !== 'ok') return `${format.id}: ${failure(report, format)}`;
  const run = format.firstCase;
  const simulated = fromReal(run.outputValue), reference = fromReal(run.outputReference);
  if (run.output === null && run.sites.length === 0) return `In ${format.id} the function computed nothing numeric: its result depends on no operation.`;
  const where = run.outputPath ? `${run.outputPath} is` : 'the result is';
  if (Object.is(simulated, reference)) {
    const worst = fromReal(format.maxRelativeError);
    return `In ${format.id} ${where} ${short(simulated)}, as in the reference.`
      + (report.cases > 1 && !(worst <= 0) ? ` Over all ${report.cases} inputs the largest relative error is ${short(worst)}.` : '');
  }
  const [a, b] = distinct(simulated, reference);
  const sentences = [`In ${format.id} ${where} ${a} instead of ${b}.`];
  const blame = culprit(format);
  const ruin = run.sites.find(s => s.nan > 0) ?? run.sites.find(s => s.overflow > 0);
  if (!Number.isFinite(simulated) && ruin) {
    sentences.push(`The first ${ruin.nan > 0 && ruin.overflow === 0 ? 'NaN' : 'overflow'} is at line ${ruin.line} (${oneLine(ruin.text)}).`);
  } else if (blame) {
    const cancelling = run.sites.filter(s => s.cancelledBits >= 4 && s.site !== blame.site).sort((x, y) => y.cancelledBits - x.cancelledBits)[0];
    const absorbing = run.sites.filter(s => s.absorbed > 0).sort((x, y) => y.absorbed - x.absorbed)[0];
    const then = cancelling ? `; ${operation(cancelling.operator)} at line ${cancelling.line} then cancels ${Math.round(cancelling.cancelledBits)} bits`
      : absorbing ? `; ${absorbing.absorbed} of ${absorbing.count} additions at line ${absorbing.line} are absorbed` : '';
    sentences.push(`${percent(blame.share)} of the error enters at line ${blame.line} (${oneLine(blame.text)})${then}.`);
  }
  const branch = run.divergences[0];
  if (branch) {
    const site = run.sites.find(s => s.site === branch.site);
    sentences.push(branch.kind === 'branch' ? `A branch${site ? ` at line ${site.line}` : ''} goes the other way.` : `An integer${site ? ` at line ${site.line}` : ''} comes out differently.`);
  }
  if (run.attribution === 'incomplete') {
    sentences.push(run.recordedOperations < run.totalOperations ? 'The run was too long to be recorded whole, so the shares are incomplete.' : 'The shares do not add up to the whole error, because a branch, an overflow or a NaN breaks the first-order picture.');
  }
  return sentences.join(' ');
}

/** Why a format has no result, with the place. */
export function failure(report: SimulationReport, format: FormatReport): string {
  const place = format.at ? ` (${fileName(format.at.file)}:${format.at.line})` : '';
  switch (format.status) {
    case 'timeout': return format.message || `stopped at the time limit after ${short(format.seconds)} s${place}.`;
    case 'cancelled': return format.message || 'cancelled before it finished.';
    case 'threw': return `the code threw ${format.message}${place}.`.replace(/\.\.$/, '.');
    default: return format.message || `cannot simulate ${report.description.name} here.`;
  }
}

/** All formats as a Markdown table under the summary of the shown one. */
export function markdown(report: SimulationReport, shown: FormatReport): string {
  const rows = report.formats.map(f => f.status === 'ok'
    ? [f.id, short(fromReal(f.firstCase.outputValue), 6), short(fromReal(f.maxAbsoluteError)), short(fromReal(f.maxRelativeError)),
        `${Math.floor(Math.max(0, fromReal(f.correctBits) || 0))} of ${f.significandBits}`, worstPlace(f), f.firstCase.sites.flatMap(flagsOf).slice(0, 3).join(', ')]
    : [f.id, f.status, '', '', '', '', failure(report, f)]);
  const table = [['format', 'result', 'absolute error', 'relative error', 'bits', 'enters at', 'flags'], Array<string>(7).fill('---'), ...rows];
  return [`**${report.description.name}** (${fileName(report.description.file)}:${report.description.line}), ${report.cases} ${report.cases === 1 ? 'input' : 'inputs'}`, '',
    summary(report, shown), '', ...table.map(cells => `| ${cells.map(c => c.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`), '',
    ...report.notes.map(note => `- ${note}`)].join('\n');
}

function worstPlace(format: FormatReport): string {
  const blame = culprit(format);
  return blame ? `line ${blame.line}: \`${oneLine(blame.text, 40)}\` ${percent(blame.share)}` : '';
}

function operation(operator: string): string {
  return operator === 'sub' ? 'the subtraction' : operator === 'add' ? 'the addition' : `the ${operator}`;
}
