import { defineConfig } from 'vitest/config';
import { typescriptLibraryForVite } from './scripts/typescript-library.mjs';

export default defineConfig({
  plugins: [typescriptLibraryForVite],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: {
    setupFiles: ['test/setup.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 20_000 } },
      { extends: true, test: { name: 'golden', include: ['test/golden/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
