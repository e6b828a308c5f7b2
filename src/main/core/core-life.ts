import type { DurableAgents } from './agents/life/durable-agents.js'
import type { ChatService } from './chat/chat-service.js'
import type { Inbox } from './inbox/inbox.js'
import type { ProviderGate } from './models/provider-gate.js'
import type { Notifier } from './notify/notifier.js'
import type { TeamWork } from './orchestrator/team-work.js'
import type { Logger } from './ports.js'
import type { MachineHistory } from './resources/machine-history.js'
import type { Retention } from './retention/retention.js'
import type { BackgroundTaskQueue } from './scheduler/background-task-queue.js'
import type { TaskProgressEmitter } from './scheduler/task-progress-emitter.js'
import type { SearchIndexer } from './search/search-indexer.js'
import type { openStore } from './store/open-store.js'

export interface CoreParts {
  readonly logger: Logger
  /** Aborted when the end begins. */
  readonly ending: AbortController
  readonly store: Pick<ReturnType<typeof openStore>, 'db' | 'checkpoints' | 'reads'>
  readonly durable: DurableAgents
  readonly team: TeamWork
  readonly queue: BackgroundTaskQueue
  readonly chat: ChatService
  readonly indexer: SearchIndexer
  readonly retention: Retention
  readonly gate: ProviderGate
  readonly progress: TaskProgressEmitter
  readonly inbox: Inbox
  readonly machineHistory: MachineHistory
  readonly notifier: Notifier
}

/** In which order the parts of a core begin and end. */
export function coreLife(parts: CoreParts) {
  const { durable, team, queue, chat, indexer, inbox, machineHistory, notifier } = parts
  let stopping: Promise<void> | null = null
  return {
    isIdle: () => {
      const { runningCount, pendingCount } = queue.state()
      const hasTimers = durable.hasTimers() || team.hasTimers()
      return runningCount + pendingCount === 0 && !chat.isBusy && !hasTimers
    },
    start: async () => {
      durable.mend()
      team.mend()
      await queue.start()
      if (stopping !== null) return
      durable.start()
      chat.start()
      indexer.start()
      parts.retention.start()
      inbox.start()
      machineHistory.start()
      notifier.start()
      await team.start()
    },
    stop: () => {
      stopping ??= stop(parts)
      return stopping
    },
  }
}

async function stop(parts: CoreParts): Promise<void> {
  parts.ending.abort('shutdown')
  const { logger, store, durable, team, queue, chat, indexer, gate, progress, inbox } = parts
  try {
    // Each to its end: nothing may still write when the database is closed.
    const ends = await Promise.allSettled([chat.stop(), queue.stop()])
    for (const end of ends) {
      if (end.status === 'rejected') logger.error({ error: end.reason }, 'an end went wrong')
    }
  } finally {
    gate.close()
    progress.close()
    inbox.stop()
    parts.machineHistory.stop()
    await durable.stop()
    await team.stop()
    indexer.stop()
    parts.retention.stop()
    parts.notifier.stop()
    await store.reads.close()
    await store.checkpoints.close()
    store.db.close()
  }
}
