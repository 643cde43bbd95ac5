/** Made by the build: see scripts/typescript-library.mjs. */
declare module 'virtual:typescript-library' {
  /** Declarations of the language's standard library, without DOM. */
  export const libraryText: string;
}
