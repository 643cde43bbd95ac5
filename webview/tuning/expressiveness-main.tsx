import { render } from 'preact';
import '../shared/theme.css';
import './expressiveness.css';
import { connectEditor } from '../shared/editor';
import { ExpressivenessPanel } from './expressiveness';

const root = document.getElementById('root');
const editor = connectEditor();
if (root && editor) {
  render(<ExpressivenessPanel host={{ ...editor, store: request => editor.store({ version: 1, request }) }} />, root);
}
