/**
 * The form of an arithmetic expression without its place: what the simulation computes in one function of its kernel. Places that have the same form share the function; `at` counts sites from the
 * first site of the expression, which the function gets as a parameter.
 */
export type Shape =
  /** An operand, by position among the parameters; `known` says that it is certainly a number. */
  | { readonly kind: 'leaf'; readonly index: number; readonly known: boolean }
  /** Conversion to the format of a unit. */
  | { readonly kind: 'enter'; readonly unit: string; readonly at: number; readonly operands: readonly [Shape] }
  /** An operation of the scheme, or a comparison at the root. */
  | { readonly kind: 'operation'; readonly name: string; readonly unit: string; readonly at: number; readonly operands: readonly Shape[] };

/** One place of a shape: its operations are counted together, at the site of the root. */
export interface ShapeUse {
  readonly shape: number;
  readonly site: number;
}

/** Every node of a shape, operands before what takes them. */
export function* shapeNodes(shape: Shape): Generator<Shape> {
  if (shape.kind !== 'leaf') for (const operand of shape.operands) yield* shapeNodes(operand);
  yield shape;
}

/** Operations and conversions of a shape. */
export function shapeSize(shape: Shape): number {
  return shape.kind === 'leaf' ? 0 : 1 + shape.operands.reduce((sum, o) => sum + shapeSize(o), 0);
}

/**
 * The calls of the run-time that compute a shape one operation after the other: `leaves` are the texts "value, shadow" of the operands, `site` the text of the first site. The root's shadow is left in
 * the register.
 */
export function composed(shape: Shape, leaves: readonly string[], site: (at: number) => string, prefix: string, register: string): string {
  if (shape.kind === 'leaf') return leaves[shape.index];
  const operands = shape.operands.map(o => o.kind === 'leaf' ? leaves[o.index] : `${composed(o, leaves, site, prefix, register)}, ${register}`);
  return `${prefix}${functionOf(shape)}(${site(shape.at)}, ${operands.join(', ')})`;
}

function functionOf(node: Exclude<Shape, { kind: 'leaf' }>): string {
  if (node.kind === 'enter') return `in${node.unit}`;
  return `${unaryMath.has(node.name) ? `m_${node.name}` : node.name}${node.unit}`;
}

/** Operations that are exact where both operands are integers at run time; nothing of them is counted. */
export function countsInIntegers(name: string): boolean {
  return name === 'iadd' || name === 'isub' || name === 'imul' || name === 'irem';
}

/** Functions of `Math` of one argument that the simulation computes in double and rounds once. */
export const unaryMath: ReadonlySet<string> = new Set(['sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'abs']);
