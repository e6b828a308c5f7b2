import type { AppError, ErrorCode } from '../../../shared/rpc/errors.js'
import type { ToolOutcome } from './tool.js'

export function succeeded(content: string): ToolOutcome {
  return { content, isError: false }
}

/** Errors given to a model begin with their code, so that it can tell kinds apart. */
export function failed(code: ErrorCode, message: string): ToolOutcome {
  return { content: `${code}: ${message}`, isError: true }
}

export function failedWith(error: AppError): ToolOutcome {
  return failed(error.code, error.message)
}
