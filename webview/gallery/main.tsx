import { render } from 'preact';
import '../shared/theme.css';
import './gallery.css';
import { connectEditor } from '../shared/editor';
import { App } from './app';

const root = document.getElementById('root');
const editor = connectEditor();
if (root && editor) {
  render(<App host={editor} />, root);
}
