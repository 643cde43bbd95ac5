// The panels in a real Chromium, with reports that the simulator made a moment ago. `npm run test:browser [-- part-of-a-name]`
import { spawnSync } from 'node:child_process';
import { root, startPanels } from './harness.mjs';
import { makeReports } from './reports.mjs';
import { runAll } from './runner.mjs';
import './suites/simulation.mjs';
import './suites/linking.mjs';
import './suites/controls.mjs';
import './suites/states.mjs';
import './suites/formats.mjs';
import './suites/orders.mjs';
import './suites/tuning.mjs';
import './suites/gallery.mjs';
import './suites/report-page.mjs';
import './suites/layout.mjs';
import './suites/accessibility.mjs';
import './suites/large.mjs';
import './suites/endurance.mjs';

if (!process.env.ROUNDOFF_BUILT) {
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}
let panels;
try {
  const reports = await makeReports();
  panels = await startPanels();
  process.exitCode = await runAll({ panels, reports }, process.argv[2]) === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await panels?.stop();
}
