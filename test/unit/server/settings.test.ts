import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultSettings, readSettings } from '../../../src/protocol/settings';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { configuration: { properties: Record<string, { default: unknown }> }[] } };
const properties = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties)) as Record<string, { default: unknown }>;

/** `{a: {b: 1}}` → `{'roundoff.a.b': 1}`; `hazards` is one setting with a map in it. */
function flat(value: object, path = 'roundoff'): Record<string, unknown> {
  return Object.assign({}, ...Object.entries(value).map(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && key !== 'hazards' ? flat(inner, `${path}.${key}`) : { [`${path}.${key}`]: inner })) as Record<string, unknown>;
}

describe('settings', () => {
  it('have the defaults that package.json states, and no others', () => {
    expect(flat(defaultSettings)).toEqual(Object.fromEntries(Object.entries(properties).map(([key, { default: value }]) => [key, value])));
  });

  it('keep the default where a value has the wrong type or is out of range', () => {
    const read = readSettings({ enable: 'yes', targetFormats: ['fp16', 3], codeLens: false, inlayHints: 'loud', hover: null, simulation: { samples: 1e9, timeLimit: 5 }, hazards: { a: 'off', b: 'loud' } });
    expect(read).toEqual({ ...defaultSettings, codeLens: false, simulation: { ...defaultSettings.simulation, timeLimit: 5 }, hazards: { a: 'off' } });
    for (const nonsense of [null, undefined, 3, 'x', [], [1]]) expect(readSettings(nonsense)).toEqual(defaultSettings);
  });
});
