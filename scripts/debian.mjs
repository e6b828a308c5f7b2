import { existsSync } from 'node:fs'
import { run } from './run.mjs'

/** Whether packages can be installed here without asking anybody: Debian or its kin, and root. */
export function canInstallPackages() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<void>}
 */
export async function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { limitMs: 300_000, env, quiet: true }
  const update = await run('apt-get', ['update', '-q'], options)
  if (update.code !== 0) throw new Error(`apt-get update failed:\n${update.output.slice(-2000)}`)
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  const install = await run('apt-get', args, options)
  if (install.code !== 0)
    throw new Error(`apt-get ${args.join(' ')} failed:\n${install.output.slice(-2000)}`)
}
