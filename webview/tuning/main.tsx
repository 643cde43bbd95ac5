import { render } from 'preact';
import '../shared/theme.css';
import './tuning.css';
import { copyFullNumbers } from '../shared/number';
import { TuningPanel } from './panel';

declare const acquireVsCodeApi: () => { postMessage(message: unknown): void; setState(state: unknown): void };

const root = document.getElementById('root');
if (root) {
  const api = acquireVsCodeApi();
  render(<TuningPanel host={{
    post: message => api.postMessage(message),
    store: request => api.setState({ version: 1, request }),
    listen: receive => {
      const listener = (event: MessageEvent): void => receive(event.data);
      addEventListener('message', listener);
      return () => removeEventListener('message', listener);
    },
  }} />, root);
  copyFullNumbers(document);
}
