import type { VNode } from 'preact';
import { fromReal } from '../../src/protocol/real';
import type { Real } from '../../src/protocol/real';
import { full, short } from './number-text';

/** A number in 3 significant digits; the full value on hover, and on the clipboard when it is copied (see `copyFullNumbers`). */
export function Num({ value, digits = 3 }: { readonly value: Real; readonly digits?: number }): VNode {
  const x = fromReal(value);
  const text = short(x, digits), whole = full(x);
  return text === whole ? <span class="num">{text}</span> : <span class="num" title={whole} data-full={whole}>{text}</span>;
}

/** Makes the clipboard carry all digits of every shortened number in a copied selection. */
export function copyFullNumbers(root: Document): void {
  root.addEventListener('copy', event => {
    const selection = root.getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const range = selection.getRangeAt(0);
    const inside = range.commonAncestorContainer;
    const number = (inside instanceof Element ? inside : inside.parentElement)?.closest<HTMLElement>('[data-full]');
    if (number) {
      event.clipboardData.setData('text/plain', number.dataset.full ?? '');
    } else {
      const copy = range.cloneContents();
      const numbers = copy.querySelectorAll<HTMLElement>('[data-full]');
      if (numbers.length === 0) return;
      for (const element of numbers) element.textContent = element.dataset.full ?? '';
      event.clipboardData.setData('text/plain', copy.textContent ?? '');
    }
    event.preventDefault();
  });
}
