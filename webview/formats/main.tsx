import { render } from 'preact';
import '../shared/theme.css';
import './formats.css';
import { connect } from '../shared/host';
import { copyFullNumbers } from '../shared/number';
import { NumberPanel } from './panel';

const root = document.getElementById('root');
if (root) {
  render(<NumberPanel host={connect()} />, root);
  copyFullNumbers(document);
}
