import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { activationNames, type ActivationChoice, type ExpressivenessReport, type ExpressivenessRequest } from '../../src/protocol/expressiveness';
import type { PanelStatus } from '../../src/protocol/panel';
import { isExpressivenessHostMessage, type ExpressivenessMessage } from '../../src/protocol/tuning-panel';
import { Choice, Field } from '../shared/controls';
import { IndicatorChart, ActivationChart } from './expressiveness-charts';

export interface ExpressivenessHost {
  post(message: ExpressivenessMessage): void;
  store(request: ExpressivenessRequest): void;
  listen(receive: (message: unknown) => void): () => void;
}

/** Verdict on one activation and one grid, with the two conditions, the values that are missing, and the construction evaluated. Every change is checked at once. */
export function ExpressivenessPanel({ host }: { readonly host: ExpressivenessHost }): VNode {
  const [request, setRequest] = useState<ExpressivenessRequest | null>(null);
  const [functions, setFunctions] = useState<readonly { readonly file: string; readonly name: string }[]>([]);
  const [report, setReport] = useState<ExpressivenessReport | null>(null);
  const [status, setStatus] = useState<PanelStatus | null>(null);
  useEffect(() => {
    const stop = host.listen(message => {
      if (!isExpressivenessHostMessage(message)) return;
      switch (message.type) {
        case 'context': setRequest(message.request); setFunctions(message.functions); host.store(message.request); return;
        case 'report': setReport(message.report); return;
        case 'status': setStatus(message.status); return;
      }
    });
    host.post({ type: 'ready' });
    return stop;
  }, []);
  return <div class="expressiveness">
    <header><h1>Expressiveness of fixed-point networks</h1>
      <p class="muted">Weights and values lie on the grid Q(p, s) = {'{'}q / 2ˢ : |q| ≤ 2ᵖ − 1{'}'}. Can a network of three layers with this activation, rounded to the grid, reach every function on it?</p></header>
    {request && <Controls request={request} functions={functions} onCheck={next => host.post({ type: 'check', request: next })} />}
    {status && status.message !== '' && <p class="notice" role="alert">{status.message}</p>}
    {report && status?.state !== 'failed' && status?.state !== 'untrusted' && <Verdict report={report} />}
  </div>;
}

function Controls({ request, functions, onCheck }: { readonly request: ExpressivenessRequest; readonly functions: readonly { readonly file: string; readonly name: string }[]; readonly onCheck: (request: ExpressivenessRequest) => void }): VNode {
  const [p, setP] = useState(String(request.p));
  const [s, setS] = useState(String(request.s));
  useEffect(() => { setP(String(request.p)); setS(String(request.s)); }, [request.p, request.s]);
  const problem = /^\d+$/.test(p) && Number(p) >= 1 && Number(p) <= 12 ? /^\d+$/.test(s) && Number(s) <= 12 ? '' : 's is a whole number from 0 to 12.' : 'p is a whole number from 1 to 12.';
  const change = (next: Partial<ExpressivenessRequest>): void => onCheck({ ...request, ...next });
  const type = (name: 'p' | 's', text: string): void => {
    (name === 'p' ? setP : setS)(text);
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= (name === 'p' ? 1 : 0) && value <= 12) change({ [name]: value });
  };
  const own = request.activation.kind === 'function' ? request.activation : null;
  const all = [...functions, ...(own && !functions.some(f => f.name === own.functionName && f.file === own.file) ? [{ file: own.file, name: own.functionName }] : [])];
  const options = [...activationNames.map(({ id, title }) => ({ value: id as string, title, group: 'known' })), ...all.map(f => ({ value: `${f.file}#${f.name}`, title: f.name, group: 'your functions' }))];
  const activation = (value: string): ActivationChoice => {
    const known = activationNames.find(a => a.id === value);
    return known ? { kind: 'known', id: known.id } : { kind: 'function', file: value.slice(0, value.lastIndexOf('#')), functionName: value.slice(value.lastIndexOf('#') + 1) };
  };
  return <div class="expressiveness-controls">
    <Choice label="Activation σ" value={request.activation.kind === 'known' ? request.activation.id : `${request.activation.file}#${request.activation.functionName}`} options={options} onChange={value => change({ activation: activation(value) })} />
    <Field label="p: bits" value={p} size={6} onInput={text => type('p', text)} hint="Bits besides the sign, 1 to 12" />
    <Field label="s: of them behind the point" value={s} size={6} onInput={text => type('s', text)} hint="0 to 12" />
    <p class="problem" role="status">{problem}</p>
  </div>;
}

function Verdict({ report }: { readonly report: ExpressivenessReport }): VNode {
  const { p, s, title, universal, split, g, offset, missing, indicator } = report;
  const unit = 2 ** s;
  const total = 2 * (2 ** p - 1) + 1;
  return <>
    <p class={`verdict ${universal ? 'yes' : 'no'}`}><span aria-hidden="true">{universal ? '✓' : '✗'}</span> {title} on Q({p}, {s}) is {universal ? 'universal' : 'not universal'}.</p>
    <dl class="facts">
      <div><dt>(i) a split point</dt><dd>{split ? `holds: every rounded value of σ up to x = ${split.code / unit} is ${split.increasing ? 'below' : 'above'} every one after it` : 'fails: no point splits the rounded activation into smaller and larger values'}</dd></div>
      <div><dt>(ii) sums reach the grid</dt><dd>{missing.length === 0 ? 'holds' : 'fails'}: sums of weights times differences of activations are b + g·ℤ with g = {g === 0 ? '0' : <>{g} · 2<sup>−{2 * s}</sup></>} and b = {offset / unit}; {missing.length === 0 ? `all ${total} values are reached` : `${missing.length} of ${total} values are not reached`}</dd></div>
      {missing.length > 0 && <div><dt>missing values</dt><dd class="values">{missing.slice(0, 60).join(', ')}{missing.length > 60 ? `, … (${missing.length - 60} more)` : ''}</dd></div>}
      <div><dt>indicator network</dt><dd>{'reason' in indicator ? `none: ${indicator.reason}` : `${indicator.copies} ${indicator.copies === 1 ? 'copy' : 'copies'} of a neuron, two values ${indicator.low} and ${indicator.high}; ${indicator.separates ? 'it separates at every threshold' : 'it does not separate'}`}</dd></div>
    </dl>
    <div class="expressiveness-charts">
      <ActivationChart report={report} />
      {!('reason' in indicator) && indicator.rows.length > 0 && <IndicatorChart report={report} indicator={indicator} />}
    </div>
  </>;
}
