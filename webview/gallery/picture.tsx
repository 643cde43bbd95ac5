import type { ComponentChildren, VNode } from 'preact';
import { OutcomePicture, outcomeOf } from './outcome';

const width = 168;
const height = 64;

/** What the simulation of an example gives, or else a small drawing of what it is about, which says nothing that the card's text does not and is hidden from screen readers. */
export function Picture({ file }: { readonly file: string }): VNode {
  const outcome = outcomeOf(file.replace(/\.ts$/, ''));
  if (outcome) return <OutcomePicture outcome={outcome} />;
  const draw = Object.entries(drawings).find(([pattern]) => new RegExp(pattern).test(file))?.[1] ?? levels;
  return <svg class="picture" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" focusable="false">{draw()}</svg>;
}

const drawings: Readonly<Record<string, () => ComponentChildren>> = {
  'rounding|expressiveness': staircase,
  'layer': network,
};

function path(points: readonly (readonly [number, number])[], className: string): VNode {
  return <path class={className} d={points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')} />;
}

/** A straight line and what rounding makes of it. */
function staircase(): ComponentChildren {
  const stairs: [number, number][] = [];
  for (let i = 0; i <= 7; i++) stairs.push([10 + i * 21 - 10, 58 - i * 7.4], [10 + i * 21 + 11, 58 - i * 7.4]);
  return [path([[0, 60], [160, 4]], 'reference'), path(stairs, 'data-line')];
}

function network(): ComponentChildren {
  const layers = [[20, 44], [12, 32, 52], [12, 32, 52], [32]];
  const marks: ComponentChildren[] = [];
  layers.slice(1).forEach((layer, i) => {
    for (const from of layers[i]) for (const to of layer) marks.push(<path class="edge" d={`M${20 + i * 43} ${from}L${20 + (i + 1) * 43} ${to}`} />);
  });
  layers.forEach((layer, i) => { for (const y of layer) marks.push(<circle class={i === 3 ? 'born' : 'data'} cx={20 + i * 43} cy={y} r={4} />); });
  return marks;
}

/** The positive values of FP4 e2m1 on a line: 0 to 6. */
function levels(): ComponentChildren {
  return [<path class="edge" d="M8 40H160" />, ...[0, 0.5, 1, 1.5, 2, 3, 4, 6].map(v => <path class="data-line" d={`M${10 + v * 24.5} 26V54`} />)];
}
