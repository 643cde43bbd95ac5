import { describe, expect, it } from 'vitest';
import { isExpressivenessMessage, isExpressivenessState, isTuningMessage, isTuningState, type ExpressivenessMessage, type TuningMessage } from '../../../src/protocol/tuning-panel';
import type { TuneRequest } from '../../../src/protocol/tuning';

const request: TuneRequest = { file: '/a.ts', functionName: 'f', tolerance: 1e-2, formats: ['fp32', 'fp16'], strategy: 'greedy', inputs: { kind: 'generated', count: 8, seed: 1 } };

describe('messages of the tuning panels', () => {
  const sent: Record<TuningMessage['type'], TuningMessage> = {
    ready: { type: 'ready' }, tune: { type: 'tune', request }, cancel: { type: 'cancel' }, reveal: { type: 'reveal', start: 12 }, write: { type: 'write', formats: ['fp16'] },
    simulate: { type: 'simulate', formats: ['fp16'] }, copy: { type: 'copy', text: 'x', what: 'it' }, remedy: { type: 'remedy', remedy: 'run' },
  };
  const checked: Record<ExpressivenessMessage['type'], ExpressivenessMessage> = {
    ready: { type: 'ready' }, check: { type: 'check', request: { activation: { kind: 'known', id: 'relu' }, p: 3, s: 2 } }, copy: { type: 'copy', text: 'x', what: 'it' },
  };

  it('pass their guards after a trip as JSON', () => {
    for (const message of Object.values(sent)) expect(isTuningMessage(JSON.parse(JSON.stringify(message)))).toBe(true);
    for (const message of Object.values(checked)) expect(isExpressivenessMessage(JSON.parse(JSON.stringify(message)))).toBe(true);
    expect(isTuningState({ version: 1, request })).toBe(true);
    expect(isExpressivenessState({ version: 1, request: { activation: { kind: 'function', file: '/a.ts', functionName: 'f' }, p: 1, s: 0 } })).toBe(true);
  });

  it.each([
    null, 'tune', [], { type: 'tune' }, { type: 'tune', request: { ...request, tolerance: 0 } }, { type: 'tune', request: { ...request, tolerance: Infinity } }, { type: 'tune', request: { ...request, strategy: 'magic' } },
    { type: 'tune', request: { ...request, formats: 'fp16' } }, { type: 'tune', request: { ...request, file: 7 } }, { type: 'tune', request: { ...request, inputs: { kind: 'given', cases: 3 } } }, { type: 'reveal', start: -1 }, { type: 'reveal', start: 1.5 },
    { type: 'write', formats: [1] }, { type: 'copy', text: 'x'.repeat(2_000_000), what: 'it' }, { type: 'unknown' },
  ])('what is malformed is refused: %j', message => { expect(isTuningMessage(message)).toBe(false); });

  it.each([
    { activation: { kind: 'known', id: 'swish' }, p: 3, s: 2 }, { activation: { kind: 'known', id: 'relu' }, p: 13, s: 2 }, { activation: { kind: 'known', id: 'relu' }, p: 0, s: 2 },
    { activation: { kind: 'known', id: 'relu' }, p: 3, s: 0.5 }, { activation: { kind: 'function', file: '/a.ts' }, p: 3, s: 2 }, {},
  ])('a grid or activation that does not exist is refused: %j', bad => { expect(isExpressivenessMessage({ type: 'check', request: bad })).toBe(false); });
});
