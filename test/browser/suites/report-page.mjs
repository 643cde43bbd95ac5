import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../harness.mjs';
import { test } from '../runner.mjs';

test('saved page: one file that shows the report without an editor, and asks nothing of any network', async ({ panels, reports }) => {
  const template = readFileSync(join(root, 'dist/webview/report.html'), 'utf8');
  const hostile = { ...reports.variance, notes: [...reports.variance.notes, '</script><script>document.title = "broken"</script>', '$& $1'] };
  const folder = mkdtempSync(join(tmpdir(), 'roundoff-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, template.replace('/*REPORT*/null', () => JSON.stringify(hostile).replaceAll('<', '\\u003c')));
  const context = await panels.browser.newContext({ viewport: { width: 1200, height: 900 } });
  try {
    const page = await context.newPage();
    const problems = [], asked = [];
    page.on('console', m => problems.push(m.text()));
    page.on('pageerror', e => problems.push(e.message));
    page.on('request', r => asked.push(r.url()));
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('.summary');
    assert.deepEqual(problems, []);
    assert.deepEqual(asked.filter(url => !url.startsWith('data:')), [pathToFileURL(file).href]);
    assert.equal(await page.locator('.formats-table tbody tr').count(), hostile.formats.length);
    assert.equal(await page.locator('#run').count(), 0);
    assert.ok((await page.innerText('.notes')).includes('</script><script>'));
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.notEqual(await ground(), light);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
