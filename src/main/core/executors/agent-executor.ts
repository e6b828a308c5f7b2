import type { TaskError } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { type LoopEnd, type LoopTools, runAgentLoop } from '../agents/agent-loop.js'
import { agentSystemPrompt, taskPrompt } from '../agents/agent-prompt.js'
import type { AgentDefinition } from '../agents/definitions/agent-definition.js'
import type { AgentDefinitions } from '../agents/definitions/load-definitions.js'
import type { Assignment } from '../agents/life/assignment.js'
import { Transcript, textOf } from '../agents/transcript.js'
import { costMicroUsd, totalTokens } from '../budgets/pricing.js'
import { overBudget, tokensLeft } from '../budgets/task-budgets.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import { slotOf } from '../figures/slot.js'
import type { CorrectableExecutor } from '../gates/gated-executor.js'
import type { ModelAccess } from '../models/model-access.js'
import { ModelError, type ModelMessage, type ModelTurn } from '../models/model-client.js'
import type { Clock, Logger } from '../ports.js'
import type { ExecutionContext, ExecutionOutcome } from '../scheduler/executor.js'
import { about } from '../scheduler/task-events.js'
import { countRuns } from '../store/queries/agent-runs.js'
import { addSpending } from '../store/queries/figures.js'
import { hasUnreadTaskMessages, takeTaskMessages } from '../store/queries/task-messages.js'
import { addTurn } from '../store/queries/tasks.js'
import { headline } from '../tasks/report-text.js'
import { maskSecrets } from '../tasks/secret-filter.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { restrictTools } from '../tools/restrict-tools.js'
import type { Tool } from '../tools/tool.js'
import { extendTools, type ToolRegistry } from '../tools/tool-registry.js'
import { withLimits } from './spawn-limits.js'

export interface AgentExecutorOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly models: ModelAccess
  readonly tools: ToolRegistry
  /** What an agent of a name is; without it every agent is its role alone. */
  readonly definitions?: AgentDefinitions
  /** What no tool result may carry to a provider. */
  readonly secrets: () => readonly string[]
  /** Of a task that belongs to a durable agent. */
  readonly assignmentOf?: (task: TaskRecord) => Assignment | null
  /** What the agent is told to do; the description of the task where absent. */
  readonly orderOf?: (task: TaskRecord) => string
  /** Tools of a task beside those of every agent. */
  readonly ownToolsOf?: (task: TaskRecord) => readonly Tool[]
  /** What a task's place in a team means for its agent. */
  readonly placeOf?: (task: TaskRecord) => TeamPlace
  /** Turns of one run before it is ended. */
  readonly maxTurns?: number
}

const MAX_TURNS = 200
const MAX_TOKENS = 16_000
/** How long a task rests after a quota error that names no instant. */
const QUOTA_REST_MS = 60_000

/** Nothing of it has begun, so nothing is noted of it. */
function stoppedBefore(): ExecutionOutcome {
  const error = { code: 'cancelled', message: 'stopped before it began' } as const
  return { kind: 'failed', error, output: '', retryable: false }
}

/** What a place in a team means for an agent. */
export interface TeamPlace {
  /** Added to what every agent is told. */
  readonly instructions?: string | undefined
  /** What it remembers of its earlier tasks. */
  readonly history?: readonly ModelMessage[]
  /** A turn that is settled before the model is asked. */
  readonly firstTurn?: ModelTurn | undefined
}

/** What an agent works with. */
interface Means {
  readonly assignment: Assignment | null
  readonly prompt: string | undefined
  readonly tools: ToolRegistry
  readonly model: string | null
  readonly maxTurns: number
  readonly history: readonly ModelMessage[]
}

/** Runs a task by an agent: the durable loop with the agent's tools. */
export class AgentExecutor implements CorrectableExecutor {
  readonly #options: AgentExecutorOptions
  #turns: Promise<void> = Promise.resolve()

  constructor(options: AgentExecutorOptions) {
    this.#options = options
  }

  async execute(context: ExecutionContext): Promise<ExecutionOutcome> {
    const { task } = context
    await this.#turn()
    if (context.signal.aborted) return stoppedBefore()
    const transcript = this.#transcriptOf(context)
    const place = this.#options.placeOf?.(task) ?? {}
    // After a crash as well: it is missing where it would stand.
    if (place.firstTurn !== undefined && transcript.steps.length === 1) {
      transcript.appendTurn(place.firstTurn)
    }
    try {
      const assignment = this.#options.assignmentOf?.(task) ?? null
      const name = assignment === null ? task.agentType : assignment.definition
      const definition =
        name === null ? undefined : await this.#options.definitions?.find(name, task.workspace)
      const end = await this.#run(
        context,
        transcript,
        this.#meansOf(task, place, assignment, definition),
      )
      return outcomeOf(end, transcript, task)
    } catch (error) {
      if (error instanceof ModelError) return this.#providerFailure(error, transcript, task)
      if (error instanceof AppError && error.code === 'invalid_state') {
        return failure({ code: 'invalid_state', message: error.message }, transcript, task, false)
      }
      throw error
    }
  }

  correct(task: TaskRecord, order: string, also: (transaction: Transaction) => void): void {
    const { log } = this.#options
    const runs = log.query((db) => countRuns(db, task.id))
    Transcript.load(log, `${task.id}.${runs}`).append({ kind: 'user', text: order }, also)
  }

  /** Of agents that begin together one is prepared in each turn of the event loop, so that none holds up the rest. */
  #turn(): Promise<void> {
    const { clock } = this.#options
    const mine = this.#turns
    const next = () => new Promise<void>((resolve) => clock.schedule(0, () => resolve()))
    this.#turns = mine.then(next)
    return mine
  }

  /** What the agent was given for itself comes before what its definition says. */
  #meansOf(
    task: TaskRecord,
    place: TeamPlace,
    assignment: Assignment | null,
    definition: AgentDefinition | undefined,
  ): Means {
    const { maxTurns = MAX_TURNS, tools, logger } = this.#options
    const granted = assignment?.tools ?? restrictTools(tools, definition?.tools ?? null)
    const prompts = [assignment?.instructions, ownPrompt(definition), place.instructions]
    return {
      assignment,
      prompt: prompts.filter((text) => text !== undefined).join('\n\n') || undefined,
      tools: extendTools(granted, this.#options.ownToolsOf?.(task) ?? [], { logger }),
      model: assignment?.model ?? definition?.model ?? null,
      maxTurns: assignment?.maxTurns ?? definition?.limits.maxTurns ?? maxTurns,
      history: assignment?.history ?? place.history ?? [],
    }
  }

  async #run(
    context: ExecutionContext,
    transcript: Transcript,
    { assignment, prompt, tools, model, maxTurns, history }: Means,
  ): Promise<LoopEnd> {
    const { log, models } = this.#options
    const { task, workspace, signal } = context
    return runAgentLoop({
      transcript,
      system: await agentSystemPrompt({ ...task, workspace }, prompt),
      tools: this.#loopTools(context, transcript.runId, tools),
      history,
      signal,
      maxTurns,
      maxTokens: () => log.query((db) => Math.min(MAX_TOKENS, tokensLeft(db, task.id))),
      mustGiveWay: () => context.mustGiveWay(),
      forbidsTurn: () => log.query((db) => overBudget(db, task.id, context.elapsedMs())),
      mustFinish: true,
      model: (request, onText) =>
        models.turn('background', model === null ? request : { ...request, model }, {
          onText,
          onRestart: (reason) => context.output(`\n[the model's turn begins again: ${reason}]\n`),
        }),
      takeMessages: (transaction) =>
        takeTaskMessages(transaction.db, task.id, transaction.at).map((message) => {
          transaction.emit('task.message', { ...about(task), message })
          return { kind: 'user' as const, text: message.text }
        }),
      hasMessages: () => log.query((db) => hasUnreadTaskMessages(db, task.id)),
      onText: (delta) => context.output(delta),
      onTurn: () => context.output('\n'),
      commitTurn:
        ({ usage, model, stopReason, content }) =>
        (transaction) => {
          const spent = { tokens: totalTokens(usage), costMicroUsd: costMicroUsd(model, usage) }
          addTurn(transaction.db, task.id, spent)
          addSpending(transaction.db, {
            ...{ slot: slotOf(transaction.at), agent: task.agentType, model, ...spent },
          })
          const isLast = content.some(
            (block) => block.type === 'tool_use' && block.name === 'finish',
          )
          if (stopReason === 'tool_use' && !isLast) {
            assignment?.continues(transaction, transcript.turns + 1)
          }
        },
      onToolStart: (call) => {
        if (call.name !== 'update_plan' && call.name !== 'finish') {
          const line = tools.summarize(call.name, call.input)
          context.output(`› ${line}\n`)
          assignment?.note(line)
        }
      },
    })
  }

  #loopTools(context: ExecutionContext, runId: string, tools: ToolRegistry): LoopTools {
    const { task, workspace, signal } = context
    return {
      definitions: tools.definitions,
      mayRepeat: (name) => tools.get(name)?.readOnly ?? true,
      execute: async (call, noteChange) => {
        const outcome = await tools.execute(call.name, call.input, {
          callId: `${runId}:${call.id}`,
          workspace,
          signal,
          output: (text) => context.output(text),
          spawn: (request) => context.spawn(withLimits(request, task.limits)),
          setPlan: (steps) => context.setPlan(steps),
          noteChange,
        })
        return { ...outcome, content: maskSecrets(outcome.content, this.#options.secrets()) }
      },
    }
  }

  /**
   * The run to go on with: the newest one while it is unfinished (after a wait, a crash, or a failed
   * attempt), or when this attempt has finished it and a crash hid that; else a new one.
   */
  #transcriptOf({ task, workspace, earlier }: ExecutionContext): Transcript {
    const { log } = this.#options
    const runs = log.query((db) => countRuns(db, task.id))
    if (runs > 0) {
      const newest = Transcript.load(log, `${task.id}.${runs}`)
      if (newest.attempt === task.attempt) return newest
      if (newest.end === null) {
        newest.append({ kind: 'resume', attempt: task.attempt })
        return newest
      }
    }
    const fresh = Transcript.load(log, `${task.id}.${runs + 1}`)
    const description = this.#options.orderOf?.(task) ?? task.description
    const text = taskPrompt({ ...task, workspace, description }, earlier())
    fresh.append({ kind: 'begin', attempt: task.attempt, text })
    return fresh
  }

  #providerFailure(error: ModelError, transcript: Transcript, task: TaskRecord): ExecutionOutcome {
    if (error.errorClass === 'quota') {
      const untilMs = this.#options.clock.now() + (error.retryAfterMs ?? QUOTA_REST_MS)
      return { kind: 'waiting', reason: 'quota', detail: error.message, untilMs }
    }
    const retryable = error.errorClass === 'transient'
    return failure({ code: error.code, message: error.message }, transcript, task, retryable)
  }
}

function ownPrompt(definition: AgentDefinition | undefined): string | undefined {
  return definition && `Your role: ${definition.name}.\n\n${definition.prompt}`.trim()
}

function outcomeOf(end: LoopEnd, transcript: Transcript, task: TaskRecord): ExecutionOutcome {
  switch (end.kind) {
    case 'finished':
      if (end.success) return completed(end.report, transcript, task)
      return {
        ...failure(
          {
            code: 'command_failed',
            message: headline(end.report) || 'the agent reported a failure',
          },
          transcript,
          task,
          true,
        ),
        output: end.report,
      }
    case 'answered':
      return completed(end.text, transcript, task)
    case 'refused':
      return failure(
        { code: 'provider_error', message: 'the model refused to go on with this task' },
        transcript,
        task,
        false,
      )
    case 'stuck':
      return failure({ code: 'limit_exceeded', message: end.reason }, transcript, task, false)
    case 'waiting': {
      const { reason, detail, untilMs } = end
      return { kind: 'waiting', reason, detail, untilMs }
    }
    case 'gave_way':
      return { kind: 'gave_way' }
    case 'forbidden':
      return failure({ code: 'budget_exceeded', message: end.reason }, transcript, task, false)
    case 'too_many_turns':
      return failure(
        {
          code: 'limit_exceeded',
          message: `ended after ${end.turns} turns without a result: split the task, or say more exactly what is wanted`,
        },
        transcript,
        task,
        false,
      )
  }
}

function completed(report: string, transcript: Transcript, task: TaskRecord): ExecutionOutcome {
  return { kind: 'completed', output: report, ...facts(transcript, task) }
}

function failure(
  error: TaskError,
  transcript: Transcript,
  task: TaskRecord,
  retryable: boolean,
): Extract<ExecutionOutcome, { kind: 'failed' }> {
  return {
    kind: 'failed',
    error,
    output: lastWords(transcript),
    retryable,
    ...facts(transcript, task),
  }
}

function facts(transcript: Transcript, task: TaskRecord) {
  const files = transcript.changes()
  return {
    agents: [task.agentType],
    ...(files.length === 0 ? {} : { artifacts: { files, changes: files.length } }),
  }
}

/** The last thing that the agent said: what there is of a result when it did not finish. */
function lastWords(transcript: Transcript): string {
  const turn = transcript.steps.findLast(
    (step) => step.kind === 'turn' && step.content.some((block) => block.type === 'text'),
  )
  return turn?.kind === 'turn' ? textOf(turn) : ''
}
