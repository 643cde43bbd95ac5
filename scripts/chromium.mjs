import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags that a headless Chromium needs in a container and without a network; `--host-resolver-rules` keeps it on this machine. */
export const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

/**
 * Path of a Chromium to test with: `$CHROMIUM`, else a Chromium or Chrome on the PATH, else the one inside `@sparticuz/chromium` (Linux x64), else
 * the one that Playwright installed. Throws one sentence when there is none.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const asked = process.env.CHROMIUM;
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new Error(`CHROMIUM names ${asked}, which does not exist; point it at a Chromium or Chrome, or unset it.`);
  }
  return onPath() ?? await fromSparticuz() ?? await fromPlaywright() ?? fail();
}

function onPath() {
  const names = process.platform === 'win32' ? ['chrome.exe', 'msedge.exe'] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (folder && existsSync(join(folder, name))) return join(folder, name);
  }
  return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'].find(existsSync);
}

/** An optional dependency that carries a headless shell in its npm package and unpacks it into the temporary folder. */
async function fromSparticuz() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const path = await chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch { return undefined; }
}

async function fromPlaywright() {
  try {
    const { chromium } = await import('playwright-core');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch { return undefined; }
}

function fail() {
  throw new Error('No Chromium was found; install Chromium or Chrome, set CHROMIUM to its path, or install the optional dependency @sparticuz/chromium.');
}
