export { bound, bounding, type BoundBudget, type BoundProgress, type BoundRequest } from './bound';
export { BoundError, type BoundResult, type BoundSite, type Reached } from './result';
export { boundExpression } from './expression';
