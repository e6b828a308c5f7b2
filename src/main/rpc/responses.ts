import { AppError, jsonRpcCodeOf } from '../../shared/rpc/errors.js'
import type { RpcErrorObject, RpcId, RpcResponse } from '../../shared/rpc/messages.js'

/** JSON-RPC 2.0, section 5.1: faults of a message rather than of a request. */
export const PARSE_ERROR = -32700
export const INVALID_REQUEST = -32600

export function errorResponse(
  id: RpcId,
  error: AppError,
  code = jsonRpcCodeOf(error.code),
): RpcResponse {
  const object: RpcErrorObject = {
    code,
    message: error.message,
    data: { ...error.data, code: error.code },
  }
  return { jsonrpc: '2.0', id, error: object }
}

export function invalidRequest(id: RpcId, message: string): RpcResponse {
  return errorResponse(id, new AppError('invalid_params', message), INVALID_REQUEST)
}

export function resultResponse(id: RpcId, result: unknown): RpcResponse {
  // `result` is required on success, and JSON knows no undefined.
  return { jsonrpc: '2.0', id, result: result ?? null }
}
