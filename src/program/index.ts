export * from './expression';
export * from './program';
export * from './statement';
export * from './types';
