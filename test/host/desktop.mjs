// The suite of test/host/suite inside desktop VS Code, which @vscode/test-electron downloads. `npm run test:desktop`
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from '../../scripts/host.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'roundoff-desktop-'));
try {
  if (!process.env.ROUNDOFF_BUILT) execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  const workspace = join(scratch, 'workspace');
  cpSync(join(root, 'test/host/workspace'), workspace, { recursive: true });
  const executable = await downloadAndUnzipVSCode({ version: process.env.VSCODE_VERSION ?? 'stable', reporter: { report: () => {}, error: () => {} } }).catch(error => {
    throw new Error(`Desktop VS Code could not be downloaded (${String(error.message ?? error).split('\n')[0]}); check that update.code.visualstudio.com can be reached, or run npm run test:host.`);
  });
  const log = join(scratch, 'test.log');
  try {
    await runTests({ vscodeExecutablePath: executable, extensionDevelopmentPath: root, extensionTestsPath: join(root, 'out/host/index'),
      extensionTestsEnv: { TEST_LOG: log }, launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'] });
  } finally { if (existsSync(log)) process.stdout.write(readFileSync(log, 'utf8')); }
} catch (error) {
  console.error(error.message ?? String(error));
  process.exitCode = 1;
} finally { rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); }
