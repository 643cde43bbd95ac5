import type { ComponentChildren, VNode } from 'preact';

const width = 168;
const height = 64;

/** A small drawing of what an example is about, in the theme's chart colours. It says nothing that the card's text does not, so it is hidden from screen readers. */
export function Picture({ file }: { readonly file: string }): VNode {
  const draw = Object.entries(drawings).find(([pattern]) => new RegExp(pattern).test(file))?.[1] ?? levels;
  return <svg class="picture" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" focusable="false">{draw()}</svg>;
}

const drawings: Readonly<Record<string, () => ComponentChildren>> = {
  'sums|variance|formulas': tree,
  'rounding|calibration|expressiveness': staircase,
  'thresholds|softmax|attention': growth,
  'chaotic': orbit,
  'cg|loss|radix': descent,
  'gaussian|kernels|fourier|layer': matrix,
  'network|precision|binary|ternary': network,
};

function path(points: readonly (readonly [number, number])[], className: string): VNode {
  return <path class={className} d={points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')} />;
}

/** Eight summands and the tree of a pairwise sum. */
function tree(): ComponentChildren {
  const marks: ComponentChildren[] = [];
  let row = Array.from({ length: 8 }, (_, i) => 14 + i * 20);
  for (let y = 10; row.length >= 1; y += 15) {
    for (const x of row) marks.push(<circle class={row.length === 1 ? 'born' : 'data'} cx={x} cy={y} r={3} />);
    const next = row.filter((_, i) => i % 2 === 0).map((x, i) => (x + row[2 * i + 1]) / 2);
    if (row.length === 1) break;
    next.forEach((x, i) => marks.push(<path class="edge" d={`M${row[2 * i]} ${y + 3}L${x} ${y + 12}M${row[2 * i + 1]} ${y + 3}L${x} ${y + 12}`} />));
    row = next;
  }
  return marks;
}

/** A straight line and what rounding makes of it. */
function staircase(): ComponentChildren {
  const stairs: [number, number][] = [];
  for (let i = 0; i <= 7; i++) stairs.push([10 + i * 21 - 10, 58 - i * 7.4], [10 + i * 21 + 11, 58 - i * 7.4]);
  return [path([[0, 60], [160, 4]], 'reference'), path(stairs, 'data-line')];
}

/** exp, cut off where the format ends. */
function growth(): ComponentChildren {
  const points = Array.from({ length: 60 }, (_, i): [number, number] => [8 + i * 2.2, 58 - Math.min(50, Math.exp(i / 14) * 1.6)]);
  const cut = points.findIndex(([, y]) => y <= 9);
  return [path(points.slice(0, cut), 'data-line'), <path class="limit" d="M4 8H164" />, <circle class="born" cx={points[cut][0]} cy={8} r={3.5} />];
}

/** Two orbits of the logistic map that start 1e-4 apart. */
function orbit(): ComponentChildren {
  const run = (start: number): [number, number][] => {
    let x = start;
    return Array.from({ length: 22 }, (_, i): [number, number] => { x = 4 * x * (1 - x); return [6 + i * 7.4, 60 - 56 * x]; });
  };
  return [path(run(0.3), 'reference'), path(run(0.3001), 'data-line')];
}

/** One residual that falls and one that stalls. */
function descent(): ComponentChildren {
  const points = (rate: number, floor: number): [number, number][] => Array.from({ length: 20 }, (_, i): [number, number] => [6 + i * 8.2, 8 + 50 * (1 - Math.max(floor, Math.exp(-rate * i)))]);
  return [path(points(0.05, 0.82), 'limit'), path(points(0.28, 0), 'data-line')];
}

/** A kernel matrix: larger cells near the diagonal. */
function matrix(): ComponentChildren {
  const cells: ComponentChildren[] = [];
  for (let i = 0; i < 7; i++) for (let j = 0; j < 14; j++) {
    const size = 7.5 * Math.exp(-((i - j / 2) ** 2) / 3.2);
    if (size > 0.8) cells.push(<rect class="data" x={14 + j * 11 - size / 2} y={9 + i * 7.8 - size / 2} width={size} height={size} />);
  }
  return cells;
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
