import { CommandError, exit, type Command, type CommandIo } from './io';

/** Each command is loaded when it is called, so that `roundoff round` never waits for the compiler. */
const commands: Record<string, { readonly summary: string; readonly load: () => Promise<Command> }> = {
  formats: { summary: 'list the number formats', load: async () => (await import('./formats')).formatsCommand },
  round: { summary: 'round values, or one operation, to a format', load: async () => (await import('./round')).roundCommand },
  bound: { summary: 'a sound bound on the rounding error of a function', load: async () => (await import('./bound')).boundCommand },
  tune: { summary: 'the cheapest format for each variable that keeps the error', load: async () => (await import('./tune')).tuneCommand },
  gallery: { summary: 'list or print the examples', load: async () => (await import('./gallery')).galleryCommand },
  simulate: { summary: 'run a function under number formats and account for its error', load: async () => (await import('./simulate')).simulateCommand },
  expressiveness: { summary: 'whether fixed-point networks reach every function', load: async () => (await import('./expressiveness')).expressivenessCommand },
  check: { summary: 'report numeric hazards in files and folders', load: async () => (await import('./check')).checkCommand },
  lsp: { summary: 'the language server, for any editor', load: async () => (await import('./lsp')).lspCommand },
  quantize: { summary: 'quantize an array under a scheme', load: async () => (await import('./quantize')).quantizeCommand },
};

function help(): string {
  const width = Math.max(...Object.keys(commands).map(name => name.length));
  return ['roundoff: where numeric TypeScript loses precision, overflows or depends on the order of operations', '',
    ...Object.entries(commands).map(([name, { summary }]) => `  roundoff ${name.padEnd(width)}  ${summary}`), '',
    'roundoff COMMAND --help tells the options of a command.', ''].join('\n');
}

/** Runs one command line and answers its exit code; every failure is one line on standard error. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    (name === undefined ? io.stderr : io.stdout).write(help());
    return name === undefined ? exit.refused : exit.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    io.stderr.write(`roundoff: there is no command "${name}"; roundoff --help lists them\n`);
    return exit.refused;
  }
  try {
    return await (await command.load())(rest, io);
  } catch (error) {
    if (io.signal.aborted) return exit.interrupted;
    const text = error instanceof Error ? error.message : String(error);
    io.stderr.write(`roundoff ${name}: ${error instanceof CommandError ? text : `unexpected failure: ${text.split('\n')[0]}`}\n`);
    return exit.refused;
  }
}
