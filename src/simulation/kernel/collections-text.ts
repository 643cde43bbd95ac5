/**
 * Roads on which the engine itself moves values: collections, generators, promises, buffers, bound functions. Each is replaced in the run's own context by a version that takes the shadow along;
 * the engine's own code (`for-of`, spread, `yield*`) finds the replaced methods where it finds the original ones.
 */
export function collectionsText(): string {
  return text;
}

const text = `
let $0noteSet;
// Maps: beside the map a second one, key → value, its shadow and the shadow of the key.
const $0mapOf = (m, make) => { const K = $0w(m); return K.m ??= make(); };
for (const [$0proto, $0make] of [[Map.prototype, () => new $0Map()], [WeakMap.prototype, () => new $0WeakMap()]]) {
  const get = $0proto.get, set = $0proto.set, remove = $0proto.delete;
  const note = (m, k, kt, v, vt) => { if (typeof v === "number" || typeof k === "number") $0apply(set, $0mapOf(m, $0make), [k, { v, vt: typeof v === "number" ? vt : undefined, kt: typeof k === "number" ? kt : undefined }]); };
  const found = (m, k) => { const s = $0c(m).m; return s === null ? undefined : $0apply(get, s, [k]); };
  const value = (m, k, v) => { if (typeof v === "number") { const e = found(m, k); $0sr(v, e !== undefined && e.vt !== undefined && Object_is(e.v, v) ? e.vt : $0nt(v)); } return v; };
  const key = (m, k) => { if (typeof k === "number") { const e = found(m, k); $0sr(k, e !== undefined && e.kt !== undefined ? e.kt : $0nt(k)); } return k; };
  $0define_($0proto, "set", () => function (k, v) { const kt = typeof k === "number" ? $0pt(0, k) : undefined, vt = typeof v === "number" ? $0pt(1, v) : undefined; $0apply(set, this, [k, v]); note(this, k, kt, v, vt); return this; });
  $0define_($0proto, "get", () => function (k) { return value(this, k, $0apply(get, this, [k])); });
  $0define_($0proto, "delete", () => function (k) { const s = $0c(this).m; if (s !== null) $0apply(remove, s, [k]); return $0apply(remove, this, [k]); });
  if ($0proto !== Map.prototype) continue;
  $0define_($0proto, "forEach", old => function (f, self) { if (typeof f !== "function") return $0apply(old, this, arguments); $0apply(old, this, [(v, k) => { key(this, k); $0at(1, k, typeof k === "number" ? $0sv() : $0nt(0)); value(this, k, v); $0at(0, v, typeof v === "number" ? $0sv() : $0nt(0)); $0apply(f, self, [v, k, this]); }]); });
  const entries = $0proto.entries, steps = m => ({ [$0iterator]: () => $0apply(entries, m, []) });
  $0define_($0proto, "entries", () => function* () { for (const pair of steps(this)) { const [k, v] = pair; if (typeof k === "number") { key(this, k); $0put(pair, 0, k, $0sv()); } if (typeof v === "number") { value(this, k, v); $0put(pair, 1, v, $0sv()); } yield pair; } });
  $0defineProperty($0proto, $0iterator, { value: $0proto.entries, writable: true, configurable: true });
  $0define_($0proto, "values", () => function* () { for (const [k, v] of steps(this)) yield value(this, k, v); });
  $0define_($0proto, "keys", () => function* () { for (const [k] of steps(this)) yield key(this, k); });
}
{
  const add = Set.prototype.add, values = Set.prototype.values, get = Map.prototype.get, set = Map.prototype.set;
  const note = (m, v, t, first) => { const s = $0mapOf(m, () => new $0Map()); if (first || $0apply(get, s, [v]) === undefined) $0apply(set, s, [v, { v: 0, vt: undefined, kt: t }]); };
  $0noteSet = note;
  const token = (m, v) => { const s = $0c(m).m, e = s === null ? undefined : $0apply($0nativeMapGet, s, [v]); return e === undefined ? $0nt(v) : e.kt; };
  const load = (m, v) => typeof v === "number" ? $0sr(v, token(m, v)) : v;
  $0define_(Set.prototype, "add", () => function (v) { const t = typeof v === "number" ? $0pt(0, v) : undefined; $0apply(add, this, [v]); if (t !== undefined) note(this, v, t); return this; });
  $0define_(Set.prototype, "forEach", old => function (f, self) { if (typeof f !== "function") return $0apply(old, this, arguments); $0apply(old, this, [v => { if (typeof v === "number") { const t = token(this, v); $0at(1, v, t); $0at(0, v, t); $0z(); } $0apply(f, self, [v, v, this]); }]); });
  $0define_(Set.prototype, "values", () => function* () { for (const v of { [$0iterator]: () => $0apply(values, this, []) }) yield load(this, v); });
  $0define_(Set.prototype, "entries", () => function* () { for (const v of { [$0iterator]: () => $0apply(values, this, []) }) { const pair = [v, v]; if (typeof v === "number") { $0put(pair, 0, v, token(this, v)); $0put(pair, 1, v, token(this, v)); } yield pair; } });
  $0defineProperty(Set.prototype, "keys", { value: Set.prototype.values, writable: true, configurable: true });
  $0defineProperty(Set.prototype, $0iterator, { value: Set.prototype.values, writable: true, configurable: true });
}
/** \`new Map(…)\`, \`new Set(…)\`, \`new Float64Array(…)\`: the object that the engine made takes over the shadows of what it was made of. */
function $0made(C, out, from) {
  if (from === null || typeof from !== "object") return out;
  if (out instanceof $0ArrayBuffer || ($0isView(out) && out.length !== undefined)) {
    if (!$0isView(out)) return out;
    if (from === out.buffer) { $0share(out, true); return out; }
    const list = $0isList(from) ? from : undefined;
    if (list !== undefined && $0has(list)) for (let i = 0; i < out.length; i++) if (typeof list[i] === "number") $0se(0, out, i, list[i], ...$0spreadToken($0lt(list, i)));
    return out;
  }
  if (!$0isList(from)) return out;
  if (out instanceof $0Set) for (let i = from.length - 1; i >= 0; i--) { const v = from[i]; if (typeof v === "number") $0noteSet(out, v, $0lt(from, i), true); }
  if (out instanceof $0Map || out instanceof $0WeakMap) for (let i = 0; i < from.length; i++) { const p = from[i]; if ($0isList(p) && (typeof p[0] === "number" || typeof p[1] === "number")) { if (typeof p[1] === "number") $0at(1, p[1], $0lt(p, 1)); if (typeof p[0] === "number") $0at(0, p[0], $0lt(p, 0)); out.set(p[0], p[1]); } }
  return out;
}
// Generators: what \`yield\` and \`return\` left in the register belongs to the result object.
for (const $0name of ["next", "return", "throw"]) $0define_($0generatorPrototype, $0name, old => function (v) {
  const sent = $0name === "return" && typeof v === "number" ? $0pt(0, v) : undefined;
  if ($0name !== "return") $0z();
  const r = $0apply(old, this, arguments), y = r.value;
  if (typeof y !== "number") return r;
  if (sent !== undefined && r.done) { $0put(r, "value", y, sent); $0sr(y, sent); return r; }
  const K = $0c(r);
  if (K !== $0empty) $0lk(K, "value", y); else { $0ret(y); $0put(r, "value", y, $0sv()); }
  $0sr(y, $0sv());
  return r;
});
// Promises: a number that settles one is known again by its value.
const $0mail = new $0Map();
// A value without shadow does not displace one that has it: the engine hands values on without telling.
function $0post(v, t) { if (typeof v !== "number" || $0isOwn(v, t)) return v; if ($0nativeMapSize($0mail) > 10000) $0apply($0nativeMapClear, $0mail, []); $0apply($0nativeMapSet, $0mail, [v, t]); return v; }
const $0posted = v => { const t = $0apply($0nativeMapGet, $0mail, [v]); return t === undefined ? $0nt(v) : t; };
function $0aw(v) {
  if (typeof v === "number") return $0sr(v, $0posted(v));
  if (Array_isArray(v) && !$0has(v)) for (let i = 0; i < v.length; i++) if (typeof v[i] === "number") $0put(v, i, v[i], $0posted(v[i]));
  return $0u(v);
}
const $0af = (o, i, v) => $0isList(o) && o[i] === v ? $0lf(o, i, v) : $0aw(v);
const $0settling = f => typeof f !== "function" ? f : function (v) { if (typeof v === "number") { $0aw(v); $0at(0, v, $0sv()); } else { $0aw(v); $0z(); } const y = $0apply(f, undefined, [v]); if (typeof y === "number") { $0ret(y); $0post(y, $0sv()); } return y; };
$0define_(Promise.prototype, "then", old => function (f, g) { return $0apply(old, this, [$0settling(f), $0settling(g)]); });
for (const $0name of ["resolve", "reject"]) $0define_(Promise, $0name, old => function (v) { if (typeof v === "number") $0post(v, $0pt(0, v)); return $0apply(old, this, arguments); });
for (const $0name of ["all", "allSettled", "race", "any"]) $0define_(Promise, $0name, old => function (list) { if ($0isList(list)) for (let i = 0; i < list.length; i++) if (typeof list[i] === "number") $0post(list[i], $0lt(list, i)); return $0apply(old, this, arguments); });
const $0executor = f => typeof f !== "function" ? f : (resolve, reject) => f(v => { if (typeof v === "number") $0post(v, $0pt(0, v)); resolve(v); }, v => { if (typeof v === "number") $0post(v, $0pt(0, v)); reject(v); });
// Exceptions that are numbers.
let $0thrown, $0thrownShadow;
const $0th = function (v) { if (typeof v === "number") { $0thrown = v; $0sr(v, $0sv()); $0thrownShadow = $0sv(); } return v; };
const $0cx = v => typeof v === "number" ? $0sr(v, Object_is(v, $0thrown) ? $0thrownShadow : $0posted(v)) : $0u(v);
// Functions that call functions.
$0define_(Function.prototype, "call", old => function (self, ...args) { for (let i = 0; i < args.length && i < 60; i++) if (typeof args[i] === "number") $0at(i, args[i], $0pt(i + 1, args[i])); return $0apply(this, self, args); });
$0define_(Function.prototype, "apply", old => function (self, args) { if (args !== null && args !== undefined && typeof args === "object") for (let i = 0; i < args.length && i < 60; i++) if (typeof args[i] === "number") $0at(i, args[i], $0lt(args, i)); return $0apply(old, this, arguments); });
$0define_(Reflect, "apply", old => function (f, self, args) { if (args !== null && typeof args === "object") for (let i = 0; i < args.length && i < 60; i++) if (typeof args[i] === "number") $0at(i, args[i], $0lt(args, i)); return old(f, self, args); });
$0define_(Reflect, "get", old => function (o, k) { const v = $0apply(old, undefined, arguments); if (typeof v === "number") { $0le(o, typeof k === "string" && $0isList(o) && +k >= 0 ? +k : k, v); $0sr(v, $0sv()); } return v; });
$0define_(Function.prototype, "bind", old => function (self, ...first) {
  const bound = $0apply(old, this, arguments), f = this, tokens = [];
  let any = false;
  for (let i = 0; i < first.length; i++) { if (typeof first[i] === "number") { tokens[i] = $0pt(i + 1, first[i]); any = true; } }
  if (!any) return bound;
  const g = function (...rest) {
    if (new.target) return $0construct(bound, rest);
    for (let i = rest.length - 1; i >= 0; i--) if (typeof rest[i] === "number" && i + first.length < 60) $0at(i + first.length, rest[i], $0pt(i, rest[i]));
    for (let i = 0; i < first.length; i++) if (typeof first[i] === "number") $0at(i, first[i], tokens[i]);
    return $0apply(f, self, [...first, ...rest]);
  };
  $0defineProperty(g, "name", { value: bound.name, configurable: true }); $0defineProperty(g, "length", { value: bound.length, configurable: true });
  return g;
});
// Descriptors.
const $0described = (o, k, d) => { if (d !== null && typeof d === "object" && typeof d.value === "number") $0put(o, typeof k === "symbol" ? k : $0String(k), d.value, $0lt(d, "value")); };
$0define_(Object, "defineProperty", old => function (o, k, d) { const out = $0apply(old, this, arguments); $0described(o, k, d); return out; });
$0define_(Reflect, "defineProperty", old => function (o, k, d) { const out = $0apply(old, this, arguments); if (out) $0described(o, k, d); return out; });
$0define_(Object, "defineProperties", old => function (o, all) { const out = $0apply(old, this, arguments); for (const k of $0ownKeys(all)) $0described(o, k, all[k]); return out; });
// Buffers: views of one buffer and one element size share their shadows.
const $0bufferOf = $0apply($0getter, $0typedProto, ["buffer"]);
function $0share(o, whole) {
  const bytes = o.BYTES_PER_ELEMENT, b = $0apply($0bufferOf, o, []), B = $0w(b), K = $0w(o), per = o.length > 0 ? K.e.length / o.length : 0;
  if (per === 0 || (!whole && (B.m === null))) return;
  const all = $0sharedStore(B, bytes, b.byteLength, per, o, K);
  if (all !== K.e) K.e = $0apply($0subarray, all, [o.byteOffset / bytes * per, (o.byteOffset / bytes + o.length) * per]);
}
function $0sharedStore(B, bytes, length, per, o, K) {
  const stores = B.m ??= new $0Map();
  let all = $0apply($0nativeMapGet, stores, [bytes]);
  if (all === undefined) {
    if (K !== undefined && o.byteOffset === 0 && K.e.length === Math_floor(length / bytes) * per) all = K.e;
    else { all = K === undefined ? $0elements(Math_floor(length / bytes)) : new K.e.constructor(Math_floor(length / bytes) * per); if (!(all instanceof $0Int32Array)) $0nan(all); }
    $0apply($0nativeMapSet, stores, [bytes, all]);
  }
  return all;
}
$0defineProperty($0typedProto, "buffer", { get() { const b = $0apply($0bufferOf, this, []); if (b instanceof $0ArrayBuffer) $0share(this, true); return b; }, configurable: true, enumerable: false });
const $0viewed = { __proto__: null };
for (const [$0name, bytes] of [["Float64", 8], ["Float32", 4]]) {
  const at = (view, offset) => { const b = view.buffer, all = $0sharedStore($0w(b), bytes, b.byteLength, $0elements(1).length, undefined, undefined), k = (view.byteOffset + offset) / bytes; return Number_isInteger(k) && k >= 0 ? { e: all, k } : undefined; };
  const cell = { e: $0none, fixed: true, narrow: false, f: null, m: null };
  $0define_(DataView.prototype, "set" + $0name, old => function (offset, v, little) {
    if (typeof v !== "number") return $0apply(old, this, arguments);
    let t = $0pt(1, v), w = v;
    if (bytes === 4) { w = $0m_fround(0, v, ...$0spreadToken(t)); t = $0sv(); }
    const y = $0apply(old, this, arguments), place = at(this, offset);
    if (place !== undefined) { cell.e = place.e; $0pute(undefined, cell, place.k, w, ...$0spreadToken(t)); }
    return y;
  });
  $0define_(DataView.prototype, "get" + $0name, old => function (offset) {
    const v = $0apply(old, this, arguments), place = at(this, offset);
    if (place === undefined) return $0sr(v, $0nt(v));
    $0loadElement(place.e, place.k, v);
    return $0sr(v, $0sv());
  });
}
`;
