import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Called in the extension host, by our own runner in a VS Code server and by @vscode/test-electron on the desktop alike. Rejects when a test failed. */
export async function run(): Promise<void> {
  const log = process.env.TEST_LOG;
  (Mocha.reporters.Base as unknown as { consoleLog: (...text: unknown[]) => void }).consoleLog = (...text) => {
    if (log) appendFileSync(log, format(...text) + '\n'); else console.log(...text);
  };
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, slow: 20_000, reporter: 'spec', grep: process.env.TEST_GREP });
  for (const file of readdirSync(__dirname).filter(name => name.endsWith('.test.js')).sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>(answer => { mocha.run(answer); });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
