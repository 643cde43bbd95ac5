import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'out', 'bench-check');
const packages = ['ml-spectra-processing', 'simple-statistics'];

/** CPU time (user and system, all threads) of `roundoff check`, `tsc --noEmit` and typescript-eslint's type-checked rules on the same sources. Needs `npm run build`. */
export async function run(): Promise<void> {
  if (!existsSync(join(root, 'dist/cli.js'))) throw new Error('dist/cli.js is missing: run npm run build first');
  prepare();
  const typescript = join(root, 'node_modules/typescript/bin/tsc');
  const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
  const rows = [
    { tool: 'roundoff check', seconds: cpuSeconds([join(root, 'dist/cli.js'), 'check', '.', '--format', 'json', '--fail-on', 'never']) },
    { tool: 'tsc --noEmit', seconds: cpuSeconds([typescript, '-p', '.']) },
    { tool: 'typescript-eslint, type-checked', seconds: cpuSeconds([eslint, '.']) },
  ];
  const lines = Number(execFileSync('sh', ['-c', `find src -name '*.ts' -o -name '*.js' | xargs cat | wc -l`], { cwd: folder, encoding: 'utf8' }));
  console.log(`sources of ${packages.join(', ')}: ${lines} lines, CPU seconds, best of 2\n`);
  for (const row of rows) console.log(`${row.tool.padEnd(34)} ${row.seconds.toFixed(2).padStart(7)} s   ${(row.seconds / rows[0].seconds).toFixed(2).padStart(6)} × ours`);
  rmSync(folder, { recursive: true, force: true });
}

/** One folder inside the repository, so that packages resolve, with a configuration for each tool. */
function prepare(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  for (const name of packages) cpSync(join(root, 'node_modules', name, 'src'), join(folder, 'src', name), { recursive: true, filter: path => !/__tests__|\.snap$/.test(path) });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { noEmit: true, allowJs: true, checkJs: false, strict: true, skipLibCheck: true, target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', types: [] }, include: ['src'] }));
  writeFileSync(join(folder, 'eslint.config.mjs'), "import tseslint from 'typescript-eslint';\nexport default tseslint.config(...tseslint.configs.recommendedTypeChecked, { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } });\n");
  writeFileSync(join(folder, 'cpu.cjs'), "process.on('exit', () => { const { user, system } = process.cpuUsage(); require('fs').writeFileSync(process.env.CPU_FILE, String((user + system) / 1e6)); });\n");
}

function cpuSeconds(args: readonly string[]): number {
  let best = Infinity;
  for (let i = 0; i < 2; i++) {
    const file = join(folder, 'cpu.txt');
    spawnSync(process.execPath, ['--require', join(folder, 'cpu.cjs'), ...args], { cwd: folder, stdio: 'ignore', env: { ...process.env, CPU_FILE: file } });
    best = Math.min(best, Number(readFileSync(file, 'utf8')));
  }
  return best;
}
