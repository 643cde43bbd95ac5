export type { ProjectHost } from './project/host';
export { openProject, type Project } from './project/project';
export { lowerText, type LowerOptions } from './project/single';
export { typeText } from './project/functions';
