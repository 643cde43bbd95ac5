import assert from 'node:assert/strict';

/*
 * The smallest runner that these tests need: tests run one after the other (two browsers at once would only slow each other down), every failure is shown
 * with its name, and the last line counts both.
 */
const tests = [];
let passed = 0;

/** Registers a test. `body` gets the panels of `harness.mjs` and the real reports of `reports.mjs`. */
export function test(name, body) {
  tests.push({ name, body });
}

/** Runs what was registered, those whose name contains `filter`. Returns the number of failures. */
export async function runAll(fixtures, filter = '') {
  let failed = 0;
  for (const { name, body } of tests.filter(t => t.name.includes(filter))) {
    const opened = [];
    const open = async options => { const panel = await fixtures.panels.open(options);
      const close = async () => { opened.splice(opened.indexOf(panel), 1); await assertQuiet(panel); await panel.close(); };
      opened.push(panel);
      return { ...panel, close };
    };
    try {
      await withLimit(body({ ...fixtures, open }), 120_000);
      for (const panel of opened) await assertQuiet(panel);
      passed++;
      console.log(`  ✓ ${name}`);
    } catch (error) {
      failed++;
      console.log(`  ✗ ${name}\n${indent(error instanceof Error ? error.stack ?? error.message : String(error))}`);
    }
    for (const panel of [...opened]) await panel.close().catch(() => {});
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}

/** A panel that broke the style policy, threw, or wrote a warning has failed, whatever it looked like. */
async function assertQuiet({ page, problems }) {
  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
}

function withLimit(promise, milliseconds) {
  let timer;
  const limit = new Promise((_, refuse) => { timer = setTimeout(() => refuse(new Error(`not finished after ${milliseconds / 1000} s`)), milliseconds); });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

function indent(text) {
  return text.split('\n').slice(0, 30).map(line => `      ${line}`).join('\n');
}
