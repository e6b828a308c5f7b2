import { AppError, messageOf } from '../../shared/rpc/errors.js'
import { type CliErrorCode, EXIT, type ExitCode, exitCodeOf } from './exit-codes.js'

/** A failure to be told in one line; it ends the command with `exitCode`. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: CliErrorCode
  readonly exitCode: ExitCode
  /** For programs that read the error as JSON. */
  readonly data: Readonly<Record<string, unknown>> | undefined

  constructor(
    code: CliErrorCode,
    message: string,
    exitCode: ExitCode = exitCodeOf(code),
    data?: Readonly<Record<string, unknown>>,
  ) {
    super(message)
    this.code = code
    this.exitCode = exitCode
    this.data = data
  }
}

/** Wrong arguments: says which value, and what would be right. */
export function usageError(message: string): CliError {
  return new CliError('invalid_params', message)
}

/** Of several ids some led to nothing; what came of the others is `done`. */
export function missingError(
  what: string,
  ids: readonly string[],
  done: Readonly<Record<string, unknown>>,
): CliError {
  return new CliError('not_found', `${what}: ${ids.join(', ')}`, undefined, done)
}

/** The user pressed Ctrl+C; the message says what goes on without the terminal. */
export function interruptedError(message: string): CliError {
  return new CliError('cancelled', message, EXIT.interrupted)
}

/** Turns whatever a command threw into what is told about it. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error
  if (error instanceof AppError) return new CliError(error.code, error.message)
  return new CliError('internal', messageOf(error))
}
