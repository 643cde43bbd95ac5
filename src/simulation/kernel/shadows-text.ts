import { companionReaders } from '../../program/companions';
import type { KernelMode } from './mode';

/**
 * Registers, companion stores, calls: how shadows travel. The primordial functions of the context are captured first, so that a program that replaces
 * `Array.prototype.push` or `Object.prototype.toString` changes its own meaning and not ours.
 */
export function prelude(mode: KernelMode): string {
  const math = Object.getOwnPropertyNames(Math).filter(n => typeof Math[n as 'sin'] === 'function' && n !== 'f16round' && n !== 'sumPrecise');
  const numbers = Array.from({ length: companionReaders }, (_, i) => i);
  return `"use strict";
const $0Math = Math; ${math.map(n => `const Math_${n} = Math.${n};`).join(' ')}
const ${['floor', 'ceil', 'round', 'trunc', 'sign', 'abs', 'min', 'max'].map(n => `$0x_${n} = Math.${n}`).join(', ')};
const Number_isInteger = Number.isInteger, Object_is = Object.is, Array_isArray = Array.isArray, $0isView = ArrayBuffer.isView, $0Array = Array, $0Int32Array = Int32Array, $0Float64Array = Float64Array, $0Uint8Array = Uint8Array,
  $0Object = Object, $0Error = Error, $0TypeError = TypeError, $0String = String, $0apply = Reflect.apply, $0ownKeys = Reflect.ownKeys, $0defineProperty = Object.defineProperty,
  $0Map = Map, $0iterator = Symbol.iterator, $0JSON_parse = JSON.parse, $0JSON_stringify = JSON.stringify, $0getPrototypeOf = Object.getPrototypeOf, $0hasOwn = Object.hasOwn, $0isFrozen = Object.isFrozen;
const $0fill = Float64Array.prototype.fill, $0set = Float64Array.prototype.set, $0nan = a => $0apply($0fill, a, [NaN]), $0copyInto = (a, b) => $0apply($0set, a, [b]);
const $0descriptor = Object.getOwnPropertyDescriptor, $0arrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]());
const $0WeakMap = WeakMap, $0Set = Set, $0ArrayBuffer = ArrayBuffer, $0construct = Reflect.construct, $0generatorPrototype = $0getPrototypeOf((function* () {})).prototype, $0nativeMapGet = Map.prototype.get, $0nativeMapSet = Map.prototype.set,
  $0nativeMapClear = Map.prototype.clear, $0sizeGetter = $0descriptor(Map.prototype, "size").get, $0nativeMapSize = m => $0apply($0sizeGetter, m, []), $0getter = function (name) { return $0descriptor(this, name).get; }, $0subarray = Float64Array.prototype.subarray;
const $0sort = Array.prototype.sort, $0then = Promise.prototype.then, $0keys = Object.keys;
const $0arrayMethods = { __proto__: null }; for (const k of ["reverse", "copyWithin", "slice", "with", "toReversed", "toSpliced", "shift", "unshift", "splice"]) $0arrayMethods[k] = Array.prototype[k];
// Arrays of the run-time's own: nothing is ever added to an instance, so that the optimizer need not check the class of a constant one.
class $0Doubles extends Float64Array {} class $0Integers extends Int32Array {}
class $0Id { constructor(o) { return o; } }
// w: elements stored since the list was last quantized; e: shadows of elements; narrow: a store may change the value; fixed: the length never changes; f: format of the elements (\`@format\`), or null.
function $0Shadow() { this.e = $0none; this.narrow = false; this.fixed = false; this.f = null; this.m = null; this.w = 0; }
$0Shadow.prototype = Object.freeze({ __proto__: null });
class $0K extends $0Id {
  #k;
  constructor(o, k) { super(o); this.#k = k; }
  static get(o) { return typeof o === "object" ? o !== null && #k in o ? o.#k : $0empty : typeof o === "function" && #k in o ? o.#k : $0empty; }
  static own(o) {
    if ((typeof o !== "object" || o === null) && typeof o !== "function") return $0sink;
    if (#k in o) return o.#k;
    const k = new $0Shadow();
    new $0K(o, k);
    if ($0isView(o)) $0typed(o, k);
    return k;
  }
${numbers.map(i => `  static g${i}(${elementLoad(mode)} }\n  static c${i}(o) { return typeof o === "object" ? o !== null && #k in o ? o.#k : $0empty : $0K.get(o); }\n  static w${i}(o) { return typeof o === "object" && o !== null && #k in o ? o.#k : $0K.own(o); }`).join('\n')}
}
const $0c = $0K.get, $0w = $0K.own, ${numbers.map(i => `$0g${i} = $0K.g${i}, $0c${i} = $0K.c${i}, $0w${i} = $0K.w${i}`).join(', ')};`;
}

export function shadowText(mode: KernelMode): string {
  const record = mode.shadow === 'record';
  const stride = record ? 1 : mode.wide ? 3 : 2;
  const params = record ? 'n' : mode.wide ? 'r, l' : 'r';
  const set = record ? '$0n = n;' : mode.wide ? '$0R[0] = r; $0R[1] = l;' : '$0R[0] = r;';
  const none = record ? '$0n = 0;' : mode.wide ? '$0R[0] = v; $0R[1] = 0;' : '$0R[0] = v;';
  const store = record ? '$0Int32Array' : '$0Float64Array';
  const argumentNames = ['0', '1', '2', '3', '4', '5'];
  const lines: string[] = [];
  lines.push(`const $0none = new ${store}(0), $0empty = new $0Shadow(), $0sink = new $0Shadow(), $0AV = new $0Doubles(64).fill(NaN), ${record ? '$0AN = new $0Integers(64)' : '$0AR = new $0Doubles(64), $0AL = new $0Doubles(64)'};`);
  // 0 and 1: shadow of the last value; 2 and 3: the value that it belongs to, and whether it is told; 5: steps that are left.
  lines.push(`const $0R = ${record ? '$0own' : '$0D'};`, 'let $0n = 0, $0site = 0;');
  lines.push(`function $0typed(o, k) { if (o.length !== undefined && o.BYTES_PER_ELEMENT !== undefined) { k.fixed = true; k.narrow = o.BYTES_PER_ELEMENT < 8 || typeof o[0] === "bigint"; k.e = new ${store}(o.length * ${stride}); ${record ? '' : '$0nan(k.e);'} } }`);
  // What a `finally` does between the value of a return statement and the return leaves the register as it was.
  lines.push(record ? 'const $0keep = () => $0n, $0back = n => { $0n = n; };' : 'const $0keep = () => [$0R[0], $0R[1], $0R[2], $0R[3]], $0back = k => { $0R[0] = k[0]; $0R[1] = k[1]; $0R[2] = k[2]; $0R[3] = k[3]; };');
  lines.push(`function $0s(v, ${params}) { ${record ? set : `if (typeof v === "number") { ${set} }`} return v; }`);
  lines.push(`function $0u(v) { ${record ? '$0n = 0;' : `if (typeof v === "number") { ${none} }`} return v; }`);
  lines.push(`function $0z() { ${record ? '$0n = 0;' : '$0R[3] = 0;'} }`);
  lines.push(`function $0o(v, ${params}) { ${record ? set : `if (typeof v === "number") { ${set} $0R[2] = v; $0R[3] = 1; }`} return v; }`, `function $0oa(v, ${params}) { $0o(v, ${params}); if (typeof v === "number") $0post(v, $0sv()); return v; }`, `function $0o1(v) { ${record ? '$0n = 0;' : `if (typeof v === "number") { ${none} $0R[2] = v; $0R[3] = 1; }`} return v; }`);
  lines.push('function $0t() { if (--$0R[5] < 0) $0exhausted(); }');
  // The value that a call returned: its shadow is in the register if it is the value that the callee's return statement left there.
  lines.push(record
    ? 'function $0ret(v) { if ($0n !== 0 && $0V[$0n] !== v && (v === v || $0V[$0n] === $0V[$0n])) $0n = 0; return v; }'
    : `function $0ret(v) { if (typeof v === "number" && ($0R[3] !== 1 || ($0R[2] !== v && v === v))) { ${none} } $0R[3] = 0; return v; }`);
  lines.push(record
    ? 'function $0rc(v, s) { if (typeof v === "number") { if ($0n !== 0) { if ($0V[$0n] === v || v !== v) return v; $0n = 0; } if ($0AN[0] !== 0 && $0AV[0] === $0AV[0]) $0lost(v, s); } else if ($0n !== 0 && typeof v !== "object") $0n = 0; return v; }'
    : `function $0rc(v, s) { if (typeof v === "number" && ($0R[3] !== 1 || ($0R[2] !== v && v === v))) { ${none} if ($0AV[0] === $0AV[0] && $0AV[0] !== $0AR[0]) $0lost(v, s); } $0R[3] = 0; return v; }`);
  lines.push('const $0untracked = new $0Map(); function $0lost(v, s) { $0AV[0] = $0NaN; if (Number_isInteger(v) || v !== v) return; const n = $0apply($0nativeMapGet, $0untracked, [s]); $0apply($0nativeMapSet, $0untracked, [s, n === undefined ? 1 : n + 1]); }');
  // Arguments.
  for (const i of argumentNames) {
    lines.push(record
      ? `function $0a${i}(v, n) { $0AV[${i}] = typeof v === "number" ? v : NaN; $0AN[${i}] = n; $0n = 0; return v; }`
      : `function $0a${i}(v, ${params}) { if (typeof v === "number") { $0AV[${i}] = v; $0AR[${i}] = r; ${mode.wide ? `$0AL[${i}] = l;` : ''} } else { $0AV[${i}] = NaN; $0AR[${i}] = NaN; } $0R[3] = 0; return v; }`);
  }
  lines.push(record ? 'function $0ax(i, v, n) { if (i < 64) { $0AV[i] = typeof v === "number" ? v : NaN; $0AN[i] = n; } $0n = 0; return v; }'
    : `function $0ax(i, v, ${params}) { if (i < 64) { if (typeof v === "number") { $0AV[i] = v; $0AR[i] = r; ${mode.wide ? '$0AL[i] = l;' : ''} } else { $0AV[i] = NaN; $0AR[i] = NaN; } } $0R[3] = 0; return v; }`);
  lines.push(record
    ? 'function $0p(i, v) { if (i < 64 && ($0AV[i] === v || (v !== v && $0AV[i] !== $0AV[i]))) { const n = $0AN[i]; $0AV[i] = NaN; $0AN[i] = 0; return n; } return 0; }'
    : `function $0p(i, v) { if (i < 64 && ($0AV[i] === v || (v !== v && $0AV[i] !== $0AV[i]))) { const r = $0AR[i]; ${mode.wide ? '' : '$0AV[i] = NaN; $0AR[i] = NaN;'} return r; } return v; } function $0p1(i, v) { if (i < 64 && ($0AV[i] === v || (v !== v && $0AV[i] !== $0AV[i]))) { const l = $0AL[i]; $0AV[i] = NaN; $0AR[i] = NaN; $0AL[i] = 0; return l; } return 0; }`);
  // Loads and stores.
  const match = record ? '(n !== 0 && ($0V[n] === v || v !== v))' : '(e[i] === v || (v !== v && e[i] !== e[i] && i < e.length))';
  lines.push(record
    ? `function $0le(o, k, v) { if (typeof v !== "number") { $0n = 0; return v; } const K = $0c(o);${mode.blocks ? ' if (K.w > 0 && $0whole(o)) v = o[k];' : ''} if (typeof k === "number") { const e = K.e; if (k < e.length) { const n = e[k]; if ${match} { $0n = n; return v; } } $0n = 0; return v; } $0lk(K, k, v); return v; }`
    : `function $0le(o, k, v) { if (typeof v !== "number") return v; const K = $0c(o);${mode.blocks ? ' if (K.w > 0 && $0whole(o)) v = o[k];' : ''} if (typeof k === "number") { const e = K.e, i = k * ${stride}; if (i < e.length && ${match}) { $0R[0] = e[i + 1]; ${mode.wide ? '$0R[1] = e[i + 2];' : ''} return v; } ${none} return v; } $0lk(K, k, v); return v; }`);
  lines.push(record
    ? `function $0lk(K, k, v) { if (typeof k === "string") { const n = K["n_" + k] ?? K.e[k] ?? 0; if ${match} { $0n = n; return; } } else if (typeof k === "symbol") { const n = $0symbolic(K, k, v); if (n !== undefined) { $0n = n; return; } } $0n = 0; }`
    : `function $0lk(K, k, v) { if (typeof k === "string") { if (K["v_" + k] === v) { $0R[0] = K["r_" + k]; ${mode.wide ? '$0R[1] = K["l_" + k];' : ''} return; } const i = +k * ${stride}, e = K.e; if (i < e.length && e[i] === v) { $0R[0] = e[i + 1]; ${mode.wide ? '$0R[1] = e[i + 2];' : ''} return; } } else if (typeof k === "symbol") { const t = $0symbolic(K, k, v); if (t !== undefined) { $0sr(v, t); return; } } ${none} }`);
  lines.push(record ? 'const $0loadElement = (e, k, v) => { const n = e[k]; $0n = n !== undefined && n !== 0 && $0V[n] === v ? n : 0; };'
    : `const $0loadElement = (e, k, v) => { const i = k * ${stride}; if (e[i] === v) { $0R[0] = e[i + 1]; ${mode.wide ? '$0R[1] = e[i + 2];' : ''} return; } ${none} };`);
  lines.push(`const $0elements = n => new ${store}(n * ${stride});`);
  lines.push(record
    ? 'function $0lp(v, n) { if (typeof v !== "number") { $0n = 0; return v; } if (n !== undefined && n !== 0 && ($0V[n] === v || v !== v)) { $0n = n; return v; } if ($0n !== 0 && $0V[$0n] !== v) $0n = 0; return v; }'
    : `function $0lp(v, w, r${mode.wide ? ', l' : ''}) { if (typeof v !== "number") return v; if (w === v || (v !== v && w !== w && w !== undefined)) { ${set} return v; } if ($0R[3] === 1 && $0R[2] === v) return v; ${none} return v; }`);
  const putElement = record ? 'e[k] = n;' : `const i = k * ${stride}; e[i] = v; e[i + 1] = r; ${mode.wide ? 'e[i + 2] = l;' : ''}`;
  lines.push(`function $0se(s, o, k, v, ${params}) { if (typeof v !== "number") { if (typeof v === "object" && $0c(o).f !== null) $0reformat(s, v, $0c(o).f, 0); return v; } const K = $0w(o);${mode.blocks ? ' K.w++;' : ''} if (K.narrow) { let w = o[k]; if (K.f !== null && typeof w === "number") { const y = K.f(w, s); if (y !== w) { o[k] = y; w = o[k]; } } if (w !== v && typeof w === "number") ${record ? 'n = $0store(s, v, n, w);' : `{ $0st(s, w, w - v); ${narrowed(mode)} $0pute(o, K, k, w, ${params}); ${set} return v; }`} }`
    + ` $0pute(o, K, k, v, ${params}); ${set} return v; }`);
  lines.push(`function $0sg(s, o, k, v, ${params}, K) { if (typeof v !== "number" || typeof k !== "number" || K === $0empty || K.narrow) return $0se(s, o, k, v, ${params}); const e = K.e;${mode.blocks ? ' K.w++;' : ''} if (k >= 0 && k * ${stride} < e.length) { ${putElement} } else $0pute(o, K, k, v, ${params}); ${set} return v; }`,
    mode.blocks ? `function $0ag(s, o, k, v, ${params}, K) { return $0sa(s, o, k, v, ${params}); }` : 'const $0ag = $0sg;');
  lines.push(mode.blocks ? `function $0sa(s, o, k, v, ${params}) { $0w(o).w = -1 / 0; return $0se(s, o, k, v, ${params}); }` : 'const $0sa = $0se;');
  lines.push(`function $0pute(o, K, k, v, ${params}) { if (typeof k === "number" && k >= 0) { let e = K.e; if (k * ${stride} >= e.length) { if (k > 50000000 || !Number_isInteger(k) || K.fixed) return; e = $0widen(o, K, k); } ${putElement} } else if (typeof k === "symbol") $0symbol(K, k, v, ${params}); else if (typeof k === "string") { if (K === $0sink) return;`
    + ` ${record ? 'K["n_" + k] = n;' : `K["v_" + k] = v; K["r_" + k] = r; ${mode.wide ? 'K["l_" + k] = l;' : ''}`} } }`);
  lines.push(`function $0widen(o, K, k) { const e = new ${store}(${stride} * Math_max(8, Math_floor(k * 1.5) + 1, Array_isArray(o) ? Math_min(o.length, 50000000) : 0)); ${record ? '' : '$0nan(e);'} $0copyInto(e, K.e); if (K !== $0sink) K.e = e; return e; }`);
  lines.push(`function $0sp(o, k, v, ${params}) { if (typeof v === "number") { const K = $0w(o); if (K !== $0sink) { ${record ? 'K["n_" + k] = n;' : `K["v_" + k] = v; K["r_" + k] = r; ${mode.wide ? 'K["l_" + k] = l;' : ''}`} } } }`);
  lines.push(`function $0symbol(K, k, v, ${params}) { if (K === $0sink) return; if (K.m === null) K.m = new $0Map(); $0apply($0nativeMapSet, K.m, [k, { v, t: ${record ? 'n' : mode.wide ? '[r, l]' : 'r'} }]); }; const $0symbolic = (K, k, v) => { const e = K.m === null ? undefined : $0apply($0nativeMapGet, K.m, [k]); return e !== undefined && Object_is(e.v, v) ? e.t : undefined; };`);
  // A shadow as one value, for the library: a node, a double, or a pair.
  lines.push(record ? 'const $0sv = () => $0n, $0sr = (v, t) => { $0n = t; return v; }, $0nt = v => 0;'
    : mode.wide ? 'const $0sv = () => [$0R[0], $0R[1]], $0sr = (v, t) => { $0R[0] = t[0]; $0R[1] = t[1]; $0R[2] = v; $0R[3] = 1; return v; }, $0nt = v => [v, 0];'
      : 'const $0sv = () => $0R[0], $0sr = (v, t) => { $0R[0] = t; $0R[2] = v; $0R[3] = 1; return v; }, $0nt = v => v;');
  lines.push(`const $0isOwn = (v, t) => ${record ? 't === 0' : mode.wide ? 't[0] === v && t[1] === 0' : 't === v'};`);
  const spread = mode.wide && !record ? 't[0], t[1]' : 't';
  lines.push(`const $0spreadToken = t => ${mode.wide && !record ? 't' : '[t]'}, $0tokenRef = (v, t) => ${record ? `t !== 0 ? ${mode.wide ? '[$0F[t], $0G[t], t]' : '[$0F[t], 0, t]'} : [v, 0, 0]` : mode.wide ? '[t[0], t[1], 0]' : '[t, 0, 0]'};`);
  lines.push(`const $0at = (i, v, t) => $0ax(i, v, ${spread}), $0put = (o, k, v, t) => { if (typeof v !== "number") return; const K = $0w(o); if (K.f !== null) $0se(0, o, k, v, ${spread}); else $0pute(o, K, k, v, ${spread}); };`);
  lines.push(`const $0pt = (i, v) => ${record ? '$0p(i, v)' : mode.wide ? '{ const r = $0p(i, v); return [r, $0p1(i, v)]; }' : '$0p(i, v)'};`);
  lines.push(`const $0ld = (o, k) => { const v = o[k]; $0le(o, k, v); return v; }, $0lt = (o, k) => { $0le(o, k, o[k]); return typeof o[k] === "number" ? $0sv() : $0nt(0); };`);
  lines.push(`function $0la(a, shadows) { const K = $0w(a), e = new ${store}(a.length * ${stride}); for (let i = 0; i < a.length; i++) { const v = a[i]; if (typeof v === "number") { ${record ? 'e[i] = shadows[i];' : `const r = shadows[i * ${stride - 1}]; e[i * ${stride}] = v; e[i * ${stride} + 1] = r !== r && v === v ? v : r; ${mode.wide ? `e[i * ${stride} + 2] = shadows[i * 2 + 1];` : ''}`} }`
    + `${record ? '' : ` else e[i * ${stride}] = NaN;`} } K.e = e; return a; }`);
  return lines.join('\n');
}

/**
 * Parameters and body of the load of an element, inside the class whose private name finds the store: no shadow means that the value is its own reference. What has a number at a position is an
 * object.
 */
function elementLoad(mode: KernelMode): string {
  const whole = mode.blocks ? ' if (K.w > 0 && $0whole(o)) v = o[k];' : '';
  const head = 'if (typeof k !== "number") return $0le(o, k, v); const K = #k in o ? o.#k : $0empty;';
  if (mode.shadow === 'record') return `o, k, v) { if (typeof v !== "number") { $0n = 0; return v; } ${head}${whole} const e = K.e; if (k < e.length) { const n = e[k]; if (n !== 0 && ($0V[n] === v || v !== v)) { $0n = n; return v; } } $0n = 0; return v;`;
  return `o, k, v) { if (typeof v !== "number") return v; ${head}${whole} const e = K.e, i = ${mode.wide ? 'k * 3' : 'k << 1'}; if (i < e.length && (e[i] === v || (v !== v && e[i] !== e[i]))) { $0R[0] = e[i + 1]; ${mode.wide ? '$0R[1] = e[i + 2];' : ''} return v; } $0R[0] = v; ${mode.wide ? '$0R[1] = 0;' : ''} return v;`;
}

/** A store into a narrow typed array converts: integers convert the reference too, floats leave it as it is. */
function narrowed(mode: KernelMode): string {
  return `if ($0integerArray(o)) { r = $0likeArray(o, r);${mode.wide ? ' l = 0;' : ''} }`;
}

/** Parts that the emitted code calls and that are the same in every mode. */
export const sharedText = `
const $0integerArray = o => o.BYTES_PER_ELEMENT !== undefined && !(o instanceof $0Float32Array) && !(o instanceof $0Float64Array);
const $0Float32Array = Float32Array;
const $0likeArray = (o, r) => { const one = new o.constructor(1); one[0] = r; return one[0]; };
const $0isList = o => (Array_isArray(o) || ($0isView(o) && o.length !== undefined)) && $0whole(o);
function $0lf(o, i, v) { if ($0isList(o)) return $0le(o, i, v); return $0ret(v); }
/** Gives a list, and lists in it, a format of its own: what it holds is rounded now, what is stored later is rounded then. */
function $0reformat(s, o, round, depth) {
  if (!$0isList(o) || depth > 4 || $0isFrozen(o) || ($0isView(o) && $0integerArray(o))) return o;
  const K = $0w(o);
  K.f = round; K.narrow = true;
  for (let i = 0; i < o.length; i++) {
    const v = o[i];
    if (typeof v !== "number") { if (typeof v === "object" && v !== null) $0reformat(s, v, round, depth + 1); continue; }
    const y = round(v, s);
    if (y === v || (y !== y && v !== v)) continue;
    const t = $0lt(o, i);
    o[i] = y; $0quantized(s, v, t, y); $0pute(o, K, i, y, ...$0shadowNow());
  }
  return o;
}
const $0so = (s, o, v) => typeof v === "object" && v !== null && $0c(o).f !== null ? $0reformat(s, v, $0c(o).f, 0) : v;
const $0one = x => typeof x === "bigint" ? 1n : 1;
const $0num = function (v) { return typeof v === "number" ? (arguments.length === 2 ? $0s(v, arguments[1]) : $0s(v, arguments[1], arguments[2])) : $0u($0heard(0, v, Number(v))); };
const $0problem = message => { throw new $0Unsupported(message); };
class $0Unsupported extends $0Error {}
class $0Limit extends $0Error {}
function $0exhausted() { $0R[5] = 0; $0stopped = true; throw new $0Limit("operations"); }
let $0stopped = false;
function $0caught(x) { if ($0stopped || x instanceof $0Limit) throw x; $0z(); }
const $0need = o => { if (o === undefined || o === null) throw new $0TypeError("Cannot destructure '" + o + "' as it is " + o + "."); return o; };
const $0arrayIterator = Array.prototype[Symbol.iterator];
/** What is iterated: lists, collections and generators leave shadows by themselves, an iterator of the program's own leaves them in its result objects. */
function $0it(o) {
  if (typeof o !== "object" || o === null || Array_isArray(o) || $0isView(o)) return o;
  const make = o[$0iterator];
  if (typeof make !== "function" || make === $0arrayIterator) return o;
  const it = $0apply(make, o, []);
  if (typeof it !== "object" || it === null || it.next === $0generatorPrototype.next || typeof it.next !== "function") return { [$0iterator]: () => it };
  const next = it.next, end = it.return;
  const step = { next() { $0z(); const r = $0apply(next, it, arguments); if (typeof r === "object" && r !== null && !r.done && typeof r.value === "number") { const v = r.value; $0lk($0c(r), "value", v); $0sr(v, $0sv()); return { value: v, done: false }; } return r; } };
  if (typeof end === "function") step.return = v => $0apply(end, it, [v]);
  return { [$0iterator]: () => step };
}
function $0take(it, count, rest) {
  if (!rest && Array_isArray(it) && it[$0iterator] === $0arrayIterator) return it;
  const out = [], list = $0isList(it);
  let i = 0, tail = rest ? [] : undefined;
  if (!rest && count === 0) { $0need(it)[$0iterator](); return out; }
  for (const v of $0it(it)) {
    const t = list ? $0lt(it, i) : ($0ret(v), typeof v === "number" ? $0sv() : $0nt(0));
    if (i < count) { out[i] = v; $0put(out, i, v, t); } else { tail[i - count] = v; $0put(tail, i - count, v, t); }
    if (++i >= count && !rest) break;
  }
  if (rest) out[count] = tail;
  return out;
}
function $0omit(o, keys) {
  const out = {};
  if (o === null || o === undefined) return $0need(o);
  const from = $0Object(o), K = $0c(from), skip = keys.map(k => typeof k === "symbol" ? k : $0String(k));
  for (const k of $0ownKeys(from)) { if (skip.includes(k) || !$0apply($0enumerable, from, [k])) continue; const v = from[k]; if (typeof v === "number" && typeof k === "string") { $0lk(K, k, v); $0put(out, k, v, $0sv()); } out[k] = v; }
  return out;
}
const $0enumerable = Object.prototype.propertyIsEnumerable;
function $0copy(to, from) {
  if (from === null || typeof from !== "object") return;
  const K = $0c(from);
  if (K === $0empty) return;
  for (const k in from) { const v = from[k]; if (typeof v === "number" && $0hasOwn(to, k) && Object_is(to[k], v)) { $0lk(K, k, v); $0put(to, k, v, $0sv()); } }
}
const $0l0 = () => [];
const $0putk = (o, k, v, ...t) => { if (typeof v === "number") $0pute(o, $0w(o), typeof k === "object" && k !== null ? $0String(k) : k, v, ...t); };
const $0l1 = function (list, v) { const k = list.length; list[k] = v; if (typeof v === "number") arguments.length === 3 ? $0pute(list, $0w(list), k, v, arguments[2]) : $0pute(list, $0w(list), k, v, arguments[2], arguments[3]); };
const $0lh = list => { list.length++; };
const $0ls = (list, it) => { const known = $0isList(it); let i = 0; for (const v of $0it(it)) { const t = known ? $0lt(it, i) : ($0ret(v), $0sv()); i++; const k = list.length; list[k] = v; $0put(list, k, v, t); } };
const $0argv = (site, list) => { for (let i = 0; i < list.length && i < 64; i++) $0at(i, list[i], $0lt(list, i)); $0z(); return list; };
const $0pr = (rest, from) => { for (let i = 0; i < rest.length && i + from < 64; i++) if (typeof rest[i] === "number") $0put(rest, i, rest[i], $0pt(i + from, rest[i])); };
const $0pg = args => { for (let i = 0; i < args.length && i < 64; i++) if (typeof args[i] === "number" && Object_is($0AV[i], args[i])) { const v = args[i], t = $0pt(i, v); $0put(args, i, v, t); $0at(i, v, t); } };
const $0ra = v => { if (typeof v === "number") { $0sr(v, $0pt(0, v)); } return v; };
const $0modules = { __proto__: null };
function $0load(id) {
  const m = $0modules[id];
  if (!m.started) {
    m.started = true;
    const require = specifier => $0cjs($0loadFrom(m, specifier));
    require.resolve = specifier => m.links[specifier];
    $0apply(m.body, m.es ? undefined : m.exports, [m, specifier => $0loadFrom(m, specifier), m, m.exports, require, m.file, m.file.replace(/[\\\\/][^\\\\/]*$/, "")]);
  }
  return m;
}
function $0loadFrom(m, specifier) {
  const id = m.links[specifier];
  if (id === undefined) throw new $0Unsupported("Cannot find module '" + specifier + "' (imported by " + m.file + "); a simulation runs modules of the workspace and of node_modules that ship JavaScript or TypeScript.");
  if (id[0] === "!") throw new $0Unsupported("Module '" + specifier + "' (imported by " + m.file + ") " + id.slice(1));
  const target = $0load(id);
  return target.defined && target.es ? target.bindings : $0wrapped(target);
}
function $0define(m, es, exports, locals) {
  m.es = es; m.defined = true; m.locals = locals;
  for (const k in exports) m.bindings[k] = exports[k];
}
function $0star(m, from) { for (const k in from) if (k !== "i_default" && !(k in m.bindings)) m.bindings[k] = from[k]; }
/** A CommonJS module seen from an ES module: \`default\` is module.exports, names are its properties. */
function $0wrapped(m) {
  const target = m.json === undefined ? m.exports : m.json;
  const bindings = { __proto__: null, i_default: () => target !== null && typeof target === "object" && target.__esModule && "default" in target ? target.default : target };
  if (target !== null && (typeof target === "object" || typeof target === "function")) for (const k in target) bindings["i_" + k] ??= () => $0ld(target, k);
  for (const k of target !== null && (typeof target === "object" || typeof target === "function") ? $0ownKeys(target) : []) if (typeof k === "string") bindings["i_" + k] ??= () => $0ld(target, k);
  return bindings;
}
const $0spaces = new $0Map();
function $0ns(bindings) {
  let space = $0spaces.get(bindings);
  if (!space) {
    space = { __proto__: null };
    for (const k in bindings) $0defineProperty(space, k.slice(2), { enumerable: true, get: bindings[k] });
    $0spaces.set(bindings, space);
  }
  return space;
}
const $0cjs = bindings => { const all = $0ns(bindings); return "default" in all && !("__esModule" in all) && bindings.i_default && $0modulesOf(bindings) ? bindings.i_default() : all; };
const $0modulesOf = bindings => { for (const id in $0modules) if ($0modules[id].bindings === bindings) return false; return true; };
`;
