import type { Call, Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { powerOfTwo } from './matching/dyadic';
import { isClock } from './matching/epoch';
import { elementsOf } from './matching/origins';
import { moneyWords, named, nameOf, wordsOf } from './matching/names';
import { componentOf } from './matching/given-values';
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
      const reason = exceeds(c, a.value) ?? worldComponent(c, a.target.object, a.value) ?? (isOperation(resolve(c, a.value), 'fround') ? null : minorUnits(c, a.value));
      if (reason) yield { at: a, severity: 'info', message: `${c.text(a.value)} ${reason}; ${c.text(a.target.object)} keeps 24 bits of it.` };
      else if (named(c, a.value, moneyWords) && !aboutMusic(c) && !isOperation(resolve(c, a.value), 'fround') && !((c.fact(a.value)?.hi ?? Infinity) <= 2 ** 16)) yield { at: a, severity: 'hint', message: `${c.text(a.value)} is an amount of money by its name; ${c.text(a.target.object)} keeps 24 bits of it, hundredths up to 131,072.` };
    }
    for (const e of c.operations('fround')) {
      const reason = exceeds(c, e.operands[0]) ?? minorUnits(c, e.operands[0]) ?? (named(c, e.operands[0], moneyWords) && !((c.fact(e.operands[0])?.hi ?? Infinity) <= 2 ** 16) ? 'is an amount of money by its name' : null);
      if (reason) yield { at: e, severity: 'info', message: `${c.text(e.operands[0])} ${reason}; Math.fround keeps 24 bits of it.` };
    }
    for (const e of c.scene.byKind.get('new') ?? []) {
      if (e.kind !== 'new' || e.name !== 'Float32Array' || e.arguments.length !== 1) continue;
      const argument = e.arguments[0];
      const list = resolve(c, argument);
      const elements = c.facts.elements[argument.id];
      if (elements?.evidence && Number.isFinite(elements.hi) && elements.hi > 2 ** 24 && !powerOfTwo(elements.hi)) {
        yield { at: e, severity: 'info', message: `The elements of ${c.text(argument)} reach ${formatNumber(elements.hi)}; a Float32Array keeps 24 bits of them.` };
      } else if (list.kind === 'array' && list.elements.length > 0) {
        const big = list.elements.find(x => x !== null && exceeds(c, x) !== null);
        if (big) yield { at: e, severity: 'info', message: `${c.text(big)} ${exceeds(c, big)}; a Float32Array keeps 24 bits of it.` };
      } else if (packedPositions(c, e, argument)) {
        yield { at: e, severity: 'info', message: `${c.text(e)} takes positions in metres on the globe, by what is computed here; a Float32Array keeps 24 bits of them.` };
      } else if (argument.type.kind !== 'number' && !(argument.kind === 'property' && argument.name === 'length') && largeByName(c, argument)) {
        yield { at: e, severity: 'info', message: `${c.text(argument)} holds values beyond 2^24 by their name; a Float32Array keeps 24 bits of them.` };
      } else {
        const far = farElement(c, argument);
        if (far) yield { at: e, severity: 'info', message: `${c.text(far.element)}, an element of ${c.text(argument)}, ${far.reason}; a Float32Array keeps 24 bits of it.`, related: [{ message: 'The element is computed here.', at: far.element }] };
      }
    }
    for (const call of c.calls()) { yield* converted(c, call); yield* copiedIn(c, call); }
  },
};

/** The first of the expressions gathered in a list that needs more than 24 bits. */
function farElement(c: HazardContext, list: Expression): { readonly element: Expression; readonly reason: string } | null {
  for (const given of elementsOf(c, list)) {
    const element = componentOf(c, given);
    const reason = exceeds(c, element);
    if (reason) return { element, reason };
  }
  return null;
}

/** `positions.set(project(point), 3 * i)` into an array of floats, `view.setFloat32(at, Date.now())`. */
function* copiedIn(c: HazardContext, call: Call): Generator<Detection> {
  const written = /^(setFloat32|writeFloat[BL]E)$/.test(calledName(c, call)) ? call.arguments[calledName(c, call) === 'setFloat32' ? 1 : 0] : undefined;
  const wide = written ? exceeds(c, written) ?? minorUnits(c, written) : null;
  const identifier = written && !wide && /(^|_|[a-z](?=I))ids?$/i.test(nameOf(c, written)) && !((c.fact(written)?.hi ?? Infinity) <= 2 ** 24) && resolve(c, written).kind === 'call';
  if (written && identifier) yield { at: call, severity: 'info', message: `${c.text(written)} is an identifier by its name, and from 16,777,217 on a float32 cannot tell it from its neighbour.` };
  if (written && wide) yield { at: call, severity: 'info', message: `${c.text(written)} ${wide}; a float32 keeps 24 bits of it.` };
  const receiver = calledName(c, call) === 'set' ? receiverOf(call) : null;
  if (!receiver || call.arguments.length === 0 || elementTypeOf(c, receiver) !== 'Float32Array') return;
  const far = farElement(c, call.arguments[0]);
  if (far) yield { at: call, severity: 'info', message: `${c.text(far.element)}, an element of ${c.text(call.arguments[0])}, ${far.reason}; ${c.text(receiver)} keeps 24 bits of it.` };
}

/** Cents of a semitone are a thousand or two. */
function aboutMusic(c: HazardContext): boolean {
  return c.says(/detune|semitone|pitch|octave/i);
}

/** Whole numbers of cents and the like: beyond 2^24, 167,772.16 in the currency, they skip units. */
function minorUnits(c: HazardContext, e: Expression): string | null {
  const value = resolve(c, e);
  if ((c.fact(e)?.hi ?? Infinity) <= 2 ** 24 || isOperation(value, 'div', 'sub') || aboutMusic(c)) return null;
  return wordsOf(nameOf(c, isOperation(value, 'fround', 'round') ? value.operands[0] : value)).some(w => /^(cents?|pence|paise|kopecks?|satoshis?|wei|lamports?|ledger|payroll|minorunits?)$/.test(w)) ? 'is an amount in its smallest unit, which passes 2^24 at 167,772.16' : null;
}

/** `Float32Array.from(rows, r => r.time.getTime())`. */
function* converted(c: HazardContext, call: Call): Generator<Detection> {
  if (call.callee.kind !== 'library' || call.callee.name !== 'Float32Array.from' || call.arguments.length === 0) return;
  const mapper = call.arguments[1] ? resolve(c, call.arguments[1]) : null;
  const element = mapper?.kind === 'function' ? soleResult(c.program.functions[mapper.function]) : null;
  const reason = element ? exceeds(c, element) ?? minorUnits(c, element) : !mapper && largeByName(c, call.arguments[0]) ? 'holds values beyond 2^24 by their name' : null;
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
  const value = componentOf(c, e);
  const constant = constantOf(c, value);
  if (constant !== null) return Math.abs(constant) >= 1e6 && Math.fround(constant) !== constant ? 'needs more than 24 bits' : null;
  const fact = c.fact(e);
  if (fact && Math.max(Math.abs(fact.lo), Math.abs(fact.hi)) <= 2 ** 16) return null;
  if (fact?.evidence && Number.isFinite(fact.hi) && !isOperation(value, 'sub') && fact.hi > 2 ** 24 && fact.hi < 1e300 && !powerOfTwo(fact.hi)) return `reaches ${formatNumber(fact.hi)}`;
  if (value.kind === 'call' && isClock(c, value)) return 'is a time since 1970 of 41 bits';
  if (value.kind === 'call' && /^(now|getTime)$/.test(nameOf(c, value)) && /Date/.test(c.source(value))) return 'is a time since 1970 of 41 bits';
  if (isOperation(value, 'mul', 'div', 'add') && planetary(c, value)) return 'is a coordinate in metres from the centre of the Earth, or around it';
  // A subtraction takes the large part off again.
  if (isOperation(value, 'sub', 'div', 'sin', 'cos')) return null;
  const words = [...wordsOf(nameOf(c, value)), ...(value.kind === 'property' && /^[xyz]$/.test(value.name) ? wordsOf(nameOf(c, value.object)) : [])];
  return words.some(w => large.has(w)) && (value.kind === 'variable' || value.kind === 'property' || value.kind === 'index') ? 'is a quantity of more than 24 bits by its name' : null;
}

/** A radius of the Earth in metres, or half the width of the Mercator map, as a factor or summand, also behind locals: nothing is subtracted from it again. */
function planetary(c: HazardContext, e: Expression, depth = 5): boolean {
  return factorsOf(c, e).some(({ value, inverted }) => {
    const k = inverted ? null : constantOf(c, value);
    if (k !== null) return k > 6.33e6 && k < 6.4e6 || k > 2.0037e7 && k < 2.0038e7;
    return !inverted && depth > 0 && isOperation(value, 'add') && value.operands.some(o => planetary(c, o, depth - 1));
  });
}
