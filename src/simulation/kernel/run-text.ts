import type { KernelMode } from './mode';

/** Calls the function under simulation and hands the outcome out as text: no object of the context ever leaves it. */
export function runText(mode: KernelMode): string {
  const record = mode.shadow === 'record';
  const tape = record ? `{ top: $0top, V: $0V, E: $0E, F: $0F, G: ${mode.wide ? '$0G' : 'null'}, A: $0A, B: $0B, P: $0P, Q: $0Q, S: $0S }` : 'null';
  const counters = record ? 'null' : '$0counted()';
  return `
// What a program did to the library is undone before its outcome is worked out.
const $0library = [];
for (const o of [Array.prototype, Object.prototype, Map.prototype, Set.prototype, String.prototype, Number.prototype, Function.prototype, Promise.prototype, Promise, Reflect, WeakMap.prototype, DataView.prototype, $0generatorPrototype, $0typedProto, $0arrayIteratorPrototype, Math, JSON, Object, Array, Number]) {
  for (const key of $0ownKeys(o)) { const d = $0descriptor(o, key); if (d.configurable) { d.__proto__ = null; $0library[$0library.length] = [o, key, d]; } }
}
function $0restore() { for (let i = 0; i < $0library.length; i++) { const [o, key, d] = $0library[i]; try { $0defineProperty(o, key, d); } catch {} } }
function $0finish(v, t, details) {
  $0restore();
  // A number that never entered arithmetic is rounded as it leaves, unless it is an integer, which may count something.
  const left = (x, r) => typeof x === "number" && r[2] === 0 && !Number_isInteger(x) && Object_is(r[0], x) && $0rA(x, 0) !== x ? $0r(x, 0) : x;
  const root = typeof v === "number" ? $0tokenRef(v, t) : [v, 0, 0];
  const load = (o, k) => { $0lk2(o, k, o[k]); return $0tokenRef(o[k], $0sv()); };
  return $0rt.outcome(v, root, load, left, details ? { tape: ${tape}, counters: ${counters}, kinds: $0kinds, literals: $0literals, format: $0format, divergences: $0divergences, untracked: $0untracked } : null);
}
function $0lk2(o, k, v) { if (typeof k === "number") $0le(o, k, v); else $0lk($0c(o), k, v); }
const $0runs = new $0Map();
let $0answer = "", $0settled = true;
function $0fail(error) {
  $0settled = true;
  $0restore();
  if (error instanceof $0Limit) { $0answer = $0JSON_stringify({ status: "limit", message: error.message }); return; }
  let message = "the code threw something that cannot be shown", stack = "";
  try { message = error instanceof $0Error || (error !== null && typeof error === "object" && typeof error.message === "string") ? $0String(error.name) + ": " + $0String(error.message) : "it threw " + $0String(error); } catch {}
  try { stack = typeof error === "object" && error !== null ? $0String(error.stack) : ""; } catch {}
  const unsupported = error instanceof $0Unsupported;
  $0answer = $0JSON_stringify({ status: unsupported ? "unsupported" : "threw", message: unsupported ? $0String(error.message) : message.slice(0, 500), stack: stack.slice(0, 4000) });
}
function $0find(m, name) {
  const target = m.json === undefined ? m.exports : m.json;
  const of = n => { const local = m.locals && m.locals[n]; if (local) { const v = local(); if (v !== undefined) return v; } const b = m.bindings["i_" + n]; if (b) return b(); if (n === "default" && typeof target === "function") return target; return target === null || target === undefined ? undefined : target[n]; };
  const dot = name.indexOf(".");
  if (dot < 0) return { f: of(name), self: undefined };
  const owner = of(name.slice(0, dot)), method = name.slice(dot + 1);
  if (typeof owner === "function" && typeof owner[method] === "function") return { f: owner[method], self: owner };
  if (typeof owner === "function") { const self = new owner(); return { f: self[method], self }; }
  return { f: owner === null || owner === undefined ? undefined : owner[method], self: owner };
}
function $0start(id, name, text, details) {
  $0settled = false; $0answer = ""; $0stopped = false; $0apply($0setClear, $0written, []);
  try {
    const m = $0load(id);
    const { f, self } = $0find(m, name);
    if (typeof f !== "function") throw new $0Unsupported("There is no function " + name + " in " + m.file + ".");
    const args = $0rt.decode(text);
    for (let i = 0; i < args.length; i++) $0b(0, args[i]);
    $0nan($0AV);
    $0z();
    const v = $0b(0, $0apply(f, self, args));
    $0ret(v);
    const t = typeof v === "number" ? $0sv() : undefined;
    if (v !== null && typeof v === "object" && typeof v.then === "function") {
      $0apply($0then, v, [x => { $0aw(x); const u = typeof x === "number" ? $0sv() : undefined; $0settled = true; try { $0answer = $0finish(x, u, details); } catch (e) { $0fail(e); } }, $0fail]);
      return;
    }
    $0settled = true;
    $0answer = $0finish(v, t, details);
  } catch (error) { $0fail(error); }
}
function $0take_() { return $0settled ? $0answer : ""; }
globalThis.console = {}; for (const name of ["log", "warn", "error", "info", "debug", "trace", "assert", "time", "timeEnd", "table", "group", "groupEnd"]) globalThis.console[name] = () => undefined;
globalThis.$0 = { __proto__: null, start: $0start, take: $0take_, load: id => { try { $0load(id); return ""; } catch (error) { $0fail(error); return $0answer; } }, ${mode.calibrating ? 'thresholds: $0thresholds, ' : ''}spent: () => ${record ? '$0top' : '0'} };
`;
}
