import type { Program } from '../../program';
import type { Finding } from '../../protocol/finding';

/**
 * Whether a comment silences the finding: `roundoff-disable-next-line` above its first line, `roundoff-disable-line` on it,
 * or a `roundoff-disable` before it that no `roundoff-enable` of the same hazard has ended.
 */
export function suppressed(program: Program, finding: Finding): boolean {
  const line = finding.place.line;
  let disabled = false;
  for (const directive of program.directives) {
    if (directive.hazards.length > 0 && !directive.hazards.includes(finding.hazard)) continue;
    switch (directive.kind) {
      case 'disable-line': if (directive.line === line) return true; break;
      case 'disable-next-line': if (directive.line === line - 1) return true; break;
      case 'disable': if (directive.line <= line) disabled = true; break;
      case 'enable': if (directive.line <= line) disabled = false; break;
    }
  }
  return disabled;
}
