import type { ConversationId } from '../../../shared/model/ids.js'
import type { AsyncOrchestrator } from '../orchestrator/async-orchestrator.js'
import type { Logger } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import { createToolRegistry, type ToolRegistry } from '../tools/tool-registry.js'
import type { Workflows } from '../workflows/workflows.js'
import { chatTools } from './chat-tools.js'
import { type TeamToolsOptions, teamTools } from './team-tools.js'
import { workflowTools } from './workflow-tools.js'

export interface ConversationToolsOptions extends TeamToolsOptions {
  readonly queue: BackgroundTaskQueue
  readonly orchestrator: AsyncOrchestrator
  readonly workflows: Workflows
  readonly settings: { readonly asyncTasks: boolean }
  readonly logger: Logger
}

/** Everything that the assistant can do in a conversation. */
export function conversationTools(
  options: ConversationToolsOptions,
  conversation: { readonly id: ConversationId; readonly workspace: string },
): ToolRegistry {
  const { queue, orchestrator, workflows, settings, logger } = options
  const tools = [
    ...chatTools(queue, orchestrator, conversation, settings),
    ...workflowTools(workflows, conversation),
    ...teamTools(options, conversation),
  ]
  return createToolRegistry(tools, { logger })
}
