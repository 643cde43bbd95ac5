import { render } from 'preact';
import '../shared/theme.css';
import './expressiveness.css';
import { ExpressivenessPanel } from './expressiveness';

declare const acquireVsCodeApi: () => { postMessage(message: unknown): void; setState(state: unknown): void };

const root = document.getElementById('root');
if (root) {
  const api = acquireVsCodeApi();
  render(<ExpressivenessPanel host={{
    post: message => api.postMessage(message),
    store: request => api.setState({ version: 1, request }),
    listen: receive => {
      const listener = (event: MessageEvent): void => receive(event.data);
      addEventListener('message', listener);
      return () => removeEventListener('message', listener);
    },
  }} />, root);
}
