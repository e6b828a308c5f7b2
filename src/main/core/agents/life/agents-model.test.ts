import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import { isTerminal } from '../../../../shared/model/task.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import { mailTools } from '../../mail/mail-tools.js'

/** Random histories; `npm run soak` raises it to thousands. */
const HISTORIES = Number(process.env['SMART_AGENTS_TEST_HISTORIES'] ?? 100)

const SESSION = 's'
const NAMES = ['a', 'b', 'c']

/** What may happen to a session of three agents, in any order. */
type Happening =
  | {
      readonly kind:
        | 'start'
        | 'stop'
        | 'pause'
        | 'resume'
        | 'wake'
        | 'task'
        | 'mail'
        | 'urgent'
        | 'succeed'
        | 'fail'
        | 'ask'
        | 'giveWay'
        | 'cancel'
        | 'retry'
      readonly who: number
      readonly whom: number
    }
  | {
      readonly kind: 'sleep'
      readonly who: number
      readonly seconds: number | null
      readonly events: string[]
    }
  | { readonly kind: 'broadcast'; readonly event: string }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'crash' }

const who = fc.nat(NAMES.length - 1)
const event = fc.constantFrom('x', 'y', 'mail_received', 'high_priority_mail')
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['start', 'stop', 'pause', 'resume', 'wake', 'task', 'mail', 'urgent'] as const),
        ...([
          'succeed',
          'succeed',
          'succeed',
          'fail',
          'ask',
          'giveWay',
          'cancel',
          'retry',
          'task',
        ] as const),
      ),
      who,
      whom: who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sleep' as const),
      who,
      seconds: fc.option(fc.integer({ min: 1, max: 100 })),
      events: fc.array(event, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('broadcast' as const), event }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      ms: fc.integer({ min: 1, max: 90_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
)

/** A session together with what must be true of it whatever happens. */
class Watched {
  readonly bench = new QueueBench()
  #stopping: Promise<unknown>[] = []
  readonly #retried = new Map<string, number>()

  async start(): Promise<void> {
    await this.bench.start()
    for (const agentId of NAMES) {
      await this.bench.during(this.agents.create(at(agentId), agentId !== 'c', {}))
    }
    await this.bench.settle()
  }

  get agents() {
    return this.bench.durable.agents
  }

  async happen(happening: Happening): Promise<void> {
    const { bench } = this
    try {
      await this.#do(happening)
    } catch (error) {
      refused(error)
    }
    await bench.settle()
    await bench.during(Promise.all(this.#stopping))
    this.#stopping = []
  }

  async #do(happening: Happening): Promise<void> {
    const { bench, agents } = this
    switch (happening.kind) {
      case 'broadcast':
        agents.broadcast(SESSION, happening.event, { n: 1 })
        return
      case 'time':
        await bench.clock.advanceAsync(happening.ms)
        return
      case 'crash':
        await bench.crash(1000)
        return
      case 'sleep': {
        const { seconds, events: wakeEvents } = happening
        const durationSeconds = seconds ?? undefined
        agents.sleep(at(nameOf(happening.who)), { durationSeconds, wakeEvents })
        return
      }
      default:
        await this.#steer(happening.kind, nameOf(happening.who), nameOf(happening.whom))
    }
  }

  async #steer(
    kind: Exclude<Happening['kind'], 'broadcast' | 'time' | 'crash' | 'sleep'>,
    agentId: string,
    other: string,
  ): Promise<void> {
    const { agents, bench } = this
    const { mail } = bench.durable
    const task = agents.states(SESSION)[agentId]?.current_task ?? null
    const run = task === null ? undefined : bench.executor.running.get(task)
    const letter = { sessionId: SESSION, from: agentId, to: other, subject: 's', body: 'b' }
    switch (kind) {
      case 'start':
      case 'pause':
      case 'resume':
        agents[kind](at(agentId))
        return
      case 'stop':
        this.#stopping.push(agents.stop(at(agentId)).catch(refused))
        return
      case 'wake':
        agents.wake(at(agentId), undefined)
        return
      case 'task':
        agents.sendTask(at(agentId), 'work')
        return
      case 'mail':
        mail.send(letter)
        return
      case 'urgent':
        mail.send({ ...letter, from: 'user', priority: 'urgent' })
        return
      case 'cancel':
        if (task !== null) this.#stopping.push(bench.queue.cancel(task).catch(refused))
        return
      case 'retry': {
        const page = { before: Number.MAX_SAFE_INTEGER, limit: 10 }
        const { work } = agents.work(at(agentId), page)
        const ended = work.find(({ taskState }) => /failed|cancelled/.test(taskState))
        if (ended === undefined) return
        bench.queue.retry(ended.taskId)
        this.#retried.set(ended.taskId, (this.#retried.get(ended.taskId) ?? 0) + 1)
        return
      }
      case 'succeed':
        run?.end({ kind: 'completed', output: 'done' })
        return
      case 'giveWay':
        if (run?.context.mustGiveWay()) run.end({ kind: 'gave_way' })
        return
      case 'fail': {
        const error = { code: 'command_failed', message: 'no' } as const
        run?.end({ kind: 'failed', error, output: '', retryable: false })
        return
      }
      case 'ask':
        if (task !== null && run !== undefined) await this.#ask(task, agentId, other)
    }
  }

  /** As the loop does it: the call sends, and the run ends as waiting. */
  async #ask(taskId: TaskId, agentId: string, other: string): Promise<void> {
    const { bench } = this
    const tool = mailTools({
      ...{ log: bench.log, mailroom: bench.durable.mailroom, sessionId: SESSION, agentId, taskId },
      hops: -1,
    }).find(({ name }) => name === 'send_mail_with_switch')
    const input = { to_agent: other, subject: 'q', body: 'q', timeoutSeconds: 60 }
    const callId = `${taskId}:${bench.ids.next('step')}`
    const outcome = await tool?.run(input, { callId } as never)
    if (outcome?.wait === undefined) return
    bench.executor.running.get(taskId)?.end({ kind: 'waiting', ...outcome.wait })
  }

  /** What is told of the agents is what is. */
  check(): void {
    const { bench } = this
    const views = this.agents.states(SESSION)
    const running = new Set(bench.running)
    for (const [name, view] of Object.entries(views)) {
      const task = view.current_task
      const what = `${name} is ${view.state}`
      expect(view.state === 'active', what).toBe(task !== null && running.has(task))
      if (task !== null) expect(isTerminal(bench.queue.get(task).task.state), what).toBe(false)
      if (view.state === 'sleeping') {
        expect(task, what).toBeNull()
        expect(view.sleeping_until ?? Number.POSITIVE_INFINITY).toBeGreaterThan(bench.clock.now())
      }
      if (view.state === 'idle' && view.started && task === null) {
        expect(view.queue_size + view.unread_mail, `${what} and has work`).toBe(0)
      }
      if (view.pausing) expect(view.state, what).toBe('active')
    }
    const held = new Set(Object.values(views).map(({ current_task }) => current_task))
    for (const id of running) {
      expect(held.has(id), `${id} runs for nobody`).toBe(true)
      expect(bench.queue.get(id).task.attempt, `${id} runs`).toBeGreaterThan(0)
    }
  }

  /** Each move begins where the one before has ended, and each task has ended once at most. */
  checkEvents(): void {
    const states = new Map(NAMES.map((name) => [name, 'idle']))
    const ends = new Map<string, number>()
    for (const { name, payload } of this.bench.events) {
      if ('from' in payload && 'agentId' in payload && name.startsWith('agent.')) {
        expect(payload.from, `${payload.agentId} ${name}`).toBe(states.get(payload.agentId))
        states.set(payload.agentId, payload.state)
      }
      if (name === 'async.task.completed' || name === 'async.task.error') {
        ends.set(payload.taskId, (ends.get(payload.taskId) ?? 0) + 1)
      }
    }
    for (const [id, count] of ends) {
      expect(count, `${id} ended`).toBeLessThanOrEqual(1 + (this.#retried.get(id) ?? 0))
    }
    for (const [name, state] of states) expect(this.agents.states(SESSION)[name]?.state).toBe(state)
  }

  /** When everybody works and everything succeeds, nothing is left: no task, no mail, no wait. */
  async finishAll(): Promise<void> {
    const { bench, agents } = this
    for (let round = 0; ; round++) {
      expect(round, 'the session is stuck').toBeLessThan(500)
      for (const [name, view] of Object.entries(agents.states(SESSION))) {
        if (view.state === 'paused') agents.resume(at(name))
        const { state, started } = agents.states(SESSION)[name] ?? view
        if (state === 'sleeping') agents.wake(at(name), undefined)
        if (!started) agents.start(at(name))
      }
      for (const id of bench.running) bench.executor.end(id)
      await bench.settle()
      await bench.clock.advanceAsync(60_000)
      const left = Object.values(agents.states(SESSION)).some(
        (view) => view.current_task !== null || view.queue_size + view.unread_mail > 0,
      )
      if (!left && bench.queue.state().pendingCount + bench.running.length === 0) break
    }
    const given = bench.events.filter(({ name }) => name === 'task.created').length
    const ended = bench.events.filter(({ name }) => /^async\.task\.(completed|error)$/.test(name))
    const retries = [...this.#retried.values()].reduce((sum, times) => sum + times, 0)
    expect(ended).toHaveLength(given + retries)
  }
}

/** Refusals are part of the game; anything else is not. */
function refused(error: unknown): void {
  if (!(error instanceof AppError) || error.code === 'internal') throw error
}

function at(agentId: string) {
  return { sessionId: SESSION, agentId }
}

function nameOf(number: number): string {
  return NAMES[number] as string
}

describe('agents, whatever happens to them', () => {
  it('are in the state that is told, do one thing at a time, and lose nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        const watched = new Watched()
        await watched.start()
        for (const happening of happenings) {
          await watched.happen(happening)
          watched.check()
        }
        watched.checkEvents()
        await watched.finishAll()
        watched.checkEvents()
        expect(watched.bench.logger.messages('error')).toEqual([])
        watched.bench.db.close()
      }),
      { numRuns: HISTORIES },
    )
  }, 1_800_000)
})
