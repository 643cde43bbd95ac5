/**
 * Numbers that become text and numbers again lose their shadows on the way. What tracked numbers were written as is remembered, and reading such a text counts as one untracked number at
 * the place where it is read. Integers in templates are not remembered: they are names and counts more often than results.
 */
export function writtenNumbersText(): string {
  return text;
}

const text = `
const $0written = new $0Set(), $0setAdd = Set.prototype.add, $0setHas = Set.prototype.has, $0setClear = Set.prototype.clear, $0setSize = $0descriptor(Set.prototype, "size").get, $0trim = String.prototype.trim, $0nativeMatch = String.prototype.match,
  $0parseFloat = parseFloat, $0parseInt = parseInt, $0nativeNumber = Number;
function $0remember(t) { if ($0apply($0setSize, $0written, []) >= 20000) $0apply($0setClear, $0written, []); $0apply($0setAdd, $0written, [t]); return t; }
function $0said(v) {
  if (typeof v === "number") { if (!Number_isInteger(v) && v - v === 0) $0remember($0String(v)); }
  else if (Array_isArray(v)) for (let i = 0; i < v.length && i < 1000; i++) if (typeof v[i] === "number") $0said(v[i]);
  return v;
}
const $0heard = (s, t, y) => { if (typeof t === "string" && y === y && $0apply($0setSize, $0written, []) > 0 && $0apply($0setHas, $0written, [$0apply($0trim, t, [])])) $0count(s); return y; };
const $0count = s => { const n = $0apply($0nativeMapGet, $0untracked, [s]); $0apply($0nativeMapSet, $0untracked, [s, n === undefined ? 1 : n + 1]); };
const $0reads = (s, f, t, radix) => { const y = f(t, radix); if (typeof t === "number") { if (!Number_isInteger(y) && y === y) $0count(s); return $0u(y); } return $0u($0heard(s, t, y)); };
for (const name of ["toFixed", "toPrecision", "toExponential", "toLocaleString", "toString"]) $0define_(Number.prototype, name, old => function () { const t = $0apply(old, this, arguments); if (!Number_isInteger(+this)) $0remember(t); return t; });
$0define_(Array.prototype, "join", old => function () { $0said(this); return $0apply(old, this, arguments); });
const $0numbersIn = /-?\\d+\\.?\\d*(?:e[-+]?\\d+)?/g;
$0define_(JSON, "stringify", old => function (o) { const t = $0apply(old, this, arguments); if (typeof t === "string" && typeof o === "object") { const all = $0apply($0nativeMatch, t, [$0numbersIn]); for (let i = 0; all !== null && i < all.length && i < 10000; i++) $0said(+all[i]); } return t; });
$0define_(JSON, "parse", old => function () {
  const out = $0apply(old, this, arguments);
  if ($0apply($0setSize, $0written, []) === 0) return out;
  const walk = (o, depth) => { if (typeof o === "number") { if (!Number_isInteger(o)) $0heard(0, $0String(o), o); } else if (typeof o === "object" && o !== null && depth < 12) for (const k in o) walk(o[k], depth + 1); };
  walk(out, 0);
  return out;
});
// A proxy without traps for reading and writing stands for its target: it shares the store of the target's shadows.
if (typeof Proxy === "function") {
  // A trap for writing gets the shadow with the value where the store has left it, which it does before it writes to a named property; otherwise the value has lost it, and counts.
  const Native = Proxy, trapping = h => new Native({ __proto__: null }, { __proto__: null, get(_, name) {
    const f = h[name];
    if (typeof f !== "function") return f;
    return name !== "set" ? function () { return $0apply(f, h, arguments); } : function (target, key, v, receiver) {
      if (typeof v === "number") { const K = $0c(receiver); $0lk(K, key, v); const t = $0sv(); if (!Number_isInteger(v) && v === v && (typeof key !== "string" || (K["n_" + key] ?? K["v_" + key]) === undefined)) $0count(0); $0at(2, v, t); }
      const done = $0apply(f, h, arguments);
      $0z();
      return done;
    };
  } });
  const share = (p, target, handler) => { if (handler !== null && typeof handler === "object" && handler.get === undefined && handler.set === undefined && !($0isView(target))) { const K = $0w(target); if (K !== $0sink) new $0K(p, K); } return p; };
  const traps = handler => handler !== null && typeof handler === "object" && typeof handler.set === "function" ? trapping(handler) : handler;
  const Shared = function Proxy(target, handler) { if (new.target === undefined) return $0apply(Native, undefined, arguments); return share(new Native(target, traps(handler)), target, handler); };
  $0defineProperty(Shared, "length", { value: 2, configurable: true });
  $0defineProperty(Shared, "revocable", { value: function revocable(target, handler) { const r = Native.revocable(target, traps(handler)); share(r.proxy, target, handler); return r; }, writable: true, configurable: true });
  Shared.prototype = undefined;
  $0defineProperty(globalThis, "Proxy", { value: Shared, writable: true, configurable: true, enumerable: false });
}
`;
