import type { JsonValue } from '../../src/protocol/real';

/** Cases as people write them: one JSON array of arguments per line. */
export function casesText(cases: readonly (readonly JsonValue[])[]): string {
  return cases.map(c => JSON.stringify(c)).join('\n');
}

/** The cases that a text of one JSON array per line holds, or one sentence that names the line at fault. */
export function parseCases(text: string): (readonly JsonValue[])[] | string {
  const cases: (readonly JsonValue[])[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const value: unknown = JSON.parse(line);
      if (!Array.isArray(value)) return `Line ${i + 1} is not an array: write the arguments in brackets, such as [1, 2].`;
      cases.push(value as JsonValue[]);
    } catch { return `Line ${i + 1} is not JSON: write the arguments in brackets, such as [[1, 2, 3], 0.5].`; }
  }
  return cases.length ? cases : 'Write at least one case, such as [1, 2].';
}
