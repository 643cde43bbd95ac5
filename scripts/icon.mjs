// Renders media/icon.svg to media/icon.png (256 × 256), the form that the marketplace takes. `node scripts/icon.mjs`
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';
import { root } from './host.mjs';

const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
try {
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${readFileSync(join(root, 'media/icon.svg'), 'utf8')}`);
  await page.screenshot({ path: join(root, 'media/icon.png'), omitBackground: true });
} finally { await browser.close(); }
