// Tuning and expressiveness by hand of a browser: from the palette to comments in the source, and back by undo.
import { command, openFile, panelFrame, quickInput } from './workbench.mjs';

/** Text of the active editor as it is drawn; the editor draws spaces as no-break spaces. */
const shownText = async page => (await page.locator('.editor-instance .view-lines').first().innerText()).replaceAll('\u00a0', ' ');

async function until(what, ask, limit = 30_000) {
  const end = Date.now() + limit;
  for (;;) {
    if (await ask()) return;
    if (Date.now() > end) throw new Error(`it did not come about that ${what}`);
    await new Promise(next => setTimeout(next, 150));
  }
}

/** Runs the checks; `check(name, run)` counts and reports each. */
export async function checkTuning(page, check) {
  await check('tuning starts at the function under the cursor, asks its tolerance, and shows formats and trade-offs', async () => {
    await openFile(page, 'finance.ts');
    await command(page, 'Go to Line/Column...', '8:3');
    await command(page, 'Roundoff: Tune Precision…');
    await page.locator('.quick-input-widget:visible', { hasText: 'Tune Precision of mean' }).waitFor();
    await quickInput(page, '0.02');
    await page.keyboard.press('Enter');
    const panel = panelFrame(page);
    await panel.locator('.summary', { hasText: /mean keeps its relative error at .* within 0\.02/ }).waitFor({ timeout: 90_000 });
    await panel.locator('#variables tbody tr', { hasText: 'sum' }).waitFor();
    await panel.locator('#pareto svg.plot').waitFor();
  });
  await check('its formats are written into the source as comments, and undo takes them back', async () => {
    const panel = panelFrame(page);
    await panel.locator('#write').click();
    await until('the comments are in the source', async () => /let \/\* @format \S+ \*\/ sum = 0/.test(await shownText(page)) && /\/\* @format \S+ \*\/ values: number\[\]/.test(await shownText(page)));
    await panel.locator('.hint', { hasText: 'Written into the source' }).waitFor();
    await panel.locator('#write').click();
    await page.waitForTimeout(500);
    if ((await shownText(page)).split('@format').length !== 3) throw new Error('writing twice changed the source twice');
    await panel.locator('#variables tr', { hasText: 'sum' }).locator('.link').click();
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+Z');
    await until('undo took the comments back', async () => !(await shownText(page)).includes('@format'));
  });
  await check('a long search shows its progress and is stopped from the panel', async () => {
    const panel = panelFrame(page);
    await panel.locator('.tuning-controls select').nth(1).selectOption('generated 128');
    await panel.locator('#tune').click();
    await panel.locator('#stop').click();
    await panel.locator('.notice', { hasText: 'The search was cancelled' }).waitFor();
    await page.locator('.editor-instance .view-lines').first().click();
    await command(page, 'File: Revert File').catch(() => {});
    await command(page, 'View: Close All Editors');
  });
  await check('expressiveness is decided for a known activation', async () => {
    await openFile(page, 'growth.ts');
    await command(page, 'Roundoff: Check Expressiveness…');
    await quickInput(page, 'sigmoid');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget:visible', { hasText: 'The grid Q(p, s)' }).waitFor();
    await quickInput(page, '1, 1');
    await page.keyboard.press('Enter');
    const panel = panelFrame(page);
    await panel.locator('.verdict', { hasText: 'on Q(1, 1) is not universal' }).waitFor({ timeout: 60_000 });
    await panel.locator('.facts', { hasText: 'missing values' }).waitFor();
    await command(page, 'View: Close All Editors');
  });
  await check('and for a function of the workspace', async () => {
    await openFile(page, 'activations.ts');
    await command(page, 'Go to Line/Column...', '3:12');
    await command(page, 'Roundoff: Check Expressiveness…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'leaky' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget:visible', { hasText: 'The grid Q(p, s)' }).waitFor();
    await page.keyboard.press('Enter');
    await panelFrame(page).locator('.verdict', { hasText: 'leaky on Q(3, 2) is universal' }).waitFor({ timeout: 60_000 });
    await command(page, 'View: Close All Editors');
  });
}
