import type { Logger } from '../../src/main/core/ports.js'

export interface LogRecord {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly fields: object
  readonly message: string
}

/** Prints nothing and keeps everything, so that a test can ask what was logged. */
export class SilentLogger implements Logger {
  readonly records: LogRecord[] = []

  debug(fields: object, message: string): void {
    this.records.push({ level: 'debug', fields, message })
  }

  info(fields: object, message: string): void {
    this.records.push({ level: 'info', fields, message })
  }

  warn(fields: object, message: string): void {
    this.records.push({ level: 'warn', fields, message })
  }

  error(fields: object, message: string): void {
    this.records.push({ level: 'error', fields, message })
  }

  /** Messages at or above a level; a clean run has none at `warn`. */
  messages(level: LogRecord['level'] = 'debug'): readonly string[] {
    const order = ['debug', 'info', 'warn', 'error']
    return this.records
      .filter((record) => order.indexOf(record.level) >= order.indexOf(level))
      .map((record) => record.message)
  }
}
