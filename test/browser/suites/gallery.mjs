import assert from 'node:assert/strict';
import { settle } from '../harness.mjs';
import { galleryMessage } from '../gallery.mjs';
import { test } from '../runner.mjs';

const last = async (posted, type) => (await posted()).filter(m => m.type === type).at(-1);

test('gallery: every example is a card with its lesson, opened and simulated by name', async ({ open }) => {
  const message = galleryMessage();
  const { page, posted } = await open({ kind: 'gallery', messages: [message] });
  assert.equal(await page.locator('.card').count(), message.examples.length);
  assert.ok(message.examples.length >= 20, `${message.examples.length} examples`);
  for (const { title, lesson, file, simulate } of message.examples) {
    const card = page.locator('.card', { has: page.getByRole('heading', { name: title, exact: true }) });
    assert.ok((await card.innerText()).includes(lesson), title);
    assert.ok(await card.locator('.picture > *').count() > 0, `${title} has no picture`);
    await page.click(`[aria-label="Open ${title}"]`);
    assert.equal((await last(posted, 'open')).file, file);
    if (!simulate) continue;
    await page.click(`[aria-label="Simulate ${title}"]`);
    assert.equal((await last(posted, 'simulate')).file, file);
    for (const scheme of simulate.schemes) assert.ok((await card.locator('.chip').allInnerTexts()).includes(scheme), `${title}: ${scheme}`);
  }
});

test('gallery: the search narrows by any word of a card, and back', async ({ open }) => {
  const message = galleryMessage();
  const { page } = await open({ kind: 'gallery', messages: [message] });
  const search = page.locator('vscode-text-field input');
  const expected = words => message.examples.filter(e => words.every(w => [e.file, e.title, e.lesson, e.outcome, e.source, ...(e.simulate?.schemes ?? [])].join(' ').toLowerCase().includes(w))).map(e => e.title);
  for (const words of [['softmax'], ['fp16', 'overflow'], ['higham']]) {
    await search.fill(words.join(' '));
    await settle(page);
    assert.deepEqual(await page.locator('.card h2').allInnerTexts(), expected(words), words.join(' '));
    assert.match(await page.innerText('[role=status]'), new RegExp(`^${expected(words).length} of ${message.examples.length}$`));
  }
  await search.fill('no such lesson');
  await settle(page);
  assert.equal(await page.locator('.card').count(), 0);
  await page.click('.link:has-text("Show all")');
  await settle(page);
  assert.equal(await page.locator('.card').count(), message.examples.length);
});

test('gallery: before the examples come, and in a workspace that is not trusted', async ({ open }) => {
  const { page, send } = await open({ kind: 'gallery' });
  assert.match(await page.innerText('[role=status]'), /Reading/);
  await send({ type: 'examples', trusted: 'yes', examples: [] });
  assert.match(await page.innerText('[role=status]'), /Reading/);
  await send(galleryMessage({ trusted: false }));
  assert.match(await page.innerText('.problem'), /not trusted/);
});
