import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFile } from './workspace';

/** Titles of the open tabs that are webviews of ours. */
function panels(): string[] {
  return vscode.window.tabGroups.all.flatMap(group => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('roundoff.')).map(({ label }) => label);
}

describe('simulation', () => {
  afterEach(async () => { await vscode.commands.executeCommand('workbench.action.closeAllEditors'); });

  it('opens a panel for the function beside the editor, and the same one again', async () => {
    const document = await openFile('finance.ts');
    await vscode.commands.executeCommand('roundoff.simulateFunction', document.uri.toString(), 'mean');
    await eventually('the panel', () => panels().includes('Simulate mean'));
    await vscode.commands.executeCommand('roundoff.simulateFunction', document.uri.toString(), 'mean');
    await vscode.commands.executeCommand('roundoff.simulateFunction', document.uri.toString(), 'interest');
    await eventually('a second panel', () => panels().includes('Simulate interest'));
    assert.deepEqual(panels().sort(), ['Simulate interest', 'Simulate mean']);
  });

  it('opens the number format panel and the orders panel', async () => {
    await openFile('finance.ts');
    await vscode.commands.executeCommand('roundoff.showNumberFormat');
    await eventually('the number panel', () => panels().includes('Number Format'));
    await vscode.window.showTextDocument(await openFile('finance.ts'), vscode.ViewColumn.One);
    await vscode.commands.executeCommand('roundoff.exploreSummationOrders');
    await eventually('the orders panel', () => panels().includes('Summation Orders'));
  });

  it('opens an example as a document of its own', async () => {
    void vscode.commands.executeCommand('roundoff.openExample', 'softmax.ts');
    const document = await eventually('the example', () => vscode.window.activeTextEditor?.document.getText().includes('naiveSoftmax') ? vscode.window.activeTextEditor.document : undefined);
    assert.equal(document.isUntitled, true);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('shows the page of a hazard', async () => {
    await vscode.commands.executeCommand('roundoff.explainHazard', 'exp-minus-one');
    await eventually('the preview', () => vscode.window.tabGroups.all.flatMap(group => group.tabs).some(({ label }) => label.includes('exp-minus-one')));
  });
});
