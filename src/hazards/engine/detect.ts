import type { Facts } from '../../analysis/facts';
import { placeOf, type Program } from '../../program';
import type { Finding, Severity } from '../../protocol/finding';
import { createContext } from './context';
import type { Detection, Hazard, HazardPage } from './hazard';
import { suppressed } from './suppression';

export interface DetectionOptions {
  /** Severity per hazard id; `off` silences it. Absent: the page's. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly targetFormats?: readonly string[];
  readonly signal?: AbortSignal;
  /** Told when a rule fails; the other rules go on. Absent: the failure is silent. */
  readonly onFailure?: (hazard: string, error: unknown) => void;
}

export interface Rule {
  readonly hazard: Hazard;
  readonly page: HazardPage;
}

/** Runs the rules over one program, handing control back after each. Findings come in source order, without those that comments or settings silence. */
export function* detect(rules: readonly Rule[], program: Program, facts: Facts, options: DetectionOptions): Generator<void, Finding[]> {
  const context = createContext(program, facts, options.targetFormats ?? []);
  const findings: Finding[] = [];
  for (const { hazard, page } of rules) {
    if (options.signal?.aborted) break;
    const asked = options.severities?.[hazard.id];
    if (asked === 'off') continue;
    const seen = new Set<string>();
    try {
      for (const found of hazard.detect(context)) {
        const key = `${found.at.start}-${found.at.end}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const finding = toFinding(program, page, found, asked ?? found.severity ?? page.severity);
        if (!suppressed(program, finding)) findings.push(finding);
      }
    } catch (error) {
      options.onFailure?.(hazard.id, error);
    }
    yield;
  }
  return findings.sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end);
}

function toFinding(program: Program, page: HazardPage, found: Detection, severity: Severity): Finding {
  return {
    hazard: page.id,
    severity,
    message: [found.message, found.why ?? page.why, found.remedy ?? page.remedy].filter(part => part !== '').join(' '),
    place: placeOf(program, found.at),
    related: (found.related ?? []).map(r => ({ message: r.message, place: placeOf(program, r.at) })),
    fixes: found.fixes ?? [],
  };
}
