/**
 * Where a project's files come from: a disk, or memory in a browser. Paths are absolute with forward slashes, or URIs; the same form everywhere.
 * Texts of open documents are given to the project itself (`update`) and win over the host's.
 */
export interface ProjectHost {
  /** Folder of the workspace. */
  readonly root: string;
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  /** Undefined: folders are not asked about (the resolver then tries files only). */
  directoryExists?(path: string): boolean;
  realpath?(path: string): string;
  readonly caseSensitive?: boolean;
}
