let measured: number | undefined;

/** Width in pixels of one character of the editor's font at the size of graph labels. Measured once; 7.2 where nothing can be measured. */
export function characterWidth(): number {
  if (measured !== undefined) return measured;
  const probe = document.createElement('span');
  probe.className = 'probe';
  probe.textContent = '0'.repeat(100);
  document.body.append(probe);
  const width = probe.getBoundingClientRect().width / 100;
  probe.remove();
  measured = width > 0 ? width : 7.2;
  return measured;
}
