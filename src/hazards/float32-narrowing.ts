import type { Call, Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { named, nameOf, wordsOf } from './matching/names';
import { constantOf, factorsOf, isOperation, resolve, soleResult } from './matching/structure';
import { formatNumber } from './matching/text';
import { elementTypeOf } from './typed-array-narrowing';

/** Quantities of more than 24 bits by their meaning: positions on the globe in metres, times since 1970, money in total. */
const large: ReadonlySet<string> = new Set(['ecef', 'easting', 'northing', 'utm', 'timestamp', 'epoch', 'mercator', 'cartesian', 'geocentric', 'wgs84', 'lng', 'longitude', 'latitude', 'millis']);

export const float32Narrowing: Hazard = {
  id: 'float32-narrowing',
  * detect(c) {
    for (const a of c.assignments()) {
      if (a.target.kind !== 'index' || elementTypeOf(c, a.target.object) !== 'Float32Array') continue;
      const reason = exceeds(c, a.value) ?? worldComponent(c, a.target.object, a.value);
      if (reason) yield { at: a, severity: 'info', message: `${c.text(a.value)} ${reason}; ${c.text(a.target.object)} keeps 24 bits of it.` };
    }
    for (const e of c.operations('fround')) {
      const reason = exceeds(c, e.operands[0]);
      if (reason) yield { at: e, severity: 'info', message: `${c.text(e.operands[0])} ${reason}; Math.fround keeps 24 bits of it.` };
    }
    for (const e of c.scene.byKind.get('new') ?? []) {
      if (e.kind !== 'new' || e.name !== 'Float32Array' || e.arguments.length !== 1) continue;
      const argument = e.arguments[0];
      const list = resolve(c, argument);
      const elements = c.facts.elements[argument.id];
      if (elements?.evidence && Number.isFinite(elements.hi) && elements.hi > 2 ** 24 && !Number.isInteger(Math.log2(elements.hi))) {
        yield { at: e, severity: 'info', message: `The elements of ${c.text(argument)} reach ${formatNumber(elements.hi)}; a Float32Array keeps 24 bits of them.` };
      } else if (list.kind === 'array' && list.elements.length > 0) {
        const big = list.elements.find(x => x !== null && exceeds(c, x) !== null);
        if (big) yield { at: e, severity: 'info', message: `${c.text(big)} ${exceeds(c, big)}; a Float32Array keeps 24 bits of it.` };
      } else if (packedPositions(c, e, argument)) {
        yield { at: e, severity: 'info', message: `${c.text(e)} takes positions in metres on the globe, by what is computed here; a Float32Array keeps 24 bits of them.` };
      } else if (argument.type.kind !== 'number' && !(argument.kind === 'property' && argument.name === 'length') && largeByName(c, argument)) {
        yield { at: e, severity: 'info', message: `${c.text(argument)} holds values beyond 2^24 by their name; a Float32Array keeps 24 bits of them.` };
      }
    }
    for (const call of c.calls()) yield* converted(c, call);
  },
};

/** `Float32Array.from(rows, r => r.time.getTime())`. */
function* converted(c: HazardContext, call: Call): Generator<Detection> {
  if (call.callee.kind !== 'library' || call.callee.name !== 'Float32Array.from' || call.arguments.length === 0) return;
  const mapper = call.arguments[1] ? resolve(c, call.arguments[1]) : null;
  const element = mapper?.kind === 'function' ? soleResult(c.program.functions[mapper.function]) : null;
  const reason = element ? exceeds(c, element) : !mapper && largeByName(c, call.arguments[0]) ? 'holds values beyond 2^24 by their name' : null;
  if (reason) yield { at: call, severity: 'info', message: `${c.text(element ?? call.arguments[0])} ${reason}; a Float32Array keeps 24 bits of it.` };
}

/** A name on the way to a value says so: `track.timestamp.value`. */
function largeByName(c: HazardContext, e: Expression): boolean {
  return named(c, e, large) || e.kind === 'property' && largeByName(c, e.object);
}

const positionName = /(^|_|[a-z])(positions?|vertices|coords|coordinates|points)$/i;

/** The function computes where things are on the globe or in a projected map, and takes no centre off again. */
function onTheGlobe(c: HazardContext, e: Expression): boolean {
  const fn = c.function(e);
  let outer = fn;
  while (outer.kind === 'function' && outer.name === '' && outer.enclosing !== null && c.program.functions[outer.enclosing].kind !== 'module') outer = c.program.functions[outer.enclosing];
  const text = c.program.text.slice(Math.max(0, outer.start - 400), outer.end);
  return /lat_?lng|lon_?lat|longitude|\blng\b|ellipsoid|cartographic|\becef\b|mercator|\butm\b|world_?matrix|matrix_?world|to_?world|world[ _]?(coord|position|space)|geodetic|easting/i.test(text) && !/\brtc\b|relative|reference|cent(er|re)\b|origin|high.*low|offset(X|Y|Z|_|\.)|getBoundingSphere/i.test(text);
}

/** `positions[3 * i] = p.x` of a point on the globe. */
function worldComponent(c: HazardContext, array: Expression, e: Expression): string | null {
  const component = e.kind === 'property' && /^[xyz]$/.test(e.name) ? e.object : e.kind === 'index' && [0, 1, 2].includes(constantOf(c, e.index) ?? -1) ? e.object : null;
  if (!component || component.kind !== 'variable' && component.kind !== 'property' || !positionName.test(nameOf(c, array)) || !onTheGlobe(c, e)) return null;
  return new RegExp(`\\b${nameOf(c, component).replace(/\W/g, '.')}\\.sub(Vectors|tract)?\\(|normal|direction`, 'i').test(c.program.text.slice(c.function(e).start, c.function(e).end)) ? null : 'is a position in metres on the globe, by what is computed here';
}

/** `const positions = new Float32Array(n)`, filled by a method that packs points of the globe into it. */
function packedPositions(c: HazardContext, e: Expression, length: Expression): boolean {
  const statement = c.position(e).statement;
  if (statement?.kind !== 'declare' || statement.value !== e || !positionName.test(c.variable(statement.variable).name) || resolve(c, length).kind === 'array') return false;
  const packed = c.reads(statement.variable).some(r => { const user = c.parent(r); return user?.kind === 'call' && /^(pack|packArray|toArray)$/.test(calledName(c, user)) && user.arguments.includes(r); });
  return packed && onTheGlobe(c, e);
}

function exceeds(c: HazardContext, e: Expression): string | null {
  const value = resolve(c, e);
  const constant = constantOf(c, value);
  if (constant !== null) return Math.abs(constant) >= 1e6 && Math.fround(constant) !== constant ? 'needs more than 24 bits' : null;
  const fact = c.fact(e);
  if (fact && Math.max(Math.abs(fact.lo), Math.abs(fact.hi)) <= 2 ** 16) return null;
  if (fact?.evidence && Number.isFinite(fact.hi) && !isOperation(value, 'sub') && fact.hi > 2 ** 24 && fact.hi < 1e300 && !Number.isInteger(Math.log2(fact.hi))) return `reaches ${formatNumber(fact.hi)}`;
  if (value.kind === 'call' && /^(now|getTime)$/.test(nameOf(c, value)) && /Date/.test(c.source(value))) return 'is a time since 1970 of 41 bits';
  if (isOperation(value, 'mul', 'div') && planetary(c, value)) return 'is a coordinate in metres from the centre of the Earth, or around it';
  // A subtraction takes the large part off again.
  if (isOperation(value, 'sub', 'div', 'sin', 'cos')) return null;
  const words = [...wordsOf(nameOf(c, value)), ...(value.kind === 'property' && /^[xyz]$/.test(value.name) ? wordsOf(nameOf(c, value.object)) : [])];
  return words.some(w => large.has(w)) && (value.kind === 'variable' || value.kind === 'property' || value.kind === 'index') ? 'is a quantity of more than 24 bits by its name' : null;
}

/** A product with a radius of the Earth in metres, or half the width of the Mercator map, that nothing is subtracted from. */
function planetary(c: HazardContext, e: Expression): boolean {
  return factorsOf(c, e).some(({ value, inverted }) => !inverted && [value, ...(isOperation(value, 'add') ? value.operands : [])].some(part => { const k = constantOf(c, part); return k !== null && (k > 6.33e6 && k < 6.4e6 || k > 2.0037e7 && k < 2.0038e7); }));
}
