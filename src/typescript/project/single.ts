import ts from 'typescript';
import type { Program } from '../../program';
import { lowerSourceFile } from '../lower/lower';
import { noTypes } from '../lower/type-source';

export interface LowerOptions {
  /** False: no type checker, what syntax tells is enough. */
  readonly types?: boolean;
}

/** Lowers one file alone, with the types of the standard library and nothing of a workspace. Never throws. */
export function lowerText(file: string, text: string, options: LowerOptions = {}): Program {
  void options;
  const source = ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, true);
  return lowerSourceFile(source, noTypes);
}
