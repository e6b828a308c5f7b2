import type { TaskId } from '../../../shared/model/ids.js'
import { CliError } from '../cli-error.js'
import { type CommandContext, interruptSignal } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { asTaskId } from '../id-arguments.js'
import { News } from '../news.js'

export interface LogsOptions {
  /** Also what comes until the task ends. */
  readonly follow?: boolean
  /** Only what this attempt has put out. */
  readonly attempt?: number
}

/** Prints a task's output. */
export async function logs(
  context: CommandContext,
  text: string,
  { follow = false, attempt }: LogsOptions,
): Promise<number> {
  const taskId = asTaskId(text)
  const interrupt = interruptSignal(context.environment)
  try {
    const part = attempt === undefined ? WHOLE_LOG : await partOf(context, taskId, attempt)
    const reader = new LogReader(context, taskId, interrupt.signal, part)
    await (follow ? reader.follow() : reader.readOn())
    reader.end()
    return EXIT.ok
  } catch (error) {
    if (interrupt.signal.aborted) return EXIT.interrupted
    throw error
  } finally {
    interrupt.stop()
  }
}

/** From `start` to before `end`, in UTF-16 units of the task's log. */
interface LogPart {
  readonly start: number
  readonly end: number
}

const WHOLE_LOG: LogPart = { start: 0, end: Number.POSITIVE_INFINITY }

/** An attempt may have been interrupted and gone on: its stretches follow each other in the log. */
async function partOf({ host }: CommandContext, taskId: TaskId, attempt: number): Promise<LogPart> {
  const { attempts } = await host.call('task.attempts', { taskId })
  const stretches = attempts.filter((stretch) => stretch.attempt === attempt)
  if (stretches.length === 0) {
    const last = attempts.at(-1)?.attempt ?? 0
    const there = last === 0 ? 'it has not been tried yet' : `its last one is attempt ${last}`
    throw new CliError('not_found', `${taskId} has no attempt ${attempt}: ${there}`)
  }
  return {
    start: Math.min(...stretches.map(({ logOffset }) => logOffset)),
    end: Math.max(...stretches.map(({ logEnd }) => logEnd)),
  }
}

class LogReader {
  readonly #context: CommandContext
  readonly #taskId: TaskId
  readonly #signal: AbortSignal
  readonly #filter
  readonly #end: number
  #offset: number
  #endsInLineFeed = true

  constructor(context: CommandContext, taskId: TaskId, signal: AbortSignal, part: LogPart) {
    this.#offset = part.start
    this.#end = part.end
    this.#context = context
    this.#taskId = taskId
    this.#signal = signal
    this.#filter = context.terminal.foreignStream()
  }

  /** Reads what there is by now. Answers whether that is all there will ever be. */
  async readOn(): Promise<boolean> {
    while (this.#offset < this.#end) {
      const chunk = await this.#context.host.call(
        'task.log',
        { taskId: this.#taskId, sinceOffset: this.#offset },
        { signal: this.#signal },
      )
      this.#print(chunk.text.slice(0, this.#end - chunk.offset), chunk.offset)
      const stoodStill = chunk.nextOffset <= this.#offset
      this.#offset = Math.max(this.#offset, chunk.nextOffset)
      if (chunk.complete || stoodStill) return chunk.complete
    }
    return true
  }

  /**
   * Events only say that there is more: the text is always read from the log, so that nothing is
   * missing or doubled whatever happens to the connection.
   */
  async follow(): Promise<void> {
    const { host } = this.#context
    for (;;) {
      const client = await host.client()
      const news = new News()
      const unlisten = client.onEvent((_name, event) => {
        if ('taskId' in event && event.taskId === this.#taskId) news.tell()
      })
      const unwatch = client.onClose((reason) => news.stop(new Error(reason)))
      try {
        await client.call('events.subscribe', { topics: [this.#taskId] })
        while (!(await this.readOn())) await news.heard(this.#signal)
        return
      } catch (error) {
        // A lost connection is no reason to stop: the next one goes on at the same place.
        if (this.#signal.aborted || (await host.isLive(client))) throw error
      } finally {
        unlisten()
        unwatch()
      }
    }
  }

  end(): void {
    if (this.#context.json) return
    const rest = this.#filter.end()
    this.#context.terminal.write(rest)
    // The shell's prompt starts on a line of its own.
    if (!this.#endsInLineFeed && this.#context.terminal.isInteractive) this.#context.terminal.line()
  }

  #print(text: string, offset: number): void {
    if (text === '') return
    const { terminal, json } = this.#context
    if (json) terminal.json({ offset, text })
    else terminal.write(this.#filter.push(text))
    this.#endsInLineFeed = text.endsWith('\n')
  }
}
