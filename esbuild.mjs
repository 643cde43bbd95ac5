// One call per target. `node esbuild.mjs` builds all, `--watch` keeps building, names build only those.
import { build, context } from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const asked = process.argv.slice(2).filter(name => !name.startsWith('--'));

const common = { bundle: true, minify: production, sourcemap: production ? false : 'linked', logLevel: 'warning', legalComments: 'none', target: 'es2022' };
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };
const browser = { ...common, platform: 'browser', format: 'iife' };

const targets = {
  cli: { ...node, entryPoints: { cli: 'src/cli/entry.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
  bench: { ...node, minify: false, format: 'esm', entryPoints: { bench: 'test/bench/main.ts' }, outdir: 'out', packages: 'external', outExtension: { '.js': '.mjs' } },
};
void browser;

for (const name of asked) if (!targets[name]) { console.error(`no target "${name}"; there are: ${Object.keys(targets).join(', ')}`); process.exit(2); }
await Promise.all(Object.entries(targets).filter(([name]) => asked.length === 0 || asked.includes(name)).map(async ([, options]) => {
  if (!watch) return build(options);
  const running = await context(options);
  return running.watch();
}));
