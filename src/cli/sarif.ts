import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result, Region, Location } from 'sarif';
import { hazardPages } from '../hazards';
import type { Finding, Severity, TextEdit } from '../protocol/finding';
import type { Place } from '../protocol/place';
import type { FileReport } from '../server/check/check-file';
import { displayName, positionsOf } from './check-json';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** A SARIF 2.1.0 log (OASIS standard): one run, a rule for each hazard with its page as help, results with places, related places and fixes. */
export function reportSarif(reports: readonly FileReport[], cwd: string): string {
  const index = new Map(hazardPages.map((page, i) => [page.id, i]));
  const context: Context = { cwd, positions: new Map() };
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'roundoff', rules: hazardPages.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(cwd).href.replace(/\/$/, '')}/` } },
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: reports.flatMap(r => r.problems).map(p => ({
          level: 'error', message: { text: p.message },
          locations: [{ physicalLocation: { artifactLocation: artifact(p.file, cwd), region: { startLine: p.line, startColumn: p.column } } }],
        })),
      }],
      results: reports.flatMap(r => r.findings).map(f => resultOf(f, index.get(f.hazard) ?? -1, context)),
    }],
  };
  return JSON.stringify(log, null, 2) + '\n';
}

interface Context {
  readonly cwd: string;
  readonly positions: Map<string, ReturnType<typeof positionsOf>>;
}

function ruleOf(page: typeof hazardPages[number]): ReportingDescriptor {
  const markdown = pageText(page.id);
  return {
    id: page.id,
    name: page.id.replace(/(^|-)(\w)/g, (_, _dash: string, letter: string) => letter.toUpperCase()),
    shortDescription: { text: page.title },
    fullDescription: { text: `${page.title}. ${page.why} ${page.remedy}` },
    help: { text: `${page.why} ${page.remedy}`, ...(markdown === null ? {} : { markdown }) },
    defaultConfiguration: { level: levels[page.severity] },
    properties: { tags: ['numerics'], severity: page.severity },
  };
}

/** The page of a hazard without its front matter; null where the pages do not ship beside the program. */
function pageText(id: string): string | null {
  for (let folder = __dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    const path = join(folder, 'media', 'hazards', `${id}.md`);
    if (existsSync(path)) return readFileSync(path, 'utf8').replace(/^---\n[\s\S]*?\n---\n+/, '');
  }
  return null;
}

function resultOf(f: Finding, ruleIndex: number, context: Context): Result {
  return {
    ruleId: f.hazard,
    ruleIndex,
    level: levels[f.severity],
    message: { text: f.message },
    locations: [locationOf(f.place, context.cwd)],
    ...(f.related.length === 0 ? {} : { relatedLocations: f.related.map((r, i) => ({ id: i + 1, message: { text: r.message }, ...locationOf(r.place, context.cwd) })) }),
    ...(f.fixes.length === 0 ? {} : { fixes: f.fixes.map(fix => ({ description: { text: fix.title }, artifactChanges: changesOf(fix.edits, context) })) }),
    properties: { severity: f.severity },
  };
}

function changesOf(edits: readonly TextEdit[], context: Context): { artifactLocation: ReturnType<typeof artifact>; replacements: { deletedRegion: Region; insertedContent: { text: string } }[] }[] {
  const files = [...new Set(edits.map(e => e.file))];
  return files.map(file => {
    let at = context.positions.get(file);
    if (!at) context.positions.set(file, at = positionsOf(file));
    const position = at;
    return {
      artifactLocation: artifact(file, context.cwd),
      replacements: edits.filter(e => e.file === file).map(e => {
        const from = position(e.start);
        const to = position(e.end);
        return { deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }, insertedContent: { text: e.text } };
      }),
    };
  });
}

function locationOf(place: Place, cwd: string): Location {
  return { physicalLocation: { artifactLocation: artifact(place.file, cwd), region: { startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn } } };
}

function artifact(file: string, cwd: string): { uri: string; uriBaseId?: string } {
  const name = displayName(file, cwd);
  return name === file ? { uri: pathToFileURL(file).href } : { uri: name.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}
