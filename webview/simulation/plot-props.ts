import type { FormatReport, SimulationReport } from '../../src/protocol/report';
import type { PageRequest } from '../../src/protocol/report-pages';
import type { Model, View } from './model';

/** What each plot is given: the report, the format that is shown, and how to change the view. */
export interface PlotProps {
  readonly model: Model;
  readonly report: SimulationReport;
  readonly format: FormatReport;
  readonly change: (change: Partial<View>) => void;
  readonly runSweep: (parameter: number, path: string | undefined, lo: number, hi: number) => void;
  /** Asks for a part of a report of which only a summary came. */
  readonly askPage: (page: PageRequest) => void;
  readonly standalone: boolean;
}
