/** Presentation properties that a drawing needs to look the same outside the panel. */
const properties = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'];

/** An SVG element as a file of its own: classes and theme colours become plain attributes, on the panel's background. */
export function svgText(element: Element): string {
  const copy = element.cloneNode(true) as SVGElement;
  const originals = [element, ...element.querySelectorAll('*')], copies = [copy, ...copy.querySelectorAll('*')];
  copies.forEach((node, i) => {
    const computed = getComputedStyle(originals[i]);
    for (const name of properties) { const value = computed.getPropertyValue(name); if (value) node.setAttribute(name, value); }
    for (const name of ['class', 'tabindex', 'role', 'aria-pressed', 'data-node']) node.removeAttribute(name);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of [['width', '100%'], ['height', '100%'], ['fill', getComputedStyle(document.body).backgroundColor]]) ground.setAttribute(name, value);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}
