import { useMemo, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { Format, Rounding } from '../../src/formats';
import { FormatError } from '../../src/formats/format';
import { formats } from '../../src/formats/registry';
import { parseFormat } from '../../src/formats/find';
import { Button, Choice, Field } from '../shared/controls';
import { knownFormat } from '../shared/known-format';
import { Num } from '../shared/number';
import { short } from '../shared/number-text';
import { groupedBits } from './anatomy';
import { convert } from './conversion';
import type { Entry } from './entry';

export interface ComparisonProps {
  readonly entry: Exclude<Entry, { kind: 'problem' }>;
  readonly shown: string;
  readonly ids: readonly string[];
  readonly rounding: Rounding;
  readonly onPick: (id: string) => void;
  readonly onChange: (ids: readonly string[]) => void;
}

/** The same value in every chosen format. */
export function ComparisonTable({ entry, shown, ids, rounding, onPick, onChange }: ComparisonProps): VNode {
  const rows = useMemo(() => ids.flatMap(id => { const format = knownFormat(id); return format ? [{ id, format, result: convert(entry, format, allowed(format, rounding)) }] : []; }), [entry, ids, rounding]);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const add = (id: string): void => {
    try {
      const format = parseFormat(id.trim());
      setProblem('');
      setTyped('');
      if (!ids.includes(format.id)) onChange([...ids, format.id]);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      setProblem(error.message);
    }
  };
  return <section class="comparison" aria-labelledby="comparison-title">
    <header class="view-head"><h2 id="comparison-title">In every format</h2>
      <Choice name="Add a format" value="" options={[{ value: '', title: 'add a format…' }, ...formats.filter(f => !ids.includes(f.id)).map(f => ({ value: f.id, title: f.id, group: f.group }))]} onChange={add} />
      <Field name="Add a format by name" size={12} placeholder="float(5,7)" value={typed} onInput={setTyped} onEnter={() => add(typed)} />
      <Button disabled={typed.trim() === ''} onPress={() => add(typed)}>Add</Button>
    </header>
    <p class="problem" role="status">{problem}</p>
    <div class="table-scroll" role="region" aria-label="The value in every format" tabIndex={0}>
      <table class="comparison-table">
        <thead><tr><th scope="col">format</th><th scope="col">stored value</th><th scope="col">error in ulps</th><th scope="col">error</th><th scope="col">bits</th><th scope="col">flags</th><th scope="col"><span class="hidden">remove</span></th></tr></thead>
        <tbody>{rows.map(({ id, format, result }) => <tr key={id} class={id === shown ? 'shown' : ''} onClick={() => onPick(id)}>
          <th scope="row"><button type="button" class="format-name" aria-pressed={id === shown} title={format.title} onClick={() => onPick(id)}>{id}</button></th>
          <td class="number"><Num value={real(result.stored)} digits={8} /></td>
          <td class="number with-bar">{result.ulps === 0 ? '0' : ulpsText(result.ulps)}<UlpBar ulps={result.ulps} /></td>
          <td class="number">{result.relative === 0 ? '0 %' : percentText(result.relative)}</td>
          <td class="bits-cell"><code>{result.code === null ? '–' : groupedBits(format, result.code)}</code></td>
          <td>{result.flags.map(flag => <span key={flag} class={`flag${flag === 'exact' ? ' good' : ''}`}>{flag}</span>)}</td>
          <td><button type="button" class="remove" aria-label={`Remove ${id}`} onClick={event => { event.stopPropagation(); onChange(ids.filter(other => other !== id)); }}>×</button></td>
        </tr>)}</tbody>
      </table>
    </div>
  </section>;
}

/** Wrapping has a meaning for integers and fixed point only; other formats keep their own rule. */
export function allowed(format: Format, rounding: Rounding): Rounding {
  return rounding.overflow === 'wrap' && format.family !== 'integer' && format.family !== 'fixed' ? { ...rounding, overflow: 'ieee' } : rounding;
}

/** Half an ulp, the most that rounding to nearest loses, fills the bar halfway. */
function UlpBar({ ulps }: { readonly ulps: number }): VNode {
  const width = 44, share = ulps === ulps ? Math.min(1, ulps) : 0;
  return <svg class="error-bar" width={width} height={4} aria-hidden="true"><rect class="track" width={width} height={4} /><rect class={`bar heat-${ulps > 1 ? 4 : ulps > 0.5 ? 3 : 2}`} width={width * share} height={4} /></svg>;
}

function percentText(relative: number): string {
  return relative !== relative ? '–' : relative === Infinity ? '∞' : `${short(relative * 100)} %`;
}

function ulpsText(ulps: number): string {
  return ulps !== ulps ? '–' : short(ulps);
}

function real(x: number): number | 'NaN' | 'Infinity' | '-Infinity' | '-0' {
  return Number.isFinite(x) ? Object.is(x, -0) ? '-0' : x : x !== x ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
}
