import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Clock, ProcessEnd, SpawnRequest } from '../../src/main/core/ports.js'
import { agentTools } from '../../src/main/core/tools/agent-tools.js'
import type { ToolContext, ToolOutcome } from '../../src/main/core/tools/tool.js'
import { createToolRegistry, type ToolRegistry } from '../../src/main/core/tools/tool-registry.js'
import { createProcessRunner } from '../../src/main/server/node-ports/process-runner.js'
import { createSystemClock } from '../../src/main/server/node-ports/system-clock.js'
import type { PlanStep } from '../../src/shared/model/task.js'
import { SilentLogger } from './silent-logger.js'

/** A real workspace in a directory of its own, with the real tools and real processes. */
export class ToolBench implements AsyncDisposable {
  /** Contains the workspace and whatever a test puts beside it. */
  readonly root: string
  readonly workspace: string
  readonly logger = new SilentLogger()
  readonly registry: ToolRegistry
  readonly output: string[] = []
  readonly changes: string[] = []
  readonly plans: (readonly PlanStep[])[] = []
  readonly spawned: SpawnRequest['command'][] = []
  /** Takes the place of the process runner where a test needs an end that cannot be had otherwise. */
  spawnAs: ((request: Omit<SpawnRequest, 'marker'>) => Promise<ProcessEnd>) | null = null
  readonly #stop = new AbortController()
  #calls = 0
  #onOutput: (() => void) | null = null

  private constructor(root: string, clock: Clock) {
    this.root = root
    this.workspace = path.join(root, 'workspace')
    this.registry = createToolRegistry(agentTools({ clock }), { logger: this.logger })
  }

  static async create(options: { readonly clock?: Clock } = {}): Promise<ToolBench> {
    const root = await realpath(await mkdtemp(path.join(tmpdir(), 'tool-bench-')))
    await mkdir(path.join(root, 'workspace'))
    return new ToolBench(root, options.clock ?? createSystemClock())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true })
  }

  context(): ToolContext {
    const runner = createProcessRunner({
      logger: this.logger,
      environment: () => ({ ...process.env }) as Record<string, string>,
    })
    return {
      callId: `call_${++this.#calls}`,
      workspace: this.workspace,
      signal: this.#stop.signal,
      output: (text) => {
        this.output.push(text)
        this.#onOutput?.()
      },
      spawn: (request) => {
        this.spawned.push(request.command)
        const full = { ...request, signal: this.#stop.signal }
        return this.spawnAs?.(full) ?? runner.run({ ...full, marker: 'tool-bench' })
      },
      setPlan: (steps) => this.plans.push(steps),
      noteChange: (changed) => this.changes.push(changed),
    }
  }

  /** Stops what runs, as ending the task does. */
  stop(): void {
    this.#stop.abort()
  }

  /** Resolves as soon as what runs has printed the text. */
  printed(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onOutput = () => {
      if (this.output.join('').includes(text)) resolve()
    }
    this.#onOutput()
    return promise
  }

  run(name: string, input: unknown): Promise<ToolOutcome> {
    return this.registry.execute(name, input, this.context())
  }

  /** The text of a call that must succeed. */
  async text(name: string, input: unknown): Promise<string> {
    const outcome = await this.run(name, input)
    if (outcome.isError) throw new Error(`${name} failed: ${outcome.content}`)
    return outcome.content
  }

  /** The text of a call that must fail. */
  async error(name: string, input: unknown): Promise<string> {
    const outcome = await this.run(name, input)
    if (!outcome.isError) throw new Error(`${name} succeeded: ${outcome.content.slice(0, 500)}`)
    return outcome.content
  }

  /** Writes a file of the workspace; the directories above it come by themselves. */
  async put(relative: string, content: string | Buffer, mode = 0o644): Promise<void> {
    const file = path.join(this.workspace, relative)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
    await chmod(file, mode)
  }

  read(relative: string): Promise<string> {
    return readFile(path.join(this.workspace, relative), 'utf8')
  }

  /** Everything in the workspace, so that nothing is left behind unseen. */
  async names(): Promise<readonly string[]> {
    return (await readdir(this.workspace, { recursive: true })).sort()
  }
}
