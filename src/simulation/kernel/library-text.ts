/**
 * Methods of the language's library, replaced in the run's own context by versions that carry shadows. They do what the specification says on arrays and typed arrays; on anything else they
 * call the original, and the values they hand over are their own references.
 */
export function libraryText(): string {
  return text;
}

const text = `
const $0left = v => $0sr(v, $0sv());
const $0has = o => $0c(o) !== $0empty;
function $0define_(o, name, f) { const old = o[name]; if (typeof old !== "function") return; const g = f(old); $0defineProperty(g, "name", { value: old.name, configurable: true }); $0defineProperty(g, "length", { value: old.length, configurable: true }); $0defineProperty(o, name, { value: g, writable: true, configurable: true, enumerable: false }); }
const $0callback = (f, self, v, t, i, o) => { if (typeof v === "string" && (f === $0nativeNumber || f === $0parseFloat)) $0heard(0, v, 0); $0at(0, v, t); const y = $0apply(f, self, [v, i, o]); $0ret(y); return y; };
const $0callback2 = (f, self, v, t, i) => { $0at(0, v, t); const y = $0apply(f, self, [v, i]); $0ret(y); return y; };
const $0tokens = (o, n) => { const out = []; for (let i = 0; i < n; i++) out[i] = $0lt(o, i); return out; };
const $0retoken = (o, tokens) => { for (let i = 0; i < tokens.length; i++) $0put(o, i, o[i], tokens[i] === undefined ? $0nt(o[i]) : tokens[i]); };
for (const $0proto of [Array.prototype, $0getPrototypeOf(Int8Array.prototype)]) {
  const typed = $0proto !== Array.prototype;
  const lists = typed ? o => $0isView(o) && $0whole(o) : o => Array_isArray(o) && $0whole(o);
  const make = typed ? (o, n) => new o.constructor(n) : (o, n) => new $0Array(n);
  const plainly = o => lists(o) && (typed || o.constructor === $0Array);
  const def = (name, f) => $0define_($0proto, name, f);
  def("map", old => function map(f, self) {
    if (!plainly(this) || typeof f !== "function") return $0apply(old, this, arguments);
    const n = this.length, out = make(this, n);
    for (let i = 0; i < n; i++) if (typed || i in this) { const v = this[i]; const y = $0callback(f, self, v, $0lt(this, i), i, this); const t = typeof y === "number" ? $0sv() : undefined; out[i] = y; if (t !== undefined) $0put(out, i, out[i], t); }
    return out;
  });
  def("forEach", old => function forEach(f, self) {
    if (!lists(this) || typeof f !== "function") return $0apply(old, this, arguments);
    const n = this.length;
    for (let i = 0; i < n; i++) if (typed || i in this) $0callback(f, self, this[i], $0lt(this, i), i, this);
  });
  def("filter", old => function filter(f, self) {
    if (!plainly(this) || typeof f !== "function") return $0apply(old, this, arguments);
    const kept = [], tokens = [], n = this.length;
    for (let i = 0; i < n; i++) if (typed || i in this) { const v = this[i], t = $0lt(this, i); if ($0callback(f, self, v, t, i, this)) { kept[kept.length] = v; tokens[tokens.length] = t; } }
    const out = typed ? new this.constructor(kept) : kept;
    for (let i = 0; i < tokens.length; i++) $0put(out, i, out[i], tokens[i]);
    return out;
  });
  for (const [name, from, step] of [["reduce", 0, 1], ["reduceRight", -1, -1]]) def(name, old => function (f, initial) {
    if (!lists(this) || typeof f !== "function") return $0apply(old, this, arguments);
    const n = this.length;
    let i = from < 0 ? n - 1 : 0, acc, t;
    if (arguments.length >= 2) { acc = initial; t = typeof initial === "number" ? $0pt(1, initial) : undefined; } else {
      while (i >= 0 && i < n && !typed && !(i in this)) i += step;
      if (i < 0 || i >= n) return $0apply(old, this, arguments);
      acc = this[i]; t = $0lt(this, i); i += step;
    }
    for (; i >= 0 && i < n; i += step) if (typed || i in this) {
      const v = this[i];
      $0at(1, v, $0lt(this, i)); $0at(0, acc, t === undefined ? $0nt(0) : t); $0z();
      acc = f(acc, v, i, this);
      $0ret(acc);
      t = typeof acc === "number" ? $0sv() : undefined;
    }
    return typeof acc === "number" ? $0sr(acc, t) : acc;
  });
  for (const [name, want, found] of [["some", true, true], ["every", false, false]]) def(name, old => function (f, self) {
    if (!lists(this) || typeof f !== "function") return $0apply(old, this, arguments);
    const n = this.length;
    for (let i = 0; i < n; i++) if ((typed || i in this) && !!$0callback(f, self, this[i], $0lt(this, i), i, this) === want) return found;
    return !found;
  });
  for (const [name, back, index] of [["find", false, false], ["findIndex", false, true], ["findLast", true, false], ["findLastIndex", true, true]]) def(name, old => function (f, self) {
    if (!lists(this) || typeof f !== "function") return $0apply(old, this, arguments);
    const n = this.length;
    for (let j = 0; j < n; j++) { const i = back ? n - 1 - j : j, v = this[i], t = $0lt(this, i); if ($0callback(f, self, v, t, i, this)) return index ? i : typeof v === "number" ? $0sr(v, t) : v; }
    return index ? -1 : undefined;
  });
  const sorter = (name, inPlace) => def(name, old => function (compare) {
    if (!plainly(this) || (compare !== undefined && typeof compare !== "function")) return $0apply(old, this, arguments);
    const entries = [], n = this.length;
    let undef = 0;
    for (let i = 0; i < n; i++) { if (!typed && !(i in this) && inPlace) continue; const v = this[i]; if (v === undefined) undef++; else entries[entries.length] = { v, t: $0lt(this, i) }; }
    const by = compare === undefined ? (typed ? (x, y) => x.v < y.v ? -1 : x.v > y.v ? 1 : x.v === 0 && y.v === 0 ? (Object_is(x.v, y.v) ? 0 : Object_is(x.v, -0) ? -1 : 1) : x.v === x.v ? (y.v === y.v ? 0 : -1) : y.v === y.v ? 1 : 0
      : (x, y) => { const p = $0String(x.v), q = $0String(y.v); return p < q ? -1 : p > q ? 1 : 0; })
      : (x, y) => { $0at(1, y.v, y.t); $0at(0, x.v, x.t); return compare(x.v, y.v); };
    $0apply($0sort, entries, [by]);
    const out = inPlace ? this : make(this, n);
    for (let i = 0; i < entries.length; i++) { const { v, t } = entries[i]; out[i] = v; if (typeof v === "number") $0put(out, i, out[i], t); }
    for (let i = entries.length; i < entries.length + undef; i++) out[i] = undefined;
    if (inPlace && !typed) for (let i = entries.length + undef; i < n; i++) delete out[i];
    return out;
  });
  sorter("sort", true);
  if ($0proto.toSorted) sorter("toSorted", false);
  // Methods that move elements: the same method moves the shadows.
  for (const name of ["reverse", "copyWithin"]) def(name, old => function () {
    if (!lists(this) || !$0has(this)) return $0apply(old, this, arguments);
    const tokens = $0tokens(this, this.length), out = $0apply(old, this, arguments);
    $0retoken(this, $0apply($0arrayMethods[name], tokens, arguments));
    return out;
  });
  def("slice", old => function () {
    const out = $0apply(old, this, arguments);
    if (lists(this) && $0has(this)) { const tokens = $0apply($0arrayMethods.slice, $0tokens(this, this.length), arguments); for (let i = 0; i < tokens.length; i++) $0put(out, i, out[i], tokens[i]); }
    return out;
  });
  def("fill", old => function (v) {
    const t = typeof v === "number" ? $0pt(0, v) : undefined;
    const out = $0apply(old, this, arguments);
    if (t !== undefined && lists(this) && this.length <= 1000000) for (let i = 0; i < this.length; i++) if (Object_is(this[i], v)) $0put(this, i, v, t);
    return out;
  });
  def("at", old => function (i) {
    const v = $0apply(old, this, arguments);
    if (lists(this) && typeof v === "number") { const k = i < 0 ? this.length + Math_trunc(i) : Math_trunc(i) || 0; $0le(this, k, v); if (typeof v === "number") $0sr(v, $0sv()); }
    return v;
  });
  for (const name of ["with", "toReversed", "toSpliced"]) def(name, old => function () {
    const t1 = typeof arguments[1] === "number" ? $0pt(1, arguments[1]) : undefined;
    const out = $0apply(old, this, arguments);
    if (lists(this) && $0has(this)) { const args = [...arguments]; if (name === "with") args[1] = t1 === undefined ? $0nt(0) : t1; $0retoken(out, $0apply($0arrayMethods[name], $0tokens(this, this.length), args)); }
    return out;
  });
  for (const name of ["values", "entries"]) {
    const old = $0proto[name];
    def(name, () => function* () {
      for (let i = 0; i < this.length; i++) {
        const v = this[i], t = $0lt(this, i);
        if (name === "values") { yield typeof v === "number" ? $0sr(v, t) : v; continue; }
        const pair = [i, v];
        if (typeof v === "number") $0put(pair, 1, v, t);
        yield pair;
      }
    });
    if (name === "values") $0defineProperty($0proto, $0iterator, { value: old, writable: true, configurable: true });
  }
}
$0define_(Array.prototype, "push", old => function () {
  if (arguments.length === 1 && Array_isArray(this)) { const v = arguments[0], k = this.length; if (typeof v === "number") { const t = $0pt(0, v); $0apply(old, this, arguments); $0put(this, k, v, t); $0stored(this); return k + 1; } const n = $0apply(old, this, arguments); if (typeof v === "object" && $0c(this).f !== null) $0reformat(0, v, $0c(this).f, 0); return n; }
  const k = this.length, tokens = []; for (let i = 0; i < arguments.length; i++) if (typeof arguments[i] === "number") tokens[i] = $0pt(i, arguments[i]);
  const n = $0apply(old, this, arguments);
  if (Array_isArray(this)) for (let i = 0; i < arguments.length; i++) if (tokens[i] !== undefined) $0put(this, k + i, arguments[i], tokens[i]);
  return n;
});
$0define_(Array.prototype, "pop", old => function () { const k = this.length - 1, t = Array_isArray(this) && k >= 0 ? $0lt(this, k) : undefined, v = $0apply(old, this, []); return typeof v === "number" && t !== undefined ? $0sr(v, t) : v; });
for (const $0name of ["shift", "unshift", "splice"]) $0define_(Array.prototype, $0name, old => function () {
  const own = [];
  for (let i = 0; i < arguments.length; i++) own[i] = typeof arguments[i] === "number" && ($0name === "unshift" || ($0name === "splice" && i > 1)) ? $0pt(i, arguments[i]) : arguments[i];
  const known = Array_isArray(this) && ($0has(this) || arguments.length > ($0name === "splice" ? 2 : 0)) && this.length <= 100000;
  const tokens = known ? $0tokens(this, this.length) : undefined;
  const v = $0apply(old, this, arguments);
  if (tokens) { const moved = $0apply($0arrayMethods[$0name], tokens, own); $0retoken(this, tokens); if ($0name === "splice") { for (let i = 0; i < v.length; i++) $0put(v, i, v[i], moved[i]); } else if ($0name === "shift" && typeof v === "number") return $0sr(v, moved); }
  return v;
});
for (const $0name of ["concat", "flat"]) $0define_(Array.prototype, $0name, old => function () {
  const given = []; for (let i = 0; i < arguments.length; i++) given[i] = typeof arguments[i] === "number" ? $0pt(i, arguments[i]) : $0nt(0);
  const out = $0apply(old, this, arguments);
  if (!Array_isArray(this)) return out;
  const tokens = []; 
  const add = (o, depth) => { for (let i = 0; i < o.length; i++) { if (depth > 0 && Array_isArray(o[i])) add(o[i], depth - 1); else if (depth < 0 || i in o || $0name === "concat") tokens[tokens.length] = $0lt(o, i); } };
  if ($0name === "flat") add(this, arguments[0] === undefined ? 1 : arguments[0]);
  else { add(this, -1); for (let i = 0; i < arguments.length; i++) if (Array_isArray(arguments[i])) add(arguments[i], -1); else tokens[tokens.length] = given[i]; }
  if (tokens.length === out.length) for (let i = 0; i < out.length; i++) if (typeof out[i] === "number") $0put(out, i, out[i], tokens[i]);
  return out;
});
$0define_(Array.prototype, "flatMap", old => function (f, self) { if (!Array_isArray(this) || typeof f !== "function") return $0apply(old, this, arguments); return this.map((v, i) => { const y = $0callback(f, self, v, $0lt(this, i), i, this); if (typeof y === "number") { const t = $0sv(), one = [y]; $0put(one, 0, y, t); return one; } return y; }).flat(); });
$0define_(Array, "from", old => function from(items, f, self) {
  if (this !== $0Array || items === null || items === undefined || (f !== undefined && typeof f !== "function")) return $0apply(old, this, arguments);
  const out = [];
  const add = (v, t, i) => { if (f === undefined) { out[i] = v; if (typeof v === "number") $0put(out, i, v, t); return; } $0at(0, v, t); const y = $0apply(f, self, [v, i]); $0ret(y); const u = typeof y === "number" ? $0sv() : undefined; out[i] = y; if (u !== undefined) $0put(out, i, y, u); };
  if (typeof items[$0iterator] === "function") { let i = 0; const list = $0isList(items); for (const v of $0it(items)) { add(v, list ? $0lt(items, i) : ($0ret(v), typeof v === "number" ? $0sv() : $0nt(0)), i); i++; } } else { const n = Math_max(0, Math_trunc(items.length) || 0); for (let i = 0; i < n; i++) add(items[i], $0lt(items, i), i); out.length = n; }
  return out;
});
$0define_(Array, "of", () => function of(...items) { $0pr(items, 0); return items; });
const $0typedProto = $0getPrototypeOf(Int8Array.prototype);
for (const $0name of ["Float64Array", "Float32Array", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"]) {
  const native = globalThis[$0name];
  const carry = (out, from) => { if ($0isList(from) && $0has(from)) for (let i = 0; i < out.length && i < from.length; i++) { const t = $0lt(from, i); if (typeof from[i] === "number") $0se(0, out, i, from[i], ...$0spreadToken(t)); } return out; };
  $0define_(native, "of", old => function (...items) { $0pr(items, 0); return carry($0apply(old, this, items), items); });
  $0define_(native, "from", old => function (items, f, self) {
    if (typeof items !== "object" || items === null || (f !== undefined && typeof f !== "function")) return $0apply(old, this, arguments);
    const list = Array.from(items);
    if (f === undefined) return carry($0apply(old, this, [list]), list);
    const out = new this(list.length);
    for (let i = 0; i < list.length; i++) { const y = $0callback2(f, self, list[i], $0lt(list, i), i); if (typeof y === "number") { const t = $0sv(); out[i] = y; $0put(out, i, out[i], t); } else out[i] = y; }
    return out;
  });
}
$0define_($0typedProto, "set", old => function (from, offset = 0) { const y = $0apply(old, this, arguments); if ($0isList(from) && ($0has(from) || $0has(this))) for (let i = 0; i < from.length; i++) if (typeof from[i] === "number") $0put(this, i + offset, this[i + offset], $0lt(from, i)); return y; });
$0define_($0typedProto, "subarray", old => function () { const out = $0apply(old, this, arguments); if (out.BYTES_PER_ELEMENT !== undefined && this.length > 0) { const K = $0w(this), stride = K.e.length / this.length, at = (out.byteOffset - this.byteOffset) / out.BYTES_PER_ELEMENT, S = $0w(out); S.f = K.f; S.narrow = K.narrow; S.e = $0apply(old, K.e, [at * stride, (at + out.length) * stride]); } return out; });
$0define_(Object, "values", old => function (o) { const out = $0apply(old, this, arguments); $0ownEnumerable(o, (k, v, i) => { if (Object_is(out[i], v)) $0put(out, i, v, $0sv()); }); return out; });
$0define_(Object, "entries", old => function (o) { const out = $0apply(old, this, arguments); $0ownEnumerable(o, (k, v, i) => { if (out[i] !== undefined && Object_is(out[i][1], v)) $0put(out[i], 1, v, $0sv()); }); return out; });
$0define_(Object, "assign", old => function (to, ...from) { const out = $0apply(old, this, arguments); for (const f of from) if (f !== null && typeof f === "object") $0copy(to, f); return out; });
$0define_(Object, "fromEntries", old => function (list) { if (typeof list !== "object" || list === null) return $0apply(old, this, arguments); if (!Array_isArray(list)) list = [...list]; const out = $0apply(old, this, [list]); for (const pair of list) if ($0isList(pair) && typeof pair[1] === "number") $0put(out, $0String(pair[0]), pair[1], $0lt(pair, 1)); return out; });
function $0ownEnumerable(o, f) { if (o === null || typeof o !== "object" || !$0has(o)) return; let i = 0; const K = $0c(o); for (const k of $0ownKeys(o)) { if (typeof k !== "string" || !$0apply($0enumerable, o, [k])) continue; const v = o[k]; if (typeof v === "number") { $0lk(K, k, v); f(k, v, i); } i++; } }
const $0mathTable = { __proto__: null, sqrt: $0m_sqrt, cbrt: $0m_cbrt, exp: $0m_exp, expm1: $0m_expm1, log: $0m_log, log1p: $0m_log1p, log2: $0m_log2, log10: $0m_log10, sin: $0m_sin, cos: $0m_cos, tan: $0m_tan, asin: $0m_asin, acos: $0m_acos, atan: $0m_atan, sinh: $0m_sinh, cosh: $0m_cosh, tanh: $0m_tanh, asinh: $0m_asinh, acosh: $0m_acosh, atanh: $0m_atanh, abs: $0m_abs, floor: $0m_floor, ceil: $0m_ceil, round: $0m_round, trunc: $0m_trunc, sign: $0m_sign, fround: $0m_fround, pow: $0pow, atan2: $0m_atan2, min: $0m_min, max: $0m_max, hypot: $0m_hypot };
for (const $0name of ["sqrt", "cbrt", "exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "abs", "floor", "ceil", "round", "trunc", "sign", "fround"]) {
  const f = $0mathTable[$0name];
  $0define_(Math, $0name, old => function (x) { if (typeof x !== "number") return $0apply(old, this, arguments); const t = $0pt(0, x); if ($0name === "fround") return $0left(f(0, x, ...$0spreadToken(t))); const v = $0in(0, x, ...$0spreadToken(t)); return $0left(f(0, v, ...$0shadowNow())); });
}
for (const $0name of ["pow", "atan2", "min", "max", "hypot"]) {
  const f = $0mathTable[$0name];
  $0define_(Math, $0name, old => function () {
    const n = arguments.length;
    if (n < 2 || (n !== 2 && ($0name === "pow" || $0name === "atan2"))) { if (n === 1 && typeof arguments[0] === "number" && ($0name === "min" || $0name === "max")) return $0sr(arguments[0], $0pt(0, arguments[0])); return $0u($0apply(old, this, arguments)); }
    const tokens = []; for (let i = 0; i < n; i++) { if (typeof arguments[i] !== "number") return $0u($0apply(old, this, arguments)); tokens[i] = i < 64 ? $0pt(i, arguments[i]) : $0nt(arguments[i]); }
    if ($0name === "hypot" && n > 2) return $0hypotMany(old, arguments, tokens);
    let v = $0in(0, arguments[0], ...$0spreadToken(tokens[0])), t = $0shadowNow();
    for (let i = 1; i < n; i++) { const w = $0in(0, arguments[i], ...$0spreadToken(tokens[i])), u = $0shadowNow(); v = f(0, v, ...t, w, ...u); t = $0shadowNow(); }
    return $0sr(v, $0sv());
  });
}
function $0hypotMany(old, args, tokens) { const list = []; for (let i = 0; i < args.length; i++) { list[list.length] = $0in(0, args[i], ...$0spreadToken(tokens[i])); for (const t of $0shadowNow()) list[list.length] = t; } return $0o($0hypots(0, list), ...$0shadowNow()); }
$0define_(Math, "random", () => $0random);
`;
