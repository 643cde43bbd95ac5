// The simulation panel as a person uses it inside VS Code: from lens to panel and back to the source, saving, cancelling, moving, reloading, several at once.
import { command, openFile, panelAbout, waitUntil } from './workbench.mjs';

/** Runs the checks on a workbench with the folder test/host/workspace. */
export async function checkPanels(page, check) {
  const variance = panelAbout(page, 'variance');
  const show = async file => { await page.keyboard.press('Control+1'); await openFile(page, file); };
  const goTo = async (file, line, column = 1) => { await show(file); await command(page, 'Go to Line/Column...', `${line}:${column}`); };
  const activeLine = async () => Number(await page.locator('.editor-instance .line-numbers.active-line-number').first().innerText());
  const selects = async line => await activeLine() === line && await page.locator('.editor-instance .selected-text').count() > 0;

  await check('the lens above a function opens its panel with the result', async () => {
    await show('stats.ts');
    await page.locator('.codelens-decoration a', { hasText: 'Simulate variance' }).first().click({ timeout: 60_000 });
    await (await variance()).locator('.summary', { hasText: /In \S+ the result is/ }).waitFor({ timeout: 60_000 });
    await (await variance()).locator('.chips .chip', { hasText: /^fp16$/ }).click();
  });
  await check('the cursor in the editor selects in the panel', async () => {
    for (const line of [7, 10]) {
      await goTo('stats.ts', line, 6);
      await (await variance()).locator(`.line.selected[data-line="${line}"]`).waitFor();
    }
    await (await variance()).locator('.flow-graph .node.selected').waitFor();
  });
  await check('a click on code, on a node and on “source” in the panel reveals each in the editor', async () => {
    const panel = await variance();
    await panel.locator('.line[data-line="6"] [data-site]').first().click();
    await waitUntil('line 6 is selected', () => selects(6));
    await panel.locator('.flow-graph .node', { hasText: 'squares += x * x' }).click();
    await waitUntil('line 7 is selected', () => selects(7));
    await panel.locator('.line[data-line="10"] [data-site]').last().hover();
    await panel.locator('.line[data-line="9"] [data-site]').first().click();
    await waitUntil('line 9 is selected', () => selects(9));
  });
  await check('“why?” leads from the result to the operation where most error is born', async () => {
    const panel = await variance();
    await panel.locator('.flow-graph .node[tabindex="0"]').press('End');
    await panel.locator('.flow-graph .result-node').press('w');
    const shares = await panel.locator('.line').evaluateAll(lines => lines.map(line => ({ line: Number(line.dataset.line), share: parseInt(line.querySelector('.share-text').textContent) || 0 })));
    const named = shares.sort((a, b) => b.share - a.share)[0].line;
    await panel.locator(`.line.selected[data-line="${named}"]`).waitFor();
    await panel.locator('.flow-graph .node[tabindex="0"]').press('Enter');
    await waitUntil(`line ${named} has the cursor`, async () => await activeLine() === named);
  });
  await check('typing marks the panel as older than the code; saving runs again', async () => {
    await goTo('stats.ts', 3, 14);
    await page.keyboard.type(' + 0.25');
    const panel = await variance();
    await panel.locator('.flag', { hasText: 'changed since' }).waitFor();
    await page.keyboard.press('Control+S');
    await panel.locator('.line[data-line="3"]', { hasText: '0 + 0.25' }).waitFor({ timeout: 60_000 });
    await panel.locator('.flag', { hasText: 'changed since' }).waitFor({ state: 'detached' });
  });
  await check('with “on save” off, saving leaves the last run', async () => {
    const panel = await variance();
    await panel.locator('vscode-checkbox', { hasText: 'on save' }).click();
    await goTo('stats.ts', 3, 21);
    await page.keyboard.type(' + 0.5');
    await page.keyboard.press('Control+S');
    await panel.locator('.flag', { hasText: 'changed since' }).waitFor();
    await page.waitForTimeout(2500);
    if (await panel.locator('.line[data-line="3"]', { hasText: '0.5' }).count() > 0) throw new Error('the panel ran all the same');
    await panel.locator('vscode-checkbox', { hasText: 'on save' }).click();
    await panel.locator('#run').click();
    await panel.locator('.line[data-line="3"]', { hasText: '0.25 + 0.5' }).waitFor({ timeout: 60_000 });
  });
  await check('a comparison outlives a change of tabs', async () => {
    const panel = await variance();
    await panel.locator('.controls vscode-button', { hasText: 'compare' }).click();
    await goTo('stats.ts', 9, 1);
    const added = '  squares *= 1.5;';
    await page.keyboard.type(added);
    await page.keyboard.press('Control+S');
    await panel.locator('.compare-table .half.now', { hasText: 'squares *= 1.5;' }).waitFor({ timeout: 60_000 });
    await page.locator('.tab', { hasText: 'Simulate variance' }).click();
    await openFile(page, 'finance.ts');
    await page.locator('.tab', { hasText: 'Simulate variance' }).click();
    await (await variance()).locator('.compare-table .half.now', { hasText: 'squares *= 1.5;' }).waitFor({ timeout: 30_000 });
    await (await variance()).locator('.compare vscode-button[aria-label="Stop comparing"]').click();
    await page.locator('.tab', { hasText: 'finance.ts' }).click({ button: 'middle' });
    await goTo('stats.ts', 9, 1);
    // How much one undo takes back depends on how fast the keys came.
    for (let i = 0; i < added.length; i++) await page.keyboard.press('Delete');
    await page.keyboard.press('Control+S');
    await (await variance()).locator('.line[data-line="9"]', { hasText: 'const mean' }).waitFor({ timeout: 60_000 });
  });
  await check('several panels live side by side, each with its own function', async () => {
    await show('stats.ts');
    await page.locator('.codelens-decoration a', { hasText: 'Simulate norm' }).first().click();
    await (await panelAbout(page, 'norm')()).locator('.summary', { hasText: /^In \S+/ }).waitFor({ timeout: 60_000 });
    await page.locator('.tab', { hasText: 'Simulate variance' }).click();
    await (await variance()).locator('.summary', { hasText: /^In \S+/ }).waitFor();
    await page.locator('.tab', { hasText: 'Simulate norm' }).click();
    await (await panelAbout(page, 'norm')()).locator('.code-lines', { hasText: 'Math.sqrt(x * x + y * y)' }).waitFor();
    await page.locator('.tab', { hasText: 'Simulate norm' }).click({ button: 'middle' });
    await page.locator('.tab', { hasText: 'Simulate norm' }).waitFor({ state: 'detached' });
  });
  await check('a panel that is moved to another group keeps its format, plot and selection', async () => {
    await page.locator('.tab', { hasText: 'Simulate variance' }).click();
    const panel = await variance();
    await panel.locator('.chips .chip', { hasText: /^bf16$/ }).click();
    await panel.locator('#tab-values').click();
    await panel.locator('.line[data-line="7"] [data-site]').first().click();
    await page.waitForTimeout(500);
    await page.locator('.tab', { hasText: 'Simulate variance' }).click();
    await command(page, 'View: Move Editor into Right Group');
    await stateIsKept(await variance());
  });
  await check('and so does one that is restored after the window was reloaded', async () => {
    // Not the browser's reload, which does not wait until the workbench has stored its state.
    const loaded = page.waitForEvent('domcontentloaded', { timeout: 60_000 });
    await command(page, 'Developer: Reload Window');
    await loaded;
    await page.locator('.tab', { hasText: 'Simulate variance' }).waitFor({ timeout: 60_000 });
    const panel = await variance();
    await panel.locator('.summary', { hasText: /^In \S+/ }).waitFor({ timeout: 90_000 });
    await stateIsKept(panel);
    await command(page, 'View: Close All Editors');
  });
  await check('a run without an end is cancelled by its button, and the next one is served', async () => {
    await show('slow.ts');
    await page.locator('.codelens-decoration a', { hasText: 'Simulate endless' }).first().click({ timeout: 60_000 });
    const panel = await panelAbout(page, 'endless')();
    await panel.locator('#cancel').click({ timeout: 30_000 });
    await panel.locator('.state.cancelled, .notice.cancelled').waitFor({ timeout: 15_000 });
    await panel.getByText('Run again').click();
    await panel.locator('#cancel').click();
    await panel.locator('.state.cancelled, .notice.cancelled').waitFor({ timeout: 15_000 });
    await command(page, 'View: Close All Editors');
  });
  await check('a long run arrives as a summary, and other formats follow when they are looked at', async () => {
    await show('long.ts');
    await page.locator('.codelens-decoration a', { hasText: 'Simulate filtered' }).first().click({ timeout: 60_000 });
    const panel = await panelAbout(page, 'filtered')();
    await panel.locator('.summary', { hasText: /^In \S+/ }).waitFor({ timeout: 120_000 });
    for (const format of ['bf16', 'fp8-e5m2', 'fp32']) {
      await panel.locator('.chips .chip', { hasText: new RegExp(`^${format}$`) }).click();
      await panel.locator('.summary', { hasText: new RegExp(`^In ${format} `) }).waitFor();
      await panel.locator('.flow-graph .flow-link').first().waitFor({ state: 'attached', timeout: 15_000 });
      await panel.locator('.slider output', { hasText: /12,000/ }).waitFor();
    }
    await command(page, 'View: Close All Editors');
  });
}

async function stateIsKept(panel) {
  await panel.locator('.chips .chip.shown', { hasText: /^bf16$/ }).waitFor({ timeout: 60_000 });
  await panel.locator('#tab-values[aria-selected="true"]').waitFor();
  await panel.locator('.line.selected[data-line="7"]').waitFor();
}
