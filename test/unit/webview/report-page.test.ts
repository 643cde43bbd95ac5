import { describe, expect, it } from 'vitest';
import type { SimulationReport } from '../../../src/protocol/report';
import { reportPage } from '../../../src/protocol/report-page';

describe('the page of a report', () => {
  const template = '<script type="application/json" id="roundoff-data">/*REPORT*/null</script><script>run("$&")</script>';

  it('holds the report, whatever its texts say, and leaves the rest of the template as it is', () => {
    const report = { version: 1, notes: ['</script><script>alert(1)</script>', '$& $1 $`', '<!--'] } as unknown as SimulationReport;
    const page = reportPage(template, report);
    const [, data] = /id="roundoff-data">(.*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(data)).toEqual(report);
    expect(page.endsWith('<script>run("$&")</script>')).toBe(true);
  });

  it('refuses a template without a place for it', () => {
    expect(() => reportPage('<html>', {} as SimulationReport)).toThrow(/build the project again/);
  });
});
