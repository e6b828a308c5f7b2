import { z } from 'zod'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { ContentBlock, ModelMessage, ModelTurn, ToolUseBlock } from '../models/model-client.js'
import { insertAgentStep, selectAgentSteps } from '../store/queries/agent-steps.js'
import { json } from '../store/rows.js'

const Text = z.object({ type: z.literal('text'), text: z.string() })
const ToolUse = z.object({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
})

const Step = z.discriminatedUnion('kind', [
  /** The first step of a run: what it is for. */
  z.object({ kind: z.literal('begin'), attempt: z.number(), text: z.string() }),
  /** A later attempt goes on with the run. */
  z.object({ kind: z.literal('resume'), attempt: z.number() }),
  /** Something said to the agent in the middle of its run. */
  z.object({ kind: z.literal('user'), text: z.string() }),
  z.object({
    kind: z.literal('turn'),
    content: z.array(z.discriminatedUnion('type', [Text, ToolUse])),
    stopReason: z.enum(['end_turn', 'tool_use', 'max_tokens', 'refusal', 'stop_sequence']),
    usage: z.object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      cacheReadTokens: z.number(),
      cacheWriteTokens: z.number(),
    }),
    model: z.string(),
  }),
  /** A tool is about to run. */
  z.object({ kind: z.literal('intent'), toolUseId: z.string() }),
  z.object({
    kind: z.literal('result'),
    toolUseId: z.string(),
    content: z.string(),
    isError: z.boolean(),
    /** Files that the call created or changed. */
    changes: z.array(z.string()),
  }),
  z.object({ kind: z.literal('end'), success: z.boolean(), report: z.string() }),
])
export type Step = z.infer<typeof Step>
export type EndStep = Extract<Step, { kind: 'end' }>

const StepRow = z.object({ step: z.number(), payload: json(Step) })

/** A tool call of the newest turn that has no result yet. */
export interface OpenCall {
  readonly call: ToolUseBlock
  /** Its intent was committed: it may have happened, wholly or in part. */
  readonly begun: boolean
}

/**
 * The steps of one run of an agent, in memory and in the store. A step counts once it is committed;
 * after a crash the run goes on from the last one.
 */
export class Transcript {
  readonly runId: string
  readonly #log: EventLog
  readonly #steps: Step[]

  private constructor(log: EventLog, runId: string, steps: Step[]) {
    this.#log = log
    this.runId = runId
    this.#steps = steps
  }

  /** @throws AppError `invalid_state` when a stored step cannot be read: no turn is guessed at. */
  static load(log: EventLog, runId: string): Transcript {
    const steps = log
      .query((db) => selectAgentSteps(db, runId))
      .map((row, index) => {
        const parsed = StepRow.safeParse(row)
        if (parsed.success && parsed.data.step === index) return parsed.data.payload
        throw new AppError(
          'invalid_state',
          `step ${index} of run ${runId} cannot be read: the run cannot go on; start the task anew`,
        )
      })
    return new Transcript(log, runId, steps)
  }

  get isEmpty(): boolean {
    return this.#steps.length === 0
  }

  get steps(): readonly Step[] {
    return this.#steps
  }

  get end(): EndStep | null {
    const last = this.#steps.at(-1)
    return last?.kind === 'end' ? last : null
  }

  /** The attempt that works, or has worked, on it; null before it begins. */
  get attempt(): number | null {
    const step = this.#steps.findLast(({ kind }) => kind === 'begin' || kind === 'resume')
    return step?.kind === 'begin' || step?.kind === 'resume' ? step.attempt : null
  }

  /** Turns of the attempt that works on it, since its work was last sent back. */
  get turns(): number {
    const start = this.#steps.findLastIndex(({ kind }) => kind === 'resume' || kind === 'end')
    return this.#steps.slice(start + 1).filter((step) => step.kind === 'turn').length
  }

  /** Commits a step, together with whatever else must become true with it. */
  append(step: Step, also?: (transaction: Transaction) => void): void {
    this.appendAll((transaction) => {
      also?.(transaction)
      return [step]
    })
  }

  /** Commits a complete turn of a model, together with whatever else must become true with it. */
  appendTurn(turn: ModelTurn, also?: (transaction: Transaction) => void): void {
    const { stopReason, usage, model } = turn
    this.append(
      { kind: 'turn', content: this.#named(turn.content), stopReason, usage, model },
      also,
    )
  }

  /**
   * Gives every call a name of its own in the run, since results and idempotency go by it. Servers
   * that only resemble the original number calls anew in each turn, or do not name them.
   */
  #named(content: ModelTurn['content']): TurnContent {
    const taken = new Set(
      this.#steps.flatMap((step) =>
        step.kind === 'turn'
          ? step.content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))
          : [],
      ),
    )
    return content.map((block) => {
      if (block.type === 'text') return block
      let id = block.id
      for (let number = 2; id === '' || taken.has(id); number++) {
        id = `${block.id === '' ? 'call' : block.id}_${number}`
      }
      taken.add(id)
      return { ...block, id }
    })
  }

  /** Commits the steps that `make` finds; none is fine. */
  appendAll(make: (transaction: Transaction) => readonly Step[]): void {
    const added = this.#log.transaction((transaction) => {
      const steps = make(transaction)
      steps.forEach((step, index) => {
        insertAgentStep(transaction.db, {
          runId: this.runId,
          step: this.#steps.length + index,
          kind: step.kind,
          payload: JSON.stringify(step),
          atMs: transaction.at,
        })
      })
      return steps
    })
    this.#steps.push(...added)
  }

  /** Calls of the newest turn that still need a result, in order. */
  openCalls(): OpenCall[] {
    const at = this.#steps.findLastIndex((step) => step.kind === 'turn')
    const turn = this.#steps[at]
    if (turn?.kind !== 'turn') return []
    const later = this.#steps.slice(at + 1)
    return turn.content
      .filter((block) => block.type === 'tool_use')
      .filter((call) => !later.some((step) => step.kind === 'result' && step.toolUseId === call.id))
      .map((call) => ({
        call: { ...call, input: call.input },
        begun: later.some((step) => step.kind === 'intent' && step.toolUseId === call.id),
      }))
  }

  /** The newest step that speaks: a turn without open calls ends a run, anything else asks for one. */
  lastTurn(): Extract<Step, { kind: 'turn' }> | null {
    const spoken = this.#steps.findLast(({ kind }) => kind !== 'intent' && kind !== 'resume')
    return spoken?.kind === 'turn' ? spoken : null
  }

  changes(): string[] {
    const files = this.#steps.flatMap((step) => (step.kind === 'result' ? step.changes : []))
    return [...new Set(files)].sort()
  }

  /**
   * The run as a model reads it: every call has its result. One that was stopped before its tool had
   * answered says so, since providers refuse a call without one.
   */
  messages(): ModelMessage[] {
    const results = new Set(
      this.#steps.flatMap((step) => (step.kind === 'result' ? [step.toolUseId] : [])),
    )
    return mergeMessages(this.#steps.flatMap((step) => messagesOf(step, results)))
  }
}

function messagesOf(step: Step, results: ReadonlySet<string>): ModelMessage[] {
  switch (step.kind) {
    case 'begin':
    case 'user':
      return [{ role: 'user', content: [{ type: 'text', text: step.text }] }]
    case 'turn':
      return [
        { role: 'assistant', content: step.content.map(contentBlock) },
        { role: 'user', content: unanswered(step.content, results) },
      ]
    case 'result': {
      const { toolUseId, content, isError } = step
      return [{ role: 'user', content: [{ type: 'tool_result', toolUseId, content, isError }] }]
    }
    case 'intent':
    case 'resume':
    case 'end':
      return []
  }
}

/** What a turn says in words. */
export function textOf(turn: Extract<Step, { kind: 'turn' }>): string {
  return turn.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
}

type TurnContent = Extract<Step, { kind: 'turn' }>['content']

function contentBlock(block: TurnContent[number]): ContentBlock {
  return block.type === 'text' ? block : { ...block, input: block.input }
}

function unanswered(content: TurnContent, results: ReadonlySet<string>): ContentBlock[] {
  return content.flatMap((block): ContentBlock[] =>
    block.type === 'text' || results.has(block.id)
      ? []
      : [
          {
            type: 'tool_result',
            toolUseId: block.id,
            content: 'cancelled: stopped before the tool had answered',
            isError: true,
          },
        ],
  )
}

/** Makes roles alternate, as the protocol wants it: neighbours of one role become one message. */
export function mergeMessages(messages: readonly ModelMessage[]): ModelMessage[] {
  const merged: { role: ModelMessage['role']; content: ContentBlock[] }[] = []
  for (const message of messages) {
    if (message.content.length === 0) continue
    const last = merged.at(-1)
    if (last?.role === message.role) last.content.push(...message.content)
    else merged.push({ role: message.role, content: [...message.content] })
  }
  return merged
}
