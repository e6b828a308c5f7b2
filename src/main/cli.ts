import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../shared/rpc/errors.js'
import { EXIT } from './cli/exit-codes.js'
import { runCli } from './cli/run-cli.js'

const here = import.meta.dirname

/** Whoever reads the output has gone (`| head`): there is nobody left to tell anything. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}
process.stdout.on('error', endQuietly)
process.stderr.on('error', endQuietly)

/** The folder that the shell stands in may have been removed under it. */
function currentDirectory(): string {
  try {
    return process.cwd()
  } catch (error) {
    process.stderr.write(`smart-agents: the current folder is gone (${messageOf(error)})\n`)
    process.exit(EXIT.usage)
  }
}

const hostScript = path.join(here, 'server.js')

const manifest: { readonly version: string } = JSON.parse(
  readFileSync(path.join(here, '../../package.json'), 'utf8'),
)

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: currentDirectory(),
  platform: process.platform,
  homeDirectory: os.homedir(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  version: manifest.version,
  hostScript,
  now: () => Date.now(),
  runHost: async (args) => {
    process.argv = [process.execPath, hostScript, ...args]
    // By its path, so that the host does not become a part of the command line's own bundle.
    await import(pathToFileURL(hostScript).href)
    return Number(process.exitCode ?? 0)
  },
  onInterrupt: (listener) => {
    process.on('SIGINT', listener)
    return () => process.off('SIGINT', listener)
  },
  onTermination: (listener) => {
    process.on('SIGTERM', listener).on('SIGHUP', listener)
    return () => process.off('SIGTERM', listener).off('SIGHUP', listener)
  },
})
