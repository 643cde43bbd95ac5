// Types, lint, import rules and unit tests: what must be green before every commit. `npm run check`
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './host.mjs';
import { runVitest } from './vitest.mjs';

/** Runs the checks and answers how many passed and failed; each of types and lint counts as one. Lint runs beside the types: each of them uses one core. */
export async function check() {
  const bin = name => join(root, 'node_modules', name);
  const steps = [
    ['types', bin('typescript/bin/tsc'), '-p', '.'],
    ...(existsSync(join(root, 'webview/tsconfig.json')) ? [['types of the panels', bin('typescript/bin/tsc'), '-p', 'webview']] : []),
    ['lint', bin('eslint/bin/eslint.js'), '--cache', '--cache-location', 'out/eslint', 'src', 'webview', 'test', 'scripts', '*.mjs'],
  ];
  const inTurn = async some => { const results = []; for (const step of some) results.push(await run(step)); return results; };
  const results = (await Promise.all([inTurn(steps.slice(0, -1)), inTurn(steps.slice(-1))])).flat();
  const passed = results.filter(Boolean).length;
  const failed = results.length - passed;
  const unit = runVitest('unit', '--maxWorkers=100%');
  return { passed: passed + unit.passed, failed: failed + unit.failed };
}

/** One step in a process of its own; what it prints comes when it has ended, so that steps do not mix. */
function run([name, ...command]) {
  const begin = Date.now();
  return new Promise(done => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output += data; });
    child.on('close', status => {
      process.stdout.write(`${output}${status === 0 ? 'passed' : 'FAILED'}: ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)\n`);
      done(status === 0);
    });
  });
}

if (process.argv[1] === import.meta.filename) {
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
