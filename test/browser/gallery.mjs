import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { root } from './harness.mjs';

let tags;

/** What the extension tells the gallery page about the examples that ship, read with its own reader of their comments. */
export function galleryMessage({ trusted = true } = {}) {
  tags ??= readTags();
  return { type: 'examples', trusted, examples: tags };
}

function readTags() {
  const { outputFiles: [file] } = buildSync({ entryPoints: [join(root, 'src/protocol/example-tags.ts')], bundle: true, format: 'cjs', platform: 'node', write: false });
  const module = { exports: {} };
  new Function('module', 'exports', file.text)(module, module.exports);
  const folder = join(root, 'media/gallery');
  return readdirSync(folder).filter(name => name.endsWith('.ts')).sort().map(name => {
    const { title, lesson, outcome, source, simulate } = module.exports.readExampleTags(readFileSync(join(folder, name), 'utf8'));
    return { file: name, title, lesson, outcome, source, simulate: simulate && { functionName: simulate.functionName, schemes: simulate.schemes.map(s => s.id) } };
  });
}
