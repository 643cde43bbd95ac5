/** Work that waits for quiet: one task for each key; asking again postpones it. */
export class Schedule {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** Runs `task` after `milliseconds` unless it is asked for again or cancelled before. */
  at(key: string, milliseconds: number, task: () => Promise<void>): void {
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => { this.timers.delete(key); void task(); }, milliseconds));
  }

  cancelAll(): void {
    for (const key of [...this.timers.keys()]) this.cancel(key);
  }

  cancel(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }
}
