import { useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { SchemeRequest, SimulationRequest } from '../../src/protocol/report';
import { Button, Choice, Field } from '../shared/controls';
import type { Model } from './model';

/** The formats and schemes of the next run, and every parameter of the one that is picked. */
export function SchemesDrawer({ model, draft }: { readonly model: Model; readonly draft: (change: Partial<SimulationRequest>) => void }): VNode {
  const schemes = model.draft?.schemes ?? [];
  const presets = model.context?.presets ?? [];
  const [picked, setPicked] = useState(0);
  const [typed, setTyped] = useState('');
  const set = (next: readonly SchemeRequest[]): void => draft({ schemes: next });
  const scheme = schemes[picked];
  const preset = presets.find(p => p.id === scheme?.id);
  const add = (id: string): void => { if (id.trim() !== '') { set([...schemes, { id: id.trim() }]); setPicked(schemes.length); setTyped(''); } };
  const edit = (change: Partial<SchemeRequest>): void => set(schemes.map((s, i) => i === picked ? cleaned({ ...s, ...change }) : s));
  return <div class="drawer schemes" role="group" aria-label="Formats and schemes">
    <div class="scheme-list" role="group" aria-label="Formats of the next run">
      {schemes.map((s, i) => <span key={i} class={`chip-pair${i === picked ? ' shown' : ''}`}>
        <button type="button" class="chip" aria-pressed={i === picked} onClick={() => setPicked(i)}>{schemeTitle(s)}</button>
        <button type="button" class="chip remove" aria-label={`Remove ${schemeTitle(s)}`} onClick={() => { set(schemes.filter((_, j) => j !== i)); setPicked(Math.max(0, picked - (i <= picked ? 1 : 0))); }}>×</button>
      </span>)}
    </div>
    <div class="fields">
      <Choice label="add" value="" options={[{ value: '', title: 'a format…' }, ...presets.filter(p => !schemes.some(s => schemeTitle(s) === p.id)).map(p => ({ value: p.id, title: p.id, group: p.group }))]} onChange={add} />
      <Field label="or by name" size={14} placeholder="float(5,7)" hint="float(exponent bits, fraction bits), fixed(integer bits, fraction bits), or any format id" value={typed} onInput={setTyped} onEnter={() => add(typed)} />
      <Button disabled={typed.trim() === ''} onPress={() => add(typed)}>Add</Button>
    </div>
    {scheme && <fieldset class="fields"><legend>{schemeTitle(scheme)}{preset ? `: ${preset.explanation}` : ''}</legend>
      <Choice label="rounding" value={scheme.rounding ?? ''} options={standard(['nearest-even', 'nearest-away', 'toward-zero', 'up', 'down', 'to-odd', 'stochastic'])} onChange={v => edit({ rounding: v as SchemeRequest['rounding'] })} />
      {scheme.rounding === 'stochastic' && <Field label="seed" size={6} value={String(scheme.seed ?? 1)} onInput={v => { if (/^\d{1,9}$/.test(v)) edit({ seed: Number(v) }); }} />}
      <Choice label="overflow" value={scheme.overflow ?? ''} options={standard(['ieee', 'saturate', 'wrap'])} onChange={v => edit({ overflow: v as SchemeRequest['overflow'] })} />
      <Choice label="subnormals" value={scheme.subnormals ?? ''} options={standard(['keep', 'flush'])} onChange={v => edit({ subnormals: v as SchemeRequest['subnormals'] })} />
      <Choice label="accumulator" value={scheme.accumulator ?? ''} options={standard(['fp64', 'fp32', 'fp16', 'bf16', 'int32'])} onChange={v => edit({ accumulator: v })} />
      <Choice label="granularity" value={scheme.granularity ?? ''} options={standard(['tensor', 'channel', 'group:16', 'group:32', 'group:64', 'group:128'])} onChange={v => edit({ granularity: v as SchemeRequest['granularity'] })} />
      <Choice label="calibration" value={scheme.calibration ?? ''} options={standard(['minmax', 'symmetric', 'percentile:99.99', 'percentile:99.9', 'kl', 'mse'])} onChange={v => edit({ calibration: v as SchemeRequest['calibration'] })} />
    </fieldset>}
  </div>;
}

/** `fp16`, or `fp16 up saturate` with what departs from the standard. */
export function schemeTitle(scheme: SchemeRequest): string {
  const { id, ...overrides } = scheme;
  return [id, ...Object.values(overrides)].join(' ');
}

function standard(values: readonly string[]): { value: string; title: string }[] {
  return [{ value: '', title: 'standard' }, ...values.map(value => ({ value, title: value }))];
}

/** Without the fields that are back to the standard. */
function cleaned(scheme: SchemeRequest): SchemeRequest {
  return Object.fromEntries(Object.entries(scheme).filter(([, value]) => value !== '' && value !== undefined)) as unknown as SchemeRequest;
}
