import type { Facts } from '../analysis/facts';
import { completed, type Program } from '../program';
import type { Finding } from '../protocol/finding';
import { catalogue } from './catalogue';
import { detect, type DetectionOptions } from './engine/detect';
import type { HazardPage } from './engine/hazard';

export type { DetectionOptions } from './engine/detect';
export type { HazardPage } from './engine/hazard';

/** What the pages say of each hazard: id, title, default severity, explanation. For settings, SARIF rules and lists. */
export const hazardPages: readonly HazardPage[] = catalogue.map(rule => rule.page);

/** Findings of all hazards in one program, in source order. Never throws for a program that the lowering made. */
export function detectHazards(program: Program, facts: Facts, options: DetectionOptions = {}): Finding[] {
  return completed(hazardSlices(program, facts, options));
}

/** The same in slices: hands control back after each hazard; the last step gives the findings. */
export function hazardSlices(program: Program, facts: Facts, options: DetectionOptions = {}): Generator<void, Finding[]> {
  return detect(catalogue, program, facts, options);
}
