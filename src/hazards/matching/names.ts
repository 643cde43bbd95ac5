import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';

/**
 * Names as evidence. A name never proves a range; it tells what a programmer means by a number (a count, money, a moment in time),
 * and is used to keep quiet where the meaning makes the pattern harmless, or to speak where the meaning makes it harmful.
 */

/** The name a value goes by: of the variable, the property, the called method, or the array it is an element of. */
export function nameOf(c: HazardContext, e: Expression): string {
  switch (e.kind) {
    case 'variable': return c.variable(e.variable).name;
    case 'property': return e.name;
    case 'index': return e.index.kind === 'constant' && typeof e.index.value === 'string' ? e.index.value : nameOf(c, e.object);
    case 'call': {
      const callee = e.callee;
      if (callee.kind === 'local') return c.program.functions[callee.function].name;
      if (callee.kind === 'dynamic') return nameOf(c, callee.callee);
      // A conversion says nothing of what the number means.
      if (callee.kind === 'library' && /^(Number|parseFloat|BigInt|String)$/.test(callee.name) && e.arguments.length === 1) return nameOf(c, e.arguments[0]) || callee.name;
      return callee.name.slice(callee.name.lastIndexOf('.') + 1);
    }
    case 'operation': return e.operator === 'neg' || e.operator === 'plus' ? nameOf(c, e.operands[0]) : '';
    default: return '';
  }
}

/** Lower-case words of a camelCase, snake_case or CONSTANT_CASE name. */
export function wordsOf(name: string): readonly string[] {
  let words = split.get(name);
  if (!words) {
    if (split.size >= 5000) split.clear();
    split.set(name, words = splitName(name));
  }
  return words;
}

/** Rules ask for the words of the same few names again and again. */
const split = new Map<string, readonly string[]>();

function splitName(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').split(/[^A-Za-z0-9]+|\s+/).filter(Boolean).map(w => w.toLowerCase());
}

export function named(c: HazardContext, e: Expression, vocabulary: ReadonlySet<string>): boolean {
  return wordsOf(nameOf(c, e)).some(word => vocabulary.has(word) || vocabulary.has(word.replace(/s$/, '')));
}

export const countWords: ReadonlySet<string> = new Set(['i', 'j', 'k', 'n', 'm', 'idx', 'index', 'count', 'counter', 'cnt', 'len', 'length', 'size', 'num', 'number', 'row', 'col',
  'column', 'line', 'page', 'limit', 'offset', 'pos', 'position', 'level', 'depth', 'rank', 'id', 'bits', 'bytes', 'digits', 'decimals', 'places', 'hits', 'freq', 'frequency', 'votes', 'views']);
export const sizeWords: ReadonlySet<string> = new Set(['width', 'height', 'length', 'len', 'size', 'count', 'depth', 'level', 'index', 'idx', 'area', 'distance', 'dist', 'radius', 'rank', 'order', 'total', 'volume', 'population', 'capacity', 'quantity', 'qty', 'stock', 'sales', 'price', 'payout', 'likes', 'stars', 'usage', 'memory', 'latency', 'views', 'downloads',
  'duration', 'elapsed', 'age', 'weight', 'frequency', 'freq', 'hits', 'votes', 'occurrences', 'score', 'priority', 'zindex', 'version', 'column', 'row', 'line', 'id', 'abs', 'absolute', 'magnitude', 'norm', 'bytes', 'w', 'h', 'len2']);
export const moneyWords: ReadonlySet<string> = new Set(['price', 'amount', 'cost', 'fee', 'tax', 'vat', 'money', 'dollar', 'euro', 'usd', 'eur', 'gbp', 'salary', 'payment', 'balance', 'invoice',
  'subtotal', 'debit', 'credit', 'yuan', 'fen', 'cny', 'rmb', 'rupee', 'inr', 'yen', 'jpy', 'pound', 'cent', 'ruble', 'peso', 'chf', 'fare', 'premium', 'payout', 'currency', 'discount', 'charge', 'refund', 'revenue', 'deposit', 'wage', 'cash', 'bill', 'tip', 'amt', 'kobo', 'naira', 'paise', 'pence', 'unitprice', 'payable', 'lira', 'gst', 'rand', 'fiat', 'paid', 'owed', 'donation']);
export const timeWords: ReadonlySet<string> = new Set(['ms', 'millis', 'milliseconds', 'millisecond', 'timestamp', 'time', 'epoch', 'date', 'now', 'utc', 'duration', 'nanos', 'micros', 'expires', 'expiry', 'deadline', 'until', 'nano', 'micro', 'milli', 'seconds', 'minutes', 'hours', 'amount']);
export const stepWords: ReadonlySet<string> = new Set(['step', 'increment', 'inc', 'tick', 'interval', 'multiple', 'multipleof', 'granularity', 'precision', 'divisible', 'divisor']);
export const displayWords: ReadonlySet<string> = new Set(['fps', 'percent', 'percentage', 'pct', 'progress', 'px', 'pixel', 'opacity', 'alpha', 'zoom', 'width', 'height', 'label', 'text', 'title', 'tooltip',
  'display', 'format', 'formatted', 'str', 'string', 'log', 'speed', 'kb', 'mb', 'size', 'elapsed', 'seconds', 'ms', 'db', 'decibel', 'decibels', 'dbfs', 'left', 'top', 'coordinate', 'coord', 'rating', 'stars', 'bytes', 'duration', 'confidence', 'similarity', 'score', 'accuracy', 'probability', 'loss', 'metric']);
export const hashWords: ReadonlySet<string> = new Set(['hash', 'seed', 'crc', 'checksum', 'fnv', 'murmur', 'murmurhash', 'adler', 'rng', 'prng', 'random', 'rand', 'rnd', 'mulberry', 'xorshift', 'lcg', 'mersenne', 'md5', 'sha', 'digest', 'djb2', 'noise', 'state', 'imul', 'mix', 'xmur', 'sfc', 'alea']);
export const easingWords: ReadonlySet<string> = new Set(['ease', 'easing', 'expo', 'elastic', 'bounce', 'tween', 'spring', 'damp', 'damping', 'smooth', 'smoothing', 'animate', 'animation', 'lerp', 'mix', 'blend', 'fade', 'decay', 'attack', 'release']);
export const blendWords: ReadonlySet<string> = new Set(['alpha', 'blend', 'weight', 'smoothing', 'smooth', 'factor', 'opacity', 'mix', 'lerp', 't', 'k', 'fade', 'coefficient', 'coeff', 'coef', 'amount', 'fog', 'transmittance', 'damping']);

/** The name of the function that an expression stands in; for an anonymous one, of what it is assigned to or of the function around it. */
export function functionName(c: HazardContext, e: Expression): string {
  for (let fn: ReturnType<HazardContext['function']> | null = c.function(e); fn && fn.kind !== 'module'; fn = fn.enclosing === null ? null : c.program.functions[fn.enclosing]) {
    const name = fn.name.replace(/^.*\./, '') || assignedName(c, fn.id);
    if (name) return name;
  }
  return '';
}

/** The names of all functions around an expression, innermost first, anonymous ones by what they are stored in. */
export function* enclosingNames(c: HazardContext, e: Expression): Generator<string> {
  for (let fn: ReturnType<HazardContext['function']> | null = c.function(e); fn && fn.kind !== 'module'; fn = fn.enclosing === null ? null : c.program.functions[fn.enclosing]) {
    const name = fn.name.replace(/^.*\./, '') || assignedName(c, fn.id);
    if (name) yield name;
  }
}

/** `circleInOut`, `inOutCirc`: the curves of animation libraries. */
const curves = /^(circ(le|ular)?|quad(ratic)?|cubic|quart|quint|sine?|back|expo?)(In|Out|InOut)$|^(in|out|inOut)(Circ(le|ular)?|Quad(ratic)?|Cubic|Quart|Quint|Sine?|Back|Expo?)$/;

/** Whether an expression belongs to an animation curve: a function named so, or stored under such a name. */
export function inEasing(c: HazardContext, e: Expression): boolean {
  // Circular.In, Elastic.InOut: methods of tables of easings.
  for (const name of enclosingNames(c, e)) if (/^(in|out|inOut)$/i.test(name.replace(/^.*\./, '')) || curves.test(name) || wordsOf(name).some(w => easingWords.has(w))) return true;
  return false;
}

/** The name of the variable, property or object key that receives the value of an expression as it is; empty when there is none. */
export function receiverName(c: HazardContext, e: Expression): string {
  const parent = c.parent(e);
  if (parent?.kind === 'assign' && parent.value === e) return nameOf(c, parent.target);
  if (parent?.kind === 'object') return parent.properties.find(p => p.value === e)?.name ?? '';
  const statement = c.position(e).statement;
  return parent === null && statement?.kind === 'declare' && statement.value === e ? c.variable(statement.variable).name : '';
}

/** The variable or property that an anonymous function is stored in, also behind `a || function …`. */
function assignedName(c: HazardContext, id: number): string {
  let value: Expression | undefined = c.scene.literals.get(id);
  if (!value) return '';
  for (let parent = c.parent(value); parent?.kind === 'logical' || parent?.kind === 'conditional'; parent = c.parent(parent)) value = parent;
  const parent = c.parent(value);
  if (parent?.kind === 'assign') return nameOf(c, parent.target);
  if (parent?.kind === 'object') return parent.properties.find(p => p.value === value)?.name ?? '';
  // const total = useMemo(() => …), computed(() => …)
  if (parent?.kind === 'call' && parent.arguments[0] === value) { const stored = receiverName(c, parent); if (stored) return stored; }
  const statement = c.position(value).statement;
  return parent === null && statement?.kind === 'declare' && statement.value === value ? c.variable(statement.variable).name : '';
}
