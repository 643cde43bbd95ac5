import { describe, expect, it } from 'vitest';
import { parseFormat } from '../../../src/formats';
import { mxArray, mxElement, type MxScaleRule } from '../../../src/formats/mx';
import { nvfp4, nvfp4TensorScale } from '../../../src/formats/nvfp4';
import { golden, singles } from './vectors';

describe('block/mx.json', () => {
  interface Peer { scale: number[]; elem?: number[][]; rne?: string[] }
  interface MxFile { x: string[]; blockSize: number; formats: Record<string, { microxcaling: { even: string[] }; gfloat: Peer; torchao: Partial<Record<MxScaleRule, Peer>> }> }
  const file = JSON.parse(golden('block/mx.json')) as MxFile;
  const ids: Record<string, string> = { fp8_e4m3: 'fp8-e4m3fn', fp8_e5m2: 'fp8-e5m2', fp6_e3m2: 'fp6-e3m2fn', fp6_e2m3: 'fp6-e2m3fn', fp4_e2m1: 'fp4-e2m1fn', int8: 'mxint8' };
  for (const [name, peers] of Object.entries(file.formats)) {
    const element = mxElement(parseFormat(ids[name]));
    const run = (hex: string, rule: MxScaleRule) => {
      const x = singles(hex);
      const values = new Float64Array(x.length);
      const scales = new Float64Array(1);
      mxArray(x, values, scales, element, rule);
      return { values: [...values], scale: Number.isNaN(scales[0]) ? 255 : Math.log2(scales[0]) + 127, elements: [...values].map(v => v / scales[0]) };
    };
    it(`${name}: microxcaling, gfloat`, () => {
      file.x.forEach((x, i) => {
        const { values, scale } = run(x, 'floor');
        // gfloat keeps the sign of a zero, microxcaling does not always.
        expect([i, ...values.map(v => v + 0)]).toEqual([i, ...[...singles(peers.microxcaling.even[i])].map(v => v + 0)]);
        if (name !== 'int8') expect([i, ...values]).toEqual([i, ...singles(peers.gfloat.rne![i])]);
        expect([i, scale]).toEqual([i, peers.gfloat.scale[i]]);
      });
    });
    for (const rule of Object.keys(peers.torchao) as MxScaleRule[]) {
      it(`${name}: torchao ${rule}`, () => {
        file.x.forEach((x, i) => {
          const { scale, elements } = run(x, rule);
          expect([i, scale]).toEqual([i, peers.torchao[rule]!.scale[i]]);
          // A NaN scale makes the whole block NaN; what the peer leaves in its elements then has no meaning.
          if (peers.torchao[rule]!.scale[i] === 255) { expect(elements.every(Number.isNaN)).toBe(true); return; }
          expect([i, ...elements]).toEqual([i, ...peers.torchao[rule]!.elem![i].map(Number)]);
        });
      });
    }
  }
});

describe('block/nvfp4.json', () => {
  interface Codes { scale: number[]; codes: string[]; deq?: string[] }
  interface NvFile { x: string[]; cases: { rows: number[]; amax: string; tensorScale: string; torchao: Codes; torchao_single: Codes; modelopt: Codes & { tensorScale: string } }[] }
  const file = JSON.parse(golden('block/nvfp4.json')) as NvFile;
  file.cases.forEach((c, n) => {
    const x = Float64Array.from(c.rows.flatMap(row => [...singles(file.x[row])]));
    const hex = (codes: Uint8Array): string[] => c.rows.map((_, i) => [...codes.subarray(16 * i, 16 * i + 16)].map(v => v.toString(16)).join(''));
    it(`case ${n}: tensor scale, torchao`, () => {
      const t = nvfp4TensorScale(singles(c.amax)[0]);
      expect(t).toBe(singles(c.tensorScale)[0]);
      const r = nvfp4(x, t);
      expect([...r.scales]).toEqual(c.torchao.scale);
      expect(hex(r.codes)).toEqual(c.torchao.codes);
      expect([...r.values]).toEqual(c.torchao.deq!.flatMap(d => [...singles(d)]));
    });
    it(`case ${n}: torchao, one level`, () => {
      const r = nvfp4(x, undefined);
      expect([...r.scales]).toEqual(c.torchao_single.scale);
      expect(hex(r.codes)).toEqual(c.torchao_single.codes);
    });
    it(`case ${n}: modelopt`, () => {
      const r = nvfp4(x, singles(c.modelopt.tensorScale)[0], 'modelopt');
      expect([...r.scales]).toEqual(c.modelopt.scale);
      expect(hex(r.codes)).toEqual(c.modelopt.codes);
    });
  });
});
