// Types, lint, import rules and unit tests: what must be green before every commit. `npm run check`
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './host.mjs';
import { runVitest } from './vitest.mjs';

/** Runs the checks and answers how many passed and failed; each of types and lint counts as one. */
export function check() {
  const bin = name => join(root, 'node_modules', name);
  const steps = [
    ['types', bin('typescript/bin/tsc'), '-p', '.'],
    ...(existsSync(join(root, 'webview/tsconfig.json')) ? [['types of the panels', bin('typescript/bin/tsc'), '-p', 'webview']] : []),
    ['lint', bin('eslint/bin/eslint.js'), '--cache', '--cache-location', 'out/eslint', 'src', 'webview', 'test', 'scripts', '*.mjs'],
  ];
  let passed = 0;
  let failed = 0;
  for (const [name, ...command] of steps) {
    const begin = Date.now();
    const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
    console.log(`${status === 0 ? 'passed' : 'FAILED'}: ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
    if (status === 0) passed++; else failed++;
  }
  const unit = runVitest('unit');
  return { passed: passed + unit.passed, failed: failed + unit.failed };
}

if (process.argv[1] === import.meta.filename) {
  const { passed, failed } = check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
