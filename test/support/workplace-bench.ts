import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SpawnRequest } from '../../src/main/core/ports.js'
import { newTask } from '../../src/main/core/scheduler/new-task.js'
import { openStore } from '../../src/main/core/store/open-store.js'
import { endTask } from '../../src/main/core/store/queries/task-states.js'
import { insertTask, selectTask } from '../../src/main/core/store/queries/tasks.js'
import type { TaskRecord } from '../../src/main/core/tasks/task-record.js'
import { Changes } from '../../src/main/core/workplaces/changes.js'
import { createGround } from '../../src/main/core/workplaces/ground.js'
import type { Workplace } from '../../src/main/core/workplaces/workplace.js'
import { Workplaces } from '../../src/main/core/workplaces/workplaces.js'
import { createOrderedIds } from '../../src/main/server/node-ports/ordered-ids.js'
import { createProcessRunner } from '../../src/main/server/node-ports/process-runner.js'
import { createSystemClock } from '../../src/main/server/node-ports/system-clock.js'
import { TaskId } from '../../src/shared/model/ids.js'
import type { Worktree } from '../../src/shared/model/worktree.js'
import type { TaskSubmitParams } from '../../src/shared/rpc/task.js'
import { releaseOwner, trackOwner } from './leak-check.js'
import { SilentLogger } from './silent-logger.js'

/** The host died at this call of git. */
export class Crash extends Error {}

/** Workplaces on a real store and real git; the runs of the tasks are played by the test. */
export class WorkplaceBench {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'workplaces-')))
  readonly logger = new SilentLogger()
  readonly output: string[] = []
  readonly #clock = createSystemClock()
  readonly #ids = createOrderedIds()
  readonly #processes = createProcessRunner({
    logger: this.logger,
    environment: () => ({
      ...(process.env as Record<string, string>),
      GIT_CONFIG_GLOBAL: '/dev/null',
    }),
  })
  readonly #store = openStore({
    ports: { clock: this.#clock, logger: this.logger },
    dataDirectory: this.folder,
  })
  readonly #owner = trackOwner('a bench of workplaces', () => this.close())
  #parts = this.#start()
  /** Calls of git by runs that are left before a crash, which comes before or after the call. */
  crashAfter: { calls: number; isDone: boolean } | null = null

  get changes(): Changes {
    return this.#parts.changes
  }

  #start() {
    const ground = createGround({
      log: this.#store.log,
      clock: this.#clock,
      ids: this.#ids,
      logger: this.logger,
      processes: this.#processes,
      settings: {
        team: {
          planApproval: 'auto',
          isolateInGit: true,
          copyWithoutGit: true,
          questionExpiryHours: null,
        },
      },
      queue: () => ({ submit: async (params) => this.add(params).id }),
      dataDirectory: this.folder,
    })
    return { workplaces: new Workplaces(ground), changes: new Changes(ground) }
  }

  add(params: Partial<TaskSubmitParams> & Pick<TaskSubmitParams, 'workspace'>): TaskRecord {
    const id = TaskId.parse(this.#ids.next('task'))
    const given = { type: 'agent_execution' as const, description: `Work of ${id}`, ...params }
    const wait = { reason: null, detail: null, notBeforeMs: null, blockedBy: [] }
    const submission = { params: given, workspace: `${params.workspace}`, contentHash: null }
    this.#store.log.transaction(({ db, at }) => {
      insertTask(db, newTask(id, submission, wait, at))
    })
    return this.task(id)
  }

  task(id: TaskId): TaskRecord {
    const task = this.#store.log.query((db) => selectTask(db, id, this.#clock.now()))
    if (task === undefined) throw new Error(`there is no ${id}`)
    return task
  }

  open(task: TaskRecord): Promise<Workplace> {
    return this.#parts.workplaces.open({
      task: this.task(task.id),
      signal: new AbortController().signal,
      output: (text) => this.output.push(text),
      spawn: (request) => this.#spawn(request),
    })
  }

  async #spawn(request: Omit<SpawnRequest, 'marker' | 'signal' | 'onSpawn'>) {
    const run = () => this.#processes.run({ ...request, marker: `${this.folder}:test` })
    const crash = this.crashAfter
    if (crash === null) return run()
    if (crash.calls > 0) {
      crash.calls -= 1
      return run()
    }
    if (crash.isDone) await run()
    throw new Crash()
  }

  /** The commit in which a task ends. */
  end(task: TaskRecord, state: 'completed' | 'failed' = 'completed'): void {
    const metrics = { duration: 0, tokensUsed: 0, agentsInvolved: [] }
    const result = { success: state === 'completed', output: '', metrics }
    this.#store.log.transaction((transaction) => {
      const { db, at } = transaction
      const ending = { state, atMs: at, runningMs: 0, result, error: null, plan: [], peak: null }
      endTask(db, task.id, ending)
      this.#parts.workplaces.ended(transaction, task, state, result)
    })
  }

  async deliver(task: TaskRecord, workplace: Workplace) {
    const delivery = await workplace.deliver(new AbortController().signal)
    if (delivery.kind === 'delivered') this.end(task)
    return delivery
  }

  save(task: TaskRecord, reference: string) {
    return this.#parts.workplaces.save(task.id, reference)
  }

  begins(task: TaskRecord, saved: { readonly repository: string; readonly commit: string }): void {
    this.#store.log.transaction((tx) => this.#parts.workplaces.begins(tx, task.id, saved))
  }

  /** A host that dies without ending its work, and the next one. */
  async restart(): Promise<void> {
    await this.#parts.workplaces.stop()
    this.crashAfter = null
    this.#parts = this.#start()
    await this.#parts.workplaces.start()
  }

  /** Whatever was begun has ended. */
  async idle(): Promise<void> {
    await this.#parts.workplaces.idle()
  }

  async worktree(task: TaskRecord): Promise<Worktree> {
    await this.idle()
    const { worktree } = await this.changes.get(task.id)
    if (worktree === null) throw new Error(`${task.id} has no workplace on record`)
    return worktree
  }

  async close(): Promise<void> {
    await this.#parts.workplaces.stop()
    this.#store.db.close()
    rmSync(this.folder, { recursive: true, force: true })
    releaseOwner(this.#owner)
  }
}
