import { AppError, messageOf } from '../../shared/rpc/errors.js'
import { type Host, startHost } from './host.js'
import type { HostInfo } from './host-file.js'
import { parseServeOptions, type ServeOptions, wantsJson } from './serve-options.js'

/** An orderly end takes no longer, whatever hangs. */
const STOP_LIMIT_MS = 10_000
const IDLE_CHECK_MS = 5000

const EXIT_OK = 0
const EXIT_FAILED = 1
const EXIT_USAGE = 2

export interface ServeMainOptions {
  /** Without node and script. */
  readonly argv: readonly string[]
  readonly version: string
  readonly programRoot: string
  readonly rendererDirectory: string
}

/**
 * Runs a browser host until it is told to end, by a signal or for want of anything to do.
 *
 * @returns the exit code: 0 after an orderly end; 1 when it cannot serve, for instance because
 * another host owns the data directory, or after a defect; 2 for a wrong command line.
 */
export async function serveMain(options: ServeMainOptions): Promise<number> {
  const json = wantsJson(options.argv)
  try {
    const serve = parseServeOptions(options.argv, process.env, process.cwd())
    const started = await startHost({
      ...options,
      ...serve,
      kind: 'server',
      environment: process.env,
    })
    if (started.kind === 'owned') throw ownedError(serve.dataDirectory, started.by)
    return await runUntilEnd(started.host, serve)
  } catch (error) {
    return complain(error, json)
  }
}

async function runUntilEnd(host: Host, serve: ServeOptions): Promise<number> {
  const end = Promise.withResolvers<number>()
  const unwatch = [
    watchSignals(host, () => end.resolve(EXIT_OK)),
    watchDefects(host, () => end.resolve(EXIT_FAILED)),
    watchIdleness(host, serve.idleExitMinutes, () => end.resolve(EXIT_OK)),
  ]
  try {
    // Whoever started the host may not be there any more to hear it.
    process.stdout.on('error', ignoreBrokenPipe)
    process.stdout.write(serve.json ? readyLine(host.info) : readyText(host.info, serve))
    return await end.promise
  } finally {
    await stopWithin(host)
    for (const stop of unwatch) stop()
    process.stdout.off('error', ignoreBrokenPipe)
  }
}

function readyLine({ url, wsUrl, token, pid }: HostInfo): string {
  return `${JSON.stringify({ url, wsUrl, token, pid })}\n`
}

function readyText({ url }: HostInfo, { workspace, dataDirectory }: ServeOptions): string {
  return [
    'Smart Agents is running.',
    `  Open in a browser:  ${url}`,
    `  Workspace:          ${workspace}`,
    `  Data:               ${dataDirectory}`,
    'Ctrl+C ends it; what is unfinished goes on at the next start.',
    '',
  ].join('\n')
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

async function stopWithin(host: Host): Promise<void> {
  const limit = setTimeout(() => {
    host.logger.error({}, `not stopped after ${STOP_LIMIT_MS / 1000} s: ended at once`)
    process.exit(EXIT_FAILED)
  }, STOP_LIMIT_MS)
  try {
    await host.stop()
  } finally {
    clearTimeout(limit)
  }
}

/** The first signal asks for an orderly end, the second one ends at once. */
function watchSignals(host: Host, onSignal: () => void): () => void {
  let asked = false
  const hear = (signal: NodeJS.Signals, number: number) => {
    if (asked) process.exit(128 + number)
    asked = true
    host.logger.info({ signal }, 'asked to end')
    onSignal()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, hear)
  return () => {
    for (const signal of signals) process.off(signal, hear)
  }
}

/** Nothing is known of the state after a defect: what is stored is right, so a new start is best. */
function watchDefects(host: Host, onDefect: () => void): () => void {
  const hear = (error: unknown) => {
    host.logger.error({ error }, 'a defect ends the host')
    process.stderr.write(`smart-agents: unexpected error: ${messageOf(error)}\n`)
    onDefect()
  }
  process.on('uncaughtException', hear)
  process.on('unhandledRejection', hear)
  return () => {
    process.off('uncaughtException', hear)
    process.off('unhandledRejection', hear)
  }
}

function watchIdleness(host: Host, minutes: number | null, onIdle: () => void): () => void {
  if (minutes === null) return () => undefined
  const limitMs = minutes * 60_000
  let busyAt = performance.now()
  const timer = setInterval(
    () => {
      const isIdle = host.dispatcher.connectionCount() === 0 && host.core.isIdle()
      if (!isIdle) busyAt = performance.now()
      if (performance.now() - busyAt < limitMs) return
      host.logger.info({ minutes }, 'nobody needs this host any more')
      onIdle()
    },
    Math.min(IDLE_CHECK_MS, limitMs / 4),
  )
  return () => clearInterval(timer)
}

function ownedError(dataDirectory: string, by: HostInfo | null): AppError {
  const who = by === null ? 'another host' : `another host (process ${by.pid}, ${by.wsUrl})`
  const { pid, url } = by ?? {}
  return new AppError(
    'conflict',
    `${dataDirectory} belongs to ${who}: use that one, end it first, or name another directory with --data-dir`,
    // Other failures have this code too, and only this one ends by waiting for the owner.
    { data: { owned: true, ...(by === null ? {} : { pid, url }) } },
  )
}

function complain(error: unknown, json: boolean): number {
  const code = error instanceof AppError ? error.code : 'internal'
  const data = error instanceof AppError ? error.data : {}
  const message = messageOf(error)
  if (json) process.stdout.write(`${JSON.stringify({ error: { ...data, code, message } })}\n`)
  else process.stderr.write(`smart-agents: ${message}\n`)
  return code === 'invalid_params' ? EXIT_USAGE : EXIT_FAILED
}
