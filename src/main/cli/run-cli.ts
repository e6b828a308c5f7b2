import path from 'node:path'
import { CommanderError } from 'commander'
import { dataDirectoryPath } from '../../shared/model/data-directory-path.js'
import { type CliError, toCliError, usageError } from './cli-error.js'
import type { CliEnvironment, CommandContext } from './command-context.js'
import { EXIT } from './exit-codes.js'
import { HostConnection } from './host/host-connection.js'
import { createProgram, type GlobalOptions } from './program.js'
import { Terminal } from './terminal.js'

/**
 * Runs one command line (without node and script) and answers its exit code. Nothing that it
 * opened is open afterwards; a host that it had to start lives on.
 */
export async function runCli(
  argv: readonly string[],
  environment: CliEnvironment,
): Promise<number> {
  const terminal = new Terminal(environment.stdout, environment.stderr, environment.env)
  const parsing: string[] = []
  let exitCode: number = EXIT.ok
  const program = createProgram({
    version: environment.version,
    width: terminal.width,
    writeOut: (text) => terminal.write(text),
    // The parser's complaints come back as an error and are told from there.
    writeErr: (text) => parsing.push(text),
    perform: async (globals, command) => {
      const context = createContext(globals, environment, terminal)
      try {
        exitCode = await command(context)
      } finally {
        await context.host.close()
      }
    },
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === EXIT.ok) return EXIT.ok
      if (error.code === 'commander.help') {
        environment.stderr.write(parsing.join(''))
        return EXIT.usage
      }
    }
    const known = error instanceof CommanderError ? parseError(error) : toCliError(error)
    report(known, wantsJson(argv), terminal)
    return known.exitCode
  }
}

function createContext(
  globals: GlobalOptions,
  environment: CliEnvironment,
  terminal: Terminal,
): CommandContext {
  const { env, cwd, platform, homeDirectory } = environment
  const dataDirectory = path.resolve(
    cwd,
    globals.dataDir ?? dataDirectoryPath({ platform, env, homedir: homeDirectory }),
  )
  const host = new HostConnection(async () => {
    const { findHost } = await import('./host/find-host.js')
    return findHost({ script: environment.hostScript, dataDirectory, workspace: cwd, env })
  })
  return { environment, terminal, json: globals.json === true, dataDirectory, host }
}

/** Commander's message in one line: `unknown option '--jsn' (Did you mean --json?)`. */
function parseError(error: CommanderError): CliError {
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  return usageError(message)
}

/** What was asked for, also when the rest of the line could not be understood. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json')
}

/**
 * Programs that asked for JSON read stdout, so the error stands there, where the answer would have
 * been; people get one line on stderr.
 */
function report(error: CliError, json: boolean, terminal: Terminal): void {
  const { code, message, data } = error
  if (json) terminal.json({ error: { code, message, ...(data === undefined ? {} : { data }) } })
  else terminal.note(`smart-agents: ${terminal.foreignLine(error.message)}`)
}
