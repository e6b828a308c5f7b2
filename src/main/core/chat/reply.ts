import type { ChatMessage } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import { AppError, type ErrorCode, messageOf } from '../../../shared/rpc/errors.js'
import { runAgentLoop } from '../agents/agent-loop.js'
import { Transcript } from '../agents/transcript.js'
import { costMicroUsd, totalTokens } from '../budgets/pricing.js'
import type { EventLog } from '../events/event-log.js'
import { slotOf } from '../figures/slot.js'
import type { ModelAccess } from '../models/model-access.js'
import { ModelError } from '../models/model-client.js'
import type { Clock, Logger } from '../ports.js'
import { touchConversation } from '../store/queries/conversations.js'
import { addSpending } from '../store/queries/figures.js'
import {
  selectAnswered,
  selectMessage,
  updateMentions,
  updateMessage,
} from '../store/queries/messages.js'
import type { ToolRegistry } from '../tools/tool-registry.js'
import { historyBefore } from './chat-context.js'
import { chatSystemPrompt } from './chat-prompt.js'
import { type MentionSources, resolveMentions } from './mentions.js'
import { contentOf, PARAGRAPH, type ReplyContent } from './reply-text.js'

const MAX_TURNS = 30
const MAX_TOKENS = 8_000

/** Between tries to store an end that could not be stored (a full disk). */
const STORE_RETRY_MS = 1000

export interface ReplyServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly models: ModelAccess
  readonly mentions: MentionSources
}

export interface ReplyTarget {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly workspace: string
  readonly tools: ToolRegistry
}

interface ReplyEnd {
  readonly state: 'complete' | 'stopped' | 'failed'
  readonly note?: string
  readonly error?: NonNullable<ChatMessage['error']>
}

/**
 * One reply of the assistant while it is being made.
 *
 * States: speaking → complete | stopped | failed (each stored, once), or left as it is at shutdown, to
 * be gone on with at the next start. `finished` settles when nothing of it changes any more.
 */
export class Reply {
  readonly messageId: MessageId
  readonly finished: Promise<void>
  readonly #services: ReplyServices
  readonly #target: ReplyTarget
  readonly #controller = new AbortController()
  readonly #closing = new AbortController()
  #committed = ''
  #partial = ''
  #activities: ReplyContent['activities'] = []

  constructor(services: ReplyServices, target: ReplyTarget) {
    this.messageId = target.messageId
    this.#services = services
    this.#target = target
    this.finished = this.#make()
  }

  /** The text so far, what is not committed included. */
  get text(): string {
    return this.#committed + this.#partial
  }

  stop(cause: 'stopped' | 'shutdown'): void {
    if (cause === 'shutdown') this.#closing.abort()
    if (!this.#controller.signal.aborted) this.#controller.abort(cause)
  }

  async #make(): Promise<void> {
    const { log, logger } = this.#services
    const { conversationId, messageId } = this.#target
    log.live('chat.activity', { conversationId, messageId, busy: true })
    try {
      const end = await this.#speak()
      await this.#end({ state: 'complete', ...end })
    } catch (error) {
      const cause: unknown = this.#controller.signal.reason
      if (cause === 'shutdown') return
      if (cause === 'stopped') {
        await this.#end({ state: 'stopped' })
        return
      }
      if (!(error instanceof ModelError)) logger.error({ error, messageId }, 'a reply failed')
      await this.#end({ state: 'failed', error: failureOf(error) })
    } finally {
      log.live('chat.activity', { conversationId, busy: false })
    }
  }

  async #speak(): Promise<{ readonly note?: string }> {
    const { log, models } = this.#services
    const { tools, messageId, workspace } = this.#target
    const { signal } = this.#controller
    const transcript = Transcript.load(log, messageId)
    this.#keep(transcript)
    const message = this.#message()
    await this.#lookUp(transcript)
    const end = await runAgentLoop({
      transcript,
      history: historyBefore(log, message),
      system: chatSystemPrompt(workspace),
      signal,
      maxTurns: MAX_TURNS,
      maxTokens: () => MAX_TOKENS,
      mustFinish: false,
      tools: {
        definitions: tools.definitions,
        mayRepeat: (name) => tools.get(name)?.readOnly ?? true,
        execute: (call) => this.#execute(call),
      },
      model: (request, onText) =>
        models.turn('chat', request, {
          onText,
          onRestart: (reason) => {
            this.#partial = ''
            this.#tellActivity(`${reason}; trying again`)
          },
        }),
      commitTurn:
        ({ usage, model }) =>
        ({ db, at }) => {
          const costs = { tokens: totalTokens(usage), costMicroUsd: costMicroUsd(model, usage) }
          addSpending(db, { slot: slotOf(at), agent: '', model, ...costs })
        },
      onTurnStart: () => {
        this.#partial = ''
      },
      onText: (delta) => this.#hear(delta),
      onTurn: () => this.#keep(transcript),
      onToolStart: (call) => this.#tellActivity(tools.summarize(call.name, call.input)),
      onToolEnd: () => this.#keep(transcript),
    })
    if (end.kind === 'refused') return { note: 'The model refused to answer this.' }
    if (end.kind === 'stuck') return { note: `Stopped: ${end.reason}.` }
    if (end.kind === 'answered' && this.text === '')
      return { note: 'The model gave an empty answer.' }
    if (end.kind === 'too_many_turns') {
      return { note: `Stopped after ${end.turns} rounds of tool calls without an answer.` }
    }
    return {}
  }

  /** What the question points at becomes part of the reply before its first turn, as it is then. */
  async #lookUp(transcript: Transcript): Promise<void> {
    const [begin, ...more] = transcript.steps
    if (begin?.kind !== 'begin' || more.length > 0) return
    const { mentions: sources } = this.#services
    const { workspace, messageId } = this.#target
    const question = { text: begin.text, workspace }
    const found = await resolveMentions(sources, question, this.#controller.signal)
    if (found.material === null) return
    transcript.append({ kind: 'user', text: found.material }, (transaction) => {
      const asked = selectAnswered(transaction.db, messageId, transaction.at)
      if (asked === undefined) return
      const mentions = [...found.mentions]
      updateMentions(transaction.db, asked.messageId, mentions)
      transaction.emit('chat.message', { ...asked, mentions })
    })
  }

  #execute(call: { readonly id: string; readonly name: string; readonly input: unknown }) {
    const { tools, messageId, workspace } = this.#target
    return tools.execute(call.name, call.input, {
      callId: `${messageId}:${call.id}`,
      workspace,
      signal: this.#controller.signal,
      output: () => undefined,
      spawn: () => Promise.reject(new AppError('forbidden', 'the chat runs no processes')),
      setPlan: () => undefined,
      noteChange: () => undefined,
    })
  }

  #hear(delta: string): void {
    if (this.#controller.signal.aborted || delta === '') return
    const text = this.#partial === '' && this.#committed !== '' ? PARAGRAPH + delta : delta
    const offset = this.text.length
    this.#partial += text
    const { conversationId, messageId } = this.#target
    this.#services.log.live('chat.delta', { conversationId, messageId, offset, text })
  }

  #tellActivity(detail: string): void {
    const { conversationId, messageId } = this.#target
    this.#services.log.live('chat.activity', { conversationId, messageId, busy: true, detail })
  }

  /** Tries until the end is stored: to speak again instead would be paid for again. */
  async #end(end: ReplyEnd): Promise<void> {
    const { logger } = this.#services
    while (!this.#tryToEnd(end)) {
      if (this.#closing.signal.aborted) {
        logger.warn({ messageId: this.messageId }, 'a reply is gone on with at the next start')
        return
      }
      await this.#pause(STORE_RETRY_MS)
    }
  }

  #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { signal } = this.#closing
    const onClosing = () => {
      timer.cancel()
      resolve()
    }
    const timer = this.#services.clock.schedule(delayMs, () => {
      signal.removeEventListener('abort', onClosing)
      resolve()
    })
    signal.addEventListener('abort', onClosing, { once: true })
    return promise
  }

  #tryToEnd(end: ReplyEnd): boolean {
    const { log, logger } = this.#services
    const { conversationId, messageId } = this.#target
    const spoken = this.text
    const activities = this.#activities
    const text = [spoken, end.note ?? ''].filter((part) => part !== '').join(PARAGRAPH)
    try {
      log.transaction((transaction) => {
        const { db, at } = transaction
        const message = selectMessage(db, messageId, at)
        if (message === undefined || message.state !== 'streaming') return
        updateMessage(db, messageId, { state: end.state, text, activities, error: end.error })
        touchConversation(db, conversationId, at)
        transaction.emit('chat.message', {
          ...message,
          state: end.state,
          text,
          ...(activities.length === 0 ? {} : { activities }),
          ...(end.error === undefined ? {} : { error: end.error }),
        })
      })
      return true
    } catch (error) {
      logger.error({ error, messageId }, 'the end of a reply could not be stored yet')
      return false
    }
  }

  #keep(transcript: Transcript): void {
    const { tools } = this.#target
    const content = contentOf(transcript, (tool, input) => tools.summarize(tool, input))
    this.#committed = content.text
    this.#activities = content.activities
    this.#partial = ''
  }

  #message(): ChatMessage {
    const { log } = this.#services
    const message = log.query((db) => selectMessage(db, this.messageId, 0))
    if (message === undefined) {
      throw new AppError('not_found', `message ${this.messageId} is gone`)
    }
    return message
  }
}

function failureOf(error: unknown): NonNullable<ChatMessage['error']> {
  if (error instanceof ModelError) {
    return { code: error.code, message: error.message, retryable: true }
  }
  const code: ErrorCode = error instanceof AppError ? error.code : 'internal'
  return { code, message: messageOf(error), retryable: true }
}
