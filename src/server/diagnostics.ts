import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver';
import type { Finding, Severity } from '../protocol/finding';
import type { Place } from '../protocol/place';
import { uriOfFile } from './file-names';

/** A finding as the protocol shows it. `pageOf` gives the address of a hazard's page. */
export function diagnosticOf(finding: Finding, pageOf: (hazard: string) => string | undefined): Diagnostic {
  const href = pageOf(finding.hazard);
  return {
    range: rangeOf(finding.place),
    severity: severities[finding.severity],
    code: finding.hazard,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: 'roundoff',
    message: finding.message,
    ...(finding.related.length === 0 ? {} : {
      relatedInformation: finding.related.map(({ message, place }) => ({ message, location: { uri: uriOfFile(place.file), range: rangeOf(place) } })),
    }),
  };
}

/** Places count from 1, the protocol from 0. */
export function rangeOf(place: Place): Range {
  return { start: { line: place.line - 1, character: place.column - 1 }, end: { line: place.endLine - 1, character: place.endColumn - 1 } };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, info: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint,
};
