import { completed } from '../program';

/** A value that is computed in slices when it is first wanted, and once. What `start` or a slice throws is thrown to whoever asked; the next to ask begins again. */
export class Gradual<T> {
  private slices: Generator<void, T> | undefined;
  private result: { readonly value: T } | undefined;

  /** `before` is called before the work goes on, each time. */
  constructor(private readonly start: () => Generator<void, T>, private readonly before: () => void = () => undefined) {}

  /** One slice more. True when the value is there. */
  step(): boolean {
    if (this.result) return true;
    const { done, value } = this.going(slices => slices.next());
    if (done) this.result = { value };
    return done === true;
  }

  /** The value, with all that is left to do for it. */
  value(): T {
    return (this.result ??= { value: this.going(completed) }).value;
  }

  private going<R>(run: (slices: Generator<void, T>) => R): R {
    this.before();
    const slices = this.slices ??= this.start();
    try {
      return run(slices);
    } catch (error) {
      this.slices = undefined;
      throw error;
    }
  }
}
