import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { readExampleTags } from '../../src/protocol/example-tags';
import { nodeSimulationHost, simulate } from '../../src/server/simulate';

/** Seconds that an example may take from the click to the report. Judged by processor time, which a busy machine does not lengthen. */
const limit = 5;

/** Each example of the gallery as its "Simulate" button runs it, beside plain execution of the same function on the same inputs. */
export async function run(): Promise<void> {
  const folder = resolve('media/gallery');
  const host = nodeSimulationHost(resolve('dist'));
  console.log('example                     schemes   wall s    CPU s   plain ms   operations');
  let slowest = { name: '', seconds: 0 };
  for (const file of readdirSync(folder).filter(f => f.endsWith('.ts')).sort()) {
    const path = resolve(folder, file);
    const text = readFileSync(path, 'utf8');
    const { simulate: preset } = readExampleTags(text);
    if (!preset || preset.inputs?.kind !== 'given') throw new Error(`${file} names nothing to simulate`);
    const before = process.cpuUsage();
    const report = await simulate({ file: path, functionName: preset.functionName, schemes: preset.schemes, inputs: preset.inputs }, host);
    const cpu = process.cpuUsage(before);
    const failed = report.formats.find(f => f.status !== 'ok');
    if (failed) throw new Error(`${file} under ${failed.id}: ${failed.status} ${failed.message}`);
    const module = { exports: {} as Record<string, (...args: unknown[]) => unknown> };
    new Function('module', 'exports', transformSync(text, { loader: 'ts', format: 'cjs' }).code)(module, module.exports);
    const started = performance.now();
    for (const args of preset.inputs.cases) module.exports[preset.functionName](...structuredClone(args));
    const plain = performance.now() - started;
    const operations = report.formats.reduce((sum, f) => sum + Object.values(f.operations).reduce((a, b) => a + b, 0), 0);
    console.log(`${file.padEnd(27)} ${String(preset.schemes.length).padStart(7)} ${report.seconds.toFixed(2).padStart(8)} ${((cpu.user + cpu.system) / 1e6).toFixed(2).padStart(8)} ${plain.toFixed(2).padStart(10)} ${operations.toLocaleString('en').padStart(12)}`);
    const seconds = (cpu.user + cpu.system) / 1e6;
    if (seconds > slowest.seconds) slowest = { name: file, seconds };
  }
  console.log(`\nslowest: ${slowest.name}, ${slowest.seconds.toFixed(2)} s of processor time of the ${limit} s that an example may take`);
  if (slowest.seconds > limit) process.exitCode = 1;
}
