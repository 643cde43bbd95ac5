import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { affineCode, affineValue, codeRange, qlinearOutput, xoshiro } from '../../../src/formats';

/** The few calls of the runtime's interface that this test makes. */
interface Tensor { readonly data: ArrayLike<number> }
interface Runtime {
  readonly Tensor: new (type: string, data: Float32Array | Uint8Array | Int8Array, dims: readonly number[]) => Tensor;
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<{ run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> }> };
}
const ort = createRequire(__filename)('onnxruntime-node') as Runtime;

/** A minimal protobuf writer: an ONNX model is a few nested messages. */
type Field = readonly [number, number | string | Uint8Array];
function message(...fields: readonly Field[]): Uint8Array {
  const bytes: number[] = [];
  const varint = (n: number): void => { let v = n; while (v > 127) { bytes.push((v & 127) | 128); v = Math.floor(v / 128); } bytes.push(v); };
  for (const [number, value] of fields) {
    if (typeof value === 'number') { varint(number << 3); varint(value); continue; }
    const content = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    varint((number << 3) | 2);
    varint(content.length);
    bytes.push(...content);
  }
  return Uint8Array.from(bytes);
}

const types = { float32: 1, uint8: 2, int8: 3 } as const;
type TypeName = keyof typeof types;

function value(name: string, type: TypeName, dims: readonly number[]): Uint8Array {
  const shape = message(...dims.map(d => [1, message([1, d])] as const));
  return message([1, name], [2, message([1, message([1, types[type]], [2, shape])])]);
}

interface Port { readonly name: string; readonly type: TypeName; readonly dims: readonly number[] }
function model(operator: string, inputs: readonly Port[], output: Port): Uint8Array {
  const node = message(...inputs.map(i => [1, i.name] as const), [2, output.name], [4, operator]);
  const graph = message([1, node], [2, 'g'], ...inputs.map(i => [11, value(i.name, i.type, i.dims)] as const), [12, value(output.name, output.type, output.dims)]);
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 17])]);
}

async function evaluate(operator: string, inputs: readonly (Port & { readonly data: Float32Array | Uint8Array | Int8Array })[], output: Port): Promise<number[]> {
  const session = await ort.InferenceSession.create(model(operator, inputs, output), { logSeverityLevel: 4 });
  const result = await session.run(Object.fromEntries(inputs.map(i => [i.name, new ort.Tensor(i.type, i.data, i.dims)])));
  return Array.from(result[output.name].data);
}

describe('ONNX Runtime, run here', () => {
  const random = xoshiro(5);
  const n = 4000;
  for (const type of ['uint8', 'int8'] as const) {
    it(`QuantizeLinear and DequantizeLinear ${type}`, async () => {
      const codes = codeRange(8, type === 'int8');
      for (const scale of [0.1, 1, 0.0371, 3e-5, 2 ** -7].map(Math.fround)) {
        const zeroPoint = codes.lowest + Math.floor(random() * 256);
        const x = Float32Array.from({ length: n }, (_, i) => i % 3 === 0 ? (Math.floor(random() * 400) - 200 + 0.5) * scale : (random() - 0.5) * 300 * scale);
        const p = { scale, zeroPoint, ...codes };
        const zero = type === 'int8' ? Int8Array.of(zeroPoint) : Uint8Array.of(zeroPoint);
        const scalar = [{ name: 's', type: 'float32' as const, dims: [], data: Float32Array.of(scale) }, { name: 'z', type, dims: [], data: zero }];
        const q = await evaluate('QuantizeLinear', [{ name: 'x', type: 'float32', dims: [n], data: x }, ...scalar], { name: 'y', type, dims: [n] });
        expect(Array.from(x, v => affineCode(v, p))).toEqual(q);
        const back = await evaluate('DequantizeLinear', [{ name: 'x', type, dims: [n], data: type === 'int8' ? Int8Array.from(q) : Uint8Array.from(q) }, ...scalar], { name: 'y', type: 'float32', dims: [n] });
        expect(q.map(v => affineValue(v, p) + 0)).toEqual(back.map(v => v + 0));
      }
    });
  }

  it('QLinearMatMul', async () => {
    const [M, K, N] = [8, 33, 7];
    for (let round = 0; round < 10; round++) {
      const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
      const [a, b] = [bytes(M * K), bytes(K * N)];
      const [aScale, bScale, yScale] = [0.01, 0.02, 0.5].map(s => Math.fround(s * (0.5 + random())));
      const [aZero, bZero, yZero] = [0, 0, 0].map(() => Math.floor(random() * 256));
      const scale = (name: string, s: number) => ({ name, type: 'float32' as const, dims: [], data: Float32Array.of(s) });
      const zero = (name: string, z: number) => ({ name, type: 'uint8' as const, dims: [], data: Uint8Array.of(z) });
      const y = await evaluate('QLinearMatMul', [
        { name: 'a', type: 'uint8', dims: [M, K], data: a }, scale('as', aScale), zero('az', aZero), { name: 'b', type: 'uint8', dims: [K, N], data: b }, scale('bs', bScale), zero('bz', bZero),
        scale('ys', yScale), zero('yz', yZero),
      ], { name: 'y', type: 'uint8', dims: [M, N] });
      const parameters = { scale: yScale, zeroPoint: yZero, lowest: 0, highest: 255 };
      const ours = Array.from({ length: M * N }, (_, i) => {
        let sum = 0;
        for (let k = 0; k < K; k++) sum += (a[Math.floor(i / N) * K + k] - aZero) * (b[k * N + i % N] - bZero);
        return qlinearOutput(sum, aScale, bScale, parameters);
      });
      expect(ours).toEqual(y);
    }
  });
});
