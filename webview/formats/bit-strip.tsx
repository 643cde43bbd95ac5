import { useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { Format } from '../../src/formats';
import { anatomy } from './anatomy';

/** The bits of a code as buttons, in the tinted groups of their fields, each group in words below. Arrow keys walk the bits, Space or Enter turns one. */
export function BitStrip({ format, code, onTurn }: { readonly format: Format; readonly code: bigint; readonly onTurn: (bit: number) => void }): VNode {
  const { fields } = anatomy(format, code);
  const strip = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(format.bits - 1);
  const focused = Math.min(current, format.bits - 1);
  const onKey = (event: KeyboardEvent): void => {
    const to = ({ ArrowLeft: focused + 1, ArrowRight: focused - 1, Home: format.bits - 1, End: 0 } as Record<string, number>)[event.key];
    if (to === undefined || to < 0 || to >= format.bits) return;
    event.preventDefault();
    setCurrent(to);
    strip.current?.querySelector<HTMLElement>(`[data-bit="${to}"]`)?.focus();
  };
  let top = format.bits;
  return <div ref={strip} class={`bit-strip${format.bits > 32 ? ' long' : ''}`} role="group" aria-label={`Bits of the ${format.id}`} onKeyDown={onKey}>
    {fields.map(field => {
      const high = top - 1;
      top -= field.bits;
      return <div key={field.name} class={`field ${field.name}`} role="group" aria-label={`${field.name}: ${field.words}`}>
        <span class="field-name">{field.name}</span>
        <div class="bits">
          {Array.from({ length: field.bits }, (_, i) => {
            const bit = high - i;
            const on = (code >> BigInt(bit)) & 1n;
            return <button key={bit} type="button" class={`bit${on ? ' on' : ''}`} data-bit={bit} aria-pressed={on === 1n} aria-label={`${field.name} bit ${field.bits - 1 - i}: ${on}`} title={`bit ${bit}`}
              tabIndex={bit === focused ? 0 : -1} onFocus={() => setCurrent(bit)} onClick={() => onTurn(bit)}>{String(on)}</button>;
          })}
        </div>
        <span class="field-words">{field.words}</span>
      </div>;
    })}
  </div>;
}
