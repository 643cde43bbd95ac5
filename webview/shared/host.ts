import { isHostMessage, isPanelState } from '../../src/protocol/panel-guards';
import type { SimulationReport, SimulationRequest } from '../../src/protocol/report';
import type { HostMessage, PanelMessage, PanelState } from '../../src/protocol/panel';
import { connectEditor, type Editor } from './editor';

/** The other end of the panel: the editor, or nothing when the page is a saved report. */
export interface Host {
  /** True in a saved report: nothing can be run, saved files are downloads. */
  readonly standalone: boolean;
  post(message: PanelMessage): void;
  /** What was stored before the webview was reloaded or moved. */
  restore(): PanelState | null;
  store(state: PanelState): void;
  /** Calls `receive` with every message that passes the guard. Returns what stops it. */
  listen(receive: (message: HostMessage) => void): () => void;
}

/** Connects to the editor, or to nobody where the page is a saved report; once per page. */
export function connect(): Host {
  const editor = connectEditor();
  return editor ? guarded(editor) : connectNothing();
}

function guarded(editor: Editor): Host {
  return {
    ...editor,
    standalone: false,
    restore: () => {
      const state = editor.restore();
      return isPanelState(state) ? state : null;
    },
    listen: receive => editor.listen(message => { if (isHostMessage(message)) receive(message); }),
  };
}

/** A saved report page carries its report in `<script type="application/json" id="roundoff-data">`, and has nobody to talk to. */
function connectNothing(): Host {
  return {
    standalone: true,
    post: message => {
      if (message.type === 'copy') void navigator.clipboard?.writeText(message.text);
      if (message.type === 'save' && message.content !== undefined) download(message.suggestedName, message.content);
    },
    restore: () => null,
    store: () => undefined,
    listen: receive => {
      const text = document.getElementById('roundoff-data')?.textContent;
      const report = text ? JSON.parse(text) as SimulationReport : null;
      if (report) receive({ type: 'report', report, request: requestOf(report) });
      return () => undefined;
    },
  };
}

/** What a saved report answers, as far as it tells. */
function requestOf(report: SimulationReport): SimulationRequest {
  const { description, formats, inputs } = report;
  return { file: description.file, functionName: description.name, schemes: formats.map(f => ({ id: f.id })), inputs: { kind: 'given', cases: inputs } };
}

function download(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
