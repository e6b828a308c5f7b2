import type { RpcClient } from '../../../shared/rpc/client.js'
import type { EventName, ResultOf } from '../../../shared/rpc/contract.js'
import { Paced } from './paced.js'
import type { TaskBoard } from './task-board.js'

/** All but the output of tasks, which may be much and is not drawn. */
const TOPICS: EventName[] = [
  'task.created',
  'task.started',
  'task.progress',
  'task.waiting',
  'task.updated',
  'task.stalled',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'queue.changed',
  'system.machine',
]

/** After these other tasks may wait for other reasons than before, which only the host knows. */
const CHANGES_REASONS: ReadonlySet<EventName> = new Set(
  TOPICS.filter((name) => name !== 'task.progress' && name !== 'system.machine'),
)
const REASONS_EVERY_MS = 1000

const PAGE = 500
const PAGES_OF_WAITING = 2
const ENDED = 20

export interface FollowOptions {
  readonly client: RpcClient
  readonly board: TaskBoard
  readonly signal: AbortSignal
  now(): number
  changed(): void
}

/**
 * Keeps the board in step with one host until the connection or the watching ends: the lists first,
 * then every event since, and what the events only hint at is read again.
 */
export async function followHost(options: FollowOptions): Promise<void> {
  const { client, board, signal, changed } = options
  let isOver: () => void = () => undefined
  const over = new Promise<void>((resolve) => {
    isOver = resolve
  })
  const reasons = new Paced(REASONS_EVERY_MS, async () => {
    try {
      merge(options, await readOpen(client))
      changed()
    } catch {
      // Lost with the connection; the next host is read from the start.
    }
  })
  const release = [
    client.onClose(isOver),
    client.onEvent((name, event) => {
      board.apply(name, event)
      if (CHANGES_REASONS.has(name)) reasons.request()
      changed()
    }),
    () => signal.removeEventListener('abort', isOver),
    () => reasons.stop(),
  ]
  signal.addEventListener('abort', isOver, { once: true })
  try {
    const [open, ended] = await Promise.all([readOpen(client), readEnded(client)])
    board.clear()
    merge(options, open)
    for (const page of ended) board.merge(page, options.now())
    // The oldest page tells from where on events are needed; newer pages know which to ignore.
    const sinceSeq = Math.min(...[...open.pages, ...ended].map(({ seq }) => seq))
    await client.call('events.subscribe', { topics: TOPICS, sinceSeq }, { signal })
    board.trouble = null
    changed()
    await over
  } finally {
    for (const undo of release) undo()
  }
}

type Page = ResultOf<'task.list'>

interface OpenTasks {
  readonly queue: ResultOf<'queue.state'>
  readonly pages: readonly Page[]
  readonly allWaitingHere: boolean
}

function merge({ board, now }: FollowOptions, { queue, pages, allWaitingHere }: OpenTasks): void {
  board.setQueue(queue, allWaitingHere)
  for (const page of pages) board.merge(page, now())
}

async function readOpen(client: RpcClient): Promise<OpenTasks> {
  const [queue, running, waiting] = await Promise.all([
    client.call('queue.state', {}),
    client.call('task.list', { state: 'running', limit: PAGE }),
    readWaiting(client),
  ])
  const allWaitingHere = waiting.at(-1)?.nextCursor === null
  return { queue, pages: [running, ...waiting], allWaitingHere }
}

async function readWaiting(client: RpcClient): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | null = null
  do {
    const from: { readonly cursor?: string } = cursor === null ? {} : { cursor }
    const page: Page = await client.call('task.list', { state: 'pending', limit: PAGE, ...from })
    pages.push(page)
    cursor = page.nextCursor
  } while (cursor !== null && pages.length < PAGES_OF_WAITING)
  return pages
}

function readEnded(client: RpcClient): Promise<Page[]> {
  const states = ['completed', 'failed', 'cancelled'] as const
  return Promise.all(states.map((state) => client.call('task.list', { state, limit: ENDED })))
}
