/** What tests and pictures do to a workbench, in the words of its user. Selectors are those of VS Code 1.139. */

/** Opens a file of the folder by its name. */
export async function openFile(page, name) {
  await askQuickInput(page, 'Control+P', name);
  // The list is filtered a moment after the text: Enter takes what has the focus.
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Runs a command of the palette by its title; `then` is typed into what it asks. */
export async function command(page, title, then) {
  await askQuickInput(page, 'F1', `>${title}`);
  // The list is filtered a moment after the text, and lately used commands come before better matches: the row itself is clicked.
  const row = pattern => page.locator('.quick-input-list .monaco-list-row', { has: page.locator('.label-name', { hasText: pattern }) }).first();
  const escaped = title.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const exact = row(new RegExp(`^${escaped}$`));
  await (await exact.waitFor({ timeout: 5000 }).then(() => exact, () => row(new RegExp(escaped)))).click();
  if (then !== undefined) {
    await quickInput(page, then.startsWith(':') ? then : `:${then}`);
    await page.keyboard.press('Enter');
  }
}

/** Presses a key until the quick input is there: a workbench that still starts loses keys. */
async function openQuickInput(page, key) {
  const input = page.locator('.quick-input-widget:visible input.input').first();
  for (let attempt = 0; attempt < 20; attempt++) {
    await page.keyboard.press(key);
    if (await input.waitFor({ timeout: 1500 }).then(() => true, () => false)) return;
  }
  throw new Error(`the quick input did not open on ${key}`);
}

/** Opens the quick input and types into it. One that loses the focus at that moment closes and takes no text: it is opened again. */
async function askQuickInput(page, key, text) {
  for (let attempt = 1; ; attempt++) {
    await openQuickInput(page, key);
    if (await quickInput(page, text, 5000).then(() => true, error => { if (attempt === 4) throw error; return false; })) return;
    await page.keyboard.press('Escape');
  }
}

/** Replaces what is in the quick input. */
export async function quickInput(page, text, timeout = 30_000) {
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await input.waitFor({ timeout });
  await input.fill(text, { timeout });
}

/** Finds the simulation panel of a function by its heading, whichever of the open webviews it is in; a panel that moves or reloads is another webview. */
export function panelAbout(page, name, limit = 30_000) {
  return async () => {
    const end = Date.now() + limit;
    for (;;) {
      const frames = page.locator('iframe.webview.ready');
      for (let i = 0; i < await frames.count(); i++) {
        const inner = frames.nth(i).contentFrame().frameLocator('#active-frame');
        if (await frames.nth(i).isVisible().catch(() => false) && await inner.locator('h1', { hasText: new RegExp(`^${name}\\(`) }).count().catch(() => 0) > 0) return inner;
      }
      if (Date.now() > end) throw new Error(`there is no panel about ${name}`);
      await page.waitForTimeout(200);
    }
  };
}

/** Asks again and again until it is so. */
export async function waitUntil(what, ask, limit = 15_000) {
  const end = Date.now() + limit;
  while (!await ask()) {
    if (Date.now() > end) throw new Error(`it did not come about that ${what}`);
    await new Promise(next => setTimeout(next, 100));
  }
}

/** The document inside the webview that was opened last. */
export function panelFrame(page) {
  return page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame');
}
