import { isHostMessage, isPanelState } from '../../src/protocol/panel-guards';
import type { SimulationReport, SimulationRequest } from '../../src/protocol/report';
import type { HostMessage, PanelMessage, PanelState } from '../../src/protocol/panel';

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

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: (() => EditorApi) | undefined;

/** Connects to the editor once per page; `acquireVsCodeApi` may be called only once. */
export function connect(): Host {
  return typeof acquireVsCodeApi === 'function' ? connectEditor(acquireVsCodeApi()) : connectNothing();
}

function connectEditor(api: EditorApi): Host {
  return {
    standalone: false,
    post: message => api.postMessage(message),
    restore: () => {
      const state = api.getState();
      return isPanelState(state) ? state : null;
    },
    store: state => api.setState(state),
    listen: receive => {
      const listener = (event: MessageEvent): void => { if (isHostMessage(event.data)) receive(event.data); };
      addEventListener('message', listener);
      return () => removeEventListener('message', listener);
    },
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
