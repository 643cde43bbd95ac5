import { defineConfig } from 'vitest/config';
import { typescriptLibraryForVite } from './scripts/typescript-library.mjs';

export default defineConfig({
  plugins: [typescriptLibraryForVite],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    setupFiles: ['test/setup.ts'],
    projects: [
      // Modules are read once, not once a file, which halves the time; no test replaces a module or a global.
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], isolate: false, testTimeout: 20_000 } },
      { extends: true, test: { name: 'golden', include: ['test/golden/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
