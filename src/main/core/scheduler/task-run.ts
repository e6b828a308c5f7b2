import type { PlanStep } from '../../../shared/model/task.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Logger, ProcessEnd, ProcessRunner, SpawnRequest, Timer } from '../ports.js'
import { UseRecorder } from '../resources/use-recorder.js'
import { deleteProcess, insertProcess } from '../store/queries/processes.js'
import { selectOutputTail } from '../store/queries/task-output.js'
import type { Peak } from '../store/queries/task-states.js'
import { type PastRun, updateProgress } from '../store/queries/tasks.js'
import { SecretFilter } from '../tasks/secret-filter.js'
import type { OwnWaitReason, TaskRecord } from '../tasks/task-record.js'
import { earlierResults } from './earlier-results.js'
import { estimate } from './estimate.js'
import type { ExecutionContext, ExecutionOutcome, StopCause, TaskExecutor } from './executor.js'
import { OutputLog } from './output-log.js'
import { progressOf } from './plan-progress.js'
import { ProcessUse } from './process-use.js'
import { about } from './task-events.js'

export interface TaskRunServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly processes: ProcessRunner
  /** Never to be stored or shown, whatever a process prints. */
  readonly secrets: () => readonly string[]
}

/** Why a task that was told to make room does not go on at once. */
export interface SetAside {
  readonly reason: OwnWaitReason | null
  readonly detail: string
}

const MEMORY_SHORT: SetAside = {
  reason: null,
  detail: 'Memory is short: goes on when there is room.',
}

export interface RunEnd {
  readonly outcome: ExecutionOutcome
  /** Set when the run was told to stop before its executor had ended by itself. */
  readonly stopped: StopCause | null
  /** Why it was to make room, where it was told to. */
  readonly setAside: SetAside | null
  readonly durationMs: number
  /** Highest use by its processes; null where none was seen. */
  readonly peak: Peak | null
  /** Whether there is anything in the task's log. */
  readonly hasOutput: boolean
}

export interface RunOptions {
  readonly task: TaskRecord
  /** Running time of earlier stretches of the same attempt. */
  readonly attemptMs: number
  /** Where its output begins in the task's log. */
  readonly logOffset: number
  readonly markerPrefix: string
  /** Of the same kind, newest first. */
  readonly pastRuns: () => readonly PastRun[]
}

/** What a result keeps of the output of a run that was given up, in UTF-16 units. */
const KEPT_OUTPUT = 64 * 1024

/** A process that computes is no less alive than one that writes. Percent of the machine. */
const ALIVE_CPU_PERCENT = 1

/** Told apart from markers of other programs, and of other data directories, by its prefix. */
export function markerOf(prefix: string, task: Pick<TaskRecord, 'id'>): string {
  return `${prefix}:${task.id}`
}

/**
 * One stretch of running of one task, from taking its slot to the death of its last process.
 *
 * States: running → stopping (aborted) → ended. `finished` settles once, when the executor has
 * answered (or was given up after an abort) and every process that the run started is dead.
 */
export class TaskRun {
  readonly task: TaskRecord
  readonly startedAtMs: number
  readonly finished: Promise<RunEnd>
  readonly #services: TaskRunServices
  readonly #marker: string
  readonly #controller = new AbortController()
  readonly #stopped = Promise.withResolvers<void>()
  readonly #processes = new Set<Promise<unknown>>()
  readonly #output: OutputLog
  readonly #filter: SecretFilter
  readonly #pastRuns: () => readonly PastRun[]
  readonly #deadlines: Timer[] = []
  readonly #use = new ProcessUse()
  readonly #recorder: UseRecorder
  #setAside: SetAside | null = null
  #lastSignMs: number
  #ended = false

  constructor(
    services: TaskRunServices,
    executor: TaskExecutor,
    { task, attemptMs, logOffset, markerPrefix, pastRuns }: RunOptions,
  ) {
    this.#services = services
    this.task = task
    this.#pastRuns = pastRuns
    this.#marker = markerOf(markerPrefix, task)
    this.startedAtMs = services.clock.now()
    this.#lastSignMs = this.startedAtMs
    const { log, clock, logger } = services
    this.#filter = new SecretFilter(services.secrets())
    this.#recorder = new UseRecorder(services, {
      taskId: task.id,
      attempt: task.attempt,
      startedAtMs: this.startedAtMs,
    })
    this.#output = new OutputLog(log, clock, logger, task, logOffset)
    this.#stopAfter(task.timeoutMs, attemptMs, 'timeout')
    this.#stopAfter(task.budget?.timeMs ?? null, task.runningMs, 'budget')
    this.finished = this.#run(executor)
  }

  /** What its processes take at this moment. */
  get use(): ProcessUse['now'] {
    return this.#use.now
  }

  /** Memory is short, and it was asked to go back into the line at the end of its step. */
  get givesWay(): boolean {
    return this.#setAside === MEMORY_SHORT
  }

  giveWay(why: SetAside = MEMORY_SHORT): void {
    this.#setAside = why
  }

  /** Ends the step at once; the task goes on later from its last finished one. */
  setAside(why: SetAside): void {
    this.#setAside = why
    this.stop('set_aside')
  }

  /** It was to give way at the end of its step, and may go on after all. */
  goOn(): void {
    if (this.stopCause === null) this.#setAside = null
  }

  /** When it last put something out, or finished or began a step. Epoch ms. */
  get lastSignMs(): number {
    return this.#lastSignMs
  }

  /** The first cause stays; `finished` follows when the processes are dead. */
  stop(cause: StopCause): void {
    if (this.#controller.signal.aborted) return
    this.#controller.abort(cause)
    this.#stopped.resolve()
  }

  get stopCause(): StopCause | null {
    const { signal } = this.#controller
    return signal.aborted ? (signal.reason as StopCause) : null
  }

  /** Stores what could not be stored while it ran; part of the commit that settles the run. */
  storeOutput(transaction: Transaction): void {
    this.#output.storeRest(transaction)
  }

  elapsedMs(): number {
    // A clock that was set back makes a run short, not negative.
    return Math.max(0, this.#services.clock.now() - this.startedAtMs)
  }

  /** @param usedMs of the time before this run */
  #stopAfter(limitMs: number | null, usedMs: number, cause: StopCause): void {
    if (limitMs === null) return
    const leftMs = Math.max(0, limitMs - usedMs)
    this.#deadlines.push(this.#services.clock.schedule(leftMs, () => this.stop(cause)))
  }

  async #run(executor: TaskExecutor): Promise<RunEnd> {
    let outcome: ExecutionOutcome
    try {
      outcome = await Promise.race([executor.execute(this.#context()), this.#givenUp()])
    } catch (error) {
      outcome = this.#defect(error)
    }
    for (const deadline of this.#deadlines) deadline.cancel()
    const stopped = this.stopCause
    // Whatever the executor left behind dies with the run: the slot is free only afterwards.
    if (!this.#controller.signal.aborted) this.#controller.abort('shutdown')
    await Promise.all(this.#processes)
    this.#ended = true
    this.#output.write(this.#filter.rest())
    this.#output.close()
    this.#recorder.store()
    return {
      outcome,
      stopped,
      setAside: this.#setAside,
      durationMs: this.elapsedMs(),
      peak: this.#use.peak,
      hasOutput: !this.#output.isEmpty,
    }
  }

  /** An executor that does not hear that it is to stop must not keep the slot once its processes are dead. */
  async #givenUp(): Promise<ExecutionOutcome> {
    await this.#stopped.promise
    await Promise.all(this.#processes)
    await new Promise<void>((resolve) => this.#services.clock.schedule(250, resolve))
    const error = { code: 'cancelled', message: 'stopped before it had finished' } as const
    return { kind: 'failed', error, output: this.#outputTail(KEPT_OUTPUT), retryable: false }
  }

  #outputTail(characters: number): string {
    this.#output.flush()
    const stored = this.#services.log.query((db) => selectOutputTail(db, this.task.id, characters))
    return (stored + this.#output.unstored).slice(-characters)
  }

  #context(): ExecutionContext {
    return {
      task: this.task,
      workspace: this.task.workspace,
      earlier: () => this.#services.log.query((db) => earlierResults(db, this.task.id)),
      signal: this.#controller.signal,
      elapsedMs: () => this.elapsedMs(),
      mustGiveWay: () => this.#setAside !== null,
      output: (text) => {
        this.#showSign()
        this.#output.write(this.#filter.push(text))
      },
      setPlan: (steps) => {
        this.#showSign()
        this.#setPlan(steps)
      },
      spawn: (request) => this.#spawn(request),
      outputTail: (characters) => this.#outputTail(characters),
    }
  }

  #showSign(): void {
    this.#lastSignMs = this.#services.clock.now()
  }

  /** Work is not given up because a step of it could not be noted; the next one tells it all. */
  #setPlan(plan: readonly PlanStep[]): void {
    if (this.#ended || this.#controller.signal.aborted) return
    try {
      this.#storePlan(plan)
    } catch (error) {
      this.#services.logger.warn({ error, taskId: this.task.id }, 'progress could not be stored')
    }
  }

  #storePlan(plan: readonly PlanStep[]): void {
    const { progress, currentStep } = progressOf(plan)
    // Between two steps, and after the last, it is the one that was done.
    const step = currentStep ?? plan.findLast(({ state }) => state !== 'pending')?.title ?? ''
    this.#services.log.transaction((transaction) => {
      if (!updateProgress(transaction.db, this.task.id, { progress, currentStep, plan })) return
      const expected = estimate({
        progress,
        stepsDone: plan.filter(({ state }) => state === 'done').length,
        elapsedMs: this.task.runningMs + this.elapsedMs(),
        estimatedDurationS: this.task.estimatedDurationS,
        pastRuns: this.#pastRuns(),
      })
      transaction.emit('task.progress', {
        ...about(this.task),
        timestamp: transaction.at,
        step,
        progress,
        message: step,
        steps: [...plan],
        ...(expected === null
          ? {}
          : { estimatedTimeRemaining: expected.remainingS, estimatedRange: expected.range }),
      })
    })
  }

  #spawn(request: Omit<SpawnRequest, 'marker' | 'signal' | 'onSpawn'>): Promise<ProcessEnd> {
    const { log, clock, processes } = this.#services
    const { signal } = this.#controller
    if (signal.aborted || this.#ended) {
      return Promise.reject(
        new AppError('cancelled', 'the task was stopped: no process is started'),
      )
    }
    let record: number | null = null
    const use = this.#use.begin()
    const end = processes.run({
      ...request,
      onSample: (sample) => {
        if (sample.cpuPercent >= ALIVE_CPU_PERCENT) this.#showSign()
        use.sample(sample)
        this.#recorder.sample(this.#use.now)
        request.onSample?.(sample)
      },
      marker: this.#marker,
      signal,
      onSpawn: (identity) => {
        record = log.transaction(({ db }) =>
          insertProcess(db, {
            ...identity,
            taskId: this.task.id,
            marker: this.#marker,
            atMs: clock.now(),
          }),
        )
      },
    })
    const forgotten = end.then((ended) => {
      use.end(ended)
      this.#processes.delete(forgotten)
      if (record !== null) this.#forgetProcess(record)
    })
    this.#processes.add(forgotten)
    return end
  }

  #forgetProcess(id: number): void {
    try {
      this.#services.log.transaction(({ db }) => deleteProcess(db, id))
    } catch (error) {
      // The record of a dead process is harmless: its start time fits no later process.
      this.#services.logger.warn({ error, taskId: this.task.id }, 'a process record stays')
    }
  }

  #defect(error: unknown): ExecutionOutcome {
    if (!this.#controller.signal.aborted) {
      this.#services.logger.error({ error, taskId: this.task.id }, 'an executor threw')
    }
    const code = error instanceof AppError ? error.code : 'internal'
    return {
      kind: 'failed',
      error: { code, message: messageOf(error) },
      output: '',
      retryable: code === 'internal',
    }
  }
}
