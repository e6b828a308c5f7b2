import type { HostConnection } from './host/host-connection.js'
import type { OutputStream, Terminal } from './terminal.js'

/** Where a command reads: a terminal, a pipe or a file. */
export type InputStream = NodeJS.ReadableStream & {
  readonly isTTY?: boolean
  /** Keys arrive one by one and are not echoed; Ctrl+C is a key like others. */
  setRawMode?(raw: boolean): unknown
}

/** What a command may use of the process that it runs in. */
export interface CliEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: string
  readonly homeDirectory: string
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly version: string
  /** Path of the built host program. */
  readonly hostScript: string
  /** Epoch ms. */
  now(): number
  /** Runs the host program in this process with these arguments; answers its exit code. */
  runHost(args: readonly string[]): Promise<number>
  /** Hears Ctrl+C, which then does not end the process. Returns how to stop listening. */
  onInterrupt(listener: () => void): () => void
  /** Hears that the process is asked to end, or its terminal was closed; it then ends by itself. */
  onTermination(listener: () => void): () => void
}

export interface CommandContext {
  readonly environment: CliEnvironment
  readonly terminal: Terminal
  /** One JSON document, or one per line where a command streams, in place of text for people. */
  readonly json: boolean
  readonly dataDirectory: string
  readonly host: HostConnection
}

/** Ends when the user presses Ctrl+C; `stop` gives Ctrl+C back. */
export function interruptSignal(environment: CliEnvironment): {
  readonly signal: AbortSignal
  stop(): void
} {
  const controller = new AbortController()
  const stop = environment.onInterrupt(() => controller.abort())
  return { signal: controller.signal, stop }
}
