// The suite of test/host/suite inside a real VS Code, then the checks of its user interface. `node test/host/run.mjs [suite|ui]`; with ROUNDOFF_BUILT set
// what the last build left is tested.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/host.mjs';
import { openWorkbench } from './browser.mjs';

/** Milliseconds that the suite may take in all. */
const limit = Number(process.env.HOST_TIMEOUT_MS ?? 300_000);
const workspace = join(root, 'test/host/workspace');
const asked = process.argv[2];

if (!process.env.ROUNDOFF_BUILT) execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });

let passed = 0;
let failed = 0;
if (asked !== 'ui') {
  const result = await runSuite();
  passed += result.passed;
  failed += result.failed;
}
if (asked !== 'suite' && existsSync(join(root, 'test/host/ui.mjs'))) {
  const { runUi } = await import('./ui.mjs');
  const result = await runUi();
  passed += result.passed;
  failed += result.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function runSuite() {
  const host = await openWorkbench({ workspace, tests: join(root, 'out/host/index') });
  let seen = '';
  const read = () => {
    const text = existsSync(join(host.scratch, 'test.log')) ? readFileSync(join(host.scratch, 'test.log'), 'utf8') : '';
    process.stdout.write(text.slice(seen.length));
    seen = text;
  };
  const timer = setInterval(read, 300);
  const code = await Promise.race([host.exit, new Promise(answer => { setTimeout(answer, limit, 'timeout').unref(); })]);
  clearInterval(timer);
  read();
  if (code === 'timeout') console.log(`The suite did not end within ${limit / 1000} s.\n${host.log()}`);
  await host.stop();
  const count = word => Number(new RegExp(`(\\d+) ${word}`).exec(seen)?.[1] ?? 0);
  // A suite that reported nothing, or ended in a way that it did not report, has failed.
  const failures = count('failing');
  return { passed: count('passing'), failed: failures > 0 ? failures : code === 0 && count('passing') > 0 ? 0 : 1 };
}
