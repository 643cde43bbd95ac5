// Packs the extension as a .vsix, as the marketplace takes it, and refuses one that is too large. `npm run package`
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './host.mjs';

/** Bytes that the package may have. */
const limit = 3_000_000;

/** Builds and packs; answers the path of the package. */
export function packExtension({ build = true } = {}) {
  if (build) execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const path = join(root, `${name}-${version}.vsix`);
  execFileSync(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', path],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const { size } = statSync(path);
  if (size > limit) throw new Error(`${path} has ${size} bytes, more than the ${limit} that it may have; look at what .vscodeignore lets in.`);
  return { path, size };
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { path, size } = packExtension();
    console.log(`${path}: ${(size / 1e6).toFixed(2)} MB`);
  } catch (error) { console.error(error.message); process.exitCode = 1; }
}
