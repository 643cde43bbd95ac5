/**
 * Thirty thousand steps with many operations: more samples than a panel is sent at once.
 * @simulate filtered fp32 fp16 bf16 fp8-e5m2
 * @inputs {"cases": [[12000]]}
 */
export function filtered(n: number): number {
  let low = 0, band = 0, high = 0, energy = 0, phase = 0;
  for (let i = 0; i < n; i++) {
    phase += 0.0173;
    if (phase > 6.283185307179586) phase -= 6.283185307179586;
    const drive = Math.sin(phase) + 0.3 * Math.sin(3 * phase) + 0.1 * Math.cos(7 * phase);
    const soft = drive / (1 + Math.abs(drive));
    high = soft - low - 0.7 * band;
    band += 0.21 * high;
    low += 0.21 * band;
    const mixed = 0.5 * low + 0.3 * band + 0.2 * high;
    energy += mixed * mixed;
    const mean = energy / (i + 1);
    const gain = 1 / Math.sqrt(mean + 1e-3);
    high = mixed * gain * 0.5 + 0.25;
  }
  return high + energy / n;
}
