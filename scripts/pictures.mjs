// Takes the pictures of the README from the real product: the packaged extension in a real VS Code. `npm run pictures`
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../test/host/browser.mjs';
import { command, openFile, panelFrame, quickInput } from '../test/host/workbench.mjs';
import { root } from './host.mjs';
import { packExtension } from './package.mjs';

const target = join(root, 'media/pictures');
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
/** The naive variance of the gallery, and the two passes that take its place in the comparison. */
const betterVariance = [/  for \(const x of xs\) \{\n    sum \+= x;\n    squares \+= x \* x;\n  \}\n  const mean = sum \/ xs\.length;\n  return squares \/ xs\.length - mean \* mean;\n/,
  '  for (const x of xs) sum += x;\n  const mean = sum / xs.length;\n  for (const x of xs) squares += (x - mean) * (x - mean);\n  return squares / xs.length;\n'];
mkdirSync(target, { recursive: true });

const workspace = mkdtempSync(join(tmpdir(), 'roundoff-pictures-'));
cpSync(join(root, 'media/gallery'), workspace, { recursive: true });
cpSync(join(root, 'test/host/workspace/growth.ts'), join(workspace, 'growth.ts'));
cpSync(join(root, 'test/host/workspace/filter.ts'), join(workspace, 'filter.ts'));
const { path } = packExtension();
for (const [name, theme] of Object.entries(themes)) {
  const host = await openWorkbench({
    workspace, vsix: path, viewport: { width: 1500, height: 920 },
    settings: { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false, 'editor.hover.delay': 100, 'editor.minimap.enabled': false, 'workbench.activityBar.location': 'hidden', 'breadcrumbs.enabled': false, 'editor.fontSize': 13 },
  });
  const { page } = host;
  const picture = async (what, clip) => {
    await page.mouse.move(2, 2);
    await page.screenshot({ path: join(target, `${what}-${name}.png`), clip });
    console.log(`media/pictures/${what}-${name}.png`);
  };
  try {
    await openFile(page, 'growth.ts');
    await command(page, 'View: Toggle Primary Side Bar Visibility');
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 90_000 });
    await pictureOfHover(page, join(target, `hover-${name}.png`));
    console.log(`media/pictures/hover-${name}.png`);
    await openFile(page, 'variance.ts');
    await page.locator('.codelens-decoration a', { hasText: 'Simulate naiveVariance' }).first().click({ timeout: 90_000 });
    await panelFrame(page).locator('body', { hasText: /% of the error|instead of/ }).waitFor({ timeout: 90_000 });
    await page.waitForTimeout(1200);
    await picture('panel');
    if (name === 'dark') {
      await panelFrame(page).locator('.controls vscode-button', { hasText: 'compare' }).click();
      writeFileSync(join(host.folder, 'variance.ts'), readFileSync(join(workspace, 'variance.ts'), 'utf8').replace(...betterVariance));
      await panelFrame(page).locator('.flag', { hasText: 'changed since' }).waitFor();
      await panelFrame(page).locator('#run').click();
      await panelFrame(page).locator('.compare-table').waitFor({ timeout: 60_000 });
      await page.waitForTimeout(800);
      await picture('compare');
    }
    await command(page, 'View: Close All Editors');
    await openFile(page, 'variance.ts');
    await command(page, 'Roundoff: Show Number Format');
    await panelFrame(page).locator('body', { hasText: 'significand' }).waitFor();
    await page.waitForTimeout(800);
    await picture('number');
    await command(page, 'View: Close All Editors');
    await picturesOfTuning(page, picture);
  } finally { await host.stop(); }
}

rmSync(workspace, { recursive: true, force: true });

/** The finding's squiggle with the hover open over it. */
async function pictureOfHover(page, file) {
  const box = await page.locator('.squiggly-warning').first().boundingBox();
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'fp16' }).first();
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.mouse.move(box.x + box.width - 22, box.y + box.height - 8);
    if (await hover.waitFor({ timeout: 10_000 }).then(() => true, () => false)) break;
    await page.mouse.move(5, 5);
    await page.waitForTimeout(500);
  }
  await page.waitForTimeout(600);
  await page.screenshot({ path: file, clip: { x: 0, y: 0, width: 1240, height: 620 } });
}

/** The tuning panel with its formats written into the source, and the gallery. */
async function picturesOfTuning(page, picture) {
  await openFile(page, 'filter.ts');
  await command(page, 'Go to Line/Column...', '9:3');
  await command(page, 'Roundoff: Tune Precision…');
  await page.locator('.quick-input-widget:visible', { hasText: 'Tune Precision of smooth' }).waitFor();
  await quickInput(page, '0.005');
  await page.keyboard.press('Enter');
  await panelFrame(page).locator('#pareto svg.plot').waitFor({ timeout: 90_000 });
  await panelFrame(page).locator('#write').click();
  await panelFrame(page).locator('.hint', { hasText: 'Written into the source' }).waitFor();
  await page.waitForTimeout(1500);
  await picture('tuning');
  await page.locator('.editor-instance .view-lines').first().click();
  await command(page, 'File: Revert File');
  await command(page, 'View: Close All Editors');
  await command(page, 'Roundoff: Browse Examples');
  await panelFrame(page).locator('.card').nth(10).waitFor();
  await page.waitForTimeout(800);
  await picture('gallery');
  await command(page, 'View: Close All Editors');
}
