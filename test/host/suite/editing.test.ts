import * as assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { codeOf, eventually, openFile, ourDiagnostics } from './workspace';

describe('while editing', () => {
  it('underlines what loses digits, with a code that links to the page', async () => {
    const document = await openFile('finance.ts');
    const found = await eventually('the finding exp-minus-one', () => ourDiagnostics(document.uri).find(diagnostic => codeOf(diagnostic) === 'exp-minus-one'));
    assert.equal(document.getText(found.range), 'Math.exp(rate * years) - 1');
    assert.ok(typeof found.code === 'object' && found.code.target.toString(true).includes('exp-minus-one'), 'the code has no link');
  });

  it('tells range and formats on hover', async () => {
    const document = await openFile('finance.ts');
    const at = document.positionAt(document.getText().indexOf('0.1') + 1);
    const text = await eventually('a hover with formats', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
      return hovers.flatMap(hover => hover.contents).map(content => typeof content === 'string' ? content : content.value).find(value => value.includes('fp16'));
    });
    assert.match(text, /0\.1000000000000000055511151231257827/);
    assert.match(text, /bf16/);
  });

  it('offers to simulate above numeric functions', async () => {
    const document = await openFile('finance.ts');
    const lenses = await eventually('code lenses', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
      const ours = all.filter(lens => lens.command?.command === 'roundoff.simulateFunction');
      return ours.length > 0 && ours;
    });
    assert.deepEqual(lenses.map(lens => lens.command?.arguments?.[1] as string), ['interest', 'mean']);
  });

  it('applies a quick fix, and the finding goes', async () => {
    const document = await openFile('finance.ts');
    const found = await eventually('the finding exp-minus-one', () => ourDiagnostics(document.uri).find(diagnostic => codeOf(diagnostic) === 'exp-minus-one'));
    const fix = await eventually('the quick fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range);
      return actions.find(action => action.edit && /expm1/.test(action.title));
    });
    assert.ok(await vscode.workspace.applyEdit(fix.edit ?? new vscode.WorkspaceEdit()), 'the edit was refused');
    assert.match(document.getText(), /return Math\.expm1\(rate \* years\);/);
    await eventually('the finding’s end', () => !ourDiagnostics(document.uri).some(diagnostic => codeOf(diagnostic) === 'exp-minus-one'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('never shows a finding of an older text', async () => {
    const document = await openFile('finance.ts');
    await eventually('findings', () => ourDiagnostics(document.uri).length > 0);
    for (let round = 0; round < 5; round++) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), `// ${round}\n`);
      await vscode.workspace.applyEdit(edit);
      await new Promise(next => setTimeout(next, 30));
    }
    const found = await eventually('the finding at its new place', () => ourDiagnostics(document.uri).find(diagnostic => codeOf(diagnostic) === 'exp-minus-one' && diagnostic.range.start.line === 7));
    assert.equal(document.getText(found.range), 'Math.exp(rate * years) - 1');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('analyses JavaScript and untitled documents too', async () => {
    for (const language of ['javascript', 'typescript', 'typescriptreact']) {
      const document = await vscode.workspace.openTextDocument({ language, content: 'export const grown = rate => Math.exp(rate) - 1;\n' });
      await vscode.window.showTextDocument(document);
      await eventually(`a finding in ${language}`, () => ourDiagnostics(document.uri).length > 0);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  it('follows the settings: off means nothing is shown', async () => {
    const document = await openFile('finance.ts');
    const settings = vscode.workspace.getConfiguration('roundoff');
    await eventually('findings', () => ourDiagnostics(document.uri).length > 0);
    await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
    await eventually('no findings', () => ourDiagnostics(document.uri).length === 0);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await settings.update('hazards', { 'exp-minus-one': 'error' }, vscode.ConfigurationTarget.Workspace);
    await eventually('an error', () => ourDiagnostics(document.uri).some(diagnostic => codeOf(diagnostic) === 'exp-minus-one' && diagnostic.severity === vscode.DiagnosticSeverity.Error));
    await settings.update('hazards', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('comes back after the server was restarted', async () => {
    const document = await openFile('finance.ts');
    await vscode.commands.executeCommand('roundoff.restartServer');
    await eventually('findings', () => ourDiagnostics(document.uri).length > 0);
  });

  it('comes back after the server has crashed', async function () {
    if (process.platform !== 'linux') this.skip();
    const document = await openFile('finance.ts');
    await eventually('findings', () => ourDiagnostics(document.uri).length > 0);
    const server = serverProcess();
    assert.ok(server, 'the server is not a child of the extension host');
    process.kill(server, 'SIGKILL');
    await eventually('another server', () => { const next = serverProcess(); return next !== undefined && next !== server; });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '\n');
    await vscode.workspace.applyEdit(edit);
    await eventually('the finding at its new place', () => ourDiagnostics(document.uri).some(diagnostic => codeOf(diagnostic) === 'exp-minus-one' && diagnostic.range.start.line === 3));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('lets notebooks be', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'export const grown = (rate: number) => Math.exp(rate) - 1;', 'typescript');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    await vscode.window.showNotebookDocument(notebook);
    await eventually('the finding in the cell', () => ourDiagnostics(notebook.cellAt(0).document.uri).length > 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

/** The server among the children of this extension host. */
function serverProcess(): number | undefined {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(Number).find(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/server.js') && Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) === process.pid;
    } catch { return false; }
  });
}
