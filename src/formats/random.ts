/**
 * Seeded uniform numbers in [0, 1) with 53 random bits: xoshiro128** (Blackman and Vigna, 2018), its state filled by SplitMix32 from the seed.
 * The sequence of a seed never changes between versions.
 */
export function xoshiro(seed: number): () => number {
  let state = seed >>> 0;
  // A seed beyond 32 bits, or not an integer, still selects its own sequence.
  if (seed !== state) { scratch[0] = seed; state = (words[0] ^ Math.imul(words[1], 0x9e3779b1)) >>> 0; }
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  const word = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return () => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);
