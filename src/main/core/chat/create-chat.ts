import type { AgentDefinitions } from '../agents/definitions/load-definitions.js'
import type { EventLog } from '../events/event-log.js'
import type { ModelAccess } from '../models/model-access.js'
import type { TeamWork } from '../orchestrator/team-work.js'
import type { Clock, Ids, Logger } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import type { SettingsService } from '../settings/settings-service.js'
import { ChatService } from './chat-service.js'
import { conversationTools } from './conversation-tools.js'

/** The chat, with everything that the assistant can do and a person can point at. */
export function createChat(parts: {
  readonly ports: { readonly clock: Clock; readonly ids: Ids; readonly logger: Logger }
  readonly log: EventLog
  readonly models: ModelAccess
  readonly settings: SettingsService
  readonly definitions: AgentDefinitions
  readonly team: TeamWork
  readonly queue: BackgroundTaskQueue
}): ChatService {
  const { ports, log, models, settings, definitions, team, queue } = parts
  const { clock, ids, logger } = ports
  return new ChatService({
    log,
    clock,
    ids,
    logger,
    models,
    toolsFor: (conversation) =>
      conversationTools({ ...team, queue, settings, logger }, conversation),
    defaultWorkspace: () => settings.workspace,
    mentions: {
      taskOf: (id) => queue.find(id),
      agentsIn: async (folder) => (await definitions.list(folder)).definitions,
    },
  })
}
