import type { Hover } from 'vscode-languageserver';
import type { Analysis } from './analyses';

export interface HoverOptions {
  /** Formats to compare. */
  readonly formats: readonly string[];
  /** True when the client has our commands, so that the hover may link to them. */
  readonly commands: boolean;
  readonly pageOf: (hazard: string) => string | undefined;
}

export function hoverAt(analysis: Analysis, offset: number, options: HoverOptions): Hover | null {
  void analysis; void offset; void options;
  return null;
}
