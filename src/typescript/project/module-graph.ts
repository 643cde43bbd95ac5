import ts from 'typescript';
import type { ValueType } from '../../program';
import { foundIn, typeOfExport } from '../lower/type-nodes';
import type { Exported, FoundType, TypeDeclaration, TypeNames } from '../lower/type-names';

/** How a file exports a name. */
type Export = { readonly kind: 'local'; readonly name: string } | { readonly kind: 'node'; readonly node: ts.Node } | { readonly kind: 'from'; readonly module: string; readonly name: string };

interface Index {
  readonly types: Map<string, TypeDeclaration>;
  readonly values: Map<string, ts.Node | null>;
  readonly imports: Map<string, { readonly module: string; readonly name: string }>;
  readonly exports: Map<string, Export>;
  readonly stars: string[];
  /** `export =`, `declare module`, namespaces: names that only the checker sorts out. */
  readonly closed: boolean;
}

const HOPS = 8;

/**
 * Which declaration an import means, from the syntax of the files alone: most questions about other files (what does this function return, what is this
 * interface) are answered by an annotation there, without binding or checking anything.
 */
export class ModuleGraph {
  private readonly indices = new WeakMap<ts.SourceFile, Index>();
  private known = new Map<ts.SourceFile, TypeNames>();
  private asOf = -1;

  /** `generation` changes whenever some file does. */
  constructor(private readonly resolve: (module: string, from: string) => string | undefined, private readonly source: (path: string) => ts.SourceFile | undefined, private readonly generation: () => number) {}

  exported(from: string, module: string, name: string, hops = 0): Exported | null {
    if (hops > HOPS || this.isForeign(from, module)) return null;
    const path = this.resolve(module, from);
    const source = path === undefined ? undefined : this.source(path);
    return source ? this.exportOf(source, name, hops) : null;
  }

  /** Whether a module is JavaScript of a package, which the compiler does not read: it knows nothing of what is imported from there. */
  isForeign(from: string, module: string): boolean {
    const path = module.startsWith('.') ? undefined : this.resolve(module, from);
    return path !== undefined && /\/node_modules\//.test(path) && /\.[cm]?jsx?$/.test(path);
  }

  private exportOf(source: ts.SourceFile, name: string, hops: number): Exported | null {
    const index = this.index(source);
    if (index.closed) return null;
    const found = index.exports.get(name);
    if (found?.kind === 'node') return { declaration: found.node, names: this.names(source) };
    if (found?.kind === 'from') return this.exported(source.fileName, found.module, found.name, hops + 1);
    if (found) return this.local(source, found.name, hops);
    for (const module of name === 'default' ? [] : index.stars) {
      const through = this.exported(source.fileName, module, name, hops + 1);
      if (through) return through;
    }
    return null;
  }

  private local(source: ts.SourceFile, name: string, hops: number): Exported | null {
    const index = this.index(source);
    const declaration = index.types.get(name) ?? index.values.get(name);
    if (declaration) return { declaration, names: this.names(source) };
    const imported = index.imports.get(name);
    return imported && imported.name !== '*' ? this.exported(source.fileName, imported.module, imported.name, hops + 1) : null;
  }

  private names(source: ts.SourceFile): TypeNames {
    const now = this.generation();
    if (now !== this.asOf) {
      this.known = new Map();
      this.asOf = now;
    }
    let names = this.known.get(source);
    if (!names) this.known.set(source, names = this.namesIn(source));
    return names;
  }

  private namesIn(source: ts.SourceFile): TypeNames {
    return {
      kept: new Map(),
      find: (name): FoundType => {
        const index = this.index(source);
        const declaration = index.types.get(name);
        if (declaration) return { kind: 'declared', declaration, names: this.names(source) };
        const imported = index.imports.get(name);
        if (!imported) return index.values.has(name) || index.closed ? { kind: 'unknown' } : { kind: 'global' };
        return imported.name === '*' ? { kind: 'unknown' } : foundIn(this.exported(source.fileName, imported.module, imported.name));
      },
      valueType: (name): ValueType | null => {
        const index = this.index(source);
        const declaration = index.values.get(name);
        const imported = declaration ? undefined : index.imports.get(name);
        const exported = declaration ? { declaration, names: this.names(source) } : imported && imported.name !== '*' ? this.exported(source.fileName, imported.module, imported.name) : null;
        return exported && typeOfExport(exported);
      },
    };
  }

  private index(source: ts.SourceFile): Index {
    let index = this.indices.get(source);
    if (!index) this.indices.set(source, index = indexOf(source));
    return index;
  }
}

function indexOf(source: ts.SourceFile): Index {
  const index = { types: new Map<string, TypeDeclaration>(), values: new Map<string, ts.Node | null>(), imports: new Map<string, { module: string; name: string }>(), exports: new Map<string, Export>(), stars: [] as string[], closed: false };
  for (const statement of source.statements) enter(index, statement, source.isDeclarationFile);
  return index;
}

function enter(index: { -readonly [K in keyof Index]: Index[K] }, statement: ts.Statement, ambient: boolean): void {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  const exported = modifiers?.some(m => m.kind === ts.SyntaxKind.ExportKeyword) ?? false;
  const isDefault = modifiers?.some(m => m.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
  const value = (name: string, node: ts.Node): void => {
    // A second declaration of a name (an overload) leaves it to the checker.
    index.values.set(name, index.values.has(name) ? null : node);
    if (exported) index.exports.set(isDefault ? 'default' : name, { kind: 'local', name });
  };
  if (ts.isFunctionDeclaration(statement)) {
    if (statement.name) value(statement.name.text, statement);
    else if (isDefault) index.exports.set('default', { kind: 'node', node: statement });
  } else if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) if (ts.isIdentifier(declaration.name)) value(declaration.name.text, declaration);
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    const name = statement.name?.text;
    if (name === undefined) { if (isDefault) index.exports.set('default', { kind: 'node', node: statement }); return; }
    if (index.types.has(name)) index.closed = true;
    index.types.set(name, statement);
    if (exported) index.exports.set(isDefault ? 'default' : name, { kind: 'local', name });
  } else if (ts.isImportDeclaration(statement)) enterImport(index, statement);
  else if (ts.isExportDeclaration(statement)) enterExport(index, statement);
  else if (ts.isExportAssignment(statement)) {
    if (statement.isExportEquals) index.closed = true;
    else index.exports.set('default', ts.isIdentifier(statement.expression) ? { kind: 'local', name: statement.expression.text } : { kind: 'node', node: statement.expression });
  } else if (ts.isModuleDeclaration(statement)) index.closed ||= ambient || exported;
}

function enterImport(index: Index, statement: ts.ImportDeclaration): void {
  const clause = statement.importClause;
  if (!clause || !ts.isStringLiteral(statement.moduleSpecifier)) return;
  const module = statement.moduleSpecifier.text;
  if (clause.name) index.imports.set(clause.name.text, { module, name: 'default' });
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) index.imports.set(bindings.name.text, { module, name: '*' });
  else if (bindings) for (const element of bindings.elements) index.imports.set(element.name.text, { module, name: (element.propertyName ?? element.name).text });
}

function enterExport(index: Index, statement: ts.ExportDeclaration): void {
  const module = statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : null;
  const clause = statement.exportClause;
  if (!clause) { if (module !== null) index.stars.push(module); return; }
  if (!ts.isNamedExports(clause)) return;
  for (const element of clause.elements) {
    const local = (element.propertyName ?? element.name).text;
    index.exports.set(element.name.text, module === null ? { kind: 'local', name: local } : { kind: 'from', module, name: local });
  }
}
