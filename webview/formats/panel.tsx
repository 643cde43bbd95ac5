import { useEffect, useMemo, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { ExactValue, Format, Rounding, RoundingMode } from '../../src/formats';
import { decode } from '../../src/formats/encoding';
import { exactDecimal, hexFloat } from '../../src/formats/text';
import { formats } from '../../src/formats/registry';
import { neighbourhood, storageError } from '../../src/formats/inspect';
import { roundingModes } from '../../src/formats/rounding';
import { Button, Choice, Field } from '../shared/controls';
import type { Host } from '../shared/host';
import { Chart } from '../shared/chart';
import { knownFormat } from '../shared/known-format';
import { NumberLine, numberLineHeight } from '../shared/number-line';
import { full, short } from '../shared/number-text';
import { anatomy, bitText } from './anatomy';
import { BitStrip } from './bit-strip';
import { ComparisonTable, allowed } from './comparison-table';
import type { Conversion } from './conversion';
import { convert, toDouble } from './conversion';
import { readEntry } from './entry';

/** What the panel shows; stored with the webview's state. */
interface Shown {
  readonly value: string;
  readonly format: string;
  readonly compared: readonly string[];
  readonly mode: RoundingMode;
  readonly overflow: 'ieee' | 'saturate' | 'wrap';
  readonly subnormals: 'keep' | 'flush';
}

const initial: Shown = { value: '0.1', format: 'fp32', compared: ['fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8-e4m3fn', 'fp8-e5m2', 'fp6-e2m3fn', 'fp4-e2m1fn', 'int8', 'fixed(3,4)'], mode: 'nearest-even', overflow: 'ieee', subnormals: 'keep' };

/** The number format panel: one value, its bits in one format, its neighbours there, and the same value in every other format. */
export function NumberPanel({ host }: { readonly host: Host }): VNode {
  const [shown, setShown] = useState<Shown>(() => restored(host));
  const change = (part: Partial<Shown>): void => setShown(now => ({ ...now, ...part }));
  useEffect(() => {
    const stop = host.listen(message => {
      if (message.type === 'number') change({ value: message.value, ...(knownFormat(message.format) ? { format: message.format } : {}) });
      if (message.type === 'context' && host.restore() === null) setShown(now => ({ ...now, compared: [...new Set([...message.context.formats.flatMap(id => knownFormat(id)?.id ?? []), ...now.compared])] }));
    });
    host.post({ type: 'ready', panel: 'formats', state: host.restore() });
    return stop;
  }, [host]);
  useEffect(() => {
    const { value, format, ...view } = shown;
    host.store({ version: 1, panel: 'formats', value, format, view });
  }, [host, shown]);

  const format = knownFormat(shown.format) ?? formats[0];
  const rounding = useMemo<Rounding>(() => ({ mode: shown.mode, overflow: shown.overflow, subnormals: shown.subnormals }), [shown.mode, shown.overflow, shown.subnormals]);
  const entry = useMemo(() => readEntry(shown.value, format), [shown.value, format]);
  const result = useMemo<Conversion | null>(() => {
    if (entry.kind === 'problem') return null;
    const own = convert(entry, format, allowed(format, rounding));
    // A code typed or clicked is shown as it is, NaN payload included.
    return entry.code !== null ? { ...own, code: entry.code } : own;
  }, [entry, format, rounding]);
  const code = result?.code ?? null;
  const turn = (bit: number): void => {
    const next = (code ?? 0n) ^ (1n << BigInt(bit));
    const value = decode(format, format.bits <= 32 ? Number(next) : next);
    // Decimal text says a finite value; what has no text of its own is shown as its bits.
    change({ value: Number.isFinite(value) ? full(value) : `0b${bitText(format, next)}` });
  };

  return <div class="number-panel">
    <header class="entry">
      <Field label="value" size={28} value={shown.value} onInput={value => change({ value })} hint="Decimal 0.1, hexadecimal float 0x1.8p-3, fraction 1/3, or bits 0b… and 0x… of the format" />
      <Choice label="format" value={format.id} options={[...(formats.some(f => f.id === format.id) ? [] : [{ value: format.id, title: format.id, group: 'own' }]), ...formats.map(f => ({ value: f.id, title: f.id, group: f.group }))]} onChange={id => change({ format: id })} />
      <Choice label="rounding" value={shown.mode} options={roundingModes.map(mode => ({ value: mode, title: mode }))} onChange={mode => change({ mode: mode as RoundingMode })} />
      <Choice label="overflow" value={shown.overflow} options={[{ value: 'ieee', title: 'the format’s own' }, { value: 'saturate', title: 'saturate' }, { value: 'wrap', title: 'wrap (integers)' }]} onChange={overflow => change({ overflow: overflow as Shown['overflow'] })} />
      <Choice label="subnormals" value={shown.subnormals} options={[{ value: 'keep', title: 'keep' }, { value: 'flush', title: 'flush to zero' }]} onChange={subnormals => change({ subnormals: subnormals as Shown['subnormals'] })} />
    </header>
    <p class={entry.kind === 'problem' ? 'problem' : 'hint'} role="status">{entry.kind === 'problem' ? entry.message : `Read as ${entry.read}. ${format.title}: ${format.bits} bits${format.significandBits === null ? '' : `, ${format.significandBits} of significand`}, largest ${short(format.maxFinite)}, smallest above zero ${short(format.minPositive)}.`}</p>
    {entry.kind !== 'problem' && result && <>
      <section class="stored" aria-label="Stored value">
        <p class="big" role="status"><output class="big-number" title={full(result.stored)}>{short(result.stored, 9)}</output>{result.flags.map(flag => <span key={flag} class={`flag${flag === 'exact' ? ' good' : ''}`}>{flag}</span>)}
          {result.ulps > 0 && <span class="muted">{short(result.ulps)} ulp {result.error > 0 ? 'above' : 'below'} the value{Number.isFinite(result.relative) ? `, ${short(result.relative * 100)} %` : ''}</span>}</p>
        {code === null ? <p class="hint">{format.id} has no bits for this.</p> : <>
          <BitStrip format={format} code={code} onTurn={turn} />
          <p class="formula"><code>{anatomy(format, code).formula}</code><span class="muted">{anatomy(format, code).kind}</span></p>
        </>}
        {Number.isFinite(result.stored) && <dl class="texts">
          <Text name="exactly" text={exactDecimal(result.stored)} host={host} />
          <Text name="hexadecimal float" text={hexFloat(result.stored)} host={host} />
          {code !== null && <Text name="code" text={`0x${code.toString(16).padStart(Math.ceil(format.bits / 4), '0')}`} host={host} />}
        </dl>}
      </section>
      {entry.kind === 'real' && Number.isFinite(result.stored) && <Line value={entry.value} stored={result.stored} format={format} />}
      <ComparisonTable entry={entry} shown={format.id} ids={shown.compared} rounding={rounding} onPick={id => change({ format: id })} onChange={compared => change({ compared })} />
    </>}
  </div>;
}

function Text({ name, text, host }: { readonly name: string; readonly text: string; readonly host: Host }): VNode {
  const cut = 90;
  return <div><dt>{name}</dt><dd><code title={text.length > cut ? text : undefined} data-full={text}>{text.length > cut ? `${text.slice(0, cut)}… (${text.length} digits)` : text}</code>
    <Button look="icon" label={`Copy ${name}`} onPress={() => host.post({ type: 'copy', text, what: name })}>copy</Button></dd></div>;
}

function Line({ value, stored, format }: { readonly value: ExactValue; readonly stored: number; readonly format: Format }): VNode {
  const values = [...new Set([...neighbourhood(format, stored, 3), stored])].sort((a, b) => a - b);
  const exact = toDouble(value);
  const offset = -storageError(format, value, values[0]).absolute;
  // A value far outside (overflow, saturation) would squeeze the neighbours into one point; it is named instead.
  const span = values[values.length - 1] - values[0];
  const far = !(Math.abs(offset) <= 4 * span) || values.length < 2;
  return <Chart id="number-line" title={`Neighbours in ${format.id}`} height={numberLineHeight}
    description={far ? `The value, ${short(exact, 6)}, lies outside this part of the line.` : `One step here is ${short((values[Math.floor(values.length / 2) + 1] ?? stored) - stored || span / Math.max(1, values.length - 1))}.`}
    table={{ columns: ['value', 'exactly', 'what'], rows: [...values.map(v => [full(v), exactDecimal(v).slice(0, 60), v === stored ? 'stored' : 'neighbour']), [full(exact), '', 'the value itself']] }}
    draw={width => <NumberLine width={width} values={values} marks={[{ value: stored, label: `${exact === stored && offset === stored - values[0] ? 'value, stored exactly' : 'stored'} ${short(stored, 6)}`, kind: 'stored' }, ...(far || (exact === stored && offset === stored - values[0]) ? [] : [{ value: exact, label: `value ${short(exact, 6)}`, kind: 'real' as const, offset }])]} />} />;
}

function restored(host: Host): Shown {
  const state = host.restore();
  if (state?.panel !== 'formats') return initial;
  const { compared, mode, overflow, subnormals } = state.view;
  return {
    value: state.value, format: state.format,
    compared: Array.isArray(compared) && compared.every(id => typeof id === 'string') ? compared as string[] : initial.compared,
    mode: roundingModes.find(m => m === mode) ?? initial.mode,
    overflow: (['ieee', 'saturate', 'wrap'] as const).find(o => o === overflow) ?? initial.overflow,
    subnormals: subnormals === 'flush' ? 'flush' : 'keep',
  };
}
