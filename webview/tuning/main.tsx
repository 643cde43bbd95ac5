import { render } from 'preact';
import '../shared/theme.css';
import './tuning.css';
import { connectEditor } from '../shared/editor';
import { copyFullNumbers } from '../shared/number';
import { TuningPanel } from './panel';

const root = document.getElementById('root');
const editor = connectEditor();
if (root && editor) {
  render(<TuningPanel host={{ ...editor, store: request => editor.store({ version: 1, request }) }} />, root);
  copyFullNumbers(document);
}
