import { useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { InputRequest, SimulationRequest } from '../../src/protocol/report';
import { isWhole } from '../../src/protocol/report-pages';
import { Button, Choice, Field } from '../shared/controls';
import { casesText, parseCases } from './cases';
import type { Model } from './model';

/** Where the arguments come from: generated from types and ranges, or written as JSON; with the worst found ones a button away. */
export function InputsDrawer({ model, draft, findWorst }: { readonly model: Model; readonly draft: (change: Partial<SimulationRequest>) => void; readonly findWorst: () => void }): VNode {
  const inputs = model.draft?.inputs ?? { kind: 'generated', count: 32, seed: 1 };
  const current = model.report?.inputs ?? [];
  const [text, setText] = useState(() => inputs.kind === 'given' ? casesText(inputs.cases) : '');
  const set = (next: InputRequest): void => draft({ inputs: next });
  const parsed = inputs.kind === 'given' ? parseCases(text) : null;
  const choose = (kind: string): void => {
    if (kind === 'generated') return set({ kind, count: 32, seed: 1 });
    if (kind === 'calls') return set({ kind });
    const cases = current.slice(0, 8).filter(isWhole);
    setText(casesText(cases));
    set({ kind: 'given', cases });
  };
  return <div class="drawer" role="group" aria-label="Inputs">
    <Choice label="arguments" value={inputs.kind} options={[{ value: 'generated', title: 'generated from types and @range' }, { value: 'calls', title: 'calls in the workspace and its tests' }, { value: 'given', title: 'written as JSON' },
      ...(inputs.kind === 'sweep' ? [{ value: 'sweep', title: 'swept over a range' }] : [])]} onChange={choose} />
    {inputs.kind === 'generated' && <>
      <Field label="how many" size={6} value={String(inputs.count)} onInput={v => { if (/^\d{1,5}$/.test(v) && Number(v) > 0) set({ ...inputs, count: Number(v) }); }} />
      <Field label="seed" size={6} value={String(inputs.seed)} onInput={v => { if (/^\d{1,9}$/.test(v)) set({ ...inputs, seed: Number(v) }); }} />
    </>}
    <Button hint="Search the parameters' ranges for the arguments with the largest error in the shown format" disabled={model.status.state === 'running'} onPress={findWorst}>Find worst inputs</Button>
    {inputs.kind === 'given' && <div class="json">
      <label for="cases">One case per line, each an array of arguments</label>
      <textarea id="cases" rows={Math.min(10, Math.max(3, text.split('\n').length))} value={text} spellcheck={false} aria-invalid={typeof parsed === 'string'} aria-describedby="cases-problem"
        onInput={event => { const value = event.currentTarget.value; setText(value); const cases = parseCases(value); if (typeof cases !== 'string') set({ kind: 'given', cases }); }} />
      <p id="cases-problem" class="problem" role="status">{typeof parsed === 'string' ? parsed : ''}</p>
    </div>}
  </div>;
}
