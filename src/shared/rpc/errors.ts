import { z } from 'zod'

/** The closed set of codes that cross the wire in `error.data.code`. */
export const ERROR_CODES = [
  'invalid_params',
  'unknown_method',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_state',
  'limit_exceeded',
  'timeout',
  'cancelled',
  'circular_wait',
  'provider_error',
  'internal',
] as const
export const ErrorCode = z.enum(ERROR_CODES)
export type ErrorCode = z.infer<typeof ErrorCode>

/** A task's own error may also carry one of four codes that no request ever answers with. */
export const TaskErrorCode = z.enum([
  ...ERROR_CODES,
  'command_failed',
  'dependency_failed',
  'budget_exceeded',
  'interrupted',
])
export type TaskErrorCode = z.infer<typeof TaskErrorCode>

export interface AppErrorOptions {
  readonly cause?: unknown
  /** Machine-readable facts beside the code, for example `{oldestSeq}`. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** An expected failure: what was wrong, with which value, and what would be right. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = options.data ?? {}
  }
}

/** JSON-RPC 2.0, section 5.1, and the range that it leaves to servers. */
export function jsonRpcCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'unknown_method':
      return -32601
    case 'invalid_params':
      return -32602
    case 'internal':
      return -32603
    default:
      return -32000 - ERROR_CODES.indexOf(code)
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
