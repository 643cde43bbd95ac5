import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';
import { startServer } from '../../scripts/host.mjs';

/**
 * A VS Code server with a headless Chromium on it. `page` is the workbench; `exit` resolves to 0 or 1 when a suite named by `tests` has ended.
 * @param {Parameters<typeof startServer>[0] & {viewport?: {width: number, height: number}}} options
 */
export async function openWorkbench({ viewport = { width: 1400, height: 900 }, ...options }) {
  const server = await startServer(options);
  let browser;
  // The server first: it is in a process group of its own and would outlive a runner that is killed while the browser closes.
  const stop = async () => { server.stop(); await browser?.close().catch(() => {}); };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { void stop().then(() => process.exit(130)); });
  try {
    browser = await chromium.launch({ executablePath: await findChromium(), headless: true, args: chromiumFlags });
    const context = await browser.newContext({ viewport });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => {});
    const page = await context.newPage();
    const exit = new Promise(answer => { void page.exposeFunction('codeAutomationExit', answer); });
    await page.exposeFunction('codeAutomationLog', (type, args) => { if (process.env.VERBOSE) console.error(`{${type}}`, ...args); });
    await page.goto(server.address);
    await page.locator('.monaco-workbench .explorer-folders-view').first().waitFor({ timeout: 60_000 });
    return { ...server, page, exit, stop };
  } catch (error) { await stop(); throw error; }
}
