import ts from 'typescript';
import type { Bindings } from './bindings';
import { companionNames, ownShadow, registered, type Context } from './context';
import type { ModuleImport } from './module';

/**
 * Modules at run time are functions of (module, exports, require). An ES module registers thunks for its exports before it runs, so that imports are live and cycles work as the
 * language says; reading an import is a call of its thunk, which also leaves the shadow in the register.
 */
export function bindImports(bindings: Bindings, p: string): ts.ImportDeclaration[] {
  const used: ts.ImportDeclaration[] = [];
  for (const s of bindings.source.statements) {
    if (!ts.isImportDeclaration(s) || s.importClause?.isTypeOnly) continue;
    const module = `${p}m${used.length}`;
    used.push(s);
    const clause = s.importClause;
    if (clause?.name) bindings.declared(clause).imported = `${module}.i_default()`;
    const named = clause?.namedBindings;
    if (named && ts.isNamespaceImport(named)) bindings.declared(named).imported = `${p}ns(${module})`;
    else if (named) for (const e of named.elements) if (!e.isTypeOnly) bindings.declared(e).imported = `${module}.i_${(e.propertyName ?? e.name).text}()`;
  }
  return used;
}

/** Statements of a whole module, import and export syntax taken away. */
export function moduleBody(c: Context, imports: readonly ts.ImportDeclaration[]): { code: string; imports: ModuleImport[]; esModule: boolean } {
  const thunks: string[] = [];
  const stars: string[] = [];
  const specifiers: ModuleImport[] = [];
  const requires: string[] = [];
  const esModule = c.source.statements.some(s => ts.isImportDeclaration(s) || ts.isExportDeclaration(s) || ts.isExportAssignment(s)
    || (ts.canHaveModifiers(s) && (ts.getModifiers(s)?.some(m => m.kind === ts.SyntaxKind.ExportKeyword) ?? false)));
  const text = (node: ts.Expression): string => ts.isStringLiteralLike(node) ? node.text : '';
  const fromModule = (specifier: string): string => {
    const name = `${c.p}r${requires.length}`;
    specifiers.push({ specifier });
    requires.push(`const ${name} = ${c.p}require(${JSON.stringify(specifier)});`);
    return name;
  };
  const thunk = (exported: string, local: ts.Identifier | string): void => {
    const code = typeof local === 'string' ? local : registered(c, c.expression(local));
    thunks.push(`${JSON.stringify(`i_${exported}`)}: () => ${code}`);
  };
  const out: string[] = [];
  for (const s of c.source.statements) {
    if (ts.isImportDeclaration(s)) continue;
    if (ts.isExportDeclaration(s)) {
      if (s.isTypeOnly) continue;
      const from = s.moduleSpecifier ? fromModule(text(s.moduleSpecifier)) : undefined;
      if (!s.exportClause) { if (from) stars.push(from); } else if (ts.isNamespaceExport(s.exportClause)) thunk(s.exportClause.name.text, `${c.p}ns(${from!})`);
      else for (const e of s.exportClause.elements) {
        if (e.isTypeOnly) continue;
        const local = e.propertyName ?? e.name;
        if (from) thunk(e.name.text, `${from}.i_${local.text}()`);
        else if (ts.isIdentifier(local) && isValue(c, e)) thunk(e.name.text, exportedLocal(c, local));
      }
      continue;
    }
    if (ts.isExportAssignment(s)) {
      const value = c.expression(s.expression);
      const name = `${c.p}default`;
      const companions = companionNames(c, `${c.p}default`);
      const shadow = value.shadow ?? ownShadow(c, name);
      out.push(`const ${name} = ${value.code}, ${companions.map((companion, i) => `${companion} = ${shadow[i]}`).join(', ')};`);
      thunk('default', `${c.p}s(${name}, ${companions.join(', ')})`);
      continue;
    }
    if (ts.isImportEqualsDeclaration(s)) {
      if (!ts.isExternalModuleReference(s.moduleReference)) { out.push(c.problem(s, 'Import aliases of namespaces are not simulated: name the namespace in full.') + ';'); continue; }
      out.push(`const ${s.name.text} = ${c.p}cjs(${fromModule(text(s.moduleReference.expression))});`);
      continue;
    }
    const modifiers = ts.canHaveModifiers(s) ? ts.getModifiers(s) ?? [] : [];
    const isDefault = modifiers.some(m => m.kind === ts.SyntaxKind.DefaultKeyword);
    const exported = modifiers.some(m => m.kind === ts.SyntaxKind.ExportKeyword);
    if (isDefault && (ts.isFunctionDeclaration(s) || ts.isClassDeclaration(s))) {
      if (s.name) { out.push(c.statement(s)); thunk('default', s.name.text); } else {
        const code = ts.isFunctionDeclaration(s) ? c.functionLike(s) : c.classLike(s);
        out.push(`const ${c.p}default = ${code};`);
        thunk('default', `${c.p}default`);
      }
      continue;
    }
    out.push(c.statement(s));
    if (exported) for (const name of declaredNames(s)) thunk(name.text, name);
  }
  const body = out.join(' ');
  imports.forEach((s, i) => {
    const specifier = text(s.moduleSpecifier);
    // As TypeScript does, an import that no value uses is left out.
    if (s.importClause && !body.includes(`${c.p}m${i}.`) && !body.includes(`(${c.p}m${i})`) && !thunks.some(t => t.includes(`${c.p}m${i}.`) || t.includes(`(${c.p}m${i})`))) return;
    specifiers.push({ specifier });
    requires.push(`const ${c.p}m${i} = ${c.p}require(${JSON.stringify(specifier)});`);
  });
  const locals = c.source.statements.flatMap(s => ts.isImportDeclaration(s) ? [] : declaredNames(s)).map(n => `${JSON.stringify(n.text)}: () => ${n.text}`);
  const head = `${esModule ? '"use strict"; ' : ''}${c.p}define(${c.p}module, ${esModule}, { __proto__: null, ${thunks.join(', ')} }, { __proto__: null, ${locals.join(', ')} }); `;
  return { code: head + requires.join(' ') + stars.map(s => ` ${c.p}star(${c.p}module, ${s});`).join('') + body, imports: specifiers, esModule };
}

function exportedLocal(c: Context, local: ts.Identifier): string {
  const binding = c.bindings.of(local);
  if (!binding) return local.text;
  if (binding.imported) return binding.imported;
  const companions = binding.integer ? [] : c.companions(binding);
  return companions.length ? `${c.p}s(${local.text}, ${companions.join(', ')})` : `${c.p}u(${local.text})`;
}

/** Types are exported by the same syntax as values; only values exist at run time. */
function isValue(c: Context, e: ts.ExportSpecifier): boolean {
  const binding = c.bindings.of(e.propertyName && ts.isIdentifier(e.propertyName) ? e.propertyName : e.name as ts.Identifier);
  return binding !== undefined;
}

/** Names of values that a top-level statement declares. */
function declaredNames(s: ts.Statement): ts.Identifier[] {
  if (ts.canHaveModifiers(s) && ts.getModifiers(s)?.some(m => m.kind === ts.SyntaxKind.DeclareKeyword)) return [];
  if ((ts.isFunctionDeclaration(s) && s.body || ts.isClassDeclaration(s) || ts.isEnumDeclaration(s)) && s.name) return [s.name];
  if (ts.isModuleDeclaration(s) && ts.isIdentifier(s.name)) return [s.name];
  if (!ts.isVariableStatement(s)) return [];
  const names: ts.Identifier[] = [];
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name);
    else name.elements.forEach(e => { if (ts.isBindingElement(e)) visit(e.name); });
  };
  s.declarationList.declarations.forEach(d => { visit(d.name); });
  return names;
}
