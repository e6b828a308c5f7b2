/** Builds the project in the current folder over and over, until it is killed: a build that outlasts a measurement. */
import { spawnSync } from 'node:child_process'

const cli = 'node_modules/electron-vite/bin/electron-vite.js'
for (let round = 1; ; round++) {
  const { status } = spawnSync(process.execPath, [cli, 'build'], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  process.stdout.write(`build ${round} done\n`)
}
