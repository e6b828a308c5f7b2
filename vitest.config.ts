import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Tests wait for events, never for time: a test that takes this long hangs.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // By itself it leaves a core of two free, although most tests wait for processes.
    maxWorkers: 2,
    setupFiles: ['./test/support/leak-check.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'integration', environment: 'node', include: ['test/**/*.test.ts'] },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/main/**/*.ts', 'src/shared/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: {
        'src/main/core/**': { lines: 85, branches: 85 },
      },
    },
  },
})
