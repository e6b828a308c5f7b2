import { canInstallPackages, installPackages } from './debian.mjs'
import { run } from './run.mjs'

async function hasGit() {
  const { code } = await run('git', ['--version'], { limitMs: 10_000, quiet: true })
  return code === 0
}

/** The tests drive a real git. Installs it where that needs nobody's permission. */
export async function ensureGit() {
  if (await hasGit()) return
  if (!canInstallPackages())
    throw new Error('The tests need git, and there is none: install it and try again')
  process.stderr.write('Installing git, which the tests need.\n')
  await installPackages(['git', 'ca-certificates'])
}
