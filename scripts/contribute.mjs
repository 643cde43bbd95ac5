// The setting `roundoff.hazards` of package.json has one entry for each page in media/hazards. `node scripts/contribute.mjs` writes them, with their texts in
// package.nls.json; a test calls `contributed` and fails when they are stale.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { frontMatter } from './hazards.mjs';
import { root } from './host.mjs';

const severities = ['error', 'warning', 'info', 'hint', 'off'];

/** Texts of package.json and package.nls.json as they should be. */
export function contributed() {
  const folder = join(root, 'media/hazards');
  const pages = readdirSync(folder).filter(name => name.endsWith('.md')).sort().map(name => frontMatter(readFileSync(join(folder, name), 'utf8'), name));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const setting = manifest.contributes.configuration.map(section => section.properties['roundoff.hazards']).find(Boolean);
  setting.properties = Object.fromEntries(pages.map(({ id, severity }) => [id, { type: 'string', enum: severities, default: severity, description: `%hazard.${id}%` }]));
  const texts = Object.entries(JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'))).filter(([key]) => !key.startsWith('hazard.'));
  const nls = Object.fromEntries([...texts, ...pages.map(({ id, title }) => [`hazard.${id}`, `${title}.`])]);
  return { 'package.json': JSON.stringify(manifest, null, 2) + '\n', 'package.nls.json': JSON.stringify(nls, null, 2) + '\n' };
}

if (process.argv[1] === import.meta.filename) for (const [file, text] of Object.entries(contributed())) writeFileSync(join(root, file), text);
