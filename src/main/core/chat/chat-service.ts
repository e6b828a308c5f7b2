import type { ChatMessage, Conversation } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { shortened } from '../../../shared/text/shortened.js'
import { Transcript } from '../agents/transcript.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { ModelAccess } from '../models/model-access.js'
import type { Clock, Ids, Logger, Timer } from '../ports.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import {
  type ConversationPlace,
  type ConversationRecord,
  deleteConversation,
  insertConversation,
  renameConversation,
  selectConversation,
  selectConversations,
  touchConversation,
} from '../store/queries/conversations.js'
import {
  insertMessage,
  selectMessage,
  selectMessages,
  selectNewestSpoken,
  updateMessage,
} from '../store/queries/messages.js'
import {
  selectConversationsWithOpenMessages,
  selectOpenMessages,
  takeUpMessage,
} from '../store/queries/queued-messages.js'
import type { ToolRegistry } from '../tools/tool-registry.js'
import { branchConversation, messageToBranchFrom } from './branch.js'
import { type FoundMessages, findMessages } from './find-messages.js'
import type { MentionSources } from './mentions.js'
import { QueuedMessages } from './queued-messages.js'
import { Reply } from './reply.js'

const UNTITLED = 'New conversation'
const TITLE_LENGTH = 60
/** Before what waits in a conversation is taken up after that failed (a full disk). */
const RETRY_MS = 1000

export interface ChatOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly models: ModelAccess
  readonly toolsFor: (conversation: {
    readonly id: ConversationId
    readonly workspace: string
  }) => ToolRegistry
  readonly defaultWorkspace: () => string
  readonly mentions: MentionSources
}

/**
 * Conversations, and the assistant's part in them.
 *
 * Each conversation has at most one reply under way; what is said meanwhile is queued and answered
 * next, in order. Conversations never wait for each other, and none waits for a task.
 */
export class ChatService {
  /** What waits behind replies. */
  readonly queue: QueuedMessages
  readonly #options: ChatOptions
  readonly #replies = new Map<ConversationId, Reply>()
  /** Being deleted: nothing in them is taken up any more. */
  readonly #leaving = new Set<ConversationId>()
  readonly #retries = new Map<ConversationId, Timer>()
  #running = false

  constructor(options: ChatOptions) {
    this.#options = options
    const { log, clock } = options
    this.queue = new QueuedMessages({ log, clock, requireConversation: (id) => this.#require(id) })
  }

  /** Goes on with replies and queued messages that the last run of the program left. */
  start(): void {
    this.#running = true
    for (const id of this.#options.log.query((db) => selectConversationsWithOpenMessages(db))) {
      this.#next(id)
    }
  }

  /** Replies under way stay as they are and are gone on with at the next start. */
  async stop(): Promise<void> {
    this.#running = false
    for (const timer of this.#retries.values()) timer.cancel()
    this.#retries.clear()
    const replies = [...this.#replies.values()]
    for (const reply of replies) reply.stop('shutdown')
    await Promise.all(replies.map((reply) => reply.finished))
  }

  get isBusy(): boolean {
    return this.#replies.size > 0
  }

  async create(given: { title?: string | undefined; workspace?: string | undefined }) {
    const { log, ids, defaultWorkspace } = this.#options
    const workspace = await resolveWorkspace(given.workspace ?? defaultWorkspace())
    const id = ids.next('conv') as ConversationId
    log.transaction((transaction) => {
      const title = given.title ?? UNTITLED
      insertConversation(transaction.db, {
        id,
        title,
        titledBy: given.title === undefined ? 'program' : 'person',
        workspace,
        createdAtMs: transaction.at,
      })
      transaction.emit('chat.changed', { conversationId: id, change: 'created', title })
    })
    return id
  }

  /** Stores the message; the reply is made afterwards. */
  send(conversationId: ConversationId, text: string): MessageId {
    return this.#options.log.transaction((transaction) => {
      const conversation = this.#require(conversationId)
      const messageId = this.#add(transaction, conversationId, text)
      this.#titleBy(transaction, conversation, text)
      return messageId
    })
  }

  /** Begins a conversation with what was said up to a message. */
  branch(conversationId: ConversationId, messageId: MessageId, title?: string): ConversationId {
    return this.#options.log.transaction((transaction) => {
      const origin = this.#require(conversationId)
      const message = messageToBranchFrom(transaction, conversationId, messageId)
      const options = { title, instead: false }
      return branchConversation(transaction, this.#options.ids, origin, message, options)
    })
  }

  /** Says something else in place of a person's message, in a branch; a queued one changes in place. */
  edit(
    conversationId: ConversationId,
    messageId: MessageId,
    text: string,
  ): { conversationId: ConversationId; messageId: MessageId } {
    const { log, ids, clock } = this.#options
    const origin = this.#require(conversationId)
    const known = log.query((db) => selectMessage(db, messageId, clock.now()))
    if (known?.state === 'queued') {
      this.queue.edit(conversationId, messageId, text)
      return { conversationId, messageId }
    }
    return log.transaction((transaction) => {
      const message = messageToBranchFrom(transaction, conversationId, messageId)
      if (message.role !== 'user') {
        throw new AppError(
          'invalid_state',
          `message ${messageId} was not said by a person: only what a person said can be said differently`,
        )
      }
      const branch = branchConversation(transaction, ids, origin, message, { instead: true })
      return { conversationId: branch, messageId: this.#add(transaction, branch, text) }
    })
  }

  /** Answers a queued message next, ending the reply under way. */
  sendNow(conversationId: ConversationId, messageId: MessageId): void {
    this.queue.putFirst(conversationId, messageId)
    this.stopReply(conversationId)
  }

  async search(
    wanted: Parameters<typeof findMessages>[1],
    signal: AbortSignal,
  ): Promise<FoundMessages> {
    this.#require(wanted.conversationId)
    return findMessages(this.#options, wanted, signal)
  }

  /** The newest messages before `beforeOrder`, oldest first; a streaming one with its text so far. */
  history(
    conversationId: ConversationId,
    page: { readonly beforeOrder: number | null; readonly limit: number },
  ): { messages: ChatMessage[]; nextOrder: number | null; seq: number } {
    this.#require(conversationId)
    const { log, clock } = this.#options
    const { messages, nextOrder } = log.query((db) =>
      selectMessages(db, { conversationId, ...page }, clock.now()),
    )
    return {
      messages: messages.map((message) => this.#withPartialText(message)),
      nextOrder,
      seq: log.lastSeq(),
    }
  }

  list(page: { readonly before: ConversationPlace | null; readonly limit: number }): {
    conversations: Conversation[]
    next: ConversationPlace | null
  } {
    const { log, clock } = this.#options
    const found = log.query((db) => selectConversations(db, page, clock.now()))
    const conversations = found.conversations.map((record) => this.#view(record))
    return { conversations, next: found.next }
  }

  rename(conversationId: ConversationId, title: string): void {
    this.#require(conversationId)
    this.#options.log.transaction((transaction) => {
      renameConversation(transaction.db, conversationId, title, 'person')
      transaction.emit('chat.changed', { conversationId, change: 'renamed', title })
    })
  }

  /** Tasks that it started go on; their cards have no place any more. */
  async delete(conversationId: ConversationId): Promise<void> {
    const { title } = this.#require(conversationId)
    this.#leaving.add(conversationId)
    try {
      const reply = this.#replies.get(conversationId)
      reply?.stop('shutdown')
      await reply?.finished
      this.#options.log.transaction((transaction) => {
        deleteConversation(transaction.db, conversationId)
        transaction.emit('chat.changed', { conversationId, change: 'deleted', title })
      })
    } finally {
      this.#leaving.delete(conversationId)
      this.#next(conversationId)
    }
  }

  /** Ends the reply under way at once; false when there is none. */
  stopReply(conversationId: ConversationId): boolean {
    this.#require(conversationId)
    const reply = this.#replies.get(conversationId)
    reply?.stop('stopped')
    return reply !== undefined
  }

  /** Goes on with a reply that failed or was stopped, from its last finished step. */
  retry(conversationId: ConversationId, messageId: MessageId): MessageId {
    this.#require(conversationId)
    const { log } = this.#options
    log.transaction((transaction) => {
      const { db, at } = transaction
      const message = selectMessage(db, messageId, at)
      if (message === undefined || message.conversationId !== conversationId) {
        throw new AppError('not_found', `there is no message ${messageId} in ${conversationId}`)
      }
      this.#refuseRetry(message, transaction)
      updateMessage(db, messageId, {
        state: 'streaming',
        text: '',
        activities: [],
        error: undefined,
      })
      const { error: _error, activities: _activities, ...rest } = message
      transaction.emit('chat.message', { ...rest, state: 'streaming', text: '' })
      transaction.afterCommit(() => this.#next(conversationId))
    })
    return messageId
  }

  #refuseRetry(message: ChatMessage, { db }: Transaction): void {
    if (message.role !== 'assistant' || !['failed', 'stopped'].includes(message.state)) {
      throw new AppError(
        'invalid_state',
        `message ${message.messageId} is ${message.state}: only a reply that failed or was stopped can be tried again`,
      )
    }
    const newest = selectNewestSpoken(db, message.conversationId)
    if (newest !== message.messageId || this.#replies.has(message.conversationId)) {
      throw new AppError(
        'invalid_state',
        `message ${message.messageId} is not the last one of its conversation: send the question again`,
      )
    }
  }

  /** Takes up what waits in a conversation, unless a reply is under way; never throws. */
  #next(conversationId: ConversationId): void {
    if (!this.#running || this.#replies.has(conversationId)) return
    if (this.#leaving.has(conversationId)) return
    this.#retries.get(conversationId)?.cancel()
    this.#retries.delete(conversationId)
    try {
      this.#takeUpNext(conversationId)
    } catch (error) {
      this.#options.logger.error({ error, conversationId }, 'a message could not be taken up yet')
      this.#nextLater(conversationId)
    }
  }

  #nextLater(conversationId: ConversationId): void {
    if (!this.#running) return
    const timer = this.#options.clock.schedule(RETRY_MS, () => this.#next(conversationId))
    this.#retries.set(conversationId, timer)
  }

  #takeUpNext(conversationId: ConversationId): void {
    const { log, clock, logger } = this.#options
    const conversation = log.query((db) => selectConversation(db, conversationId, clock.now()))
    if (conversation === undefined) return
    const open = log.query((db) => selectOpenMessages(db, conversationId, clock.now()))
    const unfinished = open.find((message) => message.state === 'streaming')
    const queued = open.find((message) => message.state === 'queued')
    const messageId =
      unfinished?.messageId ?? (queued === undefined ? undefined : this.#takeUp(queued))
    if (messageId === undefined) return
    const { workspace } = conversation
    const tools = this.#options.toolsFor({ id: conversationId, workspace })
    const reply = new Reply(this.#options, { conversationId, messageId, workspace, tools })
    this.#replies.set(conversationId, reply)
    reply.finished.then(
      () => {
        this.#replies.delete(conversationId)
        this.#next(conversationId)
      },
      (error: unknown) => {
        logger.error({ error, messageId }, 'a reply ended in a defect')
        this.#replies.delete(conversationId)
        this.#nextLater(conversationId)
      },
    )
  }

  /** In one commit: the message is being answered, by this reply, which begins with it. */
  #takeUp(queued: ChatMessage): MessageId {
    const { log, ids } = this.#options
    const messageId = ids.next('msg') as MessageId
    const { conversationId, text } = queued
    Transcript.load(log, messageId).append({ kind: 'begin', attempt: 1, text }, (transaction) => {
      const { db, at } = transaction
      const order = takeUpMessage(db, queued.messageId)
      transaction.emit('chat.message', { ...queued, state: 'complete', order })
      insertMessage(db, {
        messageId,
        conversationId,
        role: 'assistant',
        state: 'streaming',
        text: '',
        createdAt: at,
      })
    })
    return messageId
  }

  #add(transaction: Transaction, conversationId: ConversationId, text: string): MessageId {
    const { db, at } = transaction
    const message: Omit<ChatMessage, 'order'> = {
      messageId: this.#options.ids.next('msg') as MessageId,
      conversationId,
      role: 'user',
      state: 'queued',
      text,
      createdAt: at,
    }
    const order = insertMessage(db, message)
    touchConversation(db, conversationId, at)
    if (this.#replies.has(conversationId)) transaction.emit('chat.message', { ...message, order })
    transaction.afterCommit(() => this.#next(conversationId))
    return message.messageId
  }

  #titleBy(transaction: Transaction, conversation: ConversationRecord, text: string): void {
    if (conversation.titledBy === 'person' || conversation.title !== UNTITLED) return
    const title = shortened(text.trim().split('\n', 1)[0] ?? '', TITLE_LENGTH)
    renameConversation(transaction.db, conversation.id, title, 'program')
    transaction.emit('chat.changed', { conversationId: conversation.id, change: 'renamed', title })
  }

  #withPartialText(message: ChatMessage): ChatMessage {
    const reply = this.#replies.get(message.conversationId)
    return message.state === 'streaming' && reply?.messageId === message.messageId
      ? { ...message, text: reply.text }
      : message
  }

  #view(record: ConversationRecord): Conversation {
    return {
      conversationId: record.id,
      title: record.title,
      workspace: record.workspace,
      createdAt: record.createdAtMs,
      updatedAt: record.updatedAtMs,
      busy: this.#replies.has(record.id),
      ...(record.branchedFrom === null ? {} : { branchedFrom: record.branchedFrom }),
    }
  }

  #require(id: ConversationId): ConversationRecord {
    const { log, clock } = this.#options
    const record = log.query((db) => selectConversation(db, id, clock.now()))
    if (record === undefined) throw new AppError('not_found', `there is no conversation ${id}`)
    return record
  }
}
