import type { Expression, Program, VariableId } from '../../program';
import type { Interval } from '../../exact/interval';
import type { Facts, NumberFact } from '../facts';
import { elementsOf } from './heap';
import { ANY_NUMBER, joinNumbers, NO_NUMBER, toFact, type NumberSet } from './number-set';
import type { State } from './state';
import { ANY_LENGTH, typedArrayElement, UNDEFINED, valueOfType, type Value } from './value';

/** Collects what evaluation finds out of each expression: the join over every time it is evaluated. */
export class Recorder {
  private readonly numbers: (NumberSet | undefined)[] = [];
  private readonly elements: (NumberSet | undefined)[] = [];
  private readonly lengths: (NumberSet | undefined)[] = [];
  private readonly reached: boolean[] = [];
  private readonly others: boolean[] = [];
  private readonly variables: (NumberSet | undefined)[] = [];
  private readonly trips = new Map<number, NumberSet>();

  record(e: Expression, value: Value, s: State): void {
    this.reached[e.id] = true;
    if (value.number !== NO_NUMBER) this.numbers[e.id] = joinNumbers(this.numbers[e.id] ?? NO_NUMBER, value.number);
    if (value.locations.length || value.outside.length || value.functions.length) this.others[e.id] = true;
    if (value.text || value.simple & ~UNDEFINED) this.others[e.id] = true;
    if (value.locations.length === 0 && value.outside.length === 0) return;
    const { element, length } = summarize(value, s);
    if (element) this.elements[e.id] = joinNumbers(this.elements[e.id] ?? NO_NUMBER, element);
    if (length) this.lengths[e.id] = joinNumbers(this.lengths[e.id] ?? NO_NUMBER, length);
  }

  /** The expression may yield something that is not a number and that arithmetic converts to one. */
  mixed(id: number): boolean {
    return this.others[id] ?? false;
  }

  recordLength(e: Expression, length: NumberSet): void {
    this.lengths[e.id] = joinNumbers(this.lengths[e.id] ?? NO_NUMBER, length);
  }

  recordVariable(id: VariableId, value: Value, s: State): void {
    const number = value.number === NO_NUMBER ? summarize(value, s).element : value.number;
    if (number) this.variables[id] = joinNumbers(this.variables[id] ?? NO_NUMBER, number);
  }

  recordTrips(start: number, trips: NumberSet): void {
    this.trips.set(start, joinNumbers(this.trips.get(start) ?? NO_NUMBER, trips));
  }

  wasReached(id: number): boolean {
    return this.reached[id] ?? false;
  }

  number(id: number): NumberSet | undefined {
    return this.numbers[id];
  }

  tripsOf(start: number): NumberSet | undefined {
    return this.trips.get(start);
  }

  /** Nothing could be found out of this expression in time: any value of its type. */
  giveUp(e: Expression): void {
    this.reached[e.id] = true;
    const value = valueOfType(e.type);
    if (value.number !== NO_NUMBER) this.numbers[e.id] = joinNumbers(this.numbers[e.id] ?? NO_NUMBER, value.number);
    if (value.outside.length > 0) { this.elements[e.id] = undefined; this.lengths[e.id] = ANY_LENGTH; }
  }

  giveUpVariable(id: VariableId, value: Value): void {
    if (value.number !== NO_NUMBER) this.variables[id] = joinNumbers(this.variables[id] ?? NO_NUMBER, value.number);
  }

  giveUpTrips(start: number): void {
    this.trips.delete(start);
  }

  facts(program: Program): Facts {
    const reasons: Record<number, string> = {};
    const numbers = program.expressions.map((e, id): NumberFact | null => {
      const set = this.numbers[id];
      if (set && set.reasons.length > 0) reasons[e.id] = set.reasons.join(', ');
      return set ? toFact(set) : null;
    });
    return {
      numbers, reasons,
      elements: program.expressions.map((_, id) => fact(this.elements[id])),
      lengths: program.expressions.map((_, id) => interval(this.lengths[id])),
      reachable: program.expressions.map((_, id) => this.reached[id] ?? false),
      variables: program.variables.map(v => fact(this.variables[v.id])),
      trips: Object.fromEntries([...this.trips].map(([start, set]) => [start, { lo: set.lo, hi: set.hi }])),
    };
  }
}

function fact(set: NumberSet | undefined): NumberFact | null {
  return set ? toFact(set) : null;
}

function interval(set: NumberSet | undefined): Interval | null {
  return set && set.lo <= set.hi ? { lo: set.lo, hi: set.hi } : null;
}

/** Numbers in, and length of, the arrays that a value may be. */
function summarize(value: Value, s: State): { element: NumberSet | null; length: NumberSet | null } {
  let element: NumberSet | null = null;
  let length: NumberSet | null = null;
  const add = (numbers: NumberSet, count: NumberSet | null): void => {
    if (numbers !== NO_NUMBER) element = joinNumbers(element ?? NO_NUMBER, numbers);
    if (count) length = joinNumbers(length ?? NO_NUMBER, count);
  };
  for (const location of value.locations) {
    const object = s.object(location);
    if (object && object.kind !== 'object') add(elementsOf(object).number, object.length);
  }
  for (const { type, promise } of value.outside) {
    switch (type.kind) {
      case 'array': case 'set': add(valueOfType(type.element, promise).number, ANY_LENGTH); break;
      case 'tuple': for (const member of type.elements) add(valueOfType(member, promise).number, { ...ANY_LENGTH, lo: type.elements.length, hi: type.elements.length }); break;
      case 'typedArray': add(promise ?? typedArrayElement(type.name), ANY_LENGTH); break;
      case 'map': add(valueOfType(type.value, promise).number, ANY_LENGTH); break;
      case 'unknown': add(promise ?? ANY_NUMBER, ANY_LENGTH); break;
    }
  }
  return { element, length };
}
