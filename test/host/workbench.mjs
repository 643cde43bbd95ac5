/** What tests and pictures do to a workbench, in the words of its user. Selectors are those of VS Code 1.139. */

/** Opens a file of the folder by its name. */
export async function openFile(page, name) {
  await openQuickInput(page, 'Control+P');
  await quickInput(page, name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Runs a command of the palette by its title; `then` is typed into what it asks. */
export async function command(page, title, then) {
  await openQuickInput(page, 'F1');
  await quickInput(page, `>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
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

/** Replaces what is in the quick input. */
export async function quickInput(page, text) {
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await input.waitFor();
  await input.fill(text);
}

/** The document inside the webview that was opened last. */
export function panelFrame(page) {
  return page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame');
}
