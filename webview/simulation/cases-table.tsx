import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport } from '../../src/protocol/report';
import type { CaseOrder, CaseRow, PageRequest } from '../../src/protocol/report-pages';
import { caseRows } from '../../src/protocol/report-pages';
import { Button, Choice } from '../shared/controls';
import { count, short, valueText } from '../shared/number-text';
import type { Model } from './model';

/** Inputs on one page of the table. */
const rowsOnPage = 50;

/** Every input with what came out, fifty at a time, in their order or the worst first. Of a large report only the page that is read is sent. */
export function CasesTable({ model, report, format, askPage }: {
  readonly model: Model; readonly report: SimulationReport; readonly format: FormatReport; readonly askPage: (page: PageRequest) => void;
}): VNode {
  const [order, setOrder] = useState<CaseOrder>('given');
  const [from, setFrom] = useState(0);
  const remote = report.whole !== undefined;
  const first = Math.min(from, Math.max(0, Math.floor((report.cases - 1) / rowsOnPage) * rowsOnPage));
  useEffect(() => { if (remote) askPage({ kind: 'cases', format: format.id, order, from: first, count: rowsOnPage }); }, [report.whole, format.id, order, first]);
  const page = model.cases;
  const rows: readonly CaseRow[] | null = !remote ? caseRows(report, format, order, first, rowsOnPage)
    : page && page.format === format.id && page.order === order && page.from === first ? page.rows : null;
  const last = Math.min(report.cases, first + rowsOnPage);
  return <div class="cases">
    <div class="pager">
      <Choice name="Order of the inputs" value={order} options={[{ value: 'given', title: 'in their order' }, { value: 'worst', title: 'worst first' }]} onChange={value => { setOrder(value as CaseOrder); setFrom(0); }} />
      {report.cases > rowsOnPage && <>
        <Button look="secondary" label="Earlier inputs" disabled={first === 0} onPress={() => setFrom(first - rowsOnPage)}>‹</Button>
        <Button look="secondary" label="Later inputs" disabled={last >= report.cases} onPress={() => setFrom(first + rowsOnPage)}>›</Button>
      </>}
      <span class="muted" role="status">{count(first + 1)} – {count(last)} of {count(report.cases)}</span>
    </div>
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Inputs and results, table" aria-busy={rows === null}>
      <table class="twin">
        <thead><tr>{['input', 'arguments', 'result', 'reference', 'relative error'].map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>{(rows ?? []).map(row => <tr key={row.index}>
          <td>{count(row.index + 1)}</td><td>{Array.isArray(row.input) ? row.input.map(v => valueText(v, 6)).join(', ') : ''}</td><td>{valueText(row.result)}</td><td>{valueText(row.reference)}</td><td>{short(fromReal(row.error))}</td>
        </tr>)}</tbody>
      </table>
    </div>
  </div>;
}
