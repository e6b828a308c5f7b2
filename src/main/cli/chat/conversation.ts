import type { ChatMessage } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import type { TaskView } from '../../../shared/model/task.js'
import type { RpcClient } from '../../../shared/rpc/client.js'
import { type CliError, toCliError } from '../cli-error.js'
import type { HostConnection } from '../host/host-connection.js'
import { ReplyText } from './reply-text.js'

/** A `question` is the message that a reply answers; null when it was asked before we listened. */
export interface ConversationListener {
  replyText(piece: string, question: MessageId | null): void
  replyEnded(reply: ChatMessage, question: MessageId | null): void
  taskStarted(task: TaskView): void
  taskEnded(card: ChatMessage): void
  /** The connection was lost; the next one is being sought. */
  interrupted(reason: string): void
  /** There is no way back to the conversation. */
  failed(error: CliError): void
}

interface ReplyUnderWay {
  readonly messageId: MessageId
  readonly question: MessageId | null
  readonly shown: ReplyText
}

/**
 * A conversation as a client sees it. Replies come one at a time: the host takes a question up,
 * speaks, and ends the reply before it takes up the next. Stays with the conversation when the host
 * dies: the next host goes on with the reply, and what was missed is told from the log.
 */
export class Conversation {
  readonly id: ConversationId
  readonly #host: HostConnection
  readonly #listener: ConversationListener
  #client: RpcClient | null = null
  #seq: number | undefined
  #takenUp: MessageId | null = null
  #reply: ReplyUnderWay | null = null
  #closed = false

  /** Creates a conversation where no `id` is given, and listens to it. */
  static async open(
    host: HostConnection,
    listener: ConversationListener,
    place: { readonly id: ConversationId | null; readonly workspace: string },
  ): Promise<Conversation> {
    const id =
      place.id ?? (await host.call('chat.create', { workspace: place.workspace })).conversationId
    // Also says `not_found` for an id that there is not.
    const { seq } = await host.call('chat.history', { conversationId: id, limit: 1 })
    const conversation = new Conversation(host, listener, id, seq)
    await conversation.#connect()
    return conversation
  }

  private constructor(
    host: HostConnection,
    listener: ConversationListener,
    id: ConversationId,
    seq: number,
  ) {
    this.#host = host
    this.#listener = listener
    this.id = id
    this.#seq = seq
  }

  async send(text: string): Promise<MessageId> {
    const { messageId } = await this.#host.call('chat.send', { conversationId: this.id, text })
    return messageId
  }

  /** Ends the reply under way. */
  async stop(): Promise<void> {
    await this.#host.call('chat.stop', { conversationId: this.id })
  }

  close(): void {
    this.#closed = true
  }

  async #connect(): Promise<void> {
    const client = await this.#host.client()
    this.#client = client
    client.on('chat.message', (event) => this.#hearMessage(event, event.seq))
    client.on('chat.activity', ({ conversationId, messageId }) => {
      if (conversationId === this.id && messageId !== undefined) this.#replyOf(messageId)
    })
    client.on('chat.delta', ({ conversationId, messageId, offset, text }) => {
      if (conversationId !== this.id) return
      const { shown, question } = this.#replyOf(messageId)
      this.#tell(shown.add(offset, text), question)
    })
    client.on('task.created', ({ conversationId, task, seq }) => {
      if (conversationId !== this.id) return
      this.#seq = seq
      this.#listener.taskStarted(task)
    })
    client.onClose((reason) => void this.#reconnect(reason))
    const since = this.#seq === undefined ? {} : { sinceSeq: this.#seq }
    await client.call('events.subscribe', { topics: [this.id], ...since })
  }

  async #reconnect(reason: string): Promise<void> {
    if (this.#closed) return
    this.#listener.interrupted(reason)
    try {
      await this.#connect()
    } catch (error) {
      // A connection that was lost again has its own attempt under way.
      if (!this.#closed && this.#client !== null) this.#listener.failed(toCliError(error))
    }
  }

  #hearMessage(message: ChatMessage, seq: number): void {
    if (message.conversationId !== this.id || this.#closed) return
    this.#seq = seq
    if (message.role === 'task') {
      if (message.taskState !== 'pending') this.#listener.taskEnded(message)
    } else if (message.role === 'assistant') this.#endReply(message)
    // It is told once more when it is known what it points at.
    else if (message.state !== 'queued' && message.mentions === undefined) {
      this.#takenUp = message.messageId
    }
  }

  #endReply(message: ChatMessage): void {
    const { shown, question } = this.#replyOf(message.messageId)
    this.#tell(shown.complete(message.text), question)
    this.#reply = null
    this.#listener.replyEnded(message, question)
  }

  /** The reply under way; a new one answers the question that was taken up last. */
  #replyOf(messageId: MessageId): ReplyUnderWay {
    if (this.#reply?.messageId !== messageId) {
      this.#reply = { messageId, question: this.#takenUp, shown: new ReplyText() }
      this.#takenUp = null
    }
    return this.#reply
  }

  #tell(piece: string, question: MessageId | null): void {
    if (piece !== '' && !this.#closed) this.#listener.replyText(piece, question)
  }
}
