import { canInstallPackages, installPackages } from './debian.mjs'
import { run } from './run.mjs'

/** What the tests drive for real, and the packages of Debian that hold it. */
const PROGRAMS = [
  { name: 'git', packages: ['git', 'ca-certificates'] },
  { name: 'python3', packages: ['python3'] },
]

/** @param {string} name */
async function has(name) {
  const { code } = await run(name, ['--version'], { limitMs: 10_000, quiet: true })
  return code === 0
}

/** Installs what is missing where that needs nobody's permission. */
export async function ensurePrograms() {
  for (const { name, packages } of PROGRAMS) {
    if (await has(name)) continue
    if (!canInstallPackages())
      throw new Error(`The tests need ${name}, and there is none: install it and try again`)
    process.stderr.write(`Installing ${name}, which the tests need.\n`)
    await installPackages(packages)
  }
}
