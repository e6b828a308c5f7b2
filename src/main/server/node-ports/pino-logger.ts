import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Logger } from '../../core/ports.js'

const MAX_FILE_BYTES = 5 * 1024 * 1024
/** host.log.1 (newest) to host.log.3. */
const OLD_FILES = 3
const HIDDEN = '[hidden]'

export interface PinoLoggerOptions {
  readonly dataDirectory: string
  readonly level?: 'debug' | 'info' | 'warn' | 'error'
  readonly maxFileBytes?: number
}

export interface OwnedLogger extends Logger {
  /** Values that must never be written, wherever they turn up. */
  hide(secret: string): void
  close(): void
}

/**
 * Writes JSON lines to `logs/host.log` of the data directory and nothing to the terminal. Lines are
 * written at once, so that the last words before a crash are there. A log that cannot be written
 * never stops the program.
 */
export function createPinoLogger(options: PinoLoggerOptions): OwnedLogger {
  const folder = join(options.dataDirectory, 'logs')
  const file = new RotatingFile(join(folder, 'host.log'), options.maxFileBytes ?? MAX_FILE_BYTES)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secrets = new Set<string>()
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.errWithCause },
      redact: {
        paths: ['apiKey', 'token', 'authorization', '*.apiKey', '*.token', '*.authorization'],
        censor: HIDDEN,
      },
    },
    { write: (line: string) => file.write(hideSecrets(line, secrets)) },
  )
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    hide(secret) {
      if (secret.length >= 8) secrets.add(secret)
    },
    close: () => file.close(),
  }
}

function hideSecrets(line: string, secrets: ReadonlySet<string>): string {
  let result = line
    .replace(/sk-ant-[\w-]+/g, HIDDEN)
    .replace(/\b(token=|Bearer )[^\s"'&]+/gi, `$1${HIDDEN}`)
  for (const secret of secrets) {
    const escaped = JSON.stringify(secret).slice(1, -1)
    result = result.replaceAll(escaped, HIDDEN)
  }
  return result
}

/** Appends lines; a full file moves to `.1`, that one to `.2`, and the oldest is dropped. */
class RotatingFile {
  readonly #path: string
  readonly #maxBytes: number
  #file: number | null = null
  #bytes = 0
  #lost = 0
  #closed = false

  constructor(path: string, maxBytes: number) {
    this.#path = path
    this.#maxBytes = maxBytes
  }

  write(line: string): void {
    if (this.#closed) return
    try {
      const size = Buffer.byteLength(line)
      if (this.#file !== null && this.#bytes + size > this.#maxBytes) this.#rotate()
      this.#file ??= this.#open()
      if (this.#lost > 0) writeSync(this.#file, `{"level":40,"msg":"${this.#lost} lines lost"}\n`)
      this.#lost = 0
      writeSync(this.#file, line)
      this.#bytes += size
    } catch {
      // There is nowhere left to say it: a full disk shows in what is being stored. Told later.
      this.#lost += 1
    }
  }

  close(): void {
    this.#closed = true
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  #open(): number {
    const file = openSync(this.#path, 'a', 0o600)
    this.#bytes = fstatSync(file).size
    return file
  }

  #rotate(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    rmSync(`${this.#path}.${OLD_FILES}`, { force: true })
    for (let number = OLD_FILES - 1; number >= 0; number--) {
      const from = number === 0 ? this.#path : `${this.#path}.${number}`
      try {
        renameSync(from, `${this.#path}.${number + 1}`)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      }
    }
  }
}
