import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport, SiteReport } from '../../src/protocol/report';
import { bitsKept, short } from '../shared/number-text';
import type { Model } from './model';

/** The format whose run is shown, or undefined before there is one. */
export function shownFormat(model: Model): FormatReport | undefined {
  return model.report?.formats.find(f => f.id === model.view.format) ?? model.report?.formats[0];
}

/** Whether two reports are of the same run: they may have come in separate messages, or with more pages. */
export function sameRun(a: SimulationReport, b: SimulationReport): boolean {
  return a === b || (a.function === b.function && a.seconds === b.seconds && a.cases === b.cases && a.whole === b.whole);
}

/** The site that the linked views emphasise: the one under the pointer, else the selected one. */
export function emphasised(model: Model): string | null {
  return model.view.hover ?? model.view.site;
}

export function siteOf(format: FormatReport | undefined, id: string | null): SiteReport | undefined {
  return id === null ? undefined : format?.firstCase.sites.find(s => s.site === id);
}

/** Where to look first: the culprit, or the first operation that made a NaN or an infinity. */
export function firstToSee(format: FormatReport): SiteReport | undefined {
  const { sites } = format.firstCase;
  return culprit(format) ?? sites.find(s => s.nan > 0) ?? sites.find(s => s.overflow > 0);
}

/** The site where the largest share of the final error enters, or undefined when no site errs. */
export function culprit(format: FormatReport): SiteReport | undefined {
  let worst: SiteReport | undefined;
  for (const site of format.firstCase.sites) if (site.share > (worst?.share ?? 0)) worst = site;
  return worst;
}

/** Heat of a share of the final error, 0 (none) … 4 (half or more): drawn as colour, thickness and pattern together, always beside the number. */
export function heat(share: number): 0 | 1 | 2 | 3 | 4 {
  return !(share >= 0.005) ? 0 : share < 0.05 ? 1 : share < 0.2 ? 2 : share < 0.5 ? 3 : 4;
}

/** What went wrong at a site, as short words; `cancels` from 4 bits on. */
export function flagsOf(site: SiteReport): string[] {
  const times = (n: number): string => n > 1 ? ` ×${n}` : '';
  return [
    site.nan > 0 ? `NaN${times(site.nan)}` : '',
    site.overflow > 0 ? `overflow${times(site.overflow)}` : '',
    site.saturated > 0 ? `saturated${times(site.saturated)}` : '',
    site.underflow > 0 ? `underflow${times(site.underflow)}` : '',
    site.branchDivergence > 0 ? `diverges${times(site.branchDivergence)}` : '',
    site.cancelledBits >= 4 ? `cancels ${Math.round(site.cancelledBits)} bits` : '',
    site.absorbed > 0 ? `absorbed${times(site.absorbed)}` : '',
  ].filter(flag => flag !== '');
}

/** Flags of many sites together: each word once, with its worst number. */
export function flagsOfAll(sites: readonly SiteReport[]): string[] {
  const sum = (pick: (s: SiteReport) => number): number => sites.reduce((n, s) => n + pick(s), 0);
  if (sites.length === 0) return [];
  return flagsOf({
    ...sites[0], nan: sum(s => s.nan), overflow: sum(s => s.overflow), saturated: sum(s => s.saturated), underflow: sum(s => s.underflow),
    branchDivergence: sum(s => s.branchDivergence), cancelledBits: Math.max(...sites.map(s => s.cancelledBits)), absorbed: sum(s => s.absorbed),
  });
}

/** |simulated − reference| in ulps of a binary format with this many significand bits, at the reference value. */
export function errorUlps(simulated: number, reference: number, significandBits: number): number {
  if (simulated === reference || (simulated !== simulated && reference !== reference)) return 0;
  if (!Number.isFinite(simulated) || !Number.isFinite(reference) || reference === 0) return NaN;
  return Math.abs(simulated - reference) / 2 ** (exponent(reference) - significandBits + 1);
}

/** Correct leading bits of one value: min(significand bits, −log2(relative error)), at least 0. */
export function correctBits(simulated: number, reference: number, significandBits: number): number {
  if (Object.is(simulated, reference) || simulated === reference) return significandBits;
  const relative = Math.abs(simulated - reference) / Math.abs(reference);
  return relative < Infinity ? Math.max(0, Math.min(significandBits, -Math.log2(relative))) : 0;
}

/** ⌊log2|x|⌋, exactly. */
export function exponent(x: number): number {
  const e = Math.floor(Math.log2(Math.abs(x)));
  return 2 ** e > Math.abs(x) ? e - 1 : 2 ** (e + 1) <= Math.abs(x) ? e + 1 : e;
}

/** `variance` of `FILE#variance`, and the file's last part. */
export function functionName(report: SimulationReport): string {
  return report.description.name;
}

export function fileName(file: string): string {
  return decodeURIComponent(file.split(/[\\/]/).pop() ?? file);
}

/** `17 of 53 bits`, from the report's smallest number of correct bits. */
export function keptBits(format: FormatReport): string {
  return bitsKept(Math.max(0, fromReal(format.correctBits) || 0), format.significandBits);
}

/** Source text of a site on one line, cut to `limit` characters. */
export function oneLine(text: string, limit = 48): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
}

/** `3.5 ulp`, or the values' difference where ulps say nothing (a zero or non-finite reference). */
export function errorText(simulated: number, reference: number, significandBits: number): string {
  if (Object.is(simulated, reference) || simulated === reference) return 'exact';
  const ulps = errorUlps(simulated, reference, significandBits);
  if (ulps === ulps) return `${short(ulps)} ulp`;
  return reference === 0 && Number.isFinite(simulated) ? `${short(Math.abs(simulated))} absolute` : 'unbounded';
}
