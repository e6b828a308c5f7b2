import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { messageOf } from '../../../shared/rpc/errors.js'
import { type HostAddress, parseHostAddress } from './host-file.js'

/** Minutes without client, task or timer after which a host that the CLI started ends. */
const IDLE_EXIT_MINUTES = 10
const LONGEST_LOG_BYTES = 1024 * 1024
/** Of what a host that failed said, this much is looked at. */
const LONGEST_COMPLAINT_BYTES = 16 * 1024

export interface StartOptions {
  /** Path of the built host program. */
  readonly script: string
  readonly dataDirectory: string
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly timeoutMs: number
}

export type StartOutcome =
  | { readonly kind: 'ready'; readonly address: HostAddress }
  | {
      readonly kind: 'failed'
      /** Another host has the directory, and is there or will be in a moment. */
      readonly owned: boolean
      readonly message: string
    }

/**
 * Starts a host that outlives this process and waits until it can serve.
 *
 * The host's stdout is a pipe that carries its one ready line and is then closed. Its stderr is a
 * file in the data directory, since it may speak long after this process has ended: into a closed
 * pipe it would fail, and into the terminal it would be in the way.
 */
export async function startHost(options: StartOptions): Promise<StartOutcome> {
  let log: number
  try {
    ensureFolder(options.dataDirectory)
    log = openSync(path.join(options.dataDirectory, 'host-stderr.log'), 'a+', 0o600)
  } catch (error) {
    const message = `cannot use ${options.dataDirectory}: ${messageOf(error)}`
    return { kind: 'failed', owned: false, message }
  }
  try {
    if (fstatSync(log).size > LONGEST_LOG_BYTES) ftruncateSync(log)
    return await startWithLog(options, log)
  } finally {
    closeSync(log)
  }
}

function ensureFolder(folder: string): void {
  if (existsSync(folder)) return
  // Recursive creation does not return where a file system refuses new folders (as /proc does).
  const recursive = !existsSync(path.dirname(folder))
  mkdirSync(folder, { recursive, mode: 0o700 })
}

async function startWithLog(options: StartOptions, log: number): Promise<StartOutcome> {
  const { script, dataDirectory, workspace } = options
  const logStart = fstatSync(log).size
  const child = spawn(
    process.execPath,
    [
      script,
      '--idle-exit',
      String(IDLE_EXIT_MINUTES),
      '--json',
      '--data-dir',
      dataDirectory,
      '--workspace',
      workspace,
    ],
    {
      // Not the user's directory, which could then not be unmounted or removed.
      cwd: dataDirectory,
      env: { ...options.env },
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', log],
    },
  )
  try {
    const said = await firstLine(child, child.stdout, options.timeoutMs)
    const address = parseHostAddress(said.line)
    if (address !== null) return { kind: 'ready', address }
    // It is not to linger, half alive, where nobody knows of it.
    if (child.exitCode === null) child.kill(said.timedOut ? 'SIGKILL' : 'SIGTERM')
    const complaints = [said.line, readFrom(log, logStart)].map(complaintOf)
    const { owned, message } = complaints.find((complaint) => complaint.message !== '') ?? {
      owned: false,
      message: said.end,
    }
    return { kind: 'failed', owned, message }
  } finally {
    child.stdout?.destroy()
    child.unref()
  }
}

interface FirstWords {
  /** What it said on stdout until the line feed, its end or the time limit. */
  readonly line: string
  readonly end: string
  readonly timedOut: boolean
}

function firstLine(
  child: ChildProcess,
  stdout: Readable | null,
  timeoutMs: number,
): Promise<FirstWords> {
  return new Promise<FirstWords>((resolve) => {
    let line = ''
    const finish = (end: string, timedOut = false) => {
      clearTimeout(timer)
      resolve({ line, end, timedOut })
    }
    const timer = setTimeout(
      () => finish(`it was not ready within ${timeoutMs / 1000} s`, true),
      timeoutMs,
    )
    stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      line += chunk
      if (!line.includes('\n')) return
      line = line.slice(0, line.indexOf('\n'))
      finish('it said something else than where it serves')
    })
    child.once('error', (error) => finish(error.message))
    child.once('close', (code, signal) =>
      finish(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`),
    )
  })
}

function readFrom(file: number, position: number): string {
  const buffer = Buffer.alloc(LONGEST_COMPLAINT_BYTES)
  return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, position))
}

const Complaint = z.object({
  error: z.object({ message: z.string(), owned: z.boolean().default(false) }),
})

/** The host's own words: a JSON error, or else its last line. */
function complaintOf(text: string): z.infer<typeof Complaint>['error'] {
  const last = text.trim().split('\n').at(-1) ?? ''
  try {
    return Complaint.parse(JSON.parse(last)).error
  } catch {
    // Plain words.
    return { owned: false, message: last.replace(/^smart-agents: /, '') }
  }
}
