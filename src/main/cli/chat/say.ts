import type { ChatMessage } from '../../../shared/model/chat.js'
import type { MessageId, TaskId } from '../../../shared/model/ids.js'
import { type CliError, interruptedError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { KEEP_CHATTING, startedLine } from '../commands/execute.js'
import { EXIT, exitCodeOf } from '../exit-codes.js'
import { Conversation, type ConversationListener } from './conversation.js'

interface Piece {
  readonly text: string
  readonly question: MessageId | null
}

/** Where `chat` speaks: a conversation that goes on, or a new one in a folder. */
export type ChatPlace = Parameters<typeof Conversation.open>[2]

/**
 * Says one thing after another and prints each answer while it is given. Used for a message on the
 * command line and for lines from a pipe; tasks that were started go on afterwards.
 */
export class Speaker implements ConversationListener {
  readonly #context: CommandContext
  /** What was heard before the host had told which question is ours. */
  #early: Piece[] = []
  #ended = new Map<MessageId, ChatMessage>()
  #question: MessageId | null = null
  #tasks: TaskId[] = []
  #filter
  #wake: () => void = () => undefined
  #failure: CliError | null = null
  #interrupts = 0

  private constructor(context: CommandContext) {
    this.#context = context
    this.#filter = context.terminal.foreignStream()
  }

  /** Says what `texts` yields, in order, and answers the exit code. */
  static async sayAll(
    context: CommandContext,
    place: ChatPlace,
    texts: Iterable<string> | AsyncIterable<string>,
  ): Promise<number> {
    const speaker = new Speaker(context)
    const conversation = await Conversation.open(context.host, speaker, place)
    if (!context.json) context.terminal.note(`Conversation: ${conversation.id}`)
    const stopListening = context.environment.onInterrupt(() => speaker.#interrupt(conversation))
    let exitCode: number = EXIT.ok
    try {
      for await (const text of texts) {
        const reply = await speaker.#say(conversation, text)
        if (reply.state === 'stopped') throw interruptedError('the answer was stopped')
        if (reply.error) exitCode = exitCodeOf(reply.error.code)
      }
      return exitCode
    } finally {
      stopListening()
      conversation.close()
    }
  }

  async #say(conversation: Conversation, text: string): Promise<ChatMessage> {
    const { terminal, json } = this.#context
    this.#tasks = []
    const question = await conversation.send(text)
    this.#question = question
    for (const piece of this.#early.splice(0)) this.replyText(piece.text, piece.question)
    const reply = await this.#replyTo(question)
    this.#question = null
    if (json) {
      const { id: conversationId } = conversation
      terminal.json({ conversationId, messageId: question, reply, tasks: this.#tasks })
    } else {
      terminal.line(this.#filter.end())
      for (const taskId of this.#tasks) terminal.line(startedLine(taskId))
      if (this.#tasks.length > 0) terminal.line(KEEP_CHATTING)
      if (reply.error) terminal.note(`smart-agents: ${terminal.foreignLine(reply.error.message)}`)
    }
    return reply
  }

  async #replyTo(question: MessageId): Promise<ChatMessage> {
    for (;;) {
      const reply = this.#ended.get(question)
      if (reply !== undefined) return reply
      if (this.#failure !== null) throw this.#failure
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** First stops the answer, then the command. */
  #interrupt(conversation: Conversation): void {
    this.#interrupts++
    if (this.#interrupts === 1) {
      conversation.stop().catch(() => undefined)
      return
    }
    this.#fail(interruptedError('left; the answer goes on without this terminal'))
  }

  #fail(error: CliError): void {
    this.#failure = error
    this.#wake()
  }

  replyText(text: string, question: MessageId | null): void {
    if (this.#question === null) this.#early.push({ text, question })
    else if (question === this.#question && !this.#context.json) {
      this.#context.terminal.write(this.#filter.push(text))
    }
  }

  replyEnded(reply: ChatMessage, question: MessageId | null): void {
    if (question !== null) this.#ended.set(question, reply)
    this.#wake()
  }

  taskStarted(task: { readonly id: TaskId }): void {
    this.#tasks.push(task.id)
  }

  taskEnded(card: ChatMessage): void {
    const { terminal, json } = this.#context
    if (!json) terminal.note(terminal.foreignLine(card.text.split('\n')[0] ?? ''))
  }

  interrupted(): void {
    if (!this.#context.json) this.#context.terminal.note('The host is gone; looking for another.')
  }

  failed(error: CliError): void {
    this.#fail(error)
  }
}
