import { createInterface, type Interface } from 'node:readline'
import type { ChatMessage } from '../../../shared/model/chat.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskView } from '../../../shared/model/task.js'
import { type CliError, toCliError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { KEEP_CHATTING, startedLine } from '../commands/execute.js'
import { EXIT } from '../exit-codes.js'
import { Conversation, type ConversationListener } from './conversation.js'
import { LineFolder, PromptScreen } from './prompt-screen.js'
import type { ChatPlace } from './say.js'

const QUIT_HINT = 'Ctrl+C again quits.'

/** A conversation in a terminal: what is typed is sent at once, whatever goes on. */
export async function talk(context: CommandContext, place: ChatPlace): Promise<number> {
  const { stdin, stdout } = context.environment
  const readline = createInterface({ input: stdin, output: stdout, terminal: true, prompt: '> ' })
  const talker = new Talker(context, readline)
  try {
    return await talker.run(Conversation.open(context.host, talker, place))
  } finally {
    readline.close()
  }
}

class Talker implements ConversationListener {
  readonly #context: CommandContext
  readonly #readline: Interface
  readonly #screen: PromptScreen
  readonly #folder: LineFolder
  readonly #filter
  readonly #running = new Set<TaskId>()
  #unanswered = 0
  #mayQuit = false
  /** Whether the reply under way has started a task. */
  #hasStarted = false
  /** Sends in the order of typing, each without waiting for an answer of the assistant. */
  #sending: Promise<void> = Promise.resolve()

  constructor(context: CommandContext, readline: Interface) {
    const { terminal, environment } = context
    this.#context = context
    this.#readline = readline
    this.#screen = new PromptScreen(readline, environment.stdout)
    this.#folder = new LineFolder(() => terminal.width)
    this.#filter = terminal.foreignStream()
  }

  /** Until the user quits. What is typed while the conversation is being opened waits for it. */
  async run(opening: Promise<Conversation>): Promise<number> {
    const { terminal } = this.#context
    const quit = new Promise<void>((resolve) => this.#readline.once('close', resolve))
    this.#readline.on('line', (line) => this.#typed(line, opening))
    this.#readline.on('SIGINT', () => this.#interrupt(opening))
    this.#readline.prompt()
    await Promise.race([quit, opening.then(({ id }) => this.#greet(id))])
    await quit
    this.#screen.close()
    // What was typed last is accepted before the connection is closed.
    await this.#sending
    const conversation = await opening
    conversation.close()
    terminal.line()
    if (this.#running.size > 0) {
      const ids = [...this.#running].join(', ')
      terminal.note(`Going on in the background: ${ids}. Look: smart-agents list`)
    }
    return EXIT.ok
  }

  #greet(id: string): void {
    this.#print([`Conversation: ${id}`, 'Type at any time. Ctrl+C stops the answer, Ctrl+D quits.'])
  }

  #typed(line: string, opening: Promise<Conversation>): void {
    this.#mayQuit = false
    this.#readline.prompt()
    if (line.trim() === '') return
    this.#unanswered++
    this.#sending = this.#sending.then(async () => {
      try {
        const conversation = await opening
        await conversation.send(line)
      } catch (error) {
        this.#unanswered--
        this.#print([`Not sent: ${toCliError(error).message}. It was: ${line}`])
      }
    })
  }

  #interrupt(opening: Promise<Conversation>): void {
    if (this.#mayQuit) {
      this.#readline.close()
      return
    }
    this.#mayQuit = true
    if (this.#unanswered === 0) {
      this.#print([QUIT_HINT])
      return
    }
    opening
      .then((conversation) => conversation.stop())
      .then(
        () => this.#print([`Stopped. ${QUIT_HINT}`]),
        (error) => this.#print([`Not stopped: ${toCliError(error).message}`]),
      )
  }

  replyText(piece: string): void {
    this.#screen.print(this.#folder.push(this.#filter.push(piece)))
  }

  replyEnded(reply: ChatMessage): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1)
    const rest = [...this.#folder.push(this.#filter.end()), ...this.#folder.end()]
    this.#screen.print([...rest, ''])
    if (reply.error) this.#print([`The answer failed: ${reply.error.message}`])
    if (this.#hasStarted) this.#print([KEEP_CHATTING])
    this.#hasStarted = false
  }

  taskStarted(task: TaskView): void {
    this.#running.add(task.id)
    this.#hasStarted = true
    this.#print([startedLine(task.id)])
  }

  taskEnded(card: ChatMessage): void {
    if (card.taskId !== undefined) this.#running.delete(card.taskId)
    const { terminal } = this.#context
    const [heading = '', ...rest] = terminal.foreign(card.text).trimEnd().split('\n')
    this.#screen.print([terminal.style('bold', heading), ...rest, ''])
  }

  interrupted(): void {
    this.#print(['The host is gone; looking for another.'])
  }

  failed(error: CliError): void {
    this.#print([`${error.message} (${QUIT_HINT})`])
  }

  /** Remarks of the program, between lines of the conversation. */
  #print(lines: readonly string[]): void {
    const { terminal } = this.#context
    this.#screen.print(lines.map((line) => terminal.style('dim', terminal.foreignLine(line))))
  }
}
