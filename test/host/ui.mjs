// Checks of the user interface, by hand of a browser: what a person sees and clicks. The packaged extension is installed as from the marketplace, so this
// also proves that the package works. Screenshots of failures are left in out/.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packExtension } from '../../scripts/package.mjs';
import { root } from '../../scripts/host.mjs';
import { openWorkbench } from './browser.mjs';
import { checkPanels } from './panels.mjs';
import { checkTuning } from './tuning.mjs';
import { diagnosticsInWorker } from './worker.mjs';
import { command, openFile, panelFrame, quickInput } from './workbench.mjs';

/** Bytes that the extension's own bundle may have. */
const bundleLimit = 300_000;

export async function runUi() {
  const { path, size } = packExtension({ build: false });
  const host = await openWorkbench({ workspace: join(root, 'test/host/workspace'), vsix: path, settings: { 'editor.hover.delay': 100, 'workbench.colorTheme': 'Default Dark Modern' } });
  const { page } = host;
  current = page;
  let passed = 0;
  let failed = 0;
  const check = async (name, run) => {
    const begin = Date.now();
    try {
      const note = await run();
      console.log(`  ✔ ${name}${note ? `: ${note}` : ''} (${Date.now() - begin} ms)`);
      passed++;
    } catch (error) {
      failed++;
      console.log(`  ✘ ${name}\n    ${String(error.message ?? error).split('\n').slice(0, 12).join('\n    ')}`);
      mkdirSync(join(root, 'out'), { recursive: true });
      await current.screenshot({ path: join(root, `out/ui-${failed}.png`) }).catch(() => {});
    }
  };
  console.log('\n  user interface, from the package');
  try {
    await check('the package is small enough', () => `${(size / 1e6).toFixed(2)} MB`);
    await check('the extension’s own bundle is small enough', () => {
      const bytes = statSync(join(root, 'dist/extension.js')).size;
      if (bytes > bundleLimit) throw new Error(`${bytes} bytes`);
      return `${(bytes / 1000).toFixed(0)} kB (the language client that it loads afterwards: ${(statSync(join(root, 'dist/language-client.js')).size / 1000).toFixed(0)} kB)`;
    });
    await check('the server finds a hazard as a web worker too', async () => {
      const found = await diagnosticsInWorker('export const grown = (rate: number) => Math.exp(rate) - 1;\n');
      if (found[0]?.code !== 'exp-minus-one') throw new Error(JSON.stringify(found));
    });
    await check('a finding is underlined', async () => {
      await openFile(page, 'finance.ts');
      await page.locator('.squiggly-warning, .squiggly-info, .squiggly-hint, .squiggly-error').first().waitFor({ timeout: 60_000 });
    });
    await check('it is among the problems, with a code that opens the hazard’s page', async () => {
      await page.keyboard.press('Control+Shift+M');
      const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'exp-minus-one' });
      await row.first().waitFor();
      await row.first().locator('a.monaco-link', { hasText: 'exp-minus-one' }).click();
      const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await preview.locator('h1', { hasText: /./ }).first().waitFor();
      await page.keyboard.press('Control+Shift+M');
      await command(page, 'View: Close Editor');
    });
    await check('a hover tells range, error and formats', async () => {
      await openFile(page, 'finance.ts');
      await page.locator('.view-line span', { hasText: /^0\.1$/ }).last().hover();
      const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'fp16' }).first();
      await hover.waitFor({ timeout: 30_000 });
      await page.mouse.move(5, 5);
    });
    await check('the palette leads from function, formats and inputs to a panel that shows the result', async () => {
      await openFile(page, 'finance.ts');
      await command(page, 'Roundoff: Simulate Function…');
      await quickInput(page, 'mean');
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'fp16' }).first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'generated inputs' }).first().waitFor();
      await page.keyboard.press('Enter');
      const panel = panelFrame(page);
      await panel.locator('body', { hasText: 'fp16' }).waitFor({ timeout: 60_000 });
      await panel.locator('body', { hasText: /% of the error|keeps|instead of/ }).waitFor({ timeout: 60_000 });
    });
    await check('a click in the panel reveals the source', async () => {
      const panel = panelFrame(page);
      await panel.locator('[data-site]').first().click();
      await page.locator('.monaco-editor .selected-text').first().waitFor();
      await command(page, 'View: Close All Editors');
    });
    await check('the number format panel opens on the literal at the cursor', async () => {
      await openFile(page, 'finance.ts');
      await command(page, 'Go to Line/Column...', '13:23');
      await command(page, 'Roundoff: Show Number Format');
      const panel = panelFrame(page);
      await panel.locator('body', { hasText: 'significand' }).waitFor({ timeout: 30_000 });
      await command(page, 'View: Close All Editors');
    });
    await checkPanels(page, check);
    await checkTuning(page, check);
    // Times say something only beside each other: on a busy machine both are many times longer.
    await check('activation takes no longer than four times that of the built-in TypeScript extension, as VS Code measured both', async () => {
      await command(page, 'Developer: Show Running Extensions');
      const measured = async name => {
        const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: name }).first();
        await row.waitFor();
        return Number(/(\d+)\s*ms/.exec(await row.locator('.activation-time').innerText())?.[1]);
      };
      const [own, peer] = [await measured('Roundoff'), await measured('JavaScript and TypeScript Language Features')];
      if (!(own < 4 * peer)) throw new Error(`${own} ms against ${peer} ms`);
      return `${own} ms against ${peer} ms`;
    });
  } finally { await host.stop(); }
  await untrusted(path, check);
  return { passed, failed };
}

/** The page that a failing check takes its picture of. */
let current;

/** A workspace that is not trusted: analysis works, nothing runs. */
async function untrusted(vsix, check) {
  const host = await openWorkbench({ workspace: join(root, 'test/host/workspace'), vsix,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' } });
  const { page } = host;
  current = page;
  try {
    await check('in a workspace that is not trusted findings are shown all the same', async () => {
      await openFile(page, 'finance.ts');
      await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
    });
    await check('and a simulation waits, with a button to manage trust', async () => {
      await page.locator('.codelens-decoration a', { hasText: 'Simulate interest' }).first().click();
      const panel = panelFrame(page);
      await panel.locator('body', { hasText: 'waits until you trust the workspace' }).waitFor();
      await panel.getByText('Manage trust…').click();
      await page.locator('.workspace-trust-editor').waitFor();
    });
  } finally { await host.stop(); }
}
