import type { Expression, Program } from '../../program';

const READING = /\.prototype\.(at|every|filter|find|findIndex|findLast|findLastIndex|forEach|includes|indexOf|join|lastIndexOf|map|reduce|reduceRight|slice|some|get|has|concat)$/;

/** All uses of a module-level variable only read it and what is in it, so that its objects are for ever what the module made them. */
export function isReadOnly(program: Program, variable: number, bodies: readonly (readonly Expression[])[]): boolean {
  if (isExported(program, variable)) return false;
  let uses = 0;
  let harmless = 0;
  const isUse = (e: Expression): boolean => e.kind === 'variable' && e.variable === variable;
  const scalar = (e: Expression): boolean => ['number', 'string', 'boolean'].includes(e.type.kind);
  for (const body of bodies) {
    for (const e of body) {
      if (isUse(e)) uses++;
      if (e.kind === 'assign' && e.target.kind !== 'variable' && e.target.kind !== 'opaque' && rootedIn(e.target, variable)) return false;
      // `delete table.x`
      if (e.kind === 'opaque' && e.children.some(child => child.kind !== 'variable' && rootedIn(child, variable))) return false;
      if ((e.kind === 'property' || e.kind === 'index') && isUse(e.object) && (scalar(e) || onlyIndexed(e, bodies))) harmless++;
      if (e.kind === 'call' && e.callee.kind === 'library' && e.callee.receiver && isUse(e.callee.receiver) && READING.test(e.callee.name) && scalarElements(e.callee.receiver)
        && keepsArray(program, e)) harmless++;
    }
  }
  return uses === harmless;
}

/** The callback of the method does not take the array itself, its last parameter. */
function keepsArray(program: Program, e: Expression & { kind: 'call' }): boolean {
  const most = e.callee.kind === 'library' && /reduce(Right)?$/.test(e.callee.name) ? 3 : 2;
  return e.arguments.every(x => x.kind === 'function' ? program.functions[x.function].parameters.length <= most && !program.functions[x.function].parameters.some(p => p.rest) : x.type.kind !== 'function' && x.type.kind !== 'unknown');
}

/** Other modules can reach it: `export const`, `export { name }`. */
function isExported(program: Program, variable: number): boolean {
  const { start, name } = program.variables[variable];
  const keyword = Math.max(...['const ', 'let ', 'var '].map(word => program.text.lastIndexOf(word, start - word.length)));
  if (keyword >= 0 && /export\s+(declare\s+)?$/.test(program.text.slice(Math.max(0, keyword - 80), keyword))) return true;
  let names = exportedNames.get(program);
  if (!names) exportedNames.set(program, names = listedExports(program.text));
  return names.has(name);
}

const exportedNames = new WeakMap<Program, ReadonlySet<string>>();

/** `export { a, b }`, `export default a`, `export = a`. */
function listedExports(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, list] of text.matchAll(/\bexport\s*(?:default\s+|=\s*)?\{([^}]*)\}/g)) for (const name of list.split(/[\s,:]+/)) names.add(name);
  for (const [, name] of text.matchAll(/\bexport\s*(?:default|=)\s*([\w$]+)\s*(?:;|$)/gm)) names.add(name);
  return names;
}

function scalarElements(e: Expression): boolean {
  const { type } = e;
  return type.kind === 'typedArray' || ((type.kind === 'array' || type.kind === 'set') && ['number', 'string', 'boolean'].includes(type.element.kind))
    || (type.kind === 'tuple' && type.elements.every(t => t.kind === 'number' || t.kind === 'string'));
}

function rootedIn(e: Expression, variable: number): boolean {
  let root = e;
  while (root.kind === 'property' || root.kind === 'index') root = root.object;
  return root.kind === 'variable' && root.variable === variable;
}

/** `table[i]` is used as the object of a further read of a scalar: `table[i][j]`. */
function onlyIndexed(e: Expression, bodies: readonly (readonly Expression[])[]): boolean {
  return bodies.some(body => body.some(x => (x.kind === 'property' || x.kind === 'index') && x.object === e && ['number', 'string', 'boolean'].includes(x.type.kind)));
}
