/** `record` with a double or double-double reference, or streaming statistics. */
export interface KernelMode {
  readonly shadow: 'record' | 'statistics' | 'statistics-wide';
  readonly wide: boolean;
  /** Counts every value that enters data arithmetic, so that its range is known. */
  readonly calibrating?: boolean;
  /** Lists are quantized when they are full: see `blockText`. */
  readonly blocks?: boolean;
}
