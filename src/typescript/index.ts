export { lowerText, type LowerOptions } from './project/single';
