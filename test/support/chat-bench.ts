import { tmpdir } from 'node:os'
import { ChatService } from '../../src/main/core/chat/chat-service.js'
import { chatTools } from '../../src/main/core/chat/chat-tools.js'
import type { MentionSources } from '../../src/main/core/chat/mentions.js'
import { taskCards } from '../../src/main/core/chat/task-card.js'
import { ModelAccess } from '../../src/main/core/models/model-access.js'
import { createProviderGate } from '../../src/main/core/models/provider-gate.js'
import { createToolRegistry } from '../../src/main/core/tools/tool-registry.js'
import type { ChatMessage } from '../../src/shared/model/chat.js'
import type { ConversationId } from '../../src/shared/model/ids.js'
import { QueueBench } from './queue-bench.js'
import { type Line, ScriptedModel } from './scripted-model.js'
import { settlePromises } from './simulated-clock.js'

/** A chat over a queue on a simulated clock; what the assistant says is scripted. */
export class ChatBench {
  readonly model = new ScriptedModel()
  readonly bench: QueueBench
  readonly chat: ChatService

  private constructor(workspace: string, mentions: MentionSources) {
    this.bench = new QueueBench({
      hooks: (ids) => [taskCards(ids).ended],
      created: (ids) => taskCards(ids).created,
    })
    const { log, clock, ids, logger } = this.bench
    const gate = createProviderGate({ clock, logger, limit: () => 6 })
    const models = new ModelAccess({ clock, ids, logger, gate, client: async () => this.model })
    this.chat = new ChatService({
      ...{ log, clock, ids, logger, models, mentions },
      toolsFor: (conversation) =>
        createToolRegistry(chatTools(this.bench.queue, this.bench.orchestrator, conversation), {
          logger,
        }),
      defaultWorkspace: () => workspace,
    })
  }

  static async start(
    workspace = tmpdir(),
    mentions: MentionSources = { taskOf: () => undefined, agentsIn: async () => [] },
  ): Promise<ChatBench> {
    const bench = new ChatBench(workspace, mentions)
    await bench.bench.start()
    bench.chat.start()
    return bench
  }

  messages(id: ConversationId): readonly ChatMessage[] {
    return this.chat.history(id, { beforeOrder: null, limit: 100 }).messages
  }

  /** `role state: text` of each message. */
  said(id: ConversationId): readonly string[] {
    return this.messages(id).map(({ role, state, text }) => `${role} ${state}: ${text}`)
  }

  /** Says something and lets the assistant answer with what is scripted. */
  async talk(id: ConversationId, text: string, ...answers: Line[]) {
    this.model.add(...answers)
    this.chat.send(id, text)
    await this.idle()
  }

  async idle(): Promise<void> {
    // Reads of the disk come back in turns of the event loop, not of the clock.
    for (let turns = 0; turns < 2000 && this.chat.isBusy; turns++) await this.settle()
    await this.settle()
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await settlePromises()
    await this.bench.settle()
  }
}
