import type { MethodName, ParsedParamsOf, ResultOf } from '../../shared/rpc/contract.js'

/** Requests that the connection answers by itself. */
export type OwnMethodName = 'events.subscribe'
export type HandledMethodName = Exclude<MethodName, OwnMethodName>

export interface CallContext {
  /** Aborted when the connection closes: for handlers that only wait on behalf of the caller. */
  readonly signal: AbortSignal
  readonly client: ClientInfo
}

/** What a host can do. A handler that throws an AppError answers with its code. */
export type Handlers = {
  readonly [M in HandledMethodName]: (
    params: ParsedParamsOf<M>,
    context: CallContext,
  ) => ResultOf<M> | Promise<ResultOf<M>>
}

/** Who is at the other end; for logs and handlers. */
export interface ClientInfo {
  readonly transport: 'electron' | 'websocket' | 'memory'
}

/** The handlers of one noun. */
export type Part<Noun extends string> = {
  [M in keyof Handlers as M extends `${Noun}.${string}` ? M : never]: Handlers[M]
}
