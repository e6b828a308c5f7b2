import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Core, createCore } from '../../src/main/core/create-core.js'
import type { Secrets } from '../../src/main/core/ports.js'
import type { EnvironmentSettings } from '../../src/main/core/settings/settings-service.js'
import { childEnvironment } from '../../src/main/server/node-ports/child-environment.js'
import { createOrderedIds } from '../../src/main/server/node-ports/ordered-ids.js'
import { createProcessRunner } from '../../src/main/server/node-ports/process-runner.js'
import { createSystemClock } from '../../src/main/server/node-ports/system-clock.js'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { TaskResult } from '../../src/shared/model/task.js'
import type { DurableEvent, LiveEvent } from '../../src/shared/rpc/contract.js'
import type { TaskSubmitParams } from '../../src/shared/rpc/task.js'
import { releaseOwner, trackOwner } from './leak-check.js'
import { ScriptedGauge } from './scripted-gauge.js'
import { ScriptedModel } from './scripted-model.js'
import { SilentLogger } from './silent-logger.js'

/** Secrets that live as long as a test. */
export class MemorySecrets implements Secrets {
  #key: string | null = null
  get(): string | null {
    return this.#key
  }
  set(_name: 'anthropic-api-key', value: string | null): void {
    this.#key = value
  }
}

const CHILD_ENVIRONMENT = childEnvironment(process.env, { programRoot: '/nowhere' })

export interface CoreBenchOptions {
  readonly environment?: EnvironmentSettings
  /** The scripted model, or whichever the settings name. */
  readonly model?: 'scripted' | 'by settings'
}

/** A whole core on real processes, real files and real time; only the model and the gauge are played. */
export class CoreBench {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'core-')))
  readonly workspace = join(this.folder, 'workspace')
  readonly model = new ScriptedModel()
  readonly gauge = new ScriptedGauge()
  readonly logger = new SilentLogger()
  readonly secrets = new MemorySecrets()
  readonly #options: CoreBenchOptions
  readonly #owner: ReturnType<typeof trackOwner>
  #core: Core

  private constructor(options: CoreBenchOptions) {
    this.#options = options
    mkdirSync(this.workspace)
    this.#core = this.#open()
    this.#owner = trackOwner('a core', () => this.close())
  }

  static async start(options: CoreBenchOptions = {}): Promise<CoreBench> {
    const bench = new CoreBench(options)
    await bench.#core.start()
    return bench
  }

  get core(): Core {
    return this.#core
  }

  /** An orderly end and a new start on the same data. */
  async restart(): Promise<void> {
    await this.#core.stop()
    this.#core = this.#open()
    await this.#core.start()
  }

  async close(): Promise<void> {
    await this.#core.stop()
    rmSync(this.folder, { recursive: true, force: true })
    releaseOwner(this.#owner)
  }

  /** Stops, lets somebody meddle with the database, and starts on what is left. */
  async tamper(sql: string): Promise<void> {
    await this.#core.stop()
    const db = new Database(join(this.folder, 'smart-agents.db'))
    db.exec(sql)
    db.close()
    this.#core = this.#open()
    await this.#core.start()
  }

  submit(change: Partial<TaskSubmitParams>): Promise<TaskId> {
    return this.#core.queue.submit({ description: 'a task', type: 'command', ...change })
  }

  async run(change: Partial<TaskSubmitParams>): Promise<{ id: TaskId; result: TaskResult }> {
    const id = await this.submit(change)
    return { id, result: await this.resultOf(id) }
  }

  async resultOf(id: TaskId): Promise<TaskResult> {
    const never = new AbortController().signal
    const result = await this.#core.queue.waitForResult(id, 60_000, never)
    if (result === null) throw new Error(`${id} has not ended`)
    return result
  }

  /** Resolves at the first event, stored or live, that fits. */
  heard(fits: (event: DurableEvent | LiveEvent) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const hear = (event: DurableEvent | LiveEvent) => {
        if (!fits(event)) return
        leave()
        resolve()
      }
      const leave = this.#core.events.subscribe({ durable: hear, live: hear })
    })
  }

  #open(): Core {
    const { logger, gauge, secrets, model } = this
    return createCore({
      ports: {
        clock: createSystemClock(),
        ids: createOrderedIds(),
        logger,
        processes: createProcessRunner({ logger, environment: () => CHILD_ENVIRONMENT }),
        gauge,
        secrets,
        ...(this.#options.model === 'by settings' ? {} : { model }),
      },
      dataDirectory: this.folder,
      workspace: this.workspace,
      homeDirectory: this.folder,
      timezone: 'UTC',
      environment: this.#options.environment ?? { apiKey: null, baseUrl: null, model: null },
    })
  }
}
