import type { VNode } from 'preact';
import type { PanelStatus, Remedy } from '../../src/protocol/panel';
import { Button } from '../shared/controls';
import { fileName } from './selection';

export interface StateProps {
  readonly status: PanelStatus;
  /** Whether a report is shown below; then the state is a line above it instead of the whole panel. */
  readonly compact: boolean;
  readonly act: (remedy: Remedy['action']) => void;
}

/** Empty, failed, cancelled, untrusted or unsupported, in one sentence with its remedies as buttons. Nothing while all is well. */
export function StateView({ status, compact, act }: StateProps): VNode | null {
  if (status.state === 'done' || (status.state === 'running' && compact)) return null;
  if (status.state === 'empty' && compact) return null;
  const { title, text, remedies } = described(status);
  const place = status.place && <button type="button" class="link" onClick={() => act('revealProblem')}>{fileName(status.place.file)}:{status.place.line}:{status.place.column}</button>;
  const buttons = remedies.map((r, i) => <Button key={r.action} look={i === 0 ? 'primary' : 'secondary'} onPress={() => act(r.action)}>{r.title}</Button>);
  if (compact) return <div class={`notice ${status.state}`} role="alert"><strong>{title}</strong> <span>{text} {place}</span> <span class="buttons">{buttons}</span></div>;
  return <div class={`state ${status.state}`} role={status.state === 'failed' || status.state === 'unsupported' ? 'alert' : 'status'}>
    <Picture state={status.state} />
    <h2>{title}</h2>
    <p>{text} {place}</p>
    <div class="buttons">{buttons}</div>
  </div>;
}

function described(status: PanelStatus): { title: string; text: string; remedies: readonly Remedy[] } {
  const own = status.remedies;
  const or = (fallback: readonly Remedy[]): readonly Remedy[] => own.length ? own : fallback;
  switch (status.state) {
    case 'empty': return {
      title: 'See where the error comes from', text: status.message || 'Pick a function: it runs under each number format, and this panel shows how the rounding of every operation travels to the result.',
      remedies: or([{ title: 'Pick a function…', action: 'pickFunction' }, { title: 'Open an example…', action: 'openExample' }]),
    };
    case 'running': return { title: 'Simulating', text: status.message || 'The first result appears here.', remedies: [] };
    case 'failed': return { title: 'The simulation failed', text: status.message, remedies: or([{ title: 'Run again', action: 'run' }, { title: 'Show output', action: 'showOutput' }]) };
    case 'cancelled': return { title: 'Cancelled', text: status.message || 'The run was stopped before it finished.', remedies: or([{ title: 'Run again', action: 'run' }]) };
    case 'untrusted': return { title: 'This workspace is not trusted', text: status.message || 'A simulation runs the code of this workspace, so the workspace must be trusted first. Analysis works without.', remedies: or([{ title: 'Trust this workspace…', action: 'trust' }]) };
    case 'unsupported': return { title: 'This code cannot be simulated', text: status.message, remedies: or([{ title: 'Pick another function…', action: 'pickFunction' }]) };
    case 'done': return { title: '', text: '', remedies: [] };
  }
}

/** A small error-flow graph: what will be here. Its marks are hollow until something has run. */
function Picture({ state }: { readonly state: PanelStatus['state'] }): VNode {
  const failed = state === 'failed' || state === 'unsupported';
  return <svg class={`picture ${state}`} width={220} height={130} viewBox="0 0 220 130" aria-hidden="true">
    <path class="thin" d="M50 26 C50 52 92 44 104 62" /><path class="thick" d="M168 26 C168 50 128 46 116 62" /><path class="middle" d="M110 78 V104" />
    <rect x={18} y={8} width={64} height={20} rx={5} /><rect x={136} y={8} width={64} height={20} rx={5} /><rect x={74} y={60} width={72} height={20} rx={5} /><rect x={82} y={104} width={56} height={20} rx={5} />
    <circle cx={30} cy={18} r={3} /><circle class="hot" cx={149} cy={18} r={6} /><circle cx={87} cy={70} r={4} />
    {failed && <path class="cross" d="M102 108 l12 12 m0 -12 l-12 12" />}
  </svg>;
}
