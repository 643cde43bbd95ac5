import type { VNode } from 'preact';
import type { TuneReport } from '../../src/protocol/tuning';
import { toReal } from '../../src/protocol/real';
import { Num } from '../shared/number';
import { bytes, count, energy, percent } from '../shared/number-text';
import type { Point } from './points';

/** The format of each variable under the assignment that is looked at; a line number shows the line in the editor. */
export function VariablesTable({ report, shown, onReveal }: { readonly report: TuneReport; readonly shown: Point; readonly onReveal: (start: number) => void }): VNode {
  const top = report.uniform[0]?.format;
  return <div class="table-scroll" tabIndex={0} role="region" aria-label="Formats of variables, table"><table class="tuning-table" id="variables">
    <thead><tr><th scope="col">variable</th><th scope="col">line</th><th scope="col">format</th><th scope="col" class="number">numbers</th></tr></thead>
    <tbody>{report.assignment.map((v, i) => <tr key={`${v.start} ${v.variable}`}>
      <th scope="row">{v.start < 0 ? <span class="muted" title="Results of operations that no variable holds: simulate under this format">intermediate results</span> : <code>{v.variable}</code>}</th>
      <td class="number">{v.start < 0 ? '' : <button type="button" class="link" title={`Show ${v.variable} in the editor`} onClick={() => onReveal(v.start)}>{v.line}</button>}</td>
      <td><span class={`format${shown.formats[i] === top ? '' : ' lowered'}`}>{shown.formats[i]}</span></td>
      <td class="number">{v.elements > 1 ? count(v.elements) : ''}</td>
    </tr>)}</tbody>
  </table></div>;
}

/** All assignments that were kept, to look at one with a click or the arrow keys. */
export function AssignmentsTable({ report, points, shown, onPick }: { readonly report: TuneReport; readonly points: readonly Point[]; readonly shown: Point; readonly onPick: (point: Point) => void }): VNode {
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : event.key === 'Home' ? -points.length : event.key === 'End' ? points.length : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = points[Math.max(0, Math.min(points.length - 1, points.indexOf(shown) + by))];
    onPick(next);
    document.getElementById(idOf(next))?.focus();
  };
  return <div class="table-scroll" role="region" aria-label="Assignments, table" tabIndex={0}><table class="tuning-table" id="assignments">
    <thead><tr><th scope="col">assignment</th><th scope="col" class="number">error</th><th scope="col">tolerance</th><th scope="col" class="number">energy</th><th scope="col" class="number">memory</th></tr></thead>
    <tbody onKeyDown={onKey}>{points.map(p => <tr key={p.name} class={p === shown ? 'shown' : ''} onClick={() => onPick(p)}>
      <th scope="row"><button type="button" id={idOf(p)} class="pick" aria-pressed={p === shown} tabIndex={p === shown ? 0 : -1} onClick={() => onPick(p)}>{p.name}{p.chosen ? <span class="best"> ★ chosen</span> : null}</button></th>
      <td class="number">{Number.isFinite(p.error) ? p.error === 0 ? '0' : <Num value={toReal(p.error)} /> : 'fails'}</td>
      <td>{p.error <= report.tolerance ? <span class="kept">✓ kept</span> : <span class="missed">✗ missed</span>}</td>
      <td class="number">{Number.isFinite(p.energy) ? <>{energy(p.energy)} <span class="muted">{shareOf(p.energy, report.baselineEnergyPicojoules)}</span></> : '–'}</td>
      <td class="number">{bytes(p.memory)} <span class="muted">{shareOf(p.memory, report.baselineMemoryBytes)}</span></td>
    </tr>)}</tbody>
  </table></div>;
}

function idOf(point: Point): string {
  return `assignment-${point.name.replaceAll(/[^\w]/g, '-')}`;
}

function shareOf(now: number, before: number): string {
  return before > 0 ? percent(now / before) : '';
}
