// Writes l10n/bundle.l10n.json: every text that the extension shows through vscode.l10n.t, for translators. `node scripts/l10n.mjs`
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './host.mjs';

const folder = join(root, 'src/extension');
const texts = readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.ts'))
  .flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(match => match[1]));
mkdirSync(join(root, 'l10n'), { recursive: true });
writeFileSync(join(root, 'l10n/bundle.l10n.json'), JSON.stringify(Object.fromEntries([...new Set(texts)].sort().map(text => [text, text])), null, 2) + '\n');
