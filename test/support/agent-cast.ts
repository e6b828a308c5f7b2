import type { ModelRequest } from '../../src/main/core/models/model-client.js'
import type { AgentConfig, AgentState } from '../../src/shared/model/agent.js'
import { TaskId } from '../../src/shared/model/ids.js'
import type { TaskResult } from '../../src/shared/model/task.js'
import type { DurableEvent, LiveEvent, PayloadOf } from '../../src/shared/rpc/contract.js'
import { CoreBench } from './core-bench.js'
import { call, type Line } from './scripted-model.js'

/** What an agent says next; `heard` is the newest thing that it was told. */
export type Role = (scene: Scene) => Line | Promise<Line>

export interface Scene {
  readonly request: ModelRequest
  /** The last text or tool result. */
  readonly heard: string
  /** Answers of the model in this task before this one. */
  readonly turn: number
}

export const SESSION = 's1'

export function finish(report: string, success = true): Line {
  return { calls: [call(`finish_${report.length}`, 'finish', { success, report })] }
}

export function use(name: string, input: unknown, id = name): Line {
  return { calls: [call(id, name, input)] }
}

type AgentEvent = Extract<DurableEvent, { readonly name: `agent.${string}` }>

/** Agents of one session on a whole core, each of which plays its own role. */
export class AgentCast {
  readonly bench: CoreBench
  readonly #roles = new Map<string, Role>()
  /** Every durable event since the start, oldest first. */
  readonly events: DurableEvent[] = []

  private constructor(bench: CoreBench) {
    this.bench = bench
    bench.model.always((request) => this.#speak(request))
    this.#listen()
  }

  static async start(): Promise<AgentCast> {
    return new AgentCast(await CoreBench.start())
  }

  get agents() {
    return this.bench.core.agents
  }

  get mail() {
    return this.bench.core.mail
  }

  async restart(): Promise<void> {
    await this.bench.restart()
    this.#listen()
  }

  /** Creates an agent and starts it. */
  async enter(agentId: string, role: Role, config: AgentConfig = {}, autoStart = true) {
    this.#roles.set(agentId, role)
    await this.agents.create(this.at(agentId), autoStart, config)
  }

  at(agentId: string) {
    return { sessionId: SESSION, agentId }
  }

  state(agentId: string) {
    const view = this.agents.states(SESSION)[agentId]
    if (view === undefined) throw new Error(`no ${agentId}`)
    return view
  }

  /** Gives an agent a task and waits for its result. */
  async does(agentId: string, prompt: string): Promise<TaskResult> {
    return this.bench.resultOf(this.agents.sendTask(this.at(agentId), prompt))
  }

  send(to: string, body: string, from = 'user') {
    return this.mail.send({ sessionId: SESSION, from, to, subject: body.slice(0, 20), body })
  }

  /** Resolves when an event like this has happened, now or before. */
  async until(fits: (event: DurableEvent | LiveEvent) => boolean): Promise<void> {
    if (this.events.some(fits)) return
    await this.bench.heard(fits)
  }

  /** Resolves when an agent comes into a state. */
  async becomes(agentId: string, state: AgentState): Promise<void> {
    if (this.state(agentId).state === state) return
    await this.bench.heard(
      ({ name, payload }) =>
        name.startsWith('agent.') &&
        (payload as AgentEvent['payload']).agentId === agentId &&
        'state' in payload &&
        payload.state === state,
    )
  }

  /** The moves of an agent so far: `idle>active`. */
  moves(agentId: string): string[] {
    return this.events.flatMap(({ name, payload }) => {
      if (!name.startsWith('agent.') || !('from' in payload)) return []
      const move = payload as PayloadOf<'agent.state_changed'>
      return move.agentId === agentId ? [`${name.slice(6)} ${move.from}>${move.state}`] : []
    })
  }

  /** Descriptions of the tasks that an agent has had, oldest first. */
  tasks(agentId: string): string[] {
    const page = { before: Number.MAX_SAFE_INTEGER, limit: 100 }
    return this.agents
      .work(this.at(agentId), page)
      .work.map(({ description }) => description)
      .reverse()
  }

  /** Results of the tasks that an agent has had, oldest first, once all have ended. */
  async results(agentId: string): Promise<TaskResult[]> {
    const page = { before: Number.MAX_SAFE_INTEGER, limit: 100 }
    const work = this.agents.work(this.at(agentId), page).work.reverse()
    return Promise.all(work.map(({ taskId }) => this.bench.resultOf(TaskId.parse(taskId))))
  }

  #listen(): void {
    this.bench.core.events.subscribe({
      durable: (event) => this.events.push(event),
      live: () => undefined,
    })
  }

  #speak(request: ModelRequest): Line | Promise<Line> {
    const name = /You are the agent (\S+)\. /.exec(request.system)?.[1] ?? ''
    const role = this.#roles.get(name)
    if (role === undefined) throw new Error(`nobody plays ${JSON.stringify(name)}`)
    const block = request.messages.at(-1)?.content.at(-1)
    const heard =
      block?.type === 'text' ? block.text : block?.type === 'tool_result' ? block.content : ''
    const task = request.messages.findLastIndex(
      ({ role: by, content }) =>
        by === 'user' && content.some((part) => part.type === 'text' && /^Task: /.test(part.text)),
    )
    const turn = request.messages.slice(task).filter(({ role: by }) => by === 'assistant').length
    return role({ request, heard, turn })
  }
}
