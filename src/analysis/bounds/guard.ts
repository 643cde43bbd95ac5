/** A comparison that a path of the program assumes to hold: node `difference` = left − right (an exact operation) related to 0. */
export interface Guard {
  readonly difference: number;
  readonly relation: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';
}

/** Whether a relation to 0 holds for no number of [lo, hi]. */
export function certainlyFails(relation: Guard['relation'], lo: number, hi: number): boolean {
  switch (relation) {
    case 'lt': return lo >= 0;
    case 'le': return lo > 0;
    case 'gt': return hi <= 0;
    case 'ge': return hi < 0;
    case 'eq': return lo > 0 || hi < 0;
    case 'ne': return lo === 0 && hi === 0;
  }
}
