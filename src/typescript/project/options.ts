import ts from 'typescript';
import type { ProjectHost } from './host';
import { baseOptions } from './source-files';

/** The settings of a project that change what names and types mean; the rest of tsconfig.json is not ours. */
const taken = ['baseUrl', 'paths', 'jsx', 'jsxImportSource', 'strict', 'strictNullChecks', 'module', 'moduleResolution', 'customConditions', 'rootDirs', 'noImplicitAny',
  'exactOptionalPropertyTypes', 'noUncheckedIndexedAccess', 'moduleSuffixes', 'preserveSymlinks', 'resolvePackageJsonExports', 'resolvePackageJsonImports'] as const;

/** The nearest tsconfig.json or jsconfig.json above a file, within the root; null when there is none. */
export function configFor(host: ProjectHost, file: string): string | null {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = folder.endsWith('/') ? folder + name : `${folder}/${name}`;
      if (host.fileExists(path)) return path;
    }
    if (folder === host.root || folder.length <= 1 || folderOf(folder) === folder) return null;
  }
}

export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

/** Compiler options of the files under a configuration. A broken one counts as absent. */
export function optionsOf(host: ProjectHost, config: string | null): ts.CompilerOptions {
  if (config === null) return baseOptions;
  try {
    const { config: json } = ts.readConfigFile(config, path => host.readFile(path)) as { config?: unknown };
    const parseHost: ts.ParseConfigHost = {
      useCaseSensitiveFileNames: host.caseSensitive ?? true, readDirectory: () => [], fileExists: path => host.fileExists(path), readFile: path => host.readFile(path),
    };
    const parsed = ts.parseJsonConfigFileContent(json ?? {}, parseHost, folderOf(config), undefined, config);
    const options: ts.CompilerOptions = { ...baseOptions };
    for (const name of taken) if (parsed.options[name] !== undefined) Object.assign(options, { [name]: parsed.options[name] });
    if (options.moduleResolution === ts.ModuleResolutionKind.Classic) delete options.moduleResolution;
    if (options.module !== undefined && options.moduleResolution === undefined) options.moduleResolution = ts.ModuleResolutionKind.Bundler;
    if (options.moduleResolution === ts.ModuleResolutionKind.Bundler) options.module = ts.ModuleKind.ESNext;
    return options;
  } catch {
    return baseOptions;
  }
}
