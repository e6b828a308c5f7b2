import { createContext, useContext } from 'react'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { CallOptions } from '../../../shared/rpc/client.js'
import type { MethodName, ParamsOf, ResultOf } from '../../../shared/rpc/contract.js'

/** What the screens ask of the host. Every method rejects with an AppError. */
export interface Host {
  call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
    options?: CallOptions,
  ): Promise<ResultOf<M>>
  /** Reads the newest messages of a conversation into the store. */
  openConversation(conversationId: ConversationId): Promise<void>
  /** Reads one more page of older messages, where there is one. */
  loadOlder(conversationId: ConversationId): Promise<void>
  /** Reads all older messages down to an order at once. */
  loadBackTo(conversationId: ConversationId, order: number): Promise<void>
  /** Reads one more page of older tasks, where there is one. */
  loadOlderTasks(): Promise<void>
  /** Looks among all tasks of the host, also those that are not loaded. */
  searchTasks(query: string, signal: AbortSignal): Promise<void>
  /** Reads the recurring tasks into the store, or there why they could not be read. */
  readSchedules(): Promise<void>
  /** Reads sessions, agents and mail into the stores, or there why they could not be read. */
  readAgents(): Promise<void>
  /** Shows another session of agents. */
  showSession(sessionId: string): Promise<void>
  /** Reads the plans of a lead into the store. */
  readPlans(taskId: TaskId): Promise<void>
  /** Reads what waits for the person into the store, or there why it could not be read. */
  readInbox(): Promise<void>
  /** Reads the newest notifications into the store, or there why they could not be read. */
  readNotifications(): Promise<void>
  /** Reads one more page of older ones, where there is one. */
  loadOlderNotifications(): Promise<void>
  /** Reads one more page of older mail, where there is one. */
  loadOlderThreads(): Promise<void>
  retryConnection(): void
}

export const HostContext = createContext<Host | null>(null)

export function useHost(): Host {
  const host = useContext(HostContext)
  if (host === null) throw new Error('useHost needs a HostContext above it')
  return host
}
