// Takes the pictures of the README from the real product: the packaged extension in a real VS Code. `npm run pictures`
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from '../test/host/browser.mjs';
import { command, openFile, panelFrame } from '../test/host/workbench.mjs';
import { root } from './host.mjs';
import { packExtension } from './package.mjs';

const target = join(root, 'media/pictures');
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
mkdirSync(target, { recursive: true });

const { path } = packExtension();
for (const [name, theme] of Object.entries(themes)) {
  const host = await openWorkbench({
    workspace: join(root, 'media/gallery'), vsix: path, viewport: { width: 1500, height: 920 },
    settings: { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false, 'editor.hover.delay': 100, 'editor.minimap.enabled': false, 'workbench.activityBar.location': 'hidden', 'breadcrumbs.enabled': false, 'editor.fontSize': 13 },
  });
  const { page } = host;
  const picture = async (what, clip) => {
    await page.mouse.move(2, 2);
    await page.screenshot({ path: join(target, `${what}-${name}.png`), clip });
    console.log(`media/pictures/${what}-${name}.png`);
  };
  try {
    await openFile(page, 'variance.ts');
    await command(page, 'View: Toggle Primary Side Bar Visibility');
    await command(page, 'Notifications: Clear All Notifications');
    await page.locator('.squiggly-warning, .squiggly-info').first().waitFor();
    await pictureOfHover(page, join(target, `hover-${name}.png`));
    console.log(`media/pictures/hover-${name}.png`);
    await page.locator('.codelens-decoration a', { hasText: 'Simulate naiveVariance' }).first().click();
    await panelFrame(page).locator('body', { hasText: /% of the error|instead of/ }).waitFor();
    await page.waitForTimeout(1200);
    await picture('panel');
    await command(page, 'View: Close All Editors');
    await openFile(page, 'variance.ts');
    await command(page, 'Roundoff: Show Number Format');
    await panelFrame(page).locator('body', { hasText: 'significand' }).waitFor();
    await page.waitForTimeout(800);
    await picture('number');
  } finally { await host.stop(); }
}

/** The finding's squiggle with the hover open over it. */
async function pictureOfHover(page, file) {
  const squiggle = page.locator('.squiggly-warning, .squiggly-info').first();
  const box = await squiggle.boundingBox();
  await page.mouse.move(box.x + Math.min(60, box.width / 2), box.y + box.height / 2);
  await page.locator('.monaco-hover:not(.hidden)', { hasText: 'fp16' }).first().waitFor();
  await page.waitForTimeout(400);
  await page.screenshot({ path: file });
}
