import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './host.mjs';

/** Runs one vitest project and answers its counts; a run that leaves no result, or ends badly without a failed test, counts as one failure. */
export function runVitest(project, ...options) {
  const result = join(root, 'out', `vitest-${project}.json`);
  mkdirSync(join(root, 'out'), { recursive: true });
  rmSync(result, { force: true });
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project,
    '--reporter=default', '--reporter=json', `--outputFile=${result}`, ...options], { cwd: root, stdio: 'inherit' });
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(result, 'utf8'));
    return { passed: numPassedTests, failed: status === 0 ? numFailedTests : Math.max(1, numFailedTests) };
  } catch { return { passed: 0, failed: 1 }; }
}
