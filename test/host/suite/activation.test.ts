import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFile } from './workspace';

describe('activation', () => {
  it('happens when a file of our languages is opened', async () => {
    const extension = vscode.extensions.getExtension('roundoff.roundoff');
    assert.ok(extension, 'the extension is not installed');
    await openFile('finance.ts');
    await eventually('activation', () => extension.isActive);
  });

  it('registers every command that package.json promises', async () => {
    const manifest = vscode.extensions.getExtension('roundoff.roundoff')?.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).filter(command => !known.includes(command)), []);
  });
});
