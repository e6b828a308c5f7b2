import { z } from 'zod'
import { AppError, ErrorCode } from './errors.js'

/** JSON-RPC 2.0 (https://www.jsonrpc.org/specification). */
export type RpcId = string | number | null

export const RpcRequest = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string(),
  params: z.unknown().optional(),
})
export type RpcRequest = z.infer<typeof RpcRequest>

export interface RpcErrorObject {
  readonly code: number
  readonly message: string
  readonly data?: { readonly code: ErrorCode } & Readonly<Record<string, unknown>>
}

export type RpcResponse =
  | { readonly jsonrpc: '2.0'; readonly id: RpcId; readonly result: unknown }
  | { readonly jsonrpc: '2.0'; readonly id: RpcId; readonly error: RpcErrorObject }

export interface RpcNotification {
  readonly jsonrpc: '2.0'
  readonly method: string
  readonly params: unknown
}

/** What a host may send to a client. */
export const RpcFromHost = z.union([
  z.object({ jsonrpc: z.literal('2.0'), method: z.string(), params: z.looseObject({}) }),
  z.object({
    jsonrpc: z.literal('2.0'),
    id: z.union([z.string(), z.number(), z.null()]),
    // Absent in an error.
    result: z.unknown().optional(),
    error: z
      .object({ code: z.number(), message: z.string(), data: z.looseObject({}).optional() })
      .optional(),
  }),
])

/** Turns the error of a response back into what the host threw. */
export function appErrorFrom(error: {
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>> | undefined
}): AppError {
  const { code, ...data } = error.data ?? {}
  const parsed = ErrorCode.safeParse(code)
  return new AppError(parsed.success ? parsed.data : 'internal', error.message, { data })
}
