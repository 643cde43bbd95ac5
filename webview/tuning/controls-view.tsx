import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { TuneRequest, TuneStrategy } from '../../src/protocol/tuning';
import { Button, Choice, Field } from '../shared/controls';
import { knownFormat } from '../shared/known-format';

export interface TuningControlsProps {
  readonly request: TuneRequest;
  /** Inputs that the file names, offered beside generated ones. */
  readonly ownInputs: TuneRequest['inputs'] | null;
  readonly running: boolean;
  readonly onTune: (request: TuneRequest) => void;
  readonly onStop: () => void;
}

const strategies: readonly { readonly value: TuneStrategy; readonly title: string }[] = [
  { value: 'greedy', title: 'greedy: by error per energy' }, { value: 'delta', title: 'delta debugging' }, { value: 'differentiable', title: 'differentiable: softmax over formats' },
];

/** Tolerance, formats, strategy and inputs of the next search. */
export function TuningControls({ request, ownInputs, running, onTune, onStop }: TuningControlsProps): VNode {
  const [tolerance, setTolerance] = useState(String(request.tolerance));
  const [formats, setFormats] = useState(request.formats.join(', '));
  const [strategy, setStrategy] = useState<TuneStrategy>(request.strategy);
  const [inputs, setInputs] = useState(nameOf(request.inputs));
  useEffect(() => { setTolerance(String(request.tolerance)); setFormats(request.formats.join(', ')); setStrategy(request.strategy); setInputs(nameOf(request.inputs)); }, [JSON.stringify(request)]);
  const list = formats.split(/,(?![^(]*\))/).map(f => f.trim()).filter(Boolean);
  const problem = problemOf(tolerance, list);
  const tune = (): void => {
    if (problem !== '' || running) return;
    const chosen = inputs === 'own' ? ownInputs ?? request.inputs : { kind: 'generated', count: Number(inputs.slice(10)), seed: 1 } as const;
    onTune({ ...request, tolerance: Number(tolerance), formats: list, strategy, inputs: chosen });
  };
  const own = ownInputs ?? (request.inputs.kind === 'generated' ? null : request.inputs);
  const counts = [...new Set([8, 32, 128, ...(request.inputs.kind === 'generated' ? [request.inputs.count] : [])])].sort((a, b) => a - b);
  return <div class="tuning-controls">
    <Field label="Tolerance (relative)" value={tolerance} size={10} onInput={setTolerance} onEnter={tune} hint="Largest relative error of any output" />
    <Field label="Formats" value={formats} size={30} onInput={setFormats} onEnter={tune} hint="Formats to choose from; the widest is what everything is compared with" />
    <Choice label="Search" value={strategy} options={strategies} onChange={value => setStrategy(strategies.find(s => s.value === value)?.value ?? 'greedy')} />
    <Choice label="Inputs" value={inputs} onChange={setInputs} options={[...(own ? [{ value: 'own', title: own.kind === 'given' ? `the ${own.cases.length} of the file` : 'as given' }] : []), ...counts.map(n => ({ value: `generated ${n}`, title: `${n} generated` }))]} />
    {running ? <Button id="stop" onPress={onStop}>Stop</Button> : <Button id="tune" look="primary" disabled={problem !== ''} onPress={tune}>Tune</Button>}
    <p class="problem" id="controls-problem" role="status">{problem}</p>
  </div>;
}

function nameOf(inputs: TuneRequest['inputs']): string {
  return inputs.kind === 'generated' ? `generated ${inputs.count}` : 'own';
}

function problemOf(tolerance: string, formats: readonly string[]): string {
  if (!(Number(tolerance) > 0 && Number.isFinite(Number(tolerance)))) return 'The tolerance is a positive number, such as 0.01 or 1e-3.';
  const unknown = formats.find(f => !knownFormat(f));
  if (unknown !== undefined) return `There is no format “${unknown}”.`;
  return formats.length < 2 ? 'Name at least two formats to choose from, such as fp32, fp16.' : '';
}
