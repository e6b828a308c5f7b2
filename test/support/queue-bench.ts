import { tmpdir } from 'node:os'
import {
  createDurableAgents,
  type DurableAgents,
} from '../../src/main/core/agents/life/durable-agents.js'
import { EventLog } from '../../src/main/core/events/event-log.js'
import { AsyncOrchestrator } from '../../src/main/core/orchestrator/async-orchestrator.js'
import {
  BackgroundTaskQueue,
  type QueueOptions,
} from '../../src/main/core/scheduler/background-task-queue.js'
import type { CreatedHook, EndedHook } from '../../src/main/core/scheduler/task-lifecycle.js'
import { openDatabase, type WriteDb } from '../../src/main/core/store/database.js'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { MachineReading } from '../../src/shared/model/queue.js'
import type { DurableEvent } from '../../src/shared/rpc/contract.js'
import type { TaskSubmitParams } from '../../src/shared/rpc/task.js'
import { ScriptedExecutor } from './scripted-executor.js'
import { ScriptedGauge } from './scripted-gauge.js'
import { ScriptedProcesses } from './scripted-processes.js'
import { SequentialIds } from './sequential-ids.js'
import { SilentLogger } from './silent-logger.js'
import { SimulatedClock, settlePromises } from './simulated-clock.js'

/** A queue on a real database, with time, machine and work in the hands of a test. */
export class QueueBench {
  readonly clock: SimulatedClock
  readonly ids: SequentialIds
  readonly gauge = new ScriptedGauge()
  readonly processes = new ScriptedProcesses()
  readonly logger = new SilentLogger()
  readonly events: DurableEvent[] = []
  readonly db: WriteDb
  readonly #hooks: readonly EndedHook[]
  readonly #created: CreatedHook | undefined
  #host = { dead: false }
  executor = new ScriptedExecutor()
  log: EventLog
  queue: BackgroundTaskQueue
  /** Agents whose tasks the executor plays; they act once the queue has started. */
  durable: DurableAgents

  constructor(
    options: {
      readonly db?: WriteDb
      readonly clock?: SimulatedClock
      readonly ids?: SequentialIds
      readonly hooks?: (ids: SequentialIds) => readonly EndedHook[]
      readonly created?: (ids: SequentialIds) => CreatedHook
    } = {},
  ) {
    this.clock = options.clock ?? new SimulatedClock()
    this.ids = options.ids ?? new SequentialIds()
    this.db = options.db ?? openDatabase({ path: ':memory:' })
    this.#hooks = options.hooks?.(this.ids) ?? []
    this.#created = options.created?.(this.ids)
    this.log = this.#openLog()
    this.durable = this.#openAgents()
    this.queue = this.#openQueue()
  }

  get orchestrator(): AsyncOrchestrator {
    return new AsyncOrchestrator({
      queue: () => this.queue,
      agentsIn: async () => [],
      defaultWorkspace: tmpdir,
    })
  }

  /** Lets decisions and promises happen that are due now. */
  async settle(): Promise<void> {
    await settlePromises()
    await this.clock.advanceAsync(0)
    await settlePromises()
  }

  async start(): Promise<void> {
    this.durable.mend()
    await this.queue.start()
    this.durable.start()
    await this.settle()
  }

  async submit(change: Partial<TaskSubmitParams> = {}): Promise<TaskId> {
    const task = { description: 'a task', type: 'command', command: 'true' } as const
    return this.during(this.queue.submit({ ...task, workspace: tmpdir(), ...change }))
  }

  /** Lets turns happen until something has come to its end. */
  async during<T>(work: Promise<T>): Promise<T> {
    let isSettled = false
    const settled = work.finally(() => {
      isSettled = true
    })
    // A folder is looked up on the real disk, which takes the time that it takes.
    const turns = (async () => {
      while (!isSettled) await this.settle()
      await this.settle()
    })()
    const [end] = await Promise.allSettled([settled, turns])
    if (end.status === 'rejected') throw end.reason
    return end.value
  }

  /** The host dies: nothing of it acts any more, and another one opens the same database, later. */
  async crash(downMs = 0): Promise<void> {
    this.#host.dead = true
    await this.clock.advanceAsync(downMs)
    this.#host = { dead: false }
    this.executor = new ScriptedExecutor()
    this.log = this.#openLog()
    this.durable = this.#openAgents()
    this.queue = this.#openQueue()
    await this.start()
  }

  get running(): TaskId[] {
    return [...this.executor.running.keys()]
  }

  namesOf(id: TaskId): string[] {
    return this.log
      .read(0, 10_000)
      .filter((event) => 'taskId' in event.payload && event.payload.taskId === id)
      .map((event) => event.name)
  }

  #openLog(): EventLog {
    const log = new EventLog(this.db, this.clock, this.logger)
    log.subscribe({ durable: (event) => this.events.push(event), live: () => undefined })
    return log
  }

  /** The world as this host sees it, until it dies. */
  #world() {
    const { clock, gauge } = this
    const host = this.#host
    return {
      log: this.log,
      clock: {
        now: () => clock.now(),
        schedule: (delayMs: number, callback: () => void) =>
          clock.schedule(delayMs, () => {
            if (!host.dead) callback()
          }),
      },
      ids: this.ids,
      logger: this.logger,
      secrets: () => [],
      timezone: 'UTC',
      defaultWorkspace: () => tmpdir(),
      gauge: {
        get memoryBytes() {
          return gauge.memoryBytes
        },
        read: () => gauge.read(),
        onReading: (listener: (reading: MachineReading) => void) =>
          gauge.onReading((reading) => {
            if (!host.dead) listener(reading)
          }),
      },
    } satisfies Partial<QueueOptions>
  }

  #openQueue(): BackgroundTaskQueue {
    const { executor, durable } = this
    return new BackgroundTaskQueue({
      ...this.#world(),
      processes: this.processes,
      executorOf: () => executor,
      markerPrefix: 'data',
      hooks: [...this.#hooks, durable.ended],
      ...(this.#created === undefined ? {} : { created: this.#created }),
      follower: durable.follower,
    })
  }

  #openAgents(): DurableAgents {
    const queue = () => this.queue
    return createDurableAgents({
      ...this.#world(),
      queue,
      tools: [],
      definitions: null,
      logFolder: null,
    })
  }
}
