import type { ErrorCode } from '../../shared/rpc/errors.js'

/** What the process tells whoever started it. Scripts rely on these numbers. */
export const EXIT = {
  ok: 0,
  /** The task failed or was cancelled, or the host refused or failed to do what was asked. */
  failed: 1,
  usage: 2,
  notFound: 3,
  noHost: 4,
  /** Ended by Ctrl+C before there was an answer: 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The wire's codes, and the one failure that happens before there is a wire. */
export type CliErrorCode = ErrorCode | 'no_host'

/** The exit code that goes with an error's code. */
export function exitCodeOf(code: CliErrorCode): ExitCode {
  switch (code) {
    case 'invalid_params':
    case 'unknown_method':
      return EXIT.usage
    case 'not_found':
      return EXIT.notFound
    case 'no_host':
      return EXIT.noHost
    default:
      return EXIT.failed
  }
}
