import type { TaskId } from '../../../shared/model/ids.js'
import { type CommandContext, interruptSignal } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { asTaskId } from '../task-id.js'

/** Prints a task's output; with `follow` also what comes until the task ends. */
export async function logs(
  context: CommandContext,
  text: string,
  follow: boolean,
): Promise<number> {
  const taskId = asTaskId(text)
  const interrupt = interruptSignal(context.environment)
  try {
    const reader = new LogReader(context, taskId, interrupt.signal)
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

class LogReader {
  readonly #context: CommandContext
  readonly #taskId: TaskId
  readonly #signal: AbortSignal
  readonly #filter
  #offset = 0
  #endsInLineFeed = true

  constructor(context: CommandContext, taskId: TaskId, signal: AbortSignal) {
    this.#context = context
    this.#taskId = taskId
    this.#signal = signal
    this.#filter = context.terminal.foreignStream()
  }

  /** Reads what there is by now. Answers whether that is all there will ever be. */
  async readOn(): Promise<boolean> {
    for (;;) {
      const chunk = await this.#context.host.call(
        'task.log',
        { taskId: this.#taskId, sinceOffset: this.#offset },
        { signal: this.#signal },
      )
      this.#print(chunk.text, chunk.offset)
      const stoodStill = chunk.nextOffset <= this.#offset
      this.#offset = Math.max(this.#offset, chunk.nextOffset)
      if (chunk.complete || stoodStill) return chunk.complete
    }
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

/** Remembers that something happened until somebody asks. */
class News {
  #told = false
  #stopped: Error | null = null
  #wake: () => void = () => undefined

  tell(): void {
    this.#told = true
    this.#wake()
  }

  /** There will be no more: who waits gets `reason`. */
  stop(reason: Error): void {
    this.#stopped = reason
    this.#wake()
  }

  async heard(signal: AbortSignal): Promise<void> {
    const abort = () => this.#wake()
    signal.addEventListener('abort', abort, { once: true })
    try {
      while (!this.#told) {
        signal.throwIfAborted()
        if (this.#stopped !== null) throw this.#stopped
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
      this.#told = false
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}
