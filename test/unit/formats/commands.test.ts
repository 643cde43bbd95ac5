import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main';

async function run(args: string, stdin: string | Iterable<string> = ''): Promise<{ code: number; out: string; err: string }> {
  const collect = (stream: PassThrough): (() => string) => { const parts: Buffer[] = []; stream.on('data', (part: Buffer) => parts.push(part)); return () => Buffer.concat(parts).toString(); };
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [collect(stdout), collect(stderr)];
  const code = await main(args.split(' '), { stdin: Readable.from(typeof stdin === 'string' ? [Buffer.from(stdin)] : [...stdin].map(s => Buffer.from(s))), stdout, stderr, cwd: '/', signal: new AbortController().signal });
  await new Promise(resolve => setImmediate(resolve));
  return { code, out: out(), err: err() };
}

describe('roundoff formats', () => {
  it('lists every format with the contract’s columns', async () => {
    const { code, out } = await run('formats --json');
    const { formats } = JSON.parse(out) as { formats: Record<string, unknown>[] };
    expect(code).toBe(0);
    const columns = ['id', 'title', 'family', 'bits', 'significandBits', 'exponentBits', 'bias', 'maxFinite', 'minNormal', 'minPositive', 'unitRoundoff', 'infinities', 'nans', 'subnormals', 'signedZero'];
    for (const row of formats) for (const column of columns) expect(row[column]).not.toBeUndefined();
    expect(formats.find(f => f.id === 'fp8-e4m3fn')).toMatchObject({ family: 'float', bits: 8, significandBits: 4, exponentBits: 4, bias: 7, maxFinite: 448, minNormal: 2 ** -6, minPositive: 2 ** -9, unitRoundoff: 2 ** -4, infinities: false, nans: true, subnormals: true, signedZero: true });
    expect(formats.find(f => f.id === 'int8')).toMatchObject({ family: 'integer', significandBits: null, unitRoundoff: null, maxFinite: 127 });
    expect((await run('formats float(5,7)')).out).toContain('float(5,7)');
    expect(await run('formats fp99')).toMatchObject({ code: 2, out: '' });
  });
});

describe('roundoff round', () => {
  it('answers line by line, however the input is cut', async () => {
    expect(await run('round --format fp16', ['0.', '1\n1e9\r\n-0\nna', 'n\n2049'])).toMatchObject({ code: 0, out: '0.0999755859375\nInfinity\n-0\nNaN\n2048\n' });
    expect((await run('round --format fp4 --hex', '3fb999999999999a\n7ff0000000000000\nc01a000000000000\n')).out).toBe('0000000000000000\n!\nc018000000000000\n');
    expect((await run('round --format fp16 --hex', 'fff8000000000001\n')).out).toBe('7ff8000000000000\n');
    expect((await run('round --format fp16 --exact --mode up', '1/3\n')).out).toBe('0.33349609375\n');
    expect((await run('round --format int8 --overflow wrap', '130\n')).out).toBe('-126\n');
    expect((await run('round --format fp8 --op fma --mode down', '1 1 -1\n')).out).toBe('-0\n');
    expect((await run('round --format fp16 --op sqrt', '2')).out).toBe('1.4140625\n');
    expect((await run('round --format fp16', '')).code).toBe(0);
  });

  it('stochastic rounding repeats with its seed', async () => {
    const input = '0.3\n'.repeat(200);
    const first = (await run('round --format fp4 --mode stochastic --seed 5', input)).out;
    expect((await run('round --format fp4 --mode stochastic --seed 5', input)).out).toBe(first);
    expect((await run('round --format fp4 --mode stochastic --seed 6', input)).out).not.toBe(first);
  });

  it.each([
    ['round --format fp16', '1\n2\nx\n4\n', '1\n2\n', /line 3: "x"/], ['round --format fp16 --hex', '3ff\n', '', /line 1: .*16 hexadecimal digits/], ['round --format fp16 --op add', '1 2\n1\n', '3\n', /line 2: add takes 2/],
    ['round --format fp16 --op add', '1 0.1\n', '', /line 1: 0.1 is not a value of fp16/], ['round', '', '', /--format is missing/], ['round --format fp17', '', '', /no format "fp17"/],
    ['round --format fp16 --mode nearest', '', '', /--mode takes/], ['round --format fp16 --overflow wrap', '', '', /wrap/], ['round --format fp16 --op pow', '', '', /--op takes/], ['round --format fp16 --bogus', '', '', /--bogus/],
    ['round --format fp16 --seed x', '', '', /--seed takes an integer/],
  ])('%s: one line, exit 2, after answering the lines before', async (args, stdin, out, message) => {
    const result = await run(args, stdin);
    expect(result).toMatchObject({ code: 2, out });
    expect(result.err).toMatch(message);
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });
});

describe('roundoff quantize', () => {
  it('keeps the shape of the input and prints the contract’s fields', async () => {
    const { code, out } = await run('quantize --scheme int8 --granularity channel --calibration symmetric --json', ['[[1,2,', '3],[-4.', '5,0.1,0]', ']\n']);
    const result = JSON.parse(out) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(Object.keys(result)).toEqual(['scheme', 'codes', 'values', 'scales', 'zeroPoints', 'tensorScale', 'threshold', 'error']);
    expect(result).toMatchObject({ codes: [[42, 85, 127], [-127, 3, 0]], zeroPoints: [0, 0], threshold: [3, 4.5], tensorScale: null });
    expect(JSON.parse((await run('quantize --scheme mxfp8-e4m3', '[1,"NaN"]')).out)).toMatchObject({ values: ['NaN', 'NaN'], scales: ['NaN'] });
    expect(JSON.parse((await run('quantize --scheme int8 --scale 0.5 --zero-point -5', '[1.5]')).out)).toMatchObject({ codes: [-2], zeroPoints: [-5] });
    expect((await run('quantize --scheme mxfp4 --calibration kl', '[1]')).err).toMatch(/no effect/);
  });

  it.each([['', /input is empty/], ['[]', /nothing to quantize/], ['[1,,2]', /byte 4/], ['[1,[2]]', /mixed/], ['[1', /not closed/], ['[1]]', /\]/], ['{"a":1}', /byte 1/], ['[1,"x"]', /not a number/], ['[[[1]]]', /nested/], ['[1 2]', /comma/], ['[0x10]', /not a number/]])('refuses %s and names the byte', async (stdin, message) => {
    const result = await run('quantize --scheme int8', stdin);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toMatch(message);
  });

  it.each(['--scheme int8 --granularity group:0', '--scheme int8 --calibration percentile:x', '--scheme foo', '--scheme int8 --mx-scale up', '--scheme int8 --scale x', '--granularity tensor'])('refuses %s', async options => {
    expect(await run(`quantize ${options}`, '[1]')).toMatchObject({ code: 2, out: '' });
  });
});
