import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readExampleTags, type ExampleTags } from '../protocol/example-tags';
import { CommandError, exit, type Command } from './io';

const usage = `roundoff gallery [--json]         list the examples
roundoff gallery NAME [--path]    print one (or only where it is)
`;

export interface GalleryExample {
  readonly name: string;
  readonly path: string;
  readonly tags: ExampleTags;
  readonly text: string;
}

/** The folder of examples that ships beside the program: `media/gallery` above the bundle. */
function galleryFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'media', 'gallery');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) throw new CommandError('the folder media/gallery that ships with roundoff is missing; reinstall the package');
  }
}

/** All examples, by file name. */
export async function readGallery(): Promise<readonly GalleryExample[]> {
  const folder = galleryFolder();
  const files = (await readdir(folder)).filter(file => file.endsWith('.ts')).sort();
  return Promise.all(files.map(async file => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    return { name: file.replace(/\.ts$/, ''), path, tags: readExampleTags(text), text };
  }));
}

export const galleryCommand: Command = async (args, io) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' }, path: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  const examples = await readGallery();
  const [name, extra] = positionals;
  if (extra !== undefined) throw new CommandError(`one example at a time: "${extra}" is one too many`);
  if (name !== undefined) {
    const example = examples.find(e => e.name === name.replace(/\.ts$/, ''));
    if (!example) throw new CommandError(`there is no example "${name}"; there are ${examples.map(e => e.name).join(', ')}`);
    io.stdout.write(values.path ? `${example.path}\n` : example.text);
    return exit.ok;
  }
  if (values.json) {
    io.stdout.write(JSON.stringify({ examples: examples.map(({ name, path, tags }) => ({ name, path, ...tags })) }, null, 2) + '\n');
    return exit.ok;
  }
  const width = Math.max(...examples.map(e => e.name.length));
  for (const { name, tags } of examples) io.stdout.write(`${name.padEnd(width)}  ${tags.title}. ${tags.lesson}\n`);
  io.stdout.write(`\nroundoff gallery NAME prints one; roundoff simulate "$(roundoff gallery NAME --path)#FUNCTION" runs it.\n`);
  return exit.ok;
};
