import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { ScheduleId, TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'

/** Random histories; `npm run soak` raises it to thousands. */
const HISTORIES = Number(process.env['SMART_AGENTS_TEST_HISTORIES'] ?? 100)
const HOUR = 60 * 60_000

type Happening =
  | { readonly kind: 'succeed' | 'fail' | 'cancel'; readonly pick: number }
  | { readonly kind: 'suspend' | 'resume' | 'run' | 'delete'; readonly pick: number }
  | { readonly kind: 'holdQueue' | 'releaseQueue' }
  /** A clean end or a crash, and a new start that much later. */
  | { readonly kind: 'stop' | 'crash' | 'time' | 'clockBack'; readonly ms: number }

const pick = fc.nat(100)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('succeed', 'fail'), pick }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('time'), ms: fc.nat(2 * HOUR) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('stop', 'crash'), ms: fc.nat(9 * HOUR) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('suspend', 'resume', 'run', 'run'), pick }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'delete'), pick }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('holdQueue', 'releaseQueue') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('clockBack'), ms: fc.nat(3 * HOUR) }) },
)

const rule = fc.record({
  cron: fc.constantFrom('*/20 * * * *', '0 * * * *', '30 2 * * *'),
  misfire: fc.oneof(
    fc.constantFrom('run_once' as const, 'skip' as const, 'run_all' as const),
    fc.constant({ policy: 'run_all' as const, maxAgeMs: 3 * HOUR }),
  ),
  maxAttempts: fc.integer({ min: 1, max: 2 }),
})

/** Recurring tasks together with what must be true of them whatever happens. */
class Watched {
  readonly bench = new QueueBench()
  readonly schedules: ScheduleId[] = []
  readonly paused = new Set<ScheduleId>()
  readonly over = new Set<ScheduleId>()
  /** Runs that a person asked for: they stand for no instant. */
  readonly onRequest = new Set<TaskId>()
  /** Runs before the last resume, from which a schedule starts afresh. */
  readonly before = new Set<TaskId>()

  async happen(event: Happening): Promise<void> {
    const { bench } = this
    switch (event.kind) {
      case 'time':
        await bench.clock.advanceAsync(event.ms)
        break
      case 'clockBack':
        bench.clock.setBack(event.ms)
        bench.gauge.show({ cpu: 0, memory: 0 })
        break
      case 'stop':
        await bench.queue.stop()
        await bench.crash(event.ms)
        break
      case 'crash':
        await bench.crash(event.ms)
        break
      case 'holdQueue':
        bench.queue.pause()
        break
      case 'releaseQueue':
        bench.queue.resume()
        break
      case 'succeed':
      case 'fail':
        this.#end(event.kind, event.pick)
        break
      default:
        await this.#steer(event.kind, event.pick)
    }
    await bench.settle()
  }

  #end(how: 'succeed' | 'fail', number: number): void {
    const { executor, running } = this.bench
    const id = running[number % Math.max(1, running.length)]
    if (id === undefined) return
    if (how === 'succeed') executor.end(id)
    else {
      const error = { code: 'command_failed', message: 'no' } as const
      executor.end(id, { kind: 'failed', error, output: '', retryable: true })
    }
  }

  async #steer(
    how: 'suspend' | 'resume' | 'run' | 'delete' | 'cancel',
    number: number,
  ): Promise<void> {
    const { queue } = this.bench
    const open = this.schedules.filter((id) => !this.over.has(id))
    const id = open[number % Math.max(1, open.length)]
    if (id === undefined) return
    const { taskId, state } = queue.schedules.get(id)
    switch (how) {
      case 'suspend':
        queue.schedules.pause(id)
        this.paused.add(id)
        break
      case 'resume':
        queue.schedules.resume(id)
        if (this.paused.delete(id)) {
          for (const task of this.runsOf(id)) if (task.id !== taskId) this.before.add(task.id)
        }
        break
      case 'delete':
        queue.schedules.delete(id)
        this.over.add(id)
        break
      case 'run': {
        if (state === 'running') expect(() => queue.schedules.run(id)).toThrow(/runs already/)
        else {
          const isDue = taskId !== null && queue.get(taskId).task.waitingFor?.reason !== 'schedule'
          const run = queue.schedules.run(id)
          if (!isDue) this.onRequest.add(run)
        }
        break
      }
      case 'cancel': {
        if (taskId === null) break
        if (queue.get(taskId).task.waitingFor?.reason === 'schedule') this.over.add(id)
        expect(await this.bench.during(queue.cancel(taskId))).toBe('cancelled')
      }
    }
  }

  runsOf(scheduleId: ScheduleId) {
    return this.bench.queue.list({ scheduleId, limit: 500 }).tasks.reverse()
  }

  /** One run at a time, always a next one, and no instant twice. */
  check(): void {
    const { queue } = this.bench
    const listed = queue.schedules.list().map(({ scheduleId }) => scheduleId)
    expect(listed).toEqual(this.schedules.filter((id) => !this.over.has(id)))
    for (const id of this.schedules) {
      const runs = this.runsOf(id)
      const alive = runs.filter(({ state }) => !isTerminal(state))
      expect(alive.length, `${id}: runs at a time`).toBeLessThanOrEqual(1)
      const current = alive[0]
      if (this.over.has(id)) {
        if (current !== undefined) expect(current.startedAt).toBeDefined()
      } else {
        const view = queue.schedules.get(id)
        expect(view.taskId).toBe(current?.id ?? null)
        expect(view.runs).toBe(runs.filter(({ startedAt }) => startedAt !== undefined).length)
        expect(view.paused).toBe(this.paused.has(id))
        if (!this.paused.has(id)) expect(current, `${id}: a next run`).toBeDefined()
        else if (current !== undefined && !this.onRequest.has(current.id)) {
          expect(current.startedAt, 'paused').toBeDefined()
        }
      }
      const instants = runs
        .filter((run) => !this.onRequest.has(run.id) && !this.before.has(run.id))
        .map(({ runAt }) => runAt ?? 0)
      expect(instants, `${id}: instants`).toEqual([...new Set(instants)].sort((a, b) => a - b))
    }
  }

  /** Whatever happened: every active one runs when its instant comes, and comes back. */
  async checkThatTheyGoOn(): Promise<void> {
    const { bench } = this
    bench.queue.resume()
    await bench.settle()
    for (const id of this.schedules) {
      if (this.over.has(id)) continue
      bench.queue.schedules.resume(id)
      for (let round = 0; round < 2; round++) {
        const { taskId, nextRunAt } = bench.queue.schedules.get(id)
        await this.#untilItRuns(taskId, nextRunAt ?? 0)
        bench.executor.end(taskId as TaskId)
        await bench.settle()
        expect(bench.queue.schedules.get(id).taskId).not.toBe(taskId)
      }
    }
  }

  async #untilItRuns(id: TaskId | null, instantMs: number): Promise<void> {
    const { bench } = this
    // One that failed before waits for its next attempt, a second or two.
    await bench.clock.advanceAsync(Math.max(10_000, instantMs - bench.clock.now()))
    expect(bench.running).toContain(id)
  }
}

describe('recurring tasks, whatever happens to them', () => {
  it('run one at a time, no instant twice, and always come back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { minLength: 1, maxLength: 3 }),
        fc.array(happening, { maxLength: 40 }),
        async (rules, happenings) => {
          const watched = new Watched()
          const { bench } = watched
          await bench.start()
          for (const submission of rules) {
            const id = await bench.submit(submission)
            watched.schedules.push(bench.queue.get(id).task.scheduleId as ScheduleId)
          }
          for (const event of happenings) {
            await watched.happen(event)
            watched.check()
          }
          await watched.checkThatTheyGoOn()
          bench.db.close()
        },
      ),
      { numRuns: HISTORIES },
    )
  }, 1_800_000)
})
