import { render } from 'preact';
import '../shared/theme.css';
import './orders.css';
import { connect } from '../shared/host';
import { copyFullNumbers } from '../shared/number';
import { OrdersPanel } from './panel';

const root = document.getElementById('root');
if (root) {
  render(<OrdersPanel host={connect()} />, root);
  copyFullNumbers(document);
}
