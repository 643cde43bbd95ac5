import type { InstrumentedProgram } from '../simulate/program';

/**
 * For each site the index in `program.formats` of the format that its operation rounds to; null for results in the base format. Read from the instrumented code
 * itself, where the operation `mulF2(17, …)` is site 17 in format 2, so that energy is counted where the rounding really happens.
 */
export function unitsOfSites(program: InstrumentedProgram): readonly (number | null)[] {
  const units: (number | null)[] = program.sites.map(() => null);
  const operation = new RegExp(`${program.prefix.replaceAll('$', '\\$')}(?:add|sub|mul|div|rem|pow)F(\\d+)\\((\\d+),`, 'g');
  for (const { text } of program.scripts) for (const [, format, site] of text.matchAll(operation)) units[Number(site)] = Number(format);
  return units;
}
