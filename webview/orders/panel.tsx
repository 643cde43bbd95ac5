import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { OrdersReport, OrdersRequest, PanelStatus } from '../../src/protocol/panel';
import type { Real } from '../../src/protocol/real';
import { fromReal, toReal } from '../../src/protocol/real';
import { Button, Choice, Field } from '../shared/controls';
import type { Host } from '../shared/host';
import { Num } from '../shared/number';
import { count, distinct, duration, full, short } from '../shared/number-text';
import { Distribution } from './distribution';

const commonFormats = ['fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8-e4m3fn', 'fp8-e5m2', 'fp4-e2m1fn'];

/** The summation orders view: what the same numbers add up to in different orders, beside their exact sum. */
export function OrdersPanel({ host }: { readonly host: Host }): VNode {
  const [report, setReport] = useState<OrdersReport | null>(null);
  const [status, setStatus] = useState<PanelStatus | null>(null);
  const [draft, setDraft] = useState<OrdersRequest | null>(() => { const state = host.restore(); return state?.panel === 'orders' ? state.request : null; });
  const [text, setText] = useState(() => draft ? valuesText(draft.values) : '');
  const [formats, setFormats] = useState(commonFormats);
  useEffect(() => {
    const stop = host.listen(message => {
      if (message.type === 'orders') { setReport(message.report); setDraft(message.report.request); setText(valuesText(message.report.request.values)); }
      if (message.type === 'status') setStatus(message.status);
      if (message.type === 'context') setFormats([...new Set([...commonFormats, ...message.context.formats])]);
    });
    host.post({ type: 'ready', panel: 'orders', state: host.restore() });
    return stop;
  }, [host]);
  useEffect(() => { host.store({ version: 1, panel: 'orders', request: draft, view: {} }); }, [host, draft]);

  const values = readValues(text);
  const running = status?.state === 'running';
  const run = (): void => {
    if (typeof values === 'string') return;
    const base = draft ?? { place: null, text: 'typed numbers', format: 'fp32', orders: 10_000, seed: 1 };
    const request = { ...base, values };
    setDraft(request);
    host.post({ type: 'runOrders', request });
  };
  const change = (part: Partial<OrdersRequest>): void => setDraft({ place: null, text: 'typed numbers', values: typeof values === 'string' ? [] : values, format: 'fp32', orders: 10_000, seed: 1, ...draft, ...part });
  const place = draft?.place;
  return <div class="orders-panel">
    <header class="orders-head"><h1>Summation orders</h1>{draft && <code>{draft.text}</code>}
      {place && <button type="button" class="link" onClick={() => host.post({ type: 'reveal', file: place.file, start: place.start, end: place.end, focus: true })}>line {place.line}</button>}</header>
    {!host.standalone && <div class="orders-controls">
      <div class="numbers"><label for="numbers">numbers to add, in source order</label>
        <textarea id="numbers" rows={2} value={text} spellcheck={false} aria-invalid={typeof values === 'string' && text !== ''} aria-describedby="numbers-problem" onInput={event => setText(event.currentTarget.value)} />
        <p id="numbers-problem" class="problem" role="status">{typeof values === 'string' && text !== '' ? values : ''}</p></div>
      <Choice label="format" value={draft?.format ?? 'fp32'} options={[...new Set([...formats, draft?.format ?? 'fp32'])].map(id => ({ value: id, title: id }))} onChange={format => change({ format })} />
      <Field label="random orders" size={8} value={String(draft?.orders ?? 10_000)} onInput={v => { if (/^\d{1,6}$/.test(v) && Number(v) > 0) change({ orders: Number(v) }); }} />
      <Field label="seed" size={5} value={String(draft?.seed ?? 1)} onInput={v => { if (/^\d{1,9}$/.test(v)) change({ seed: Number(v) }); }} />
      <Button look="primary" id="run" disabled={running || typeof values === 'string'} onPress={run}>{running ? 'Adding…' : 'Add in all orders'}</Button>
    </div>}
    {status && !['done', 'running', 'empty'].includes(status.state) && <p class="notice" role="alert">{status.message}</p>}
    {!report && !running && <p class="nothing">{status?.state === 'empty' && status.message ? status.message : 'Floating-point addition is not associative: the same numbers give different sums in different orders. Type numbers above and see how different.'}</p>}
    {report && <>
      <p class="summary" role="status">{summary(report)}</p>
      <Distribution report={report} />
      <section aria-labelledby="named-title"><h2 id="named-title">Orders and algorithms</h2><NamedTable report={report} /></section>
      <Extremes report={report} />
    </>}
  </div>;
}

/** The outcome in words. */
export function summary(report: OrdersReport): string {
  const { request, distribution, tried, exhaustive } = report;
  const results = distribution.length;
  const exact = fromReal(report.exact);
  const orders = exhaustive ? `all ${count(tried)} orders` : `${count(tried)} orders tried`;
  const how = `${request.values.length} numbers in ${request.format}: `;
  const condition = fromReal(report.condition);
  const why = condition > 100 ? ` The condition number of this sum is ${short(condition)}: its terms cancel.` : '';
  if (results === 1) return `${how}${orders} give the same sum, ${short(fromReal(distribution[0].result), 6)}${fromReal(distribution[0].result) === exact ? ', which is exact' : `; the exact sum is ${short(exact, 6)}`}.${why}`;
  const [lo, hi] = distinct(fromReal(distribution[0].result), fromReal(distribution[results - 1].result));
  const source = report.named.find(n => n.name === 'source order');
  return `${how}${orders} give ${count(results)} different sums, from ${lo} to ${hi}; the exact sum is ${short(exact, 6)}.${source ? ` The source order errs by ${short(fromReal(source.ulps))} ulp.` : ''}${why}`;
}

function NamedTable({ report }: { readonly report: OrdersReport }): VNode {
  const rows = [...report.named].sort((a, b) => order(fromReal(a.ulps)) - order(fromReal(b.ulps)));
  const most = Math.max(...rows.map(r => fromReal(r.ulps)).filter(Number.isFinite), Number.MIN_VALUE);
  return <div class="table-scroll" tabIndex={0} role="region" aria-label="Orders and algorithms, table"><table class="orders-table">
    <thead><tr><th scope="col">order</th><th scope="col">result</th><th scope="col">error in ulps</th></tr></thead>
    <tbody>{rows.map(row => { const ulps = fromReal(row.ulps); return <tr key={row.name} class={row.name === 'source order' ? 'shown' : ''}><th scope="row">{row.name}</th><td class="number"><Num value={row.result} digits={9} /></td>
      <td class="number">{ulps === 0 ? 'exact' : short(ulps)}<svg class="error-bar" width={120} height={4} aria-hidden="true"><rect class="track" width={120} height={4} /><rect class="fill" width={Number.isFinite(ulps) ? 120 * ulps / most : 120} height={4} /></svg></td></tr>; })}</tbody>
  </table></div>;
}

function Extremes({ report }: { readonly report: OrdersReport }): VNode | null {
  if (report.distribution.length < 2 || report.lowest.length === 0) return null;
  const show = (indices: readonly number[]): string => `${indices.slice(0, 16).map(i => short(fromReal(report.request.values[i] ?? 'NaN'))).join(' + ').replaceAll('+ -', '− ')}${indices.length > 16 ? ' + …' : ''}`;
  return <dl class="extremes">
    <div><dt>an order for the lowest</dt><dd><code>{show(report.lowest)}</code> = <Num value={report.distribution[0].result} digits={9} /></dd></div>
    <div><dt>an order for the highest</dt><dd><code>{show(report.highest)}</code> = <Num value={report.distribution[report.distribution.length - 1].result} digits={9} /></dd></div>
    <div><dt>bound for every order</dt><dd>± <Num value={report.bound} /> around the exact sum</dd></div>
    <div><dt>took</dt><dd>{duration(report.seconds)}</dd></div>
  </dl>;
}

/** Numbers separated by spaces, commas or line ends, or one sentence that names the text at fault. */
export function readValues(text: string): Real[] | string {
  const words = text.split(/[\s,;[\]]+/).filter(w => w !== '');
  if (words.length < 2) return 'Type at least two numbers, separated by spaces or commas.';
  const values: Real[] = [];
  for (const word of words) {
    const value = /^[+-]?(inf(inity)?|∞)$/i.test(word) ? (word.startsWith('-') ? -Infinity : Infinity) : Number(word);
    if (value !== value && !/^nan$/i.test(word)) return `“${word.slice(0, 30)}” is not a number.`;
    values.push(toReal(value));
  }
  return values;
}

function valuesText(values: readonly Real[]): string {
  return values.map(v => full(fromReal(v))).join(', ');
}

function order(ulps: number): number {
  return ulps === ulps ? ulps : Infinity;
}
