import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostMessage, PanelMessage } from '../../../src/protocol/panel';
import { isHostMessage, isPanelMessage, isPanelState } from '../../../src/protocol/panel-guards';
import type { SimulationRequest } from '../../../src/protocol/report';

const request: SimulationRequest = {
  file: '/a/b.ts', functionName: 'f', schemes: [{ id: 'fp16', rounding: 'up', granularity: 'group:32', calibration: 'percentile:99.99' }, { id: 'bf16+fp32' }],
  inputs: { kind: 'sweep', parameter: 0, path: 'p.x', lo: -1, hi: 1, count: 200, base: [1, [2, 'NaN']] }, limits: { milliseconds: 1000 },
};

const panelMessages: readonly PanelMessage[] = [
  { type: 'ready', panel: 'simulation', state: null },
  { type: 'ready', panel: 'formats', state: { version: 1, panel: 'formats', value: '0.1', format: 'fp16', view: {} } },
  { type: 'run', request }, { type: 'findWorst', request, scheme: 'fp16' }, { type: 'cancel' }, { type: 'keep', keep: true },
  { type: 'reveal', file: '/a/b.ts', start: 3, end: 9, focus: true }, { type: 'settings', settings: { rerunOnSave: false } },
  { type: 'copy', text: 'x', what: 'the table' }, { type: 'save', kind: 'json', suggestedName: 'a.json', content: '{}' }, { type: 'save', kind: 'html', suggestedName: 'a.html' }, { type: 'save', kind: 'json', suggestedName: 'a.json' },
  { type: 'page', whole: 'report-1', page: { kind: 'run', format: 'fp16' } }, { type: 'page', whole: 'report-1', page: { kind: 'cases', format: 'fp16', order: 'worst', from: 50, count: 50 } }, { type: 'page', whole: 'report-1', page: { kind: 'input', index: 0 } },
  { type: 'remedy', remedy: 'trust' }, { type: 'openNumber', value: '0.1', format: 'fp16' },
  { type: 'runOrders', request: { place: null, text: 'xs', values: [1, '-0', 'Infinity'], format: 'fp32', orders: 10, seed: 1 } },
];

const hostMessages: readonly HostMessage[] = [
  { type: 'select', file: '/a/b.ts', start: 1, end: 1 }, { type: 'number', value: '0.1', format: 'fp16' },
  { type: 'status', status: { state: 'failed', message: 'It threw.', place: { file: 'a', line: 1, column: 1 }, remedies: [{ title: 'Run', action: 'run' }] } },
  { type: 'progress', progress: { fraction: null, operations: 5, operationsPerSecond: 100, phase: 'fp16' } },
  { type: 'context', context: { trusted: true, functions: [], presets: [], formats: [], request, settings: { rerunOnSave: true }, stale: false } },
];

/** Every message with one of its leaves replaced or removed, deep inside. */
function* damaged(message: unknown): Generator<unknown> {
  if (typeof message !== 'object' || message === null) return;
  for (const key of Object.keys(message)) {
    for (const wrong of [undefined, {}, () => 0]) yield { ...message, [key]: wrong };
  }
}

describe('panel guards', () => {
  it('take every message of the protocol, before and after a structured clone through JSON', () => {
    for (const message of panelMessages) expect(isPanelMessage(JSON.parse(JSON.stringify(message))), message.type).toBe(true);
    for (const message of hostMessages) expect(isHostMessage(JSON.parse(JSON.stringify(message))), message.type).toBe(true);
  });

  it('refuse a message whose required field is missing or of another type', () => {
    const optional = new Set(['limits', 'state']);
    for (const message of panelMessages) {
      for (const key of Object.keys(message).filter(k => !optional.has(k))) expect(isPanelMessage({ ...message, [key]: { odd: 1 } }), `${message.type}.${key}`).toBe(false);
      for (const bad of damaged(message)) expect(typeof isPanelMessage(bad)).toBe('boolean');
    }
  });

  it('refuse what would let a webview reach too far', () => {
    const base = { type: 'reveal', file: '/a', start: 0, end: 1, focus: false };
    for (const change of [{ start: -1 }, { start: 2 }, { start: 0.5 }, { end: Infinity }, { file: 'x'.repeat(200_000) }, { focus: 'yes' }]) expect(isPanelMessage({ ...base, ...change })).toBe(false);
    expect(isPanelMessage({ type: 'remedy', remedy: 'workbench.action.quit' })).toBe(false);
    expect(isPanelMessage({ type: 'save', kind: 'exe', suggestedName: 'a', content: '' })).toBe(false);
    expect(isPanelMessage({ type: 'run', request: { ...request, schemes: Array(65).fill({ id: 'fp16' }) } })).toBe(false);
    expect(isPanelMessage({ type: 'run', request: { ...request, schemes: [{ id: 'fp16', rounding: 'sideways' }] } })).toBe(false);
    expect(isPanelMessage({ type: 'run', request: { ...request, inputs: { kind: 'generated', count: 1e9, seed: 1 } } })).toBe(false);
    expect(isPanelMessage({ type: 'run', request: { ...request, limits: { milliseconds: -5 } } })).toBe(false);
  });

  it('answer any value whatever without throwing', () => {
    fc.assert(fc.property(fc.anything(), data => { isPanelMessage(data); isHostMessage(data); isPanelState(data); }));
    fc.assert(fc.property(fc.constantFrom(...panelMessages, ...hostMessages), fc.string(), fc.anything(), (message, key, value) => {
      isPanelMessage({ ...message, [key]: value }); isHostMessage({ ...message, [key]: value });
    }));
  });
});
