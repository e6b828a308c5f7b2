import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Timer } from '../../src/main/core/ports.js'
import { DesktopFeed } from '../../src/main/electron/desktop/desktop-feed.js'
import type { DesktopState } from '../../src/main/electron/desktop/desktop-state.js'
import type { HostAccess } from '../../src/main/electron/host-access.js'
import { openLocalLink } from '../../src/main/electron/local-link.js'
import { createDispatcher, type Dispatcher } from '../../src/main/rpc/dispatcher.js'
import { createHandlers } from '../../src/main/rpc/handlers.js'
import { CoreBench } from '../support/core-bench.js'
import { SimulatedClock } from '../support/simulated-clock.js'

let wake: () => void = () => undefined

/** Tells that somebody waits for it. */
class FeedClock extends SimulatedClock {
  override schedule(delayMs: number, callback: () => void): Timer {
    const timer = super.schedule(delayMs, callback)
    wake()
    return timer
  }
}

let bench: CoreBench
let dispatcher: Dispatcher
let feed: DesktopFeed
let told: DesktopState[]
let clock: FeedClock
let isAway = false

/** As a host that was started anew answers. */
function serve(): Dispatcher {
  const { core, logger } = bench
  const handlers = createHandlers(core, {
    kind: 'electron',
    version: '0.0.0',
    pid: process.pid,
    startedAt: 0,
    machineDetails: () => Promise.reject(new Error('nobody looks')),
  })
  return createDispatcher({ handlers, events: core.events, logger })
}

beforeEach(async () => {
  bench = await CoreBench.start()
  dispatcher = serve()
  isAway = false
  const access: HostAccess = {
    open: (peer) => {
      if (!isAway) return openLocalLink(dispatcher, peer)
      setImmediate(() => peer.closed('no host'))
      return { receive: () => undefined, close: () => undefined }
    },
  }
  clock = new FeedClock()
  feed = new DesktopFeed({
    access,
    clock,
    logger: bench.logger,
    heard: () => undefined,
  })
  told = []
})

afterEach(async () => {
  feed.stop()
  dispatcher.close('the test is over')
  await bench.close()
})

/** The first state from now on of which `isSo` holds. Time passes when the feed waits for it, and only here. */
async function until(isSo: (state: DesktopState) => boolean): Promise<DesktopState> {
  for (;;) {
    const moved = new Promise<void>((resolve) => {
      wake = resolve
    })
    const state = told.at(-1)
    if (state !== undefined && isSo(state)) return state
    const waitsMs = clock.untilNextMs
    if (waitsMs === null) await moved
    else clock.advance(waitsMs)
  }
}

function start(): void {
  feed.follow((state) => {
    told.push(state)
    wake()
  })
  feed.start()
}

const submit = (command: string) =>
  feed.call('task.submit', { description: command, type: 'command', command })

it('tells what runs and what has ended', async () => {
  start()
  expect(told[0]?.isConnected).toBe(false)
  await until(({ isConnected }) => isConnected)
  const { taskId } = await submit('sleep 100')
  const busy = await until(({ runningCount }) => runningCount === 1)
  expect(busy.running).toEqual([
    { id: taskId, description: 'sleep 100', progress: 0, isPart: false },
  ])
  await feed.call('task.cancel', { taskId })
  const done = await until(({ runningCount, recent }) => runningCount === 0 && recent.length > 0)
  expect(done.recent).toEqual([{ id: taskId, description: 'sleep 100', state: 'cancelled' }])
})

it('tells what waits for the person, until they have seen it', async () => {
  start()
  await until(({ isConnected }) => isConnected)
  const { taskId } = await submit('exit 1')
  const failed = await until(({ waits }) => waits.failures === 1)
  expect(failed.items).toEqual([{ title: expect.any(String), place: { kind: 'task', taskId } }])
  await feed.call('inbox.dismiss', { itemIds: [`failure:${taskId}`] })
  expect((await until(({ waits }) => waits.total === 0)).items).toEqual([])
})

it('gathers what happens at once', async () => {
  start()
  await until(({ isConnected }) => isConnected)
  await feed.call('queue.pause', {})
  await until(({ isPaused }) => isPaused)
  const before = told.length
  await Promise.all(Array.from({ length: 50 }, (_, index) => submit(`echo ${index}`)))
  await until(({ waitingCount }) => waitingCount === 50)
  expect(told.length - before).toBeLessThanOrEqual(2)
})

it('knows when nobody tells it anything, and comes back by itself', async () => {
  start()
  await until(({ isConnected }) => isConnected)
  isAway = true
  dispatcher.close('the host has ended')
  await until(({ isConnected }) => !isConnected)
  dispatcher = serve()
  isAway = false
  await until(({ isConnected }) => isConnected)
  await submit('sleep 100')
  await until(({ runningCount }) => runningCount === 1)
})

it('reads again what could not be read, and loses no task that ended meanwhile', async () => {
  start()
  await until(({ isConnected }) => isConnected)
  const { queue } = bench.core
  const state = queue.state.bind(queue)
  let refused = 0
  queue.state = () => {
    refused += 1
    queue.state = state
    throw new Error('the disk is gone')
  }
  const { taskId } = await submit('true')
  const { recent } = await until((now) => now.recent.some(({ id }) => id === taskId))
  expect(recent[0]).toMatchObject({ id: taskId })
  expect(refused).toBe(1)
})
