// One call per target. `node esbuild.mjs` builds all, `--watch` keeps building, `--production` minifies, names build only those.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build, context } from 'esbuild';
import { typescriptLibrary } from './scripts/typescript-library.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const asked = process.argv.slice(2).filter(name => !name.startsWith('--'));

/** Packages that several bundles share, or that must not be read before they are needed: built once, beside the bundles, and required from there. */
const shared = {
  typescript: './typescript.js',
  'virtual:typescript-library': './typescript-library.js',
  'vscode-languageclient/node': './language-client.js',
};
const requires = names => ({
  name: 'require-shared',
  setup(plugin) {
    for (const name of names) {
      plugin.onResolve({ filter: new RegExp(`^${name}$`) }, ({ kind }) => kind === 'entry-point' ? undefined
        : kind === 'import-statement' && name === 'typescript' ? { path: name, namespace: 'shared' } : { path: shared[name], external: true });
    }
    // Everyone imports the compiler's default export. Left to itself, each importing file would copy its two thousand properties at the start.
    plugin.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path }) => ({ contents: `const shared = require(${JSON.stringify(path)}); export default shared;`, resolveDir: '.' }));
  },
});
const requireShared = requires(Object.keys(shared));

const common = { bundle: true, minify: production, sourcemap: production ? false : 'linked', logLevel: 'warning', legalComments: 'none', target: 'es2022' };
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], plugins: [requireShared] };
const browser = { ...common, platform: 'browser', format: 'iife', plugins: [typescriptLibrary] };
/**
 * The toolkit's foundation asks whether `:focus-visible` exists by adding a `<style>` element, which a strict style policy refuses, with a violation in the
 * console and the wrong answer. Every Chromium that runs VS Code has it, so the question is answered here.
 */
const focusVisible = {
  name: 'focus-visible',
  setup(plugin) {
    plugin.onLoad({ filter: /fast-web-utilities[\\/]dist[\\/]dom\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const question = 'export function canUseFocusVisible() {';
      if (!source.includes(question)) throw new Error(`${path} no longer declares canUseFocusVisible; check what the toolkit does under a strict style policy.`);
      return { contents: source.replace(question, `${question} return true;`) };
    });
  },
};

/**
 * The page that a report is saved as: script, styles and the tokens of the two plain themes in one file, which may run nothing else. `/*REPORT*\/null` stands
 * where the report goes (`reportPage` in `src/protocol`).
 */
const reportPage = {
  name: 'report-page',
  setup(plugin) {
    plugin.onEnd(async ({ outputFiles = [] }) => {
      const text = extension => outputFiles.find(file => file.path.endsWith(extension))?.text ?? '';
      const script = text('.js').replaceAll('</script', '<\\/script');
      const used = text('.css') + script;
      const tokens = async theme => Object.entries(JSON.parse(await readFile(`webview/themes/${theme}.json`, 'utf8')))
        .filter(([token]) => used.includes(token)).map(([token, value]) => `${token}:${value}`).join(';');
      const style = `:root{color-scheme:light;${await tokens('light')}}@media (prefers-color-scheme:dark){:root{color-scheme:dark;${await tokens('dark')}}}\n${text('.css')}`;
      const hash = content => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
      await mkdir('dist/webview', { recursive: true });
      await writeFile('dist/webview/report.html', `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}">
<title>Roundoff report</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main id="root"></main>
<script type="application/json" id="roundoff-data">/*REPORT*/null</script>
<script>${script}</script>
</body>
</html>
`);
    });
  },
};

/** A panel: one script and one style sheet, always minified, because a webview loads them on every opening. */
const webview = { ...browser, plugins: [focusVisible], minify: !watch, jsx: 'automatic', jsxImportSource: 'preact', outdir: 'dist/webview' };

const targets = {
  'check-worker': { ...node, entryPoints: { 'check-worker': 'src/cli/check-worker.ts' }, outdir: 'dist' },
  // The command proper is a bundle of its own, so that its compiled code can be kept between starts (src/cli/compiled-bundles.ts).
  cli: { ...node, entryPoints: { cli: 'src/cli/entry.ts', 'command-line': 'src/cli/command-line.ts' }, outdir: 'dist' },
  extension: { ...node, entryPoints: { extension: 'src/extension/node.ts' }, outdir: 'dist' },
  server: { ...node, entryPoints: { server: 'src/server/node.ts' }, outdir: 'dist' },
  typescript: { ...node, plugins: [], minify: true, sourcemap: false, entryPoints: { typescript: 'typescript' }, outdir: 'dist' },
  'typescript-library': { ...node, plugins: [typescriptLibrary], sourcemap: false, entryPoints: { 'typescript-library': 'virtual:typescript-library' }, outdir: 'dist' },
  'language-client': { ...node, plugins: [], minify: true, sourcemap: false, entryPoints: { 'language-client': 'vscode-languageclient/node' }, outdir: 'dist' },
  'simulation-worker': { ...node, plugins: [], sourcemap: false, entryPoints: { 'simulation-worker': 'src/simulation/worker/entry.ts' }, outdir: 'dist' },
  /** Evaluated as text inside the simulation's own context; the service replaces the name by the run's own. */
  'simulation-runtime': { ...common, sourcemap: false, platform: 'neutral', format: 'iife', globalName: '__roundoff_runtime__', footer: { js: '__roundoff_runtime__ = __roundoff_runtime__.runtime;' }, entryPoints: { 'simulation-runtime': 'src/simulation/runtime/entry.ts' }, outdir: 'dist' },
  'extension-browser': { ...browser, format: 'cjs', external: ['vscode'], entryPoints: { extension: 'src/extension/browser.ts' }, outdir: 'dist/browser' },
  // The compiler is read by whoever starts the worker, so that the package holds it once.
  'server-browser': { ...browser, plugins: [requires(['typescript']), typescriptLibrary], entryPoints: { server: 'src/server/browser.ts' }, outdir: 'dist/browser' },
  'webview-gallery': { ...webview, entryPoints: { gallery: 'webview/gallery/main.tsx' } },
  'webview-simulation': { ...webview, entryPoints: { simulation: 'webview/simulation/main.tsx' } },
  'webview-report': { ...webview, plugins: [focusVisible, reportPage], entryPoints: { report: 'webview/simulation/main.tsx' }, minify: true, sourcemap: false, write: false },
  'webview-formats': { ...webview, entryPoints: { formats: 'webview/formats/main.tsx' } },
  'webview-tuning': { ...webview, entryPoints: { tuning: 'webview/tuning/main.tsx' } },
  'webview-expressiveness': { ...webview, entryPoints: { expressiveness: 'webview/tuning/expressiveness-main.tsx' } },
  'webview-orders': { ...webview, entryPoints: { orders: 'webview/orders/main.tsx' } },
  'host-tests': { ...node, minify: false, entryPoints: ['test/host/suite/*.ts'], outdir: 'out/host', external: ['vscode', 'mocha'] },
  bench: { ...node, minify: false, format: 'esm', plugins: [typescriptLibrary], entryPoints: { bench: 'test/bench/main.ts' }, outdir: 'out', packages: 'external', outExtension: { '.js': '.mjs' } },
};

for (const name of asked) if (!targets[name]) { console.error(`no target "${name}"; there are: ${Object.keys(targets).join(', ')}`); process.exit(2); }
await Promise.all(Object.entries(targets).filter(([name]) => asked.length === 0 || asked.includes(name)).map(async ([, options]) => {
  if (!watch) return build(options);
  const running = await context(options);
  return running.watch();
}));
