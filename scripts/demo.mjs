// The tour in a terminal: findings of an example, one of its functions under four formats, the operations to blame, a bound.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist/cli.js');

execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (!existsSync(cli)) { console.error('dist/cli.js is missing after the build; run npm ci, then npm run build, and read its messages'); process.exit(1); }

const steps = [
  ['What is wrong here?', ['check', 'media/gallery/variance.ts', 'media/gallery/softmax.ts', '--fail-on', 'never']],
  ['The same function under four formats', ['simulate', 'media/gallery/variance.ts#naiveVariance', '--formats', 'fp16,bf16,int8,fp4-e2m1fn', '--inputs', 'media/gallery/inputs/variance.json']],
  ['A network whose decisions turn around when partial sums are rounded', ['simulate', 'media/gallery/sign-flip-network.ts#network', '--formats', 'fixed(1,6),fixed(1,8),fp16', '--inputs', 'media/gallery/inputs/sign-flip-network.json']],
  ['How wrong can it get? A bound that holds for every input in the range', ['bound', 'media/gallery/classic-formulas.ts#smallRoot', '--range', 'a=1..2', '--range', 'b=100..200', '--range', 'c=1..2']],
  ['One value in one format', ['round', '--format', 'fp8-e4m3fn'], '0.1\n3.14159\n460\n1e-3\n'],
];

for (const [title, args, input] of steps) {
  const heading = `── ${title} `;
  console.log(`\n${heading}${'─'.repeat(Math.max(4, 100 - heading.length))}\n`);
  console.log(`$ ${input ? `printf '${input.trimEnd().replaceAll('\n', '\\n')}\\n' | ` : ''}roundoff ${args.map(a => (/[()]/.test(a) ? `'${a}'` : a)).join(' ')}\n`);
  const run = spawnSync(process.execPath, [cli, ...args], { cwd: root, input: input ?? '', stdio: [input ? 'pipe' : 'ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) { console.error(`the step "${title}" failed with exit code ${run.status}`); process.exit(1); }
}
console.log('\nnpm start opens the same in VS Code, with hovers, quick fixes and the panel that shows how the error travels.');
