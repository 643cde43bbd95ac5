/**
 * A smoothing filter.
 * @range signal [0.5, 4]
 * @range taps [0.1, 0.5]
 */
export function smooth(signal: number[], taps: number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i + taps.length <= signal.length; i++) {
    let sum = 0;
    for (let j = 0; j < taps.length; j++) {
      const term = signal[i + j] * taps[j];
      sum += term;
    }
    out.push(sum);
  }
  return out;
}
