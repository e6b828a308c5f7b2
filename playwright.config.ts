import { defineConfig } from '@playwright/test'
import { chromiumArgs, findChromium } from './scripts/ensure-chromium.mjs'

const executablePath = findChromium()
const isReal = process.env['SMART_AGENTS_E2E_ELECTRON'] === 'real'
/** What an operating system shows of the app beside its window only a person could look at. */
const STAND_IN_ONLY = ['**/desktop.electron.spec.ts']

/**
 * The same specs run on both hosts; a fixture asks for its project's name to know which. `electron` drives the stand-in
 * for Electron, or the real one with SMART_AGENTS_E2E_ELECTRON=real. A spec that makes sense on one host only says so
 * in its name: `tray.electron.spec.ts`.
 */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results/e2e',
  // Two cores, and the gauges of the scheduler are off: a busy neighbour holds back no task.
  workers: 2,
  fullyParallel: false,
  // A test that passes the second time is a broken test or a broken program.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...chromiumArgs],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', testIgnore: ['**/*.browser.spec.ts', ...(isReal ? STAND_IN_ONLY : [])] },
    // A long one: `npm run soak:window`.
    { name: 'soak', testDir: 'e2e/soak', testMatch: '**/*.soak.ts' },
    // Not a test: `npm run screenshots` takes the pictures of the README.
    { name: 'screenshots', testDir: 'e2e/screenshots', testMatch: '**/*.shots.ts' },
  ],
})
