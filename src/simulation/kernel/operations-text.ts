import { cell } from './counters';
import { hotBinary, hotEnter, isHot } from './hot-text';
import type { KernelMode } from './mode';
import type { UnitText } from './rounding-text';

interface Binary {
  readonly name: 'add' | 'sub' | 'mul' | 'div' | 'rem' | 'pow';
  readonly exact: string;
  readonly reference: (wide: boolean) => string;
  /** Error of the double result against the exact one, for the wide reference: exact = x + residue. */
  readonly residue: string;
  readonly partials: readonly [string, string];
}

/**
 * One row an operation: a, b simulated operands, p, q references (pl, ql their low parts), x the double result, v the rounded one, r the reference.
 * The partials are secants, not tangents, so that contributions telescope: a·b − p·q = (a − p)(b + q)/2 + (b − q)(a + p)/2 exactly.
 */
const binaries: readonly Binary[] = [
  { name: 'add', exact: 'a + b', reference: w => w ? '$0addDd(p, pl, q, ql)' : 'p + q', residue: '$0sumResidue(a, b, x)', partials: ['1', '1'] },
  { name: 'sub', exact: 'a - b', reference: w => w ? '$0addDd(p, pl, -q, -ql)' : 'p - q', residue: '$0sumResidue(a, -b, x)', partials: ['1', '-1'] },
  { name: 'mul', exact: 'a * b', reference: w => w ? '$0mulDd(p, pl, q, ql)' : 'p * q', residue: '$0residual(a, b, x)', partials: ['(b + q) * 0.5', '(a + p) * 0.5'] },
  { name: 'div', exact: 'a / b', reference: w => w ? '$0divDd(p, pl, q, ql)' : 'p / q', residue: '$0quotientResidue(a, b, x)', partials: ['1 / b', '-p / (b * q)'] },
  { name: 'rem', exact: 'a % b', reference: w => w ? '$0remDd(p, pl, q, ql)' : 'p % q', residue: '0', partials: ['1', '-Math_trunc(a / b)'] },
  { name: 'pow', exact: 'a ** b', reference: w => w ? '$0powDd(p, pl, q, ql)' : 'p ** q', residue: '0', partials: ['$0secant(x, p ** b, a, p, a === 0 ? 0 : b * x / a)', '(a > 0 ? $0secant(p ** b, p ** q, b, q, x * Math_log(a)) : 0)'] },
];

/** Parameters that carry the shadow of an operand. */
export function shadowParameters(mode: KernelMode, operand: 'a' | 'b'): string {
  return mode.shadow === 'record' ? `${operand}n` : mode.shadow === 'statistics' ? `${operand}r` : `${operand}r, ${operand}l`;
}

/** Declares the references p (pl) and q (ql) of the operands. */
function references(mode: KernelMode, operands: readonly ('a' | 'b')[]): string {
  return operands.map(o => {
    const [name, low] = o === 'a' ? ['p', 'pl'] : ['q', 'ql'];
    if (mode.shadow !== 'record') return `const ${name} = ${o}r${mode.wide ? `, ${low} = ${o}l` : ''};`;
    return `const ${name} = ${o}n !== 0 ? $0F[${o}n] : ${o}${mode.wide ? `, ${low} = ${o}n !== 0 ? $0G[${o}n] : 0` : ''};`;
  }).join(' ');
}

/** Records or counts an operation and returns its value; an operation of one operand keeps the operand in Q. In scope: s, v, e (local error), r (rl), da, db as text; sums have the partials ±1, which the sweep knows. */
function finish(mode: KernelMode, da: string, db: string, binary: boolean, sum?: 'add' | 'sub'): string {
  if (mode.shadow === 'record') {
    const partials = sum ? ' $0B[k] = bn;' : `$0P[k] = ${da};${binary ? ` $0B[k] = bn; $0Q[k] = ${db};` : ' $0B[k] = 0; $0Q[k] = a;'}`;
    return `const k = ++$0top; if (k >= $0cap) $0full(); $0V[k] = v; $0E[k] = e; $0F[k] = r;${mode.wide ? ' $0G[k] = rl;' : ''} $0A[k] = an; $0S[k] = s; ${partials} $0n = k; return v;`;
  }
  // Results within what is known of the site are counted here; what few do is in `st` and `cancel`.
  return `if (v >= $0MN[s] && v <= $0MX[s] && Math_abs(e) <= ${cell('error')} && (v !== 0 || e === 0)) ${cell('count')}++; else $0st(s, v, e);`
    + `${sum ? ` if (v - v === 0) { $0cancel(s, v, a, b); if (v === a ? b !== 0 : v === ${sum === 'add' ? 'b' : '-b'} && a !== 0) ${cell('absorbed')}++; }` : ''} ${mode.calibrating ? ' $0sample(s, v);' : ''} $0R[0] = r;${mode.wide ? ' $0R[1] = rl;' : ''} return v;`;
}

const sumOf = (name: string): 'add' | 'sub' | undefined => name === 'add' || name === 'sub' ? name : undefined;

const result = (wide: boolean, reference: string): string => `const r = ${reference}${wide ? ', rl = $0low[0]' : ''};`;

export function binaryText(mode: KernelMode, suffix: string, unit: UnitText, names?: readonly string[]): string {
  return binaries.filter(b => !names || names.includes(b.name)).map(b => {
    const rounded = b.name === 'rem' || b.name === 'pow' ? unit.round('x') : unit.operation(b.name, 'x', 'a, b');
    const residue = mode.wide && b.name !== 'rem' && b.name !== 'pow' ? `(v - x) - ${b.residue}` : mode.wide && b.name === 'pow' ? '$0off(v, $0powDd(a, 0, b, 0))' : 'v - x';
    const hot = isHot(mode, unit.inline) && b.name !== 'pow' ? hotBinary(b.name, suffix, unit.inline, b.exact, b.reference(false), sumOf(b.name)) : undefined;
    return `${hot ?? ''}\nfunction $0${b.name}${suffix}${hot ? '_' : ''}(s, a, ${shadowParameters(mode, 'a')}, b, ${shadowParameters(mode, 'b')}) {`
      + ` if (typeof a !== "number" || typeof b !== "number") return $0slow(${JSON.stringify(b.name)}, $0r${suffix}, s, a, b);`
      + ` const x = ${b.exact}, v = ${rounded}; ${references(mode, ['a', 'b'])} ${result(mode.wide, b.reference(mode.wide))} const e = ${residue}; ${finish(mode, b.partials[0], b.partials[1], true, sumOf(b.name))} }`;
  }).join('\n');
}

/** Conversion of a value to the unit's format where it enters data arithmetic. */
export function enterText(mode: KernelMode, suffix: string, unit: UnitText): string {
  const hot = isHot(mode, unit.inline) && !unit.enter;
  const head = `${hot ? hotEnter(suffix, unit.inline!) : ''}\nfunction $0in${suffix}${hot ? '_' : ''}(s, a, ${shadowParameters(mode, 'a')}) { if (typeof a !== "number") { $0z(); return ${suffix.startsWith('F') ? `typeof a === "object" && a !== null ? $0reformat(s, a, $0r${suffix}, 0) : a` : 'a'}; } const v = ${(unit.enter ?? unit.round)('a')};`;
  if (mode.shadow === 'record') return `${head} if (v === a) { $0n = an; return v; } return $0convert(s, a, an, v); }`;
  return `${head} $0R[0] = ar;${mode.wide ? ' $0R[1] = al;' : ''} ${mode.calibrating ? '$0st(s, v, 0); $0sample(s, v);' : 'if (v !== a) $0cv(s, v, v - a);'} return v; }`;
}

interface Unary {
  readonly name: string;
  readonly derivative: string;
}

const unaries: readonly Unary[] = [
  { name: 'sqrt', derivative: '0.5 / x' }, { name: 'cbrt', derivative: '1 / (3 * x * x)' }, { name: 'exp', derivative: 'x' }, { name: 'expm1', derivative: 'x + 1' }, { name: 'log', derivative: '1 / a' },
  { name: 'log1p', derivative: '1 / (1 + a)' }, { name: 'log2', derivative: '1.4426950408889634 / a' }, { name: 'log10', derivative: '0.4342944819032518 / a' },
  { name: 'sin', derivative: 'Math_cos(a)' }, { name: 'cos', derivative: '-Math_sin(a)' }, { name: 'tan', derivative: '1 + x * x' }, { name: 'asin', derivative: '1 / Math_sqrt(1 - a * a)' },
  { name: 'acos', derivative: '-1 / Math_sqrt(1 - a * a)' }, { name: 'atan', derivative: '1 / (1 + a * a)' }, { name: 'sinh', derivative: 'Math_cosh(a)' }, { name: 'cosh', derivative: 'Math_sinh(a)' },
  { name: 'tanh', derivative: '1 - x * x' }, { name: 'asinh', derivative: '1 / Math_sqrt(a * a + 1)' }, { name: 'acosh', derivative: '1 / Math_sqrt(a * a - 1)' }, { name: 'atanh', derivative: '1 / (1 - a * a)' },
];

/** Functions of `Math`: computed in double, rounded once. */
export function mathText(mode: KernelMode, unit: UnitText): string {
  const elementary = unaries.map(({ name, derivative }) => {
    const v = name === 'sqrt' ? unit.operation('sqrt', 'x', 'a') : unit.round('x');
    const e = mode.wide ? `$0off(v, $0${name}Dd(a, 0))` : 'v - x';
    return `function $0m_${name}(s, a, ${shadowParameters(mode, 'a')}) { a = +a; const x = Math_${name}(a), v = ${v}; ${references(mode, ['a'])} const e = ${e};`
      + ` ${result(mode.wide, mode.wide ? `$0${name}Dd(p, pl)` : name === 'sqrt' ? 'Math_sqrt(p)' : `p === a ? x : Math_${name}(p)`)} ${finish(mode, `$0secant(x, r, a, p, ${derivative})`, '', false)} }`;
  });
  const two = [
    { name: 'atan2', x: 'Math_atan2(a, b)', r: mode.wide ? '$0atan2Dd(p, pl, q, ql)' : 'Math_atan2(p, q)', e: mode.wide ? '$0off(v, $0atan2Dd(a, 0, b, 0))' : 'v - x', da: 'b / (a * a + b * b)', db: '-a / (a * a + b * b)' },
    { name: 'hypot', x: 'Math_hypot(a, b)', r: mode.wide ? '$0hypotDd(p, pl, q, ql)' : 'Math_hypot(p, q)', e: mode.wide ? '$0off(v, $0hypotDd(a, 0, b, 0))' : 'v - x', da: 'x === 0 ? 0 : (a + p) / (x + r)', db: 'x === 0 ? 0 : (b + q) / (x + r)' },
  ].map(f => `function $0m_${f.name}(s, a, ${shadowParameters(mode, 'a')}, b, ${shadowParameters(mode, 'b')}) { a = +a; b = +b; const x = ${f.x}, v = ${unit.round('x')}; ${references(mode, ['a', 'b'])}`
    + ` const e = ${f.e}; ${result(mode.wide, f.r)} ${finish(mode, f.da, f.db, true)} }`);
  // min and max choose: the result is one of the operands, exact; when the reference chooses the other, what is left over is this site's own.
  const choices = ['min', 'max'].map(name => `function $0m_${name}(s, a, ${shadowParameters(mode, 'a')}, b, ${shadowParameters(mode, 'b')}) { a = +a; b = +b; const v = Math_${name}(a, b); ${references(mode, ['a', 'b'])}`
    + ` const left = v === a, r = Math_${name}(p, q)${mode.wide ? ', rl = r === p ? pl : ql' : ''}; const e = left ? (r === p ? 0 : p - r) : (r === q ? 0 : q - r); ${finish(mode, 'left ? 1 : 0', 'left ? 0 : 1', true)} }`);
  const abs = `function $0m_abs(s, a, ${shadowParameters(mode, 'a')}) { a = +a; const v = Math_abs(a); ${references(mode, ['a'])} const r = Math_abs(p)${mode.wide ? ', rl = p < 0 ? -pl : pl' : ''}; const e = 0; ${finish(mode, 'a !== p ? $0secant(v, r, a, p, a < 0 ? -1 : 1) : a < 0 ? -1 : 1', '', false)} }`;
  const signs = ['neg', 'plus'].map(name => `function $0${name}(s, a, ${shadowParameters(mode, 'a')}) { if (typeof a !== "number") { if (typeof a === "object" && a !== null) { const p = $0primitive(a); if (typeof p[0] === "number") return $0${name}(s, ...p); } const y = ${name === 'neg' ? '-a' : '+a'}; return $0u(typeof a === "string" ? $0heard(s, a, y) : y); } const v = ${name === 'neg' ? '-a' : 'a'};`
    + ` ${references(mode, ['a'])} const r = ${name === 'neg' ? '-p' : 'p'}${mode.wide ? `, rl = ${name === 'neg' ? '-pl' : 'pl'}` : ''}; const e = 0; ${name === 'plus' ? `$0s(v, ${shadowParameters(mode, 'a')}); return v;` : finish(mode, '-1', '', false)} }`);
  // To an integer: the local error is what the reference's own rounding does not explain; a different integer is a divergence.
  const integral = ['floor', 'ceil', 'round', 'trunc', 'sign'].map(name => `function $0m_${name}(s, a, ${shadowParameters(mode, 'a')}) { a = +a; const v = Math_${name}(a); ${references(mode, ['a'])}`
    + ` const r = ${mode.wide ? `$0integral(Math_${name}, p, pl)` : `Math_${name}(p)`}${mode.wide ? ', rl = $0low[0]' : ''}; const e = v === r || v !== v ? 0 : v - r; if (e !== 0) $0diverge(s, 1, v, r); ${finish(mode, '0', '', false)} }`);
  const conversions = ['fround', 'f16round'].map(name => `function $0m_${name}(s, a, ${shadowParameters(mode, 'a')}) { a = +a; const v = $0${name === 'fround' ? 'single' : 'half'}(a); ${references(mode, ['a'])}`
    + ` const r = p${mode.wide ? ', rl = pl' : ''}; const e = v - a; ${finish(mode, '1', '', false)} }`);
  return [...elementary, hypotText(mode, unit), ...two, ...choices, abs, ...signs, ...integral, ...conversions].join('\n').replace(/\$0(sqrt|cbrt|exp|expm1|log|log1p|log2|log10|sin|cos|tan|asin|acos|atan|sinh|cosh|tanh|asinh|acosh|atanh|atan2|hypot|pow|rem|add|mul|div)Dd/g, '$0$1Dd');
}

/** Math.hypot of three and more: computed in double and rounded once. On the tape it is a chain of exact steps, because a node has two operands; `list` is value, shadow, value, shadow, …. */
function hypotText(mode: KernelMode, unit: UnitText): string {
  const record = mode.shadow === 'record';
  const stride = mode.wide && !record ? 3 : 2;
  const ref = record ? 'n !== 0 ? $0F[n] : b' : 'n';
  const low = !mode.wide ? '0' : record ? 'n !== 0 ? $0G[n] : 0' : `list[i + 2]`;
  const steps = `let x = 0, r = 0, rl = 0, k = 0; for (let i = 0; i < list.length; i += ${stride}) { const b = +list[i], n = list[i + 1], q = ${ref}, ql = ${low}; values[values.length] = b; const y = $0apply(Math_hypot, $0Math, values);`
    + ` const w = ${mode.wide ? '$0hypotDd(r, rl, q, ql)' : 'Math_hypot(r, q)'}, d = y + w; ${record ? `const from = k; k = $0node(s, y, 0, w, ${mode.wide ? '$0low[0], ' : ''}from, from === 0 ? 0 : (x + r) / d); $0B[k] = n; $0Q[k] = d === 0 ? 0 : (b + q) / d;` : ''} x = y; r = w; ${mode.wide ? 'rl = $0low[0];' : ''} }`;
  const end = record ? '$0V[k] = v; $0E[k] = v - x; $0n = k; return v;' : finish(mode, '', '', false);
  return `function $0hypots(s, list) { const values = []; ${steps} const v = ${unit.round('x')}, e = v - x; ${end} }`;
}

/** Comparisons: decided by the simulated values; a reference that decides otherwise is a divergence. */
export function comparisonText(mode: KernelMode): string {
  const tokens = { lt: '<', le: '<=', gt: '>', ge: '>=', eq: '===', ne: '!==', leq: '==', lne: '!=' };
  return Object.entries(tokens).map(([name, token]) => `function $0c${name}(s, a, ${shadowParameters(mode, 'a')}, b, ${shadowParameters(mode, 'b')}) { const y = a ${token} b;`
    + ` if (typeof a === "number" && typeof b === "number") { ${references(mode, ['a', 'b'])} const z = ${mode.wide ? compareWide(name, token) : `p ${token} q`}; if (z !== y) $0diverge(s, 0, y, z); } return y; }`).join('\n');
}

function compareWide(name: string, token: string): string {
  if (name === 'eq' || name === 'leq') return 'p === q && pl === ql';
  if (name === 'ne' || name === 'lne') return 'p !== q || pl !== ql';
  return `(p !== q ? p ${token} q : pl ${token} ql)`;
}

/** ⌊a / b⌋ and its like: exact on integers, a quotient of the scheme that is then rounded otherwise. */
export function quotientText(mode: KernelMode): string {
  const [a, b] = [shadowParameters(mode, 'a'), shadowParameters(mode, 'b')];
  return ['floor', 'ceil', 'round', 'trunc'].map(name => `function $0q_${name}(s, d, a, ${a}, b, ${b}) { if (Number_isInteger(a) && Number_isInteger(b) && b !== 0) return $0u(Math_${name}(a / b));`
    + ` if (typeof a !== "number" || typeof b !== "number") return $0u(Math_${name}(a / b)); const x = $0in(d, a, ${a}), p = $0shadowNow(), y = $0in(d, b, ${b}), q = $0shadowNow();`
    + ` const z = $0div(d, x, ...p, y, ...q); return $0m_${name}(s, z, ...$0shadowNow()); }`).join('\n');
}

/** Integer operations: exact on integers, data arithmetic otherwise. */
export function integerText(mode: KernelMode): string {
  const tokens = { add: '+', sub: '-', mul: '*', rem: '%' };
  return Object.entries(tokens).map(([name, token]) => {
    const [a, b] = [shadowParameters(mode, 'a'), shadowParameters(mode, 'b')];
    return `function $0i${name}(s, a, ${a}, b, ${b}) {${name === 'rem' ? '' : ` if ((a | 0) === a && (b | 0) === b) { const y = a ${token} b; if ((y | 0) === y) { ${mode.shadow === 'record' ? '$0n = 0;' : `$0R[0] = y;${mode.wide ? ' $0R[1] = 0;' : ''}`} return y; } }`} if (Number_isInteger(a) && Number_isInteger(b)) { const y = a ${token} b; if (y <= 9007199254740991 && y >= -9007199254740991) return $0u(y); }`
      + ` if (typeof a !== "number" || typeof b !== "number") return $0u(a ${token} b); return $0idata("${name}", s, [a, ${a}], [b, ${b}]); }`;
  }).join('\n');
}
