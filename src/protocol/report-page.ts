import type { SimulationReport } from './report';

const placeholder = '/*REPORT*/null';

/**
 * One self-contained HTML page that shows a report as the panel does, without an editor and without a network.
 * @param template text of `dist/webview/report.html`, which the build makes
 */
export function reportPage(template: string, report: SimulationReport): string {
  const at = template.indexOf(placeholder);
  if (at < 0) throw new Error('The page template has no place for a report; build the project again.');
  // `<` is written as an escape, so that no text of the report can end the script element it stands in.
  return template.slice(0, at) + JSON.stringify(report).replaceAll('<', '\\u003c') + template.slice(at + placeholder.length);
}
