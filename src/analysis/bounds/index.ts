export { bound, type BoundBudget, type BoundRequest } from './bound';
export { BoundError, type BoundResult, type BoundSite, type Reached } from './result';
