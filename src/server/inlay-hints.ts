import type { InlayHint, Range } from 'vscode-languageserver';
import type { Analysis } from './analyses';

export function inlayHints(analysis: Analysis, range: Range, show: 'ulps' | 'digits'): InlayHint[] {
  void analysis; void range; void show;
  return [];
}
