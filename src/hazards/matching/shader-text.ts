import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { vanishingConstant, type Vanished } from './half-precision';

const number = String.raw`((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`;
/** `1e-8h`, `f16(1e-8)`, `vec4<f16>(1e-8)`, `eps: f16 = 1e-8` of WGSL. */
const halfLiterals = [String.raw`(?<![\w.])${number}h\b`, String.raw`\bf16\s*\(\s*${number}\s*\)`, String.raw`\bvec[234](?:h|<\s*f16\s*>)\s*\(\s*${number}\s*\)`, String.raw`:\s*f16\s*=\s*${number}`];
/** `+ 1e-8`, `max(x, 1e-8)` of GLSL. */
const guardLiterals = [String.raw`\+\s*${number}`, String.raw`\b(?:max|clamp)\s*\([^;{}]*?,\s*${number}`];

/** Constants of shaders written in this file that are 0 in the float16 they are computed in: WGSL with `f16`, GLSL whose floats are all of medium or low precision. */
export function* vanishedInShaders(c: HazardContext): Generator<Vanished> {
  if (!c.says(/f16|mediump|lowp/)) return;
  for (const e of [...c.scene.byKind.get('template') ?? [], ...c.scene.byKind.get('constant') ?? []]) {
    if (e.kind === 'constant' && (e.of !== 'string' || c.parent(e)?.kind === 'template') || c.parent(e)?.kind === 'template') continue;
    const text = c.source(e);
    const patterns = /\benable\s+f16\b|\bf16\b/.test(text) && /\bfn\b|\blet\b|\bvar\b|@compute|@fragment|@vertex/.test(text) ? halfLiterals : /\bprecision\s+(mediump|lowp)\s+float\b/.test(text) && !/\bhighp\b/.test(text) ? guardLiterals : [];
    for (const pattern of patterns) yield* literals(e, text, pattern);
    if (patterns === halfLiterals && e.kind === 'template') yield* inserted(c, e);
  }
}

function* literals(e: Expression, text: string, pattern: string): Generator<Vanished> {
  for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
    const value = Number(match[1]);
    if (value === 0 || value > 2 ** -25) continue;
    const start = e.start + match.index + match[0].indexOf(match[1]);
    yield { at: { start, end: start + match[1].length }, constant: match[1] };
  }
}

/** `f16(${EPSILON})`, `${EPSILON}h`. */
function* inserted(c: HazardContext, e: Expression & { kind: 'template' }): Generator<Vanished> {
  for (const part of e.parts) {
    if (vanishingConstant(c, part) === null) continue;
    const before = c.program.text.slice(e.start, part.start);
    const after = c.program.text.slice(part.end, e.end);
    if (/(\bf16\s*\(|:\s*f16\s*=)\s*\$\{\s*$/.test(before) && /^\s*\}/.test(after) || /^\s*\}h\b/.test(after)) yield { at: part, constant: c.text(part) };
  }
}
