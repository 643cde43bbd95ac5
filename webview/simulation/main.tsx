import { render } from 'preact';
import '../shared/theme.css';
import './simulation.css';
import { connect } from '../shared/host';
import { copyFullNumbers } from '../shared/number';
import { App } from './app';

const root = document.getElementById('root');
if (root) {
  const host = connect();
  render(<App host={host} />, root);
  copyFullNumbers(document);
}
