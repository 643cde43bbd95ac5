import { pageOf, summaryOf, type PageRequest, type ReportPage } from '../protocol/report-pages';
import type { SimulationReport } from '../protocol/report';

/** Large reports that are kept for their pages; the one that was asked for longest ago goes first. */
const limit = 8;

/** The whole of every large report that was answered with a summary. Small reports are sent as they are and not kept. */
export class WholeReports {
  private readonly kept = new Map<string, SimulationReport>();
  private made = 0;

  /** What to answer: the report itself, or its summary. `replaces`: name of a report that nobody will ask for any more. */
  summarize(report: SimulationReport, detailed?: string, replaces?: string): SimulationReport {
    if (replaces !== undefined) this.kept.delete(replaces);
    const id = `report-${++this.made}`;
    const summary = summaryOf(report, id, detailed);
    if (summary.whole === undefined) return summary;
    this.kept.set(id, report);
    for (const oldest of this.kept.keys()) { if (this.kept.size <= limit) break; this.kept.delete(oldest); }
    return summary;
  }

  /** Throws one sentence when the report is no longer kept. */
  whole(id: string): SimulationReport {
    const report = this.kept.get(id);
    if (!report) throw new Error('This run is too old to be read further; run the simulation again.');
    this.kept.delete(id);
    this.kept.set(id, report);
    return report;
  }

  /** Throws one sentence when the report is no longer kept or has no such page. */
  page(id: string, request: PageRequest): ReportPage {
    const page = pageOf(this.whole(id), request);
    if (!page) throw new Error(request.kind === 'input' ? `This run has no input ${request.index + 1}.` : `This run has no format ${request.format}.`);
    return page;
  }
}
