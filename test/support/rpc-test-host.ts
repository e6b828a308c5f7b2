import { createDispatcher, type DispatcherLimits } from '../../src/main/rpc/dispatcher.js'
import type { HandledMethodName, Handlers } from '../../src/main/rpc/handler.js'
import type { ChatMessage } from '../../src/shared/model/chat.js'
import { ConversationId, MessageId } from '../../src/shared/model/ids.js'
import { methods } from '../../src/shared/rpc/contract.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { MemoryEvents } from './rpc-memory-events.js'
import { SequentialIds } from './sequential-ids.js'
import { SilentLogger } from './silent-logger.js'

/** A dispatcher over a small host that keeps conversations in memory; for tests of transports. */
export class RpcTestHost {
  readonly events = new MemoryEvents()
  readonly logger = new SilentLogger()
  readonly dispatcher
  /** How many calls are waiting in `chat.stop`, which answers only when its caller is gone. */
  waiting = 0
  readonly #ids = new SequentialIds()
  readonly #messages = new Map<string, ChatMessage[]>()

  constructor(limits: Partial<DispatcherLimits> = {}) {
    const { events, logger } = this
    this.dispatcher = createDispatcher({ handlers: this.#handlers(), events, logger, limits })
  }

  /** Stores a message and tells of it, as `chat.send` does. */
  say(conversationId: ConversationId, text: string): ChatMessage {
    const messages = this.#messages.get(conversationId)
    if (messages === undefined) throw new AppError('not_found', `no conversation ${conversationId}`)
    const message: ChatMessage = {
      messageId: MessageId.parse(this.#ids.next('msg')),
      conversationId,
      role: 'user',
      text,
      state: 'complete',
      createdAt: 0,
      order: messages.length,
    }
    messages.push(message)
    this.events.emit('chat.message', message)
    return message
  }

  create(title = 'untitled'): ConversationId {
    const conversationId = ConversationId.parse(this.#ids.next('conv'))
    this.#messages.set(conversationId, [])
    this.events.emit('chat.changed', { conversationId, change: 'created', title })
    return conversationId
  }

  #handlers(): Handlers {
    const absent = Object.fromEntries(
      Object.keys(methods).map((name) => [
        name,
        () => {
          throw new AppError('invalid_state', `${name} is not part of this host`)
        },
      ]),
    ) as unknown as Handlers
    return { ...absent, ...this.#chat() }
  }

  #chat(): Partial<Pick<Handlers, HandledMethodName>> {
    return {
      'chat.create': ({ title }) => ({ conversationId: this.create(title) }),
      'chat.send': async ({ conversationId, text }) => {
        // Not in the turn of the request, as where a handler has to wait for something first.
        await new Promise((resolve) => setImmediate(resolve))
        const { messageId } = this.say(conversationId, text)
        return { messageId }
      },
      'chat.history': ({ conversationId }) => ({
        messages: this.#messages.get(conversationId) ?? [],
        nextCursor: null,
        seq: this.events.lastSeq(),
      }),
      'chat.rename': ({ title }) => {
        throw new Error(`secret detail about ${title}`)
      },
      'chat.stop': (_params, { signal }) => {
        this.waiting += 1
        return new Promise((resolve) => {
          const stop = () => {
            this.waiting -= 1
            resolve({ stopped: true })
          }
          signal.addEventListener('abort', stop, { once: true })
        })
      },
    }
  }
}
