import { CommandError, type CommandIo } from './io';

/** A vector, or rows laid end to end. */
export interface NumberArray {
  readonly values: Float64Array;
  /** Lengths of the rows; null for a flat array. */
  readonly rows: readonly number[] | null;
}

/**
 * Reads a JSON array of numbers or of rows from standard input, in pieces, so that size is limited by the numbers themselves and not by a string.
 * The strings "NaN", "Infinity", "-Infinity" and "-0" stand for what JSON cannot carry. Throws `CommandError` with the byte where the text stops making sense.
 */
export async function readNumbers(io: CommandIo): Promise<NumberArray> {
  const parser = new NumberParser();
  for await (const chunk of io.stdin as AsyncIterable<Buffer | string>) {
    io.signal.throwIfAborted();
    parser.feed(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  return parser.finish();
}

const chunkSize = 1 << 20;
const named: Readonly<Record<string, number>> = { '"NaN"': NaN, '"Infinity"': Infinity, '"-Infinity"': -Infinity, '"-0"': -0 };
const numeral = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

class NumberParser {
  private chunks: Float64Array[] = [];
  private current = new Float64Array(1024);
  private used = 0;
  private count = 0;
  private depth = 0;
  private nested: boolean | undefined;
  private rows: number[] = [];
  private rowStart = 0;
  /** Bytes of a token that a chunk boundary cut. */
  private partial = '';
  private offset = 0;
  /** What may come next. */
  private state: 'value' | 'first' | 'separator' | 'end' = 'value';

  feed(bytes: Buffer): void {
    let i = 0;
    if (this.partial) i = this.token(bytes, 0);
    while (i < bytes.length) {
      const c = bytes[i];
      if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) i++;
      else if (c === 0x5b || c === 0x5d || c === 0x2c) { this.punctuation(c, i); i++; } else i = this.token(bytes, i);
    }
    this.offset += bytes.length;
  }

  /** Takes a number or string from position i on; answers the position after it. A token that reaches the end of the piece may go on in the next. */
  private token(bytes: Buffer, start: number): number {
    let end = start;
    while (end < bytes.length && !isBreak(bytes[end])) end++;
    const text = this.partial + bytes.toString('latin1', start, end);
    if (end === bytes.length) {
      if (text.length > 5000) this.refuse(start, `"${text.slice(0, 20)}…" is not a number`);
      this.partial = text;
    } else {
      const begin = start - this.partial.length;
      this.partial = '';
      this.value(text, begin);
    }
    return end;
  }

  private value(text: string, at: number): void {
    if (this.state !== 'value' && this.state !== 'first') this.refuse(at, `"${text.slice(0, 20)}" stands where a comma or ] belongs`);
    if (this.depth === 0) this.refuse(at, 'the input must be an array: it starts with [');
    if (this.depth === 1) {
      if (this.nested === true) this.refuse(at, 'rows and numbers are mixed');
      this.nested = false;
    }
    const x = numeral.test(text) ? Number(text) : named[text];
    if (x === undefined) this.refuse(at, `"${text.slice(0, 20)}" is not a number`);
    this.state = 'separator';
    if (this.used === this.current.length) this.grow();
    this.current[this.used++] = x;
    this.count++;
  }

  private grow(): void {
    if (this.current.length < chunkSize) {
      const larger = new Float64Array(this.current.length * 2);
      larger.set(this.current);
      this.current = larger;
    } else {
      this.chunks.push(this.current);
      this.current = new Float64Array(chunkSize);
      this.used = 0;
    }
  }

  private punctuation(c: number, at: number): void {
    if (c === 0x5b) {
      if (this.state !== 'value' && this.state !== 'first') this.refuse(at, 'a [ stands where a comma or ] belongs');
      if (this.depth === 2) this.refuse(at, 'arrays are nested more than two deep');
      if (this.depth === 1) {
        if (this.nested === false) this.refuse(at, 'rows and numbers are mixed');
        this.nested = true;
        this.rowStart = this.count;
      }
      this.depth++;
      this.state = 'first';
    } else if (c === 0x5d) {
      if (this.depth === 0 || this.state === 'value') this.refuse(at, 'a ] stands where a number belongs');
      if (this.depth === 2) this.rows.push(this.count - this.rowStart);
      this.depth--;
      this.state = this.depth === 0 ? 'end' : 'separator';
    } else {
      if (this.state !== 'separator' || this.depth === 0) this.refuse(at, 'a comma stands where a number belongs');
      this.state = 'value';
    }
  }

  finish(): NumberArray {
    if (this.partial) this.value(this.partial, -this.partial.length);
    if (this.state !== 'end') this.refuse(0, this.count === 0 && this.depth === 0 ? 'the input is empty; it must be an array of numbers or of rows' : 'the array is not closed');
    const values = new Float64Array(this.count);
    let at = 0;
    for (const [i, chunk] of this.chunks.entries()) {
      values.set(chunk, at);
      at += chunk.length;
      this.chunks[i] = empty;
    }
    values.set(this.current.subarray(0, this.used), at);
    return { values, rows: this.nested ? this.rows : null };
  }

  private refuse(at: number, what: string): never {
    throw new CommandError(`standard input, byte ${this.offset + at + 1}: ${what}`);
  }
}

const empty = new Float64Array(0);

function isBreak(c: number): boolean {
  return c === 0x2c || c === 0x5d || c === 0x5b || c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}
