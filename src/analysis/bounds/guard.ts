/** A comparison that a path of the program assumes to hold: node `difference` = left − right (an exact operation) related to 0. */
export interface Guard {
  readonly difference: number;
  readonly relation: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';
}
