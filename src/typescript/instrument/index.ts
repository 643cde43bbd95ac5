import ts from 'typescript';
import { siteId, type SitePlace } from '../../protocol/place';
import { companionReaders } from '../../program/companions';
import type { Shape, ShapeUse } from '../../program/shapes';
import { Bindings, type Binding } from './bindings';
import { callLink } from './calls';
import { emitClass } from './classes';
import { companionNames, type Context } from './context';
import { emitExpression, emitValue } from './expressions';
import { functionTail } from './functions';
import { formatsOf, namesFormats } from './overrides';
import { classifyBindings } from './integers';
import type { InstrumentedModule, InstrumentOptions, LiteralSlot } from './module';
import { bindImports, moduleBody } from './modules';
import { functionsOf } from './parameters';
import { onSourceLines } from './positions';
import { emitStatement, emitStatements } from './statements';

export { measuredIn } from './measures';
export { sourcePosition } from './positions';
export type { InstrumentedFunction, InstrumentedModule, InstrumentedParameter, InstrumentOptions, LiteralSlot, ModuleImport, ShadowMode, Unit } from './module';

/**
 * TypeScript or JavaScript source → JavaScript in which every numeric operation is a call of the simulation's run-time: "compute, round to the scheme, compute the reference beside it".
 *
 * The trick. Values in the program stay ordinary numbers that hold exactly the simulated value. The shadow of a value (its reference, or the index of the operation that made it)
 * travels beside it: an operation leaves the shadow of its result in a register of the run-time, and because JavaScript evaluates arguments from left to right,
 * `a * b + c` becomes `add(site, mul(site, a, a′, b, b′), register, c, c′)` without a single temporary. A local variable has companion variables of its own (`c′`), a call hands the shadows
 * of its arguments over in registers that the callee checks against the values it got, a return leaves the shadow in the register, and objects and arrays carry companion stores that are
 * checked against the stored value on load. Wherever the check fails (code that we did not instrument), the value simply becomes its own reference.
 *
 * Nothing here throws for bad source: what cannot be run is a problem with its place, and code that throws that sentence if it is reached.
 */
export function instrument(options: InstrumentOptions): InstrumentedModule {
  const bindings = new Bindings(options.file, options.text, options.measured);
  const { source } = bindings;
  const p = options.prefix;
  const sites: SitePlace[] = [];
  const siteIndex = new Map<string, number>();
  const literals: LiteralSlot[] = [];
  const literalIndex = new Map<string, number>();
  const formats: string[] = [];
  const shapes: Shape[] = [];
  const shapeIndex = new Map<string, number>();
  const shapeUses = new Map<number, ShapeUse>();
  const problems: { message: string; start: number; line: number; column: number }[] = [];
  const imports = bindImports(bindings, p);
  formatsOf(bindings);
  classifyBindings(bindings);
  let temporaries: string[] = [];
  let counter = 0;
  let readers = new Map<string, number>();
  let stores = new Map<string, string>();
  let lastReader = options.firstSite;

  const report = (start: number, message: string): number => {
    const at = source.getLineAndCharacterOfPosition(start);
    problems.push({ message, start, line: at.line + 1, column: at.character + 1 });
    return problems.length - 1;
  };
  for (const d of bindings.diagnostics.slice(0, 3)) report(d.start, `Syntax error: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);

  const c: Context = {
    p, mode: options.mode, bindings, source, setters: settersOf(source), guards: [], formatted: namesFormats(source),
    site(node, operator) {
      const [start, end] = [node.getStart(source), node.end];
      const key = `${start}-${end}-${operator}`;
      let index = siteIndex.get(key);
      if (index === undefined) {
        index = options.firstSite + sites.length;
        siteIndex.set(key, index);
        const [from, to] = [source.getLineAndCharacterOfPosition(start), source.getLineAndCharacterOfPosition(end)];
        sites.push({ id: siteId(start, end), file: options.file, start, end, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1,
          text: options.text.slice(start, Math.min(end, start + 200)), operator });
      }
      return index;
    },
    literal(value, node, unit) {
      const site = c.site(node, 'literal');
      const key = `${site} ${unit}`;
      let index = literalIndex.get(key);
      if (index === undefined) { index = options.firstLiteral + literals.length; literalIndex.set(key, index); literals.push({ value, site, unit }); }
      const text = Object.is(value, -0) ? '-0' : String(value);
      return { code: `${p}L${index}`, shadow: options.mode === 'record' ? [String(index + 1)] : options.mode === 'statistics' ? [text] : [text, '0'], kind: 'data', atom: true, number: true };
    },
    unitOfFormat(format) {
      if (!formats.includes(format)) formats.push(format);
      return `F${options.firstFormat + formats.indexOf(format)}`;
    },
    shape(shape, site) {
      const key = JSON.stringify(shape);
      let index = shapeIndex.get(key);
      if (index === undefined) { index = options.firstShape + shapes.length; shapeIndex.set(key, index); shapes.push(shape); }
      const use = shapeUses.get(site);
      if (use && use.shape !== index) return undefined;
      shapeUses.set(site, { shape: index, site });
      return index;
    },
    temporary() {
      const name = `${p}t${counter++}`;
      temporaries.push(name);
      return name;
    },
    frame(emit) {
      const [outer, outerCounter, outerReaders, outerStores] = [temporaries, counter, readers, stores];
      temporaries = [];
      readers = new Map();
      stores = new Map();
      counter = 0;
      const result = emit();
      const declared = temporaries.length ? `let ${temporaries.join(', ')}; ` : '';
      [temporaries, counter, readers, stores] = [outer, outerCounter, outerReaders, outerStores];
      return { result, temporaries: declared };
    },
    problem(node, message) {
      const index = report(node.getStart(source), message);
      const at = problems[index];
      return `${p}problem(${JSON.stringify(`${options.file}:${at.line}:${at.column}: ${message}`)})`;
    },
    storeTemporary(key) {
      let name = stores.get(key);
      if (name === undefined) { name = `${p}t${counter++}`; temporaries.push(`${name} = ${p}empty`); stores.set(key, name); }
      return name;
    },
    companionOf(object, purpose) {
      let reader = readers.get(object);
      if (reader === undefined) { reader = lastReader++ % companionReaders; readers.set(object, reader); }
      return `${p}${purpose === 'load' ? 'g' : purpose === 'read' ? 'c' : 'w'}${reader}`;
    },
    companions(binding: Binding) { return binding.neverNumber || binding.integer || binding.imported ? [] : companionNames(c, binding.name); },
    expression(node, unit) { return emitExpression(c, node, unit); },
    value(node) { return emitValue(c, node); },
    statement(node) { return emitStatement(c, node); },
    statements(nodes) { return emitStatements(c, nodes); },
    callLink(node) { return callLink(c, node); },
    functionLike(node) {
      const tail = functionTail(c, node);
      const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) ?? [] : [];
      const async = modifiers.some(m => m.kind === ts.SyntaxKind.AsyncKeyword) ? 'async ' : '';
      if (ts.isArrowFunction(node)) return async + tail;
      const name = node.name && ts.isIdentifier(node.name) ? ` ${node.name.text}` : '';
      return `${async}function${'asteriskToken' in node && node.asteriskToken ? '*' : ''}${name}${tail}`;
    },
    classLike(node) { return emitClass(c, node); },
  };
  const { result, temporaries: top } = c.frame(() => moduleBody(c, imports));
  const requires = commonJsRequires(source);
  return {
    file: options.file, ...onSourceLines(insertAfterDirective(result.code, top)), sites, literals, formats, shapes, shapeUses: [...shapeUses.values()],
    imports: [...result.imports, ...(result.esModule ? [] : requires)], functions: functionsOf(source), problems,
  };
}

function insertAfterDirective(code: string, declarations: string): string {
  return code.startsWith('"use strict"; ') ? `"use strict"; ${declarations}${code.slice(14)}` : declarations + code;
}

/** Names of the setters of a file. */
function settersOf(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isSetAccessorDeclaration(node)) names.add(ts.isPrivateIdentifier(node.name) ? `private_${node.name.text.slice(1)}` : node.name.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** `require('x')` with a literal name. */
function commonJsRequires(source: ts.SourceFile): { specifier: string }[] {
  const found: { specifier: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require' && node.arguments.length === 1 && ts.isStringLiteralLike(node.arguments[0])) found.push({ specifier: node.arguments[0].text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
