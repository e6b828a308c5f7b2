/** The long tests: hundreds of crashes and thousands of random histories. `npm run soak [rounds]`; default 300. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const rounds = Number(process.argv[2] ?? 300)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(
    `soak: ${JSON.stringify(process.argv[2])} is no number of rounds; give a whole number from 1 on`,
  )
  process.exit(2)
}

const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    'test/integration/crash.test.ts',
    'src/main/core/scheduler/queue-model.test.ts',
    'src/main/core/schedules/schedules.property.test.ts',
  ],
  {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
    env: {
      ...process.env,
      SMART_AGENTS_TEST_CRASH_ROUNDS: String(rounds),
      SMART_AGENTS_TEST_HISTORIES: String(rounds * 30),
    },
  },
)
process.exitCode = status ?? 1
