import assert from 'node:assert/strict';
import { messagesFor } from '../reports.mjs';
import { test } from '../runner.mjs';

const last = async (posted, type) => (await posted()).filter(m => m.type === type).at(-1);
const context = { type: 'context', context: { trusted: true, functions: [], presets: [], formats: [], request: null, settings: { rerunOnSave: true }, stale: false } };
const status = (state, message = '', place = null, remedies = []) => ({ type: 'status', status: { state, message, place, remedies } });

const cases = [
  [status('empty'), /See where the error comes from/, 'Pick a function…', 'pickFunction'],
  [status('running'), /Simulating/, null, null],
  [status('failed', 'stats.ts:8:20 throws TypeError: xs is not iterable; check the inputs.', { file: '/w/stats.ts', line: 8, column: 20 }), /stats\.ts:8:20 throws/, 'Run again', 'run'],
  [status('cancelled'), /stopped before it finished/, 'Run again', 'run'],
  [status('untrusted'), /not trusted/, 'Trust this workspace…', 'trust'],
  [status('unsupported', 'stats.ts:3 uses a generator, which is not simulated; return an array instead.'), /generator/, 'Pick another function…', 'pickFunction'],
  [status('failed', 'It ran out of memory.', null, [{ title: 'Raise the limit', action: 'openSettings' }]), /out of memory/, 'Raise the limit', 'openSettings'],
];

for (const [message, text, button, action] of cases) {
  test(`states: ${message.status.state}${message.status.remedies.length ? ' with a remedy of its own' : ''}, before there is a report`, async ({ open }) => {
    const { page, posted } = await open({ messages: [context, message] });
    assert.match(await page.innerText('.state'), text);
    if (!button) return;
    await page.click(`.state vscode-button:has-text("${button}")`);
    assert.deepEqual((await last(posted, 'remedy'))?.remedy, action);
  });

  test(`states: ${message.status.state}${message.status.remedies.length ? ' with a remedy of its own' : ''}, above the last report`, async ({ open, reports }) => {
    const { page } = await open({ messages: [...messagesFor(reports.root), message] });
    assert.ok(await page.locator('.views').count() === 1, 'the last report is gone');
    if (message.status.state === 'empty' || message.status.state === 'running') return;
    assert.match(await page.innerText('.notice'), text);
  });
}

test('states: the place of a failure is a link', async ({ open }) => {
  const { page, posted } = await open({ messages: [context, cases[2][0]] });
  await page.click('.state .link');
  assert.equal((await last(posted, 'remedy')).remedy, 'revealProblem');
});

test('states: code that changed after the run is said to have changed', async ({ open, reports }) => {
  const { page } = await open({ messages: messagesFor(reports.root, { context: { stale: true } }) });
  assert.match(await page.innerText('.subject'), /changed since/);
});

test('states: an untrusted workspace cannot run', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.root, { context: { trusted: false } }) });
  await page.click('#run', { force: true });
  assert.equal(await last(posted, 'run'), undefined);
});
