import { affineFromRange, codeRange, multiplyDoubleRounding, quantizeMultiplier, type AffineParameters, type Multiplier } from '../../formats';

export interface IntegerOnlySpec {
  readonly bits: number;
  readonly signed: boolean;
}

/**
 * Integer-only inference with symmetric scales per site. Values stay ordinary doubles, code × scale; the scale of a value that a site made is known by the value, so that
 * operations work on codes: products are exact, sums of products are exact 32-bit accumulators (a bias that a sum starts from is rounded to the products' scale), and what leaves an accumulator or a product is
 * scaled by a fixed-point multiplier and shift with two roundings, as TensorFlow Lite's reference kernels do (`multiplyDoubleRounding`); sums of two codes are rescaled as its ADD does. What has no
 * scale, an input of the program or the result of a function, is quantized to the nearest code, ties away from zero.
 */
export interface IntegerOnly {
  readonly quantize: (x: number, site: number) => number;
  readonly multiply: (a: number, b: number, x: number, site: number) => number;
  readonly add: (a: number, b: number, x: number, site: number) => number;
  /** A product that goes into a sum. */
  readonly product: (a: number, b: number, x: number) => number;
  /** The sum that it went into. */
  readonly sum: (a: number, b: number, x: number) => number;
}

/** Values whose scale is remembered at a time. */
const REMEMBERED = 65_536;
const maxInt32 = 2147483647;
/** ADD computes with inputs shifted left by 20 bits. */
const ADD_SHIFT = 20;

export function integerOnly(ranges: readonly (readonly [site: number, range: readonly [number, number]])[], spec: IntegerOnlySpec): IntegerOnly {
  const codes = codeRange(spec.bits, spec.signed, true);
  const parameters = new Map<number, AffineParameters & { readonly inverse: Multiplier }>();
  for (const [site, [lo, hi]] of ranges) {
    const p = affineFromRange(lo, hi, codes, true);
    parameters.set(site, { ...p, inverse: quantizeMultiplier(1 / p.scale) });
  }
  const scales = new Map<number, number>();
  const sums = new Map<number, number>();
  const multipliers = new Map<number, Multiplier>();
  let [lastProduct, productScale] = [NaN, 0];

  const remember = (map: Map<number, number>, value: number, scale: number): number => {
    if (map.size >= REMEMBERED) map.clear();
    map.set(value, scale);
    return value;
  };
  const multiplierOf = (real: number): Multiplier => {
    let known = multipliers.get(real);
    if (!known) { known = quantizeMultiplier(real); if (multipliers.size < REMEMBERED) multipliers.set(real, known); }
    return known;
  };
  /** The code of a value with a known scale; undefined when it is none. */
  const codeOf = (x: number, scale: number | undefined): number | undefined => {
    if (scale === undefined) return undefined;
    const code = Math.round(x / scale);
    return Math.abs(x / scale - code) <= 1e-9 * Math.max(1, Math.abs(code)) && Math.abs(code) <= maxInt32 ? code : undefined;
  };
  const emit = (code: number, p: AffineParameters): number => remember(scales, (code < p.lowest ? p.lowest : code > p.highest ? p.highest : code) * p.scale, p.scale);

  const quantize = (x: number, site: number): number => {
    const p = parameters.get(site);
    if (p === undefined || x !== x) return x;
    const scale = sums.get(x) ?? scales.get(x);
    const accumulator = scale === undefined ? NaN : halfAway(x / scale);
    if (scale !== undefined && Math.abs(accumulator) <= maxInt32) return emit(multiplyDoubleRounding(accumulator, multiplierOf(scale / p.scale)), p);
    return emit(halfAway(x * (p.inverse.multiplier * 2 ** (p.inverse.shift - 31))), p);
  };
  const multiply = (a: number, b: number, x: number, site: number): number => {
    const p = parameters.get(site);
    if (p === undefined || x !== x) return x;
    const [sa, sb] = [scales.get(a), scales.get(b)];
    const [qa, qb] = [codeOf(a, sa), codeOf(b, sb)];
    // A constant has no code of its own: it is part of the multiplier.
    const [accumulator, real] = qa !== undefined && qb !== undefined ? [qa * qb, sa! * sb!] : qa !== undefined && !scales.has(b) ? [b < 0 ? -qa : qa, sa! * Math.abs(b)] : qb !== undefined && !scales.has(a) ? [a < 0 ? -qb : qb, sb! * Math.abs(a)] : [NaN, 0];
    if (!(Math.abs(accumulator) <= maxInt32) || !(real / p.scale < Infinity)) return quantize(x, site);
    return emit(multiplyDoubleRounding(accumulator, multiplierOf(real / p.scale)), p);
  };
  const add = (a: number, b: number, x: number, site: number): number => {
    const p = parameters.get(site);
    const [sa, sb] = [scales.get(a), scales.get(b)];
    const [qa, qb] = [codeOf(a, sa), codeOf(b, sb)];
    if (p === undefined || qa === undefined || qb === undefined || Math.abs(qa) > 1023 || Math.abs(qb) > 1023) return quantize(x, site);
    const twice = 2 * Math.max(sa!, sb!);
    const part = (q: number, scale: number): number => multiplyDoubleRounding(q * 2 ** ADD_SHIFT, multiplierOf(scale / twice));
    return emit(multiplyDoubleRounding(part(qa, sa!) + part(qb, sb!), multiplierOf(twice / (2 ** ADD_SHIFT * p.scale))), p);
  };
  const product = (a: number, b: number, x: number): number => {
    const [sa, sb] = [scales.get(a), scales.get(b)];
    const [qa, qb] = [codeOf(a, sa), codeOf(b, sb)];
    productScale = qa !== undefined && qb !== undefined ? sa! * sb! : 0;
    lastProduct = productScale === 0 ? x : qa! * qb! * productScale;
    return lastProduct;
  };
  const sum = (a: number, b: number, x: number): number => {
    const scale = productScale !== 0 && (b === lastProduct || a === lastProduct) ? productScale : sums.get(a) ?? sums.get(b) ?? scales.get(b) ?? scales.get(a);
    return scale === undefined ? x : remember(sums, x, scale);
  };
  return { quantize, multiply, add, product, sum };
}

function halfAway(x: number): number {
  const y = Math.floor(Math.abs(x) + 0.5);
  return x < 0 ? 0 - y : y;
}
