import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contributed } from '../../../scripts/contribute.mjs';

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    configuration: { properties: Record<string, { markdownDescription?: string; description?: string; scope?: string; default?: unknown }> }[];
    walkthroughs: { steps: { media: { svg: string } }[] }[];
  };
  icon: string;
  main: string;
  browser: string;
};

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap(name => { const path = join(folder, name); return statSync(path).isDirectory() ? sources(path) : [path]; });
}

describe('package.json', () => {
  it('names only texts that package.nls.json has, and package.nls.json has no others', () => {
    const texts = Object.keys(JSON.parse(readFileSync('package.nls.json', 'utf8')) as object);
    const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(match => match[1]));
    expect([...used].filter(key => !texts.includes(key))).toEqual([]);
    expect(texts.filter(key => !used.has(key))).toEqual([]);
  });

  it('describes every setting, with a default and a scope, and gives every command a category', () => {
    for (const { properties } of manifest.contributes.configuration) for (const [key, setting] of Object.entries(properties)) {
      expect(setting.markdownDescription ?? setting.description, key).toBeTruthy();
      expect(setting.scope, key).toBeTruthy();
      expect(setting, key).toHaveProperty('default');
    }
    expect(manifest.contributes.commands.filter(({ category }) => category !== 'Roundoff')).toEqual([]);
  });

  it('has a severity setting for every hazard (else run node scripts/contribute.mjs)', () => {
    for (const [file, text] of Object.entries(contributed())) expect(readFileSync(file, 'utf8'), file).toBe(text);
  });

  it('names pictures that exist', () => {
    const pictures = [manifest.icon, ...manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg))];
    expect(pictures.filter(path => !existsSync(path))).toEqual([]);
  });
});

describe('l10n/bundle.l10n.json', () => {
  it('has exactly the texts that the extension passes to vscode.l10n.t', () => {
    const used = new Set(sources('src/extension').flatMap(path => [...readFileSync(path, 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(match => match[1])));
    const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
    expect(Object.keys(bundle).sort()).toEqual([...used].sort());
  });
});
