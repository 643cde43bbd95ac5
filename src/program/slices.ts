/** Runs work that hands control back now and then to its end, at once. */
export function completed<T>(slices: Generator<void, T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
