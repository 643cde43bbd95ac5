import { render } from 'preact';
import '../shared/theme.css';
import './gallery.css';
import { App } from './app';

declare const acquireVsCodeApi: () => { postMessage(message: unknown): void };

const root = document.getElementById('root');
if (root) {
  const api = acquireVsCodeApi();
  render(<App host={{
    post: message => api.postMessage(message),
    listen: receive => {
      const listener = (event: MessageEvent): void => receive(event.data);
      addEventListener('message', listener);
      return () => removeEventListener('message', listener);
    },
  }} />, root);
}
