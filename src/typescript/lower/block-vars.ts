import ts from 'typescript';

const found = new WeakMap<ts.SourceFile, ReadonlySet<number>>();

/**
 * Where the names stand of `var`s that could as well be `let`: declared with a value inside a block (or the head of a loop), with every use of the name in the function inside a block
 * that declares it so, and after the declaration. They have a variable for each block, as programs mean them; every other `var` belongs to its function. Offsets of the names.
 */
export function blockVariables(file: ts.SourceFile): ReadonlySet<number> {
  let offsets = found.get(file);
  if (!offsets) found.set(file, offsets = /\bvar\b/.test(file.text) ? collect(file) : new Set());
  return offsets;
}

interface Declared { readonly name: number; readonly from: number; readonly to: number; readonly nested: boolean }
interface Names { readonly declared: Declared[]; readonly uses: number[] }

function collect(file: ts.SourceFile): ReadonlySet<number> {
  const offsets = new Set<number>();
  const visitFunction = (root: ts.Node): Map<string, Names> => {
    const names = new Map<string, Names>();
    const of = (name: string): Names => { let entry = names.get(name); if (!entry) names.set(name, entry = { declared: [], uses: [] }); return entry; };
    const visit = (node: ts.Node, block: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        if (!isKey(node)) of(node.text).uses.push(node.getStart(file));
        return;
      }
      if (ts.isFunctionLike(node) && node !== root) {
        // What a nested function mentions is a use here, wherever it will run.
        for (const [name, inner] of visitFunction(node)) of(name).uses.push(...inner.uses);
        return;
      }
      if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
        for (const declaration of node.declarations) note(declaration.name, declaration.initializer !== undefined || ts.isForOfStatement(node.parent) || ts.isForInStatement(node.parent), block);
      }
      const inner = node !== root && (ts.isBlock(node) && node.parent !== root || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) ? node : block;
      ts.forEachChild(node, child => visit(child, inner));
    };
    const note = (name: ts.BindingName, valued: boolean, block: ts.Node): void => {
      if (ts.isIdentifier(name)) of(name.text).declared.push({ name: name.getStart(file), from: block.pos, to: block.end, nested: valued && block !== root });
      else for (const element of name.elements) if (!ts.isOmittedExpression(element)) note(element.name, valued, block);
    };
    visit(root, root);
    for (const { declared, uses } of names.values()) {
      if (declared.length === 0 || !declared.every(d => d.nested) || !apart(declared)) continue;
      if (uses.every(use => declared.some(d => d.from <= use && use < d.to && declared.find(e => e.from === d.from)!.name <= use))) for (const d of declared) offsets.add(d.name);
    }
    return names;
  };
  visitFunction(file);
  return offsets;
}

/** Blocks that are the same or have nothing in common. */
function apart(declared: readonly Declared[]): boolean {
  return declared.every((a, i) => declared.every((b, j) => j <= i || a.from === b.from && a.to === b.to || a.to <= b.from || b.to <= a.from));
}

/** The name of a member, of a key, or of a label: no use of a variable. */
function isKey(node: ts.Identifier): boolean {
  const parent = node.parent as ts.Node | undefined;
  if (!parent) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isBreakOrContinueStatement(parent) || ts.isLabeledStatement(parent)) && (parent as { name?: ts.Node }).name === node;
}
