import { render } from 'preact';
import '../shared/theme.css';
import './simulation.css';
import { connect } from '../shared/host';
import { copyFullNumbers } from '../shared/number';
import { App } from './app';

const root = document.getElementById('root');
if (root) {
  render(<App host={connect()} />, root);
  copyFullNumbers(document);
}
