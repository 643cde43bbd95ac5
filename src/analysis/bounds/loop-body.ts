import type { Guard } from './guard';
import type { StepModel } from './step-model';
import type { Sweep } from './sweep';

/** A loop that is too long to unroll, or that runs a number of times that is only known as a range. */
export interface LongLoop {
  /** Names the loop within its function. */
  readonly key: string;
  /** Fewest and most iterations. */
  readonly trips: readonly [number, number];
  /** Nodes of the state before the loop. */
  readonly before: readonly number[];
  /** The input that counts iterations, once the body has been run: its values are first, first + stride, … */
  readonly counter?: (turn: number) => { readonly node: number; readonly first: number; readonly stride: number };
  /** Runs the body once on a state and gives the state after it. `turn` tells the iterations apart that are taken together: what they read from outside is not the same. */
  readonly run: (state: readonly number[], turn: number) => readonly number[];
}

/** One way through the body. */
export interface BodyPath {
  readonly after: readonly number[];
  /** The state before each of the iterations that are taken together. */
  readonly stages: readonly (readonly number[])[];
  readonly guards: readonly Guard[];
  readonly decisions: readonly boolean[];
  readonly sweep: Sweep;
}

/** The body of a long loop, and the box of inputs that its sweeps are evaluated on. */
export interface Body {
  readonly before: readonly number[];
  /** Input nodes that stand for the state at the start of an iteration, and their places in the box. */
  readonly inputs: readonly number[];
  readonly slots: readonly number[];
  readonly paths: readonly BodyPath[];
  readonly compensated: Compensated | null;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
}

/** A compensated summation in the body of a loop: two variables whose sum (or difference) carries almost no error. */
export interface Compensated {
  /** Index of the sum among the state, and of its correction. */
  readonly sum: number;
  readonly correction: number;
  /** Node of what is added. */
  readonly term: number;
  /** The total is sum + sign·correction. */
  readonly sign: 1 | -1;
  /** True when corrections are collected and added at the end (Neumaier); false when each goes into the next addition (Kahan). */
  readonly collects: boolean;
  readonly step: StepModel;
}
