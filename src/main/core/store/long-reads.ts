import { Worker } from 'node:worker_threads'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Clock, Logger } from '../ports.js'
import type { ReadDb } from './database.js'
import {
  type AnswerOf,
  type ArgumentOf,
  performRead,
  type ReadAnswer,
  type ReadName,
  type ReadRequest,
} from './history-reads.js'

interface Waiting {
  readonly request: ReadRequest
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Reads that may take long. Each is one step of bounded cost: who gives up asks for no further one. */
export interface LongReads {
  read<N extends ReadName>(name: N, argument: ArgumentOf<N>): Promise<AnswerOf<N>>
  close(): Promise<void>
}

export interface LongReadOptions {
  readonly db: ReadDb
  /** Path of the built `history.worker.js`; null: everything on the thread of the caller. */
  readonly entry: string | null
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * none     nothing was read yet, or there is no thread → thread, or read here, one per turn of the event loop
 * thread   reads happen there; when it fails, what it had in hand is read here → here
 * here     for good
 * closed   for good
 */
export function longReads({ db, entry, clock, logger }: LongReadOptions): LongReads {
  const waiting = new Map<number, Waiting>()
  let state: 'none' | 'thread' | 'here' | 'closed' = entry === null ? 'here' : 'none'
  let worker: Worker | null = null
  let ended: Promise<void> = Promise.resolve()
  let turn: Promise<void> = Promise.resolve()
  let lastId = 0

  const settle = (id: number, act: (found: Waiting) => void) => {
    const found = waiting.get(id)
    waiting.delete(id)
    if (found !== undefined) act(found)
  }
  const readHere = ({ id, name, argument }: ReadRequest) => {
    turn = turn.then(
      () =>
        new Promise<void>((resolve) => {
          clock.schedule(0, () => {
            settle(id, ({ resolve: answer, reject }) => {
              try {
                answer(performRead(db, name, argument))
              } catch (error) {
                reject(error)
              }
            })
            resolve()
          })
        }),
    )
  }
  const begin = (path: string) => {
    const thread = new Worker(path, { workerData: db.name, execArgv: [], env: {} })
    thread.unref()
    thread.on('message', (answer: ReadAnswer) => {
      settle(answer.id, ({ resolve, reject }) => {
        if ('error' in answer) reject(errorIn(answer))
        else resolve(answer.value)
      })
      if (waiting.size === 0) thread.unref()
    })
    thread.on('error', (error) => {
      logger.warn({ error, entry: path }, 'long reads happen on the main thread: their own failed')
    })
    ended = new Promise((resolve) => thread.once('exit', () => resolve()))
    thread.once('exit', () => {
      if (state !== 'thread') return
      state = 'here'
      for (const { request } of waiting.values()) readHere(request)
    })
    worker = thread
    state = 'thread'
  }

  return {
    read: <N extends ReadName>(name: N, argument: ArgumentOf<N>) =>
      new Promise<AnswerOf<N>>((resolve, reject) => {
        if (state === 'closed') throw closedError()
        const request = { id: ++lastId, name, argument }
        const answer = (value: unknown) => resolve(value as AnswerOf<N>)
        waiting.set(request.id, { request, resolve: answer, reject })
        if (state === 'none' && entry !== null) begin(entry)
        if (state === 'thread') {
          worker?.ref()
          worker?.postMessage(request)
        } else readHere(request)
      }),
    close: async () => {
      const before = state
      state = 'closed'
      for (const { reject } of waiting.values()) reject(closedError())
      waiting.clear()
      if (before !== 'thread') return
      worker?.ref()
      worker?.postMessage('close')
      await ended
    },
  }
}

/** What was refused there says why, as it would here; anything else is a defect. */
function errorIn({ code, error }: Extract<ReadAnswer, { readonly error: string }>): AppError {
  return code === null
    ? new AppError('internal', `reading failed: ${error}`)
    : new AppError(code, error)
}

function closedError(): AppError {
  return new AppError('cancelled', 'the host is about to end')
}
