import { shareObjects } from './calls';
import type { CallFrame, Engine, Hints } from './engine';
import { Recorder } from './recorder';
import { joinStates, type State } from './state';
import { joinValues, NOTHING, valueOfType, type Value } from './value';

/** Passes over a loop in which an unstable end stops at the next number of the program; later it goes to infinity at once. */
const THRESHOLDS = 2;
/** Passes after which everything that still changes is given up. */
const PATIENCE = 28;

/** Finds what holds at every start of a loop: `Engine.stabilize`. */
export class InvariantSearch {
  /** Set while a loop's invariant is being sought: what the loops inside it came to so far. */
  private invariants: Map<string, State> | null = null;
  /** Searches that have ended. */
  private searches = 0;
  /** Whether a pass contained no other search. */
  private readonly innermost = new Map<string, boolean>();

  /** After a search was broken off. */
  reset(): void {
    this.invariants = null;
  }

  stabilize(m: Engine, s: State, site: number, pass: (start: State) => State | null, { foresee, refine }: Hints = {}): void {
    const { recorder } = m;
    const rough = this.invariants;
    const frame = m.calls[m.calls.length - 1];
    const saved = takeJumps(frame, m.handlers);
    const entry = s.copy();
    // Inside the search of an enclosing loop this one starts from where it ended last time: an invariant of a larger start is one of this start too.
    const name = `${frame.context}:${site}`;
    const former = rough?.get(name);
    if (former) s.include(former);
    m.recorder = null;
    foresee?.(s);
    const invariants = rough ?? new Map<string, State>();
    /** One pass from a copy of `s`; with a recorder it is one that may turn out to be the last. */
    const run = (scratch: Recorder | null): State | null => {
      takeJumps(frame, m.handlers);
      m.recorder = scratch;
      this.invariants = scratch ? null : invariants;
      return pass(s.copy());
    };
    let scratch: Recorder | null = null;
    let end: State | null = null;
    for (let round = 0; ; round++) {
      // Recording pays where a pass is cheap (no search inside) and likely the last of the ascent.
      scratch = !rough && round > 0 && this.innermost.get(name) ? new Recorder() : null;
      const searches = this.searches;
      end = run(scratch);
      this.innermost.set(name, this.searches === searches);
      end?.collect();
      if (!end || !s.include(end, round < 1 ? undefined : round < THRESHOLDS ? m.thresholds : null)) break;
      if (round > PATIENCE) surrender(s, end);
    }
    this.searches++;
    if (rough) rough.set(name, s.copy());
    else {
      // Descending: until nothing changes, at most three times.
      for (let round = 0; ; round++) {
        const next = entry.copy();
        if (end) next.include(end);
        if (scratch) {
          if (round < 2) refine?.(next, scratch);
          if (round >= 2 || !(s.copy().include(next) || next.copy().include(s))) break;
        }
        s.become(next);
        scratch = new Recorder();
        end = run(scratch);
        end?.collect();
      }
      recorder?.absorb(scratch);
    }
    this.invariants = rough;
    m.recorder = recorder;
    addJumps(frame, m.handlers, saved);
  }
}

/** The chain does not end (it should have): everything that still changes becomes any value of its type. */
function surrender(s: State, end: State): void {
  for (const [v] of end.ownVariables()) s.setVariable(v, valueOfType({ kind: 'unknown' }));
  for (const location of end.locations()) shareObjects({ ...valueOfType(NEVER), locations: [location] }, s, () => undefined);
  s.forgetObjects();
}

const NEVER = { kind: 'never' } as const;

interface Jumps {
  readonly returns: State | null;
  readonly result: Value;
  readonly loops: readonly { readonly breaks: State | null; readonly continues: State | null }[];
  readonly handlers: readonly (State | null)[];
}

/** Take away the states that jumps out of the current statement have left behind. */
function takeJumps(frame: CallFrame, handlers: readonly { state: State | null }[]): Jumps {
  const taken: Jumps = { returns: frame.returns, result: frame.result, loops: frame.loops.map(({ breaks, continues }) => ({ breaks, continues })), handlers: handlers.map(h => h.state) };
  frame.returns = null;
  frame.result = NOTHING;
  for (const loop of frame.loops) { loop.breaks = null; loop.continues = null; }
  for (const handler of handlers) handler.state = null;
  return taken;
}

function addJumps(frame: CallFrame, handlers: readonly { state: State | null }[], jumps: Jumps): void {
  frame.returns = joinStates(frame.returns, jumps.returns);
  frame.result = joinValues(frame.result, jumps.result);
  frame.loops.forEach((loop, i) => {
    loop.breaks = joinStates(loop.breaks, jumps.loops[i].breaks);
    loop.continues = joinStates(loop.continues, jumps.loops[i].continues);
  });
  handlers.forEach((handler, i) => { handler.state = joinStates(handler.state, jumps.handlers[i]); });
}
