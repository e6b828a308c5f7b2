import { type CommandContext, interruptSignal } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { boxWidth, drawBoard } from './draw-board.js'
import { followHost } from './follow-host.js'
import { LiveScreen } from './live-screen.js'
import { Paced } from './paced.js'
import { TaskBoard } from './task-board.js'

/** Ten frames a second at most. */
const FRAME_MS = 100
/** Elapsed and remaining times go on although nothing happens. */
const TICK_MS = 1000

/** The box of background tasks, live, until the user leaves. Goes on with the next host. */
export async function watchLive(context: CommandContext): Promise<number> {
  const { host, terminal, environment } = context
  const interrupt = interruptSignal(environment)
  const leaving = new AbortController()
  const signal = AbortSignal.any([interrupt.signal, leaving.signal])
  const now = () => environment.now()
  const board = new TaskBoard()
  board.trouble = 'Connecting to the host…'
  const screen = new LiveScreen({
    environment,
    terminal,
    onLeave: () => leaving.abort(),
    draw: () => {
      const size = { width: terminal.width, height: terminal.height }
      return { lines: drawBoard(board.view(), size, now(), terminal), boxWidth: boxWidth(size) }
    },
  })
  let failure: unknown
  const frames = new Paced(FRAME_MS, () => {
    try {
      screen.draw()
    } catch (error) {
      // Thrown from here it would end the process with the terminal as it is now.
      failure = error
      leaving.abort()
    }
  })
  const tick = setInterval(() => frames.request(), TICK_MS)
  const changed = () => frames.request()
  screen.open()
  try {
    changed()
    while (!signal.aborted) {
      const client = await unlessAborted(host.client(), signal)
      if (client === null) break
      try {
        await followHost({ client, board, signal, now, changed })
      } catch (error) {
        // Only a lost connection is worth another try.
        if (!signal.aborted && (await host.isLive(client))) throw error
      }
      board.trouble = 'The connection to the host is lost; looking for the next one…'
      changed()
    }
    if (failure !== undefined) throw failure
    return EXIT.ok
  } finally {
    clearInterval(tick)
    frames.stop()
    screen.close()
    interrupt.stop()
  }
}

/** Null as soon as the user leaves, whatever becomes of the promise then. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(null)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}
