/**
 * Numeric functions of the kind that the round-off literature is tried on: physics, geometry, control, integration, polynomial approximations, conditionals, loops.
 * Written as a TypeScript programmer writes them; `kernels.test.ts` runs them and bounds them.
 */

// Physics.

/** @range u [-125, 125] @range v [15, 25000] @range T [-40, 60] */
export function doppler2(u: number, v: number, T: number): number {
  const t1 = 331.4 + 0.6 * T;
  return (-t1 * v) / ((t1 + u) * (t1 + u));
}

/** @range u [-30, 120] @range v [320, 20300] @range T [-50, 30] */
export function doppler3(u: number, v: number, T: number): number {
  const speed = (t: number): number => 331.4 + 0.6 * t;
  return (-speed(T) * v) / (speed(T) + u) ** 2;
}

/** @range x [0.1, 0.3] */
export function predatorPrey(x: number): number {
  const r = 4, k = 1.11;
  return (r * x * x) / (1 + (x / k) * (x / k));
}

/** @range p [0.1, 0.5] */
export function vanDerWaals(p: number): number {
  const a = 0.401, b = 42.7e-6, n = 1000, t = 300, k = 1.3806503e-23;
  return (3.5e7 + a * (n / p) ** 2) * (p - n * b) - k * n * t;
}

/** @range x1 [4, 6.36] @range x2 [4, 6.36] @range x3 [4, 6.36] @range x4 [4, 6.36] */
export function kepler1(x1: number, x2: number, x3: number, x4: number): number {
  return x1 * x4 * (-x1 + x2 + x3 - x4) + x2 * (x1 - x2 + x3 + x4) + x3 * (x1 + x2 - x3 + x4) - x2 * x3 * x4 - x1 * x3 - x1 * x2 - x4;
}

/** @range M [0, 6.28] */
export function keplerNewton(M: number): number {
  const e = 0.2;
  let E = M;
  for (let i = 0; i < 4; i++) E = E - (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
  return E;
}

/** @range theta [-1.5, 1.5] @range omega [-2, 2] */
export function pendulumSteps(theta: number, omega: number): number {
  const h = 0.01, g = 9.80665, length = 2;
  for (let i = 0; i < 8; i++) {
    const k1 = (-g / length) * Math.sin(theta);
    const k2 = omega + (h / 2) * k1;
    theta = theta + h * k2;
    omega = omega + h * (-g / length) * Math.sin(theta + (h / 2) * omega);
  }
  return theta;
}

/** @range r [0.5, 10] @range theta [0, 6.2832] */
export function polarX(r: number, theta: number): number {
  return r * Math.cos(theta);
}

/** @range x [1, 100] @range y [1, 100] */
export function toAngle(x: number, y: number): number {
  return Math.atan(y / x) * (180 / 3.14159265359);
}

/** @range x [-10, 10] @range r [0, 10] @range lat [-1.570796, 1.570796] @range lon [-3.14159265, 3.14159265] */
export function sphere(x: number, r: number, lat: number, lon: number): number {
  return x + r * Math.sin(lat) * Math.cos(lon);
}

/** @range lat1 [0, 0.4] @range lat2 [0.5, 1] @range lon1 [0, 3.14159265] @range lon2 [-3.14159265, -0.5] */
export function azimuth(lat1: number, lat2: number, lon1: number, lon2: number): number {
  const dLon = lon2 - lon1;
  const y = Math.cos(lat2) * Math.sin(dLon);
  const x = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLon);
  return Math.atan(y / x);
}

/** @range lat1 [0.1, 1.2] @range lat2 [0.1, 1.2] @range dLon [0.2, 2] */
export function haversine(lat1: number, lat2: number, dLon: number): number {
  const a = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(a));
}

/** @range s0 [90, 110] @range k [95, 105] @range sigma [0.1, 0.5] @range t [0.25, 2] */
export function blackScholesD1(s0: number, k: number, sigma: number, t: number): number {
  return (Math.log(s0 / k) + (0.02 + (sigma * sigma) / 2) * t) / (sigma * Math.sqrt(t));
}

/** @range T [-20, 45] @range rh [5, 99] */
export function dewPoint(T: number, rh: number): number {
  const a = 17.62, b = 243.12;
  const g = Math.log(rh / 100) + (a * T) / (b + T);
  return (b * g) / (a - g);
}

// Polynomials and approximations.

/** @range x [-8, 8] */
export function logexp(x: number): number {
  return Math.log(1 + Math.exp(x));
}

/** @range x [-8, 8] */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** @range x [-6, 6] */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** @range x [-4, 4] */
export function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
}

/** @range a [-3, 3] @range b [-3, 3] @range c [-3, 3] */
export function softmaxFirst(a: number, b: number, c: number): number {
  const m = Math.max(a, b, c);
  const ea = Math.exp(a - m), eb = Math.exp(b - m), ec = Math.exp(c - m);
  return ea / (ea + eb + ec);
}

/** @range x [-5, 5] @range y [-5, 5] */
export function himmelblau(x: number, y: number): number {
  const a = x * x + y - 11;
  const b = x + y * y - 7;
  return a * a + b * b;
}

/** @range x [-2, 2] @range y [-2, 2] */
export function rosenbrock(x: number, y: number): number {
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
}

/** @range x [-4.5, 4.5] @range y [-4.5, 4.5] */
export function beale(x: number, y: number): number {
  const a = 1.5 - x + x * y, b = 2.25 - x + x * y * y, c = 2.625 - x + x * y * y * y;
  return a * a + b * b + c * c;
}

/** @range x1 [0, 3] @range x2 [0, 4] */
export function floudas3(x1: number, x2: number): number {
  if (!(2 * x1 * x1 * x1 * x1 - 8 * x1 * x1 * x1 + 8 * x1 * x1 - x2 >= -2)) throw new RangeError('outside');
  return -12 * x1 - 7 * x2 + x2 * x2;
}

/** @range x1 [0, 3] @range x2 [0, 4] */
export function floudas2(x1: number, x2: number): number {
  if (2 * x1 ** 4 - 8 * x1 ** 3 + 8 * x1 * x1 - x2 < 0) return 0;
  return -x1 - x2;
}

/** @range u [0, 1] */
export function bspline0(u: number): number {
  return ((1 - u) * (1 - u) * (1 - u)) / 6;
}

/** @range u [0, 1] */
export function bspline1(u: number): number {
  return (3 * u * u * u - 6 * u * u + 4) / 6;
}

/** @range u [0, 1] */
export function bspline2(u: number): number {
  return (-3 * u * u * u + 3 * u * u + 3 * u + 1) / 6;
}

/** @range u [0, 1] */
export function bspline3(u: number): number {
  return (-u * u * u) / 6;
}

/** @range x [-1, 1] */
export function chebyshev5(x: number): number {
  return 16 * x ** 5 - 20 * x ** 3 + 5 * x;
}

/** @range x [-1, 1] */
export function chebyshev10(x: number): number {
  let a = 1, b = x;
  for (let k = 2; k <= 10; k++) [a, b] = [b, 2 * x * b - a];
  return b;
}

/** @range x [-1, 1] */
export function legendre5(x: number): number {
  return (63 * x * x * x * x * x - 70 * x * x * x + 15 * x) / 8;
}

/** @range x [-1, 1] */
export function expTaylor(x: number): number {
  let term = 1, sum = 1;
  for (let k = 1; k <= 12; k++) {
    term = (term * x) / k;
    sum += term;
  }
  return sum;
}

/** @range x [-1.5707963, 1.5707963] */
export function sinTaylor(x: number): number {
  let term = x, sum = x;
  for (let k = 3; k <= 13; k += 2) {
    term *= (-x * x) / (k * (k - 1));
    sum += term;
  }
  return sum;
}

/** @range x [-0.5, 0.5] */
export function padeExp(x: number): number {
  const n = 120 + x * (60 + x * (12 + x));
  const d = 120 - x * (60 - x * (12 - x));
  return n / d;
}

const coefficients = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];

/** @range x [0, 5] */
export function normalTail(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const p = coefficients.reduceRight((s, c) => (s + c) * t, 0);
  return 0.3989422804014327 * Math.exp((-x * x) / 2) * p;
}

/** @range x [0.1, 0.9] */
export function newtonSqrt(x: number): number {
  let y = 0.5 + 0.5 * x;
  for (let i = 0; i < 4; i++) y = 0.5 * (y + x / y);
  return y;
}

/** @range x [1, 2] */
export function newtonReciprocal(x: number): number {
  let y = 1.4 - 0.45 * x;
  for (let i = 0; i < 4; i++) y = y * (2 - x * y);
  return y;
}

/** @range x [-0.9, 0.9] */
export function logistic(x: number): number {
  let v = 0.4 + 0.1 * x;
  for (let i = 0; i < 6; i++) v = 2.5 * v * (1 - v);
  return v;
}

/** @range x [-5, 5] @range y [-5, 5] */
export function nonlin1(x: number, y: number): number {
  return (x + 5.5) / (x + y + 11);
}

/** @range x [1.001, 2] @range y [1.001, 2] */
export function nonlin2(x: number, y: number): number {
  const t = x * y;
  return (t - 1) / (t * t - 1);
}

/** @range x [0.1, 10] @range y [0, 5] */
export function i4(x: number, y: number): number {
  return Math.sqrt(x + y * y);
}

/** @range x [0.01, 0.99] */
export function entropy(x: number): number {
  return -x * Math.log2(x) - (1 - x) * Math.log2(1 - x);
}

/** @range a [20, 30] @range b [-30, -20] @range c [0.1, 10] @range d [-5, 5] */
export function sum4(a: number, b: number, c: number, d: number): number {
  return a + b + c + d;
}

/** @range x0 [1, 2] @range x1 [1, 2] @range x2 [1, 2] @range x3 [1, 2] @range x4 [1, 2] @range x5 [1, 2] @range x6 [1, 2] @range x7 [1, 2] */
export function sum8(x0: number, x1: number, x2: number, x3: number, x4: number, x5: number, x6: number, x7: number): number {
  return x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7;
}

// Linear algebra and geometry.

/** @range a [-10, 10] @range b [-10, 10] @range c [-10, 10] @range d [-10, 10] @range e [-10, 10] @range f [-10, 10] @range g [-10, 10] @range h [-10, 10] @range i [-10, 10] */
export function determinant(a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number): number {
  return a * e * i + b * f * g + c * d * h - (c * e * g + b * d * i + a * f * h);
}

/** @range ax [-1, 1] @range ay [-1, 1] @range bx [-1, 1] @range by [-1, 1] @range cx [-1, 1] @range cy [-1, 1] */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return (ax - cx) * (by - cy) - (ay - cy) * (bx - cx);
}

interface Vector { x: number; y: number; z: number }

function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

function cross(a: Vector, b: Vector): Vector {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

/** @range a [1, 2] @range b [-1, 1] @range c [0.5, 2] @range d [-2, 1] @range e [0, 3] @range f [-1, 1] */
export function tripleProduct(a: number, b: number, c: number, d: number, e: number, f: number): number {
  const u = { x: a, y: b, z: c }, v = { x: d, y: e, z: f };
  return dot(cross(u, v), { x: 1, y: 0.1, z: -0.3 });
}

/** @range x [1, 3] @range y [-2, 2] @range z [-2, 2] */
export function normalizeX(x: number, y: number, z: number): number {
  const length = Math.hypot(x, y, z);
  return x / length;
}

/** @range a [0.1, 10] @range b [20, 30] @range c [-10, 10] */
export function quadraticRoot(a: number, b: number, c: number): number {
  const d = b * b - 4 * a * c;
  if (d < 0) return 0;
  return (-b + Math.sqrt(d)) / (2 * a);
}

/** @range a [0.1, 10] @range b [20, 30] @range c [-10, 10] */
export function quadraticRootStable(a: number, b: number, c: number): number {
  const q = -0.5 * (b + Math.sign(b) * Math.sqrt(b * b - 4 * a * c));
  return c / q;
}

/** @range a [1, 3] @range b [0.1, 0.9] @range d [1.5, 4] */
export function eigenvalue(a: number, b: number, d: number): number {
  const mean = (a + d) / 2;
  return mean + Math.sqrt(((a - d) / 2) ** 2 + b * b);
}

/** @range re [0.5, 10] @range im [-10, 10] */
export function complexSqrtReal(re: number, im: number): number {
  return Math.sqrt((Math.sqrt(re * re + im * im) + re) / 2);
}

/** @range x [0.1, 1] @range y [0.1, 1] */
export function solve2x2(x: number, y: number): number {
  const m = [[4, x], [y, 3]];
  const factor = m[1][0] / m[0][0];
  const u = m[1][1] - factor * m[0][1];
  const b = [1, 2 - factor * 1];
  const second = b[1] / u;
  return (b[0] - m[0][1] * second) / m[0][0];
}

/** @range a [-1, 1] @range b [-1, 1] @range c [-1, 1] @range d [-1, 1] */
export function jacobiStep(a: number, b: number, c: number, d: number): number {
  const x = [a, b, c, d];
  const m = [[10, -1, 2, 0], [-1, 11, -1, 3], [2, -1, 10, -1], [0, 3, -1, 8]];
  const rhs = [6, 25, -11, 15];
  const next = x.map((_, i) => {
    let s = rhs[i];
    for (let j = 0; j < 4; j++) if (j !== i) s -= m[i][j] * x[j];
    return s / m[i][i];
  });
  return next[0] + next[1] + next[2] + next[3];
}

// Conditionals.

/** @range x [0, 10] */
export function squareRoot(x: number): number {
  if (x < 1e-5) return 1 + 0.5 * x;
  return Math.sqrt(1 + x);
}

/** @range a [3, 3] @range b [3.5, 3.5] @range c [-2, 2] */
export function smartRoot(a: number, b: number, c: number): number {
  const d = b * b - a * c * 4;
  if (d < 0.1) throw new RangeError('no root');
  if (b * b - a * c > 10) {
    if (b > 0) return (c * 2) / (-b - Math.sqrt(d));
    if (b < 0) return (-b + Math.sqrt(d)) / (a * 2);
    return (-b + Math.sqrt(d)) / (a * 2);
  }
  return (-b + Math.sqrt(d)) / (a * 2);
}

/** @range x [-2, 2] */
export function cubicSpline(x: number): number {
  if (x <= -1) return 0.25 * (x + 2) * (x + 2) * (x + 2);
  if (x <= 0) return 0.25 * (-3 * x * x * x - 6 * x * x + 4);
  if (x <= 1) return 0.25 * (3 * x * x * x - 6 * x * x + 4);
  return 0.25 * (2 - x) * (2 - x) * (2 - x);
}

/** @range e [0, 5] */
export function simpleInterpolator(e: number): number {
  const r1 = 0, r2 = 5 * 2.25, r3 = 5 * 1.1, a = r2 - r1;
  if (e < 2.25) return r1 + e * 5;
  if (e < 3.35) return r2 + (e - 2.25) * (r3 / 1.1) * 0.5;
  return a + r3 * 0.5 + (e - 3.35) * 0.25;
}

/** @range x [-5, 5] @range y [-5, 5] */
export function styblinski(x: number, y: number): number {
  const p = (t: number): number => t * t * t * t - 16 * t * t + 5 * t;
  if (x * x + y * y < 1) return 0.5 * (p(x) + p(y));
  return (p(x) + p(y)) / 2;
}

/** @range x [-10, 10] */
export function clampedRamp(x: number): number {
  return Math.min(1, Math.max(0, 0.1 * x + 0.5));
}

/** @range x [0, 1] */
export function srgb(x: number): number {
  return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
}

/** @range x [-3, 3] */
export function sincSafe(x: number): number {
  return Math.abs(x) < 1e-4 ? 1 - (x * x) / 6 : Math.sin(x) / x;
}

/** @range x [-1, 1] */
export function huber(x: number): number {
  const d = 0.3;
  const a = Math.abs(x);
  return a <= d ? 0.5 * x * x : d * (a - 0.5 * d);
}

// Loops: control, filters, integration.

/** @range m [8, 10] */
export function pid(m: number): number {
  const dt = 0.2, kp = 9.4514, ki = 0.69006, kd = 2.8454, target = 5;
  let i = 0, e0 = 0;
  for (let t = 0; t < 10; t++) {
    const e = target - m;
    const p = kp * e;
    i = i + ki * dt * e;
    const d = (kd / dt) * (e - e0);
    const r = p + i + d;
    m = m + 0.01 * r;
    e0 = e;
  }
  return m;
}

/** @range y [0, 1] */
export function leadLag(y: number): number {
  let xc0 = 0, xc1 = 0, u = 0;
  for (let k = 0; k < 12; k++) {
    const yc = y - 5;
    const limited = Math.min(1, Math.max(-1, yc));
    u = 564.48 * xc0 - 1280 * limited * 0.001;
    xc0 = 0.499 * xc0 - 0.05 * xc1 + limited;
    xc1 = 0.01 * xc0 + xc1;
  }
  return u;
}

/** @range y [-5, 5] */
export function rungeKutta4(y: number): number {
  const h = 0.1, k = 1.2, f = (v: number): number => k * (1 - v * 0.1);
  for (let n = 0; n < 10; n++) {
    const k1 = f(y);
    const k2 = f(y + (h / 2) * k1);
    const k3 = f(y + (h / 2) * k2);
    const k4 = f(y + h * k3);
    y = y + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return y;
}

/** @range u [1.11, 2.22] */
export function trapeze(u: number): number {
  const n = 25, a = 0.25, b = 5000;
  const g = (x: number): number => u / (0.7 * x * x * x - 0.6 * x * x + 0.9 * x - 0.2);
  const h = (b - a) / n;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += ((g(a + i * h) + g(a + (i + 1) * h)) * h) / 2;
  return sum;
}

/** @range sl [0.52, 0.53] */
export function odometry(sl: number): number {
  const sr = 0.785398163397, wheel = 12.34, base = 1 / 0.1;
  let theta = 0, x = 0;
  for (let t = 0; t < 10; t++) {
    const left = sl * wheel * 0.1, right = sr * wheel * 0.1;
    const delta = (left + right) * 0.5;
    const angle = theta + (right - left) * 0.5 / base;
    x = x + delta * (1 - (angle * angle) * 0.5 + (angle * angle * angle * angle) / 24);
    theta = theta + (right - left) / base;
  }
  return x;
}

/** @range a [0, 1] @range b [0, 1] */
export function secondOrderFilter(a: number, b: number): number {
  let s0 = 0, s1 = 0;
  const input = [a, b, 0.5 * a, 0.25 * b, a - b, 0.1, 0.2, a, b, 0.3];
  for (const e of input) {
    const s = 0.7 * e + 1.5 * s1 - 0.7 * s0;
    s0 = s1;
    s1 = s;
  }
  return s1;
}

/** @range x [0.2, 0.8] @range v [-0.1, 0.1] */
export function oscillator(x: number, v: number): number {
  for (let i = 0; i < 20; i++) {
    const a = -x;
    x = x + 0.05 * v;
    v = v + 0.05 * a;
  }
  return x;
}

/** @range x [0.5, 2] @range y [0.5, 2] */
export function arithmeticGeometricMean(x: number, y: number): number {
  for (let i = 0; i < 5; i++) {
    const m = (x + y) / 2;
    y = Math.sqrt(x * y);
    x = m;
  }
  return x;
}

/** @range x [0, 20] */
export function besselSeries(x: number): number {
  let sum = 0, term = 1;
  for (let k = 1; k < 20; k++) {
    sum += term;
    term *= (x / 20) / (k * k);
  }
  return sum;
}

/** @range x [0, 1] @range y [0, 1] @range vx [-0.1, 0.1] @range vy [-0.1, 0.1] */
export function orbit(x: number, y: number, vx: number, vy: number): number {
  x = x + 1;
  for (let i = 0; i < 4; i++) {
    const r2 = x * x + y * y;
    const r3 = r2 * Math.sqrt(r2);
    vx -= (0.05 * x) / r3;
    vy -= (0.05 * y) / r3;
    x += 0.1 * vx;
    y += 0.1 * vy;
  }
  return x;
}

// Statistics and signal processing.

/** @range a [0, 10] @range b [0, 10] @range c [0, 10] @range d [0, 10] */
export function variance(a: number, b: number, c: number, d: number): number {
  const xs = [a, b, c, d];
  let mean = 0;
  for (const x of xs) mean += x;
  mean /= xs.length;
  let s = 0;
  for (const x of xs) s += (x - mean) * (x - mean);
  return s / (xs.length - 1);
}

/** @range a [0, 10] @range b [0, 10] @range c [0, 10] */
export function welford(a: number, b: number, c: number): number {
  let mean = 0, m2 = 0, n = 0;
  for (const x of [a, b, c]) {
    n++;
    const delta = x - mean;
    mean += delta / n;
    m2 += delta * (x - mean);
  }
  return m2 / (n - 1);
}

/** @range a [-1, 1] @range b [-1, 1] @range c [-1, 1] @range d [-1, 1] */
export function kahan4(a: number, b: number, c: number, d: number): number {
  let s = 0, e = 0;
  for (const x of [a, b, c, d]) {
    const y = x - e;
    const t = s + y;
    e = t - s - y;
    s = t;
  }
  return s;
}

/** @range t [0, 1] @range p [-1, 1] @range q [-1, 1] @range r [-1, 1] */
export function deCasteljau(t: number, p: number, q: number, r: number): number {
  const lerp = (a: number, b: number): number => a + (b - a) * t;
  return lerp(lerp(p, q), lerp(q, r));
}

/** @range x [0, 1] @range a [-1, 1] @range b [-1, 1] @range c [-1, 1] @range d [-1, 1] */
export function catmullRom(x: number, a: number, b: number, c: number, d: number): number {
  return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
}

/** @range x [0, 255] */
export function quantizeByte(x: number): number {
  return Math.round(x) / 255;
}

/** @range x [-1, 1] @range y [-1, 1] */
export function singleDot(x: number, y: number): number {
  return Math.fround(Math.fround(x * y) + Math.fround(x * x));
}

/** @range l [0, 1] @range a [-0.4, 0.4] @range b [-0.4, 0.4] */
export function oklabRed(l: number, a: number, b: number): number {
  const l1 = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m1 = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s1 = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return 4.0767416621 * l1 - 3.3077115913 * m1 + 0.2309699292 * s1;
}

/** @range x1 [-1, 1] @range x2 [-1, 1] @range x3 [-1, 1] */
export function neuron(x1: number, x2: number, x3: number): number {
  const w = [[0.31, -0.52, 0.17], [0.73, 0.11, -0.29]];
  const x = [x1, x2, x3];
  const hidden = w.map(row => Math.tanh(row.reduce((s, k, i) => s + k * x[i], 0.05)));
  return hidden[0] * 0.6 - hidden[1] * 0.4;
}

/** @range x [1, 1000] */
export function stirling(x: number): number {
  return (x - 0.5) * Math.log(x) - x + 0.91893853320467 + 1 / (12 * x);
}

/** @range rate [0.001, 0.02] @range principal [1000, 500000] */
export function mortgage(rate: number, principal: number): number {
  const n = 36;
  const growth = (1 + rate) ** n;
  return (principal * rate * growth) / (growth - 1);
}
