/** The editor's end of a panel's channel. Messages and states are `unknown` here: each panel guards what it hears. */
export interface Editor {
  post(message: unknown): void;
  /** What was stored before the webview was reloaded or moved. */
  restore(): unknown;
  store(state: unknown): void;
  /** Returns what stops listening. */
  listen(receive: (message: unknown) => void): () => void;
}

declare const acquireVsCodeApi: (() => { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void }) | undefined;

/** Connects to the editor, once per page: `acquireVsCodeApi` may be called only once. Undefined where the page stands alone, as a saved report does. */
export function connectEditor(): Editor | undefined {
  if (typeof acquireVsCodeApi !== 'function') return undefined;
  const api = acquireVsCodeApi();
  return {
    post: message => api.postMessage(message),
    restore: () => api.getState(),
    store: state => api.setState(state),
    listen: receive => {
      const listener = (event: MessageEvent): void => receive(event.data);
      addEventListener('message', listener);
      return () => removeEventListener('message', listener);
    },
  };
}
