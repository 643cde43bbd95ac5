// Everything: build, checks with unit tests, golden vectors, the panels in a browser, the suite inside a real VS Code. `npm test`
// The last line is `N passed, N failed` over all suites; the exit code is 0 only when none failed.
import { spawn, spawnSync } from 'node:child_process';
import { root } from './host.mjs';
import { check } from './check.mjs';
import { runVitest } from './vitest.mjs';

const suites = [
  ['build', () => count(spawnSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' }).status)],
  ['check', check],
  ['golden', () => runVitest('golden')],
  ['browser', () => counted('test/browser/run.mjs')],
  ['host', () => counted('test/host/run.mjs')],
];

let passed = 0;
let failed = 0;
for (const [name, run] of suites) {
  const begin = Date.now();
  console.log(`\n## ${name}\n`);
  const result = await run();
  passed += result.passed;
  failed += result.failed;
  console.log(`${name}: ${result.passed} passed, ${result.failed} failed in ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  if (name === 'build' && result.failed > 0) break;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function count(status) {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs a script that ends with a line `N passed, N failed`, showing its output as it comes. */
function counted(script) {
  return new Promise(answer => {
    const child = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ROUNDOFF_BUILT: '1' } });
    let last = '';
    child.stdout.on('data', chunk => { process.stdout.write(chunk); last = (last + chunk).slice(-4000); });
    child.on('close', code => {
      const counts = [...last.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
      const failures = counts ? Number(counts[2]) : 1;
      answer({ passed: counts ? Number(counts[1]) : 0, failed: code === 0 ? failures : Math.max(1, failures) });
    });
  });
}
