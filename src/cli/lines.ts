import type { CommandIo } from './io';

/** Lines longer than this are not values; refusing them bounds memory on input without line breaks. */
const longestLine = 100_000;

/**
 * Calls `answer` for each line of standard input and writes what it returns, in order, in large pieces, waiting whenever the reader of standard output is slower.
 * `answer` gets the line without its end and its 1-based number; when it throws, the answers before it are written first. A last line break ends the last line.
 */
export async function mapLines(io: CommandIo, answer: (line: string, number: number) => string): Promise<void> {
  const out = new PatientWriter(io);
  let rest = '';
  let number = 0;
  const take = (line: string): string => answer(line.endsWith('\r') ? line.slice(0, -1) : line, ++number);
  io.stdin.setEncoding('utf8');
  for await (const chunk of io.stdin as AsyncIterable<string>) {
    io.signal.throwIfAborted();
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    let text = '';
    try {
      for (const line of lines) text += take(line) + '\n';
      if (rest.length > longestLine) throw new RangeError(`line ${number + 1} has more than ${longestLine.toLocaleString('en')} characters`);
    } finally {
      if (text) await out.write(text);
    }
  }
  if (rest !== '') await out.write(take(rest) + '\n');
}

/** Standard output with backpressure: a write waits until the stream has drained. */
export class PatientWriter {
  constructor(private readonly io: CommandIo) {}

  async write(text: string): Promise<void> {
    const { stdout, signal } = this.io;
    if (stdout.write(text)) return;
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error): void => {
        stdout.off('drain', drained);
        stdout.off('error', done);
        signal.removeEventListener('abort', aborted);
        if (error) reject(error); else resolve();
      };
      const drained = (): void => done();
      const aborted = (): void => done(new Error('interrupted'));
      stdout.on('drain', drained);
      stdout.on('error', done);
      signal.addEventListener('abort', aborted);
    });
  }
}
