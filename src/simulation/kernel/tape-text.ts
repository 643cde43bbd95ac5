import type { FormatFacts } from '../runtime/facts';
import { cell, cells, dummies, registers } from './counters';
import type { KernelMode } from './mode';

/**
 * Where runs are written. Recording: one node an operation in parallel typed arrays: value V, local error E, reference F (and its low part G), operands A and B with their partials
 * P and Q, site S. Statistics: counters per site. Everything else (condition, cancellation, shares) is worked out of these after the run.
 */
export function tapeText(mode: KernelMode, operators: readonly string[], recorded: number, format: FormatFacts): string {
  const record = mode.shadow === 'record';
  const wide = mode.wide;
  const lines = [`const $0sites = ${Math.max(16, operators.length)}, $0limit = ${recorded}, $0kinds = ${JSON.stringify(operators)}, $0format = ${JSON.stringify(format)};`,
    'const $0low = $0rt.low;',
    ...['addDd', 'mulDd', 'divDd', 'sqrtDd', 'cbrtDd', 'expDd', 'expm1Dd', 'logDd', 'log1pDd', 'log2Dd', 'log10Dd', 'sinDd', 'cosDd', 'tanDd', 'asinDd', 'acosDd', 'atanDd', 'sinhDd', 'coshDd', 'tanhDd', 'asinhDd', 'acoshDd',
      'atanhDd', 'atan2Dd', 'hypotDd', 'powDd', 'remDd', 'residual', 'integral', 'single', 'half'].map(n => `const $0${n} = $0rt.${n};`),
    'const $0sumResidue = (a, b, x) => { const t = x - a, e = (a - (x - t)) + (b - t); return e === e ? e : 0; };',
    'const $0quotientResidue = (a, b, x) => { const r = (a - x * b) - $0residual(x, b, x * b), e = r / b; return e - e === 0 ? e : 0; };',
    'const $0off = (v, h) => { const e = (v - h) - $0low[0]; return e === e ? e : 0; };',
    // Slope of the chord; the tangent where the chord is too short to be told from rounding.
    'const $0secant = (fx, fp, a, p, d) => { const h = a - p; if (h === 0 || Math_abs(h) < 1e-5 * Math_abs(a)) return d; const y = (fx - fp) / h; return y - y === 0 ? y : d; };',
    'const $0divergences = [new $0Map(), new $0Map()];',
    'function $0diverge(s, kind, simulated, reference) { if (s >= $0sites) return; const m = $0divergences[kind]; const d = m.get(s); if (d === undefined) m.set(s, { site: s, simulated, reference, count: 1 }); else d.count++; }',
    'const $0plainly = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, rem: (a, b) => a % b, pow: (a, b) => a ** b };',
    // Operands that are no numbers: what JavaScript does; a number that comes out is rounded and is its own reference.
    'function $0slow(name, round, s, a, b) { if (typeof a === "object" && a !== null || typeof b === "object" && b !== null) { const p = $0primitive(a), q = $0primitive(b); a = p[0]; b = q[0]; if (typeof a === "number" && typeof b === "number") return $0idata(name, s, p, q); } const y = $0plainly[name](a, b); if (typeof y === "number") { $0heard(s, a, y); $0heard(s, b, y); } else if (typeof y === "string") { $0said(a); $0said(b); } return $0u(typeof y === "number" && typeof a !== "string" ? round(y, s) : y); }',
    // An object that stands for a number by `valueOf` brings the shadow that its method left.
    'function $0primitive(a) { if (typeof a === "object" && a !== null && a[Symbol.toPrimitive] === undefined && typeof a.valueOf === "function") { $0z(); const v = a.valueOf(); if (typeof v === "number") { $0ret(v); return [v, ...$0shadowNow()]; } if (typeof v !== "object") return [v]; } if (typeof a === "number") { $0u(a); return [a, ...$0shadowNow()]; } return [a]; }',
    'const $0i32 = function (s, v) { if (typeof v === "number") { const r = arguments.length === 3 ? $0refOf(v, arguments[2]) : arguments[2]; if ((v | 0) !== (r | 0)) $0diverge(s, 1, v | 0, r | 0); } return v; };',
    'let $0data;',
    'function $0idata(name, s, a, b) { $0data ??= { add: $0add, sub: $0sub, mul: $0mul, rem: $0rem, div: $0div, pow: $0pow }; const x = $0in(s, ...a), p = $0shadowNow(), y = $0in(s, ...b), q = $0shadowNow(); return $0data[name](s, x, ...p, y, ...q); }',
    'let $0seed = 1, $0randomSource;',
    'function $0random() { $0randomSource ??= $0rt.xoshiro($0seed); return $0randomSource(); }',
    ];
  if (record) {
    // The tape has its full length at once: memory that is not written to costs nothing, and arrays that never change are constants of the compiled code.
    lines.push('const $0own = new $0Doubles(16);', `let $0top = 0; const $0cap = ${Math.max(64, recorded + 1)};`,
      ...['V', 'E', 'F', ...(wide ? ['G'] : []), 'P', 'Q'].map(n => `const $0${n} = new $0Doubles($0cap);`), ...['A', 'B', 'S'].map(n => `const $0${n} = new $0Integers($0cap);`),
      // A run that outgrows the tape is run again with statistics alone.
      'function $0full() { $0stopped = true; throw new $0Limit("recorded"); }',
      `function $0node(s, v, e, r, ${wide ? 'rl, ' : ''}a, p) { const k = ++$0top; if (k >= $0cap) $0full(); $0V[k] = v; $0E[k] = e; $0F[k] = r; ${wide ? '$0G[k] = rl;' : ''} $0A[k] = a; $0B[k] = 0; $0P[k] = p; $0S[k] = s; return k; }`,
      `function $0convert(s, a, an, v) { $0n = $0node(s, v, v - a, an !== 0 ? $0F[an] : a, ${wide ? 'an !== 0 ? $0G[an] : 0, ' : ''}an, 1); return v; }`,
      `function $0literal(s, value, v) { $0node(s, v, v - value, value, ${wide ? '0, ' : ''}0, 0); }`,
      `function $0store(s, v, n, w, o) { return $0node(s, w, w - v, n !== 0 ? $0F[n] : v, ${wide ? 'n !== 0 ? $0G[n] : 0, ' : ''}n, 1); }`,
      'const $0refOf = (v, n) => n !== 0 ? $0F[n] : v, $0refLow = n => ' + (wide ? 'n !== 0 ? $0G[n] : 0' : '0') + ';',
      'const $0shadowNow = () => [$0n];', 'const $0quantized = (s, v, t, y) => { $0convert(s, v, t, y); };');
  } else {
    lines.push(`const $0D = new $0Doubles(${registers} + 8 * ($0sites + ${2 * dummies})); for (let s = 0; s < $0sites; s++) { ${cell('low')} = Infinity; ${cell('high')} = -Infinity; ${cell('ratio')} = 1; }`,
      'const $0MN = new $0Doubles($0sites).fill(Infinity), $0MX = new $0Doubles($0sites).fill(-Infinity), $0UF = new $0Doubles($0sites), $0OF = new $0Doubles($0sites), $0NN = new $0Doubles($0sites);',
      'function $0rare(s, v, e) { if (e === 0) return; if (v - v !== 0) { if (v === v) $0OF[s]++; else $0NN[s]++; } else if (v === 0) $0UF[s]++; }',
      `function $0cancel(s, v, a, b) { const x = Math_abs(a), y = Math_abs(b), m = x > y ? x : y, w = Math_abs(v); if (w < m * ${cell('ratio')}) ${cell('ratio')} = w / m; }`,
      `function $0absorbed(s) { ${cell('absorbed')}++; } function $0once(s) { ${cell('count')}++; }`, 'const $0Q = new $0Doubles(64), $0other = { __proto__: null, value: v => v };',
      // The optimizer calls a proxy and never takes it into its caller: what is rare makes no hot function longer.
      'const $0Proxy = Proxy, $0apart = f => new $0Proxy(f, { __proto__: null });',
      `function $0st(s, v, e) { ${cell('count')}++; if (v < $0MN[s]) { $0MN[s] = v; if (v > -Infinity) ${cell('low')} = v; } if (v > $0MX[s]) { $0MX[s] = v; if (v < Infinity) ${cell('high')} = v; } const m = Math_abs(e); if (m > ${cell('error')}) ${cell('error')} = m; if (v === 0 || v - v !== 0) $0rare(s, v, e); }`,
      ...(mode.calibrating ? [
        // Up to 4096 values of each site, a new one in the place of an old one with equal chances: what thresholds are worked out of.
        `const $0kept = [], $0draw = $0rt.xoshiro(1); function $0sample(s, v) { const list = $0kept[s] ??= [], n = ${cell('count')}; if (n <= 4096) list[n - 1] = v; else { const k = Math_floor($0draw() * n); if (k < 4096) list[k] = v; } }`,
        'const $0thresholds = (calibration, bits) => { const out = []; for (let s = 0; s < $0kept.length; s++) if ($0kept[s] !== undefined) out[out.length] = [s, $0rt.clipThreshold($0kept[s], calibration, bits)]; return $0JSON_stringify(out); };'] : []),
      `const $0counted = () => { $0fold(); const of = k => { const a = new $0Doubles($0sites); for (let s = 0; s < $0sites; s++) a[s] = $0D[(s << 3) + ${registers} + k]; return a; }; return { C: of(${cells.indexOf('count')}), MN: $0MN, MX: $0MX, ME: of(${cells.indexOf('error')}), CR: of(${cells.indexOf('ratio')}), AB: of(${cells.indexOf('absorbed')}), UF: $0UF, OF: $0OF, NN: $0NN }; };`,
      // Conversions: number and largest error; their range is that of the operations that take them.
      `function $0cv(s, v, e) { ${cell('count')}++; const m = Math_abs(e); if (m > ${cell('error')}) ${cell('error')} = m; if (v === 0 || v - v !== 0) $0rare(s, v, e); }`,
      `const $0quantized = (s, v, t, y) => { $0st(s, y, y - v); $0sr(y, t); };`,
      'const $0refOf = (v, r) => r, $0shadowNow = () => ' + (wide ? '[$0R[0], $0R[1]]' : '[$0R[0]]') + ';');
  }
  return lines.join('\n');
}
