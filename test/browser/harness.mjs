import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';

export const root = resolve(import.meta.dirname, '../..');

/** The four themes that every panel must be right in: token values as a VS Code webview receives them. */
export const themes = ['dark', 'light', 'hc-dark', 'hc-light'];

const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/*
 * A panel as VS Code shows it, without VS Code: the same bundles, the same Content-Security-Policy, the theme's tokens on the root element, and an
 * `acquireVsCodeApi` that keeps state and collects what the panel posts in `window.posted`. Messages to the panel are posted to its window, as VS Code does.
 */
export async function startPanels() {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const answer = (type, body, headers = {}) => { response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers }); response.end(body); };
    try {
      if (url.pathname.startsWith('/panel/')) {
        const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'nonce-panel'";
        return answer('text/html', pageOf(url.pathname.slice(7), url.searchParams.get('theme') ?? 'dark'), { 'content-security-policy': policy });
      }
      if (url.pathname === '/editor.js') return answer('text/javascript', editor);
      if (url.pathname.startsWith('/theme/')) return answer('text/css', themeCss(url.pathname.slice(7, -4)));
      const path = join(root, 'dist/webview', url.pathname.replaceAll('..', ''));
      return answer(types[extname(path)] ?? 'application/octet-stream', readFileSync(path));
    } catch { response.writeHead(404); response.end(); }
  });
  await new Promise(listening => { server.listen(0, '127.0.0.1', listening); });
  const browser = await chromium.launch({ executablePath: await findChromium(), headless: true, args: chromiumFlags });
  const address = `http://127.0.0.1:${server.address().port}`;
  return { address, browser, open: options => openPanel(browser, address, options), stop: async () => { await browser.close(); server.close(); } };
}

/**
 * Opens one panel and posts `messages` to it once it is ready.
 * @param {{kind?: string, theme?: string, width?: number, height?: number, scale?: number, messages?: object[], state?: object, reducedMotion?: boolean, answer?: (message: object) => object[], bypassPolicy?: boolean}} options
 *   `answer`: what the host says to a message of the panel; a list of messages, possibly empty.
 *   `bypassPolicy`: lets a test add a style of its own.
 *   `scale`: zoom of the page; at 2 a window of the same pixels holds half as many CSS pixels, as with the editor's own zoom.
 */
async function openPanel(browser, address, { kind = 'simulation', theme = 'dark', width = 1400, height = 1000, scale = 1, messages = [], state = null, reducedMotion = false, answer, bypassPolicy = false }) {
  const context = await browser.newContext({ viewport: { width: Math.round(width / scale), height: Math.round(height / scale) }, deviceScaleFactor: scale, reducedMotion: reducedMotion ? 'reduce' : 'no-preference', bypassCSP: bypassPolicy });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', error => problems.push(`error: ${error.message}`));
  page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`); });
  await page.addInitScript(initial => { window.initialState = initial; }, state);
  if (answer) await page.exposeFunction('hostAnswers', answer);
  await page.goto(`${address}/panel/${kind}?theme=${theme}`);
  await page.waitForFunction(() => window.posted.some(m => m.type === 'ready'));
  const send = async (...list) => { await page.evaluate(data => { for (const message of data) window.postMessage(message, '*'); }, list); await settle(page); };
  await send(...messages);
  return { page, problems, send, posted: () => page.evaluate(() => window.posted), close: () => context.close() };
}

/** Gives an open panel the tokens of another theme, as the editor does when the theme changes. */
export async function useTheme(page, theme) {
  await page.evaluate(([name, className]) => new Promise(done => {
    const link = document.querySelector('link[href^="/theme/"]');
    const next = link.cloneNode();
    next.href = `/theme/${name}.css`;
    next.onload = () => { link.remove(); document.body.className = className; done(); };
    link.after(next);
  }), [theme, bodyClass[theme]]);
  await settle(page);
}

/** Waits until the panel has drawn what it was told. */
export async function settle(page) {
  await page.evaluate(() => new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))); }));
}

const bodyClass = { dark: 'vscode-dark', light: 'vscode-light', 'hc-dark': 'vscode-high-contrast', 'hc-light': 'vscode-high-contrast vscode-high-contrast-light' };

function pageOf(kind, theme) {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Roundoff</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/theme/${theme}.css"><link rel="stylesheet" href="/${kind}.css"></head>
<body class="${bodyClass[theme]}"><main id="root"></main><script nonce="panel" src="/editor.js"></script><script nonce="panel" src="/${kind}.js"></script></body></html>`;
}

const editor = `window.posted = []; window.violations = [];
document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.sourceFile + ':' + e.lineNumber));
let state = window.initialState;
window.acquireVsCodeApi = () => ({ postMessage: m => { window.posted.push(JSON.parse(JSON.stringify(m))); window.hostAnswers?.(m).then(list => { for (const reply of list) window.postMessage(reply, '*'); }); }, getState: () => state, setState: s => { state = window.stored = JSON.parse(JSON.stringify(s)); } });`;

function themeCss(name) {
  const tokens = JSON.parse(readFileSync(join(root, 'webview/themes', `${name}.json`), 'utf8'));
  return `:root {\n${Object.entries(tokens).map(([token, value]) => `  ${token}: ${value};`).join('\n')}\n}\n`;
}
