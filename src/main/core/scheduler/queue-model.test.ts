import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskType } from '../../../shared/model/task.js'
import { capacityOf, LANES, laneOf } from './lane.js'

/** Random histories; `npm run soak` raises it to thousands. */
const HISTORIES = Number(process.env['SMART_AGENTS_TEST_HISTORIES'] ?? 300)

/** What may happen to a queue, in any order. */
type Happening =
  | {
      readonly kind: 'submit'
      readonly type: TaskType
      readonly priority: number
      readonly maxAttempts: number
      /** Which accepted tasks it depends on. */
      readonly after: readonly number[]
      readonly anyway: boolean
    }
  | { readonly kind: 'succeed' | 'fail' | 'wait' | 'cancel' | 'runNow'; readonly pick: number }
  | { readonly kind: 'crash' | 'stop' | 'pause' | 'resume' }
  | { readonly kind: 'gauge'; readonly cpu: number; readonly memory: number }
  | { readonly kind: 'limit'; readonly tasks: number }
  | { readonly kind: 'time' | 'clockBack'; readonly ms: number }
  /** Nothing can be written for a while, in which a task ends and the machine becomes busy or free. */
  | { readonly kind: 'fullDisk'; readonly pick: number; readonly cpu: number; readonly ms: number }

const pick = fc.nat(1000)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      type: fc.constantFrom<TaskType>(
        'command',
        'build',
        'e2e_test',
        'analysis',
        'agent_execution',
      ),
      priority: fc.integer({ min: 1, max: 10 }),
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      after: fc.array(pick, { maxLength: 2 }),
      anyway: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('succeed' as const, 'fail' as const, 'wait' as const),
      pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'runNow' as const), pick }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('crash' as const, 'stop' as const, 'pause' as const, 'resume' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('gauge' as const),
      cpu: fc.integer({ min: 0, max: 100 }),
      memory: fc.integer({ min: 0, max: 100 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      tasks: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.nat(20_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clockBack' as const), ms: fc.nat(10_000_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fullDisk' as const),
      pick,
      cpu: fc.integer({ min: 0, max: 100 }),
      ms: fc.nat(20_000),
    }),
  },
)

/** A queue together with what must be true of it whatever happens. */
class Watched {
  readonly bench = new QueueBench()
  readonly accepted = new Set<TaskId>()
  readonly forced = new Set<TaskId>()
  readonly needs = new Map<TaskId, { dependencies: readonly TaskId[]; anyway: boolean }>()

  async happen(event: Happening): Promise<void> {
    const { bench } = this
    const running = bench.running
    switch (event.kind) {
      case 'submit': {
        const { type, priority, maxAttempts, anyway } = event
        const known = [...this.accepted]
        const dependencies =
          known.length === 0 ? [] : event.after.map((n) => known[n % known.length] as TaskId)
        const onDependencyFailure = anyway ? 'run' : 'cancel'
        const command = laneOf(type) === 'agent' ? undefined : 'true'
        const id = await bench.submit({
          type,
          priority,
          maxAttempts,
          command,
          dependencies,
          onDependencyFailure,
        })
        this.accepted.add(id)
        this.needs.set(id, { dependencies, anyway })
        break
      }
      case 'succeed':
      case 'fail':
      case 'wait': {
        const id = running[event.pick % Math.max(1, running.length)]
        if (id !== undefined) this.#end(id, event.kind)
        break
      }
      case 'cancel':
      case 'runNow':
        await this.#steer(event.kind, event.pick)
        break
      case 'crash':
        this.forced.clear()
        await bench.crash()
        break
      case 'stop':
        this.forced.clear()
        await bench.queue.stop()
        await bench.crash()
        break
      case 'pause':
        bench.queue.pause()
        break
      case 'resume':
        bench.queue.resume()
        break
      case 'gauge':
        bench.gauge.show({ cpu: event.cpu, memory: event.memory })
        break
      case 'limit':
        bench.queue.setLimits({ maxConcurrentTasks: event.tasks })
        break
      case 'time':
        await bench.clock.advanceAsync(event.ms)
        break
      case 'clockBack':
        bench.clock.setBack(event.ms)
        break
      case 'fullDisk': {
        bench.db.pragma('query_only = 1')
        const id = running[event.pick % Math.max(1, running.length)]
        if (id !== undefined) this.#end(id, 'succeed')
        bench.gauge.show({ cpu: event.cpu })
        await bench.clock.advanceAsync(event.ms)
        bench.db.pragma('query_only = 0')
        // Tries to store follow each other by a second.
        await bench.clock.advanceAsync(1_000)
      }
    }
    await bench.settle()
  }

  /** What a person sees is what is: states, owners, limits and reasons agree. */
  check(): void {
    const { bench } = this
    const { tasks } = bench.queue.list({ limit: 500 })
    expect(new Set(tasks.map((task) => task.id))).toEqual(this.accepted)
    const running = tasks.filter((task) => task.state === 'running').map((task) => task.id)
    expect(new Set(running)).toEqual(new Set(bench.running))
    const stateOf = new Map(tasks.map((task) => [task.id, task.state]))
    for (const task of tasks) {
      const needs = this.needs.get(task.id)
      if (task.state === 'running' || task.state === 'completed') {
        const states = needs?.dependencies.map((id) => stateOf.get(id)) ?? []
        const good = needs?.anyway ? ['completed', 'failed', 'cancelled'] : ['completed']
        expect(states.every((state) => good.includes(state ?? ''))).toBe(true)
      }
      expect(task.waitingFor === undefined, `${task.id} is ${task.state}`).toBe(
        task.state !== 'pending',
      )
      expect(task.attempt).toBeLessThanOrEqual(task.maxAttempts)
    }
  }

  /** No start above a limit, except where a person asked for it. */
  checkStarts(before: ReadonlySet<TaskId>): void {
    const { bench } = this
    const started = bench.running.filter((id) => !before.has(id) && !this.forced.has(id))
    if (started.length === 0) return
    const { limits } = bench.queue
    const unforced = bench.running.filter((id) => !this.forced.has(id))
    expect(unforced.length).toBeLessThanOrEqual(Math.max(limits.maxConcurrentTasks, before.size))
    for (const lane of LANES) {
      const ofLane = (id: TaskId) => laneOf(bench.queue.get(id).task.type) === lane
      if (!started.some(ofLane)) continue
      expect(unforced.filter(ofLane).length).toBeLessThanOrEqual(capacityOf(lane, limits))
    }
    expect(bench.queue.state().paused).toBe(false)
  }

  /** With the machine free and every run succeeding, everything ends: nothing is stuck or starved. */
  async finishAll(): Promise<void> {
    const { bench } = this
    bench.queue.resume()
    bench.gauge.show({ cpu: 0, memory: 0 })
    await bench.settle()
    for (let rounds = 0; bench.queue.state().pendingCount + bench.running.length > 0; rounds++) {
      expect(rounds, 'the queue is stuck').toBeLessThan(1000)
      for (const id of bench.running) this.#end(id, 'succeed')
      await bench.clock.advanceAsync(60_000)
    }
    for (const id of this.accepted) {
      const ends = bench.namesOf(id).filter((name) => /completed|failed|cancelled/.test(name))
      expect(ends, `${id} ends once`).toHaveLength(1)
    }
  }

  #end(id: TaskId, how: 'succeed' | 'fail' | 'wait'): void {
    const { bench } = this
    this.forced.delete(id)
    if (how === 'succeed') bench.executor.end(id)
    else if (how === 'wait') {
      const untilMs = bench.clock.now() + 3_000
      bench.executor.end(id, { kind: 'waiting', reason: 'quota', detail: 'wait', untilMs })
    } else {
      const error = { code: 'command_failed', message: 'no' } as const
      bench.executor.end(id, { kind: 'failed', error, output: '', retryable: true })
    }
  }

  async #steer(how: 'cancel' | 'runNow', number: number): Promise<void> {
    const { bench } = this
    const open = bench.queue
      .list({ limit: 500 })
      .tasks.filter(({ state, waitingFor }) =>
        how === 'cancel'
          ? state === 'pending' || state === 'running'
          : state === 'pending' && waitingFor?.reason !== 'dependency',
      )
    const task = open[number % Math.max(1, open.length)]
    if (task === undefined) return
    if (how === 'cancel') {
      this.forced.delete(task.id)
      expect(await bench.during(bench.queue.cancel(task.id))).toBe('cancelled')
    } else {
      this.forced.add(task.id)
      bench.queue.runNow(task.id)
    }
  }
}

describe('the queue, whatever happens to it', () => {
  it('loses nothing, runs nothing twice, keeps its limits and starves nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        const watched = new Watched()
        await watched.bench.start()
        for (const event of happenings) {
          const before = new Set(watched.bench.running)
          await watched.happen(event)
          watched.check()
          if (event.kind !== 'crash' && event.kind !== 'stop') watched.checkStarts(before)
        }
        await watched.finishAll()
        watched.bench.db.close()
      }),
      { numRuns: HISTORIES },
    )
  }, 1_800_000)
})
