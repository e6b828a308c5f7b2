import { AppError } from '../../../shared/rpc/errors.js'
import type {
  ModelMessage,
  ModelRequest,
  ModelTurn,
  ToolDefinition,
  ToolUseBlock,
} from '../models/model-client.js'
import type { ToolOutcome, ToolWait } from '../tools/tool.js'
import { fitContext } from './fit-context.js'
import { stuckReason } from './loop-guard.js'
import { CUT_REMINDER, FINISH_REMINDER } from './reminders.js'
import { mergeMessages, type OpenCall, type Step, type Transcript, textOf } from './transcript.js'

/** The tools of a run, as the loop needs them. */
export interface LoopTools {
  readonly definitions: readonly ToolDefinition[]
  /** Unknown tools, wrong input and throws come back as outcomes. */
  execute(call: ToolUseBlock, noteChange: (path: string) => void): Promise<ToolOutcome>
  /** Whether a call may be run again when a crash left its result unknown. */
  mayRepeat(toolName: string): boolean
}

export interface LoopOptions {
  /** Has at least its first step. */
  readonly transcript: Transcript
  /** What was said before the run began. */
  readonly history?: readonly ModelMessage[]
  readonly system: string
  readonly tools: LoopTools
  readonly model: (
    request: Omit<ModelRequest, 'onText'>,
    onText: (delta: string) => void,
  ) => Promise<ModelTurn>
  readonly signal: AbortSignal
  readonly maxTurns: number
  /** Of one answer; asked before each. */
  readonly maxTokens: () => number
  /** Why no further turn may be taken; asked before each. Null when it may. */
  readonly forbidsTurn?: () => string | null
  /** Whether to end here and go on later; asked before each turn. */
  readonly mustGiveWay?: () => boolean
  /** Whether the run may end only by a tool (`finish`); a plain answer is then sent back once. */
  readonly mustFinish: boolean
  /** Steps for what was said to the agent since the last turn; called inside the commit. */
  readonly takeMessages?: Parameters<Transcript['appendAll']>[0]
  readonly hasMessages?: () => boolean
  readonly onText?: (delta: string) => void
  /** A turn begins, or begins again after a failure: text that is not committed is void. */
  readonly onTurnStart?: () => void
  readonly onTurn?: (turn: ModelTurn) => void
  /** What must become true in the commit of a turn. */
  readonly commitTurn?: (turn: ModelTurn) => Parameters<Transcript['append']>[1]
  readonly onToolStart?: (call: ToolUseBlock) => void
  readonly onToolEnd?: (call: ToolUseBlock, outcome: ToolOutcome) => void
}

export type LoopEnd =
  | { readonly kind: 'finished'; readonly success: boolean; readonly report: string }
  /** The model stopped speaking without calling `finish`. */
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'too_many_turns'; readonly turns: number }
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'gave_way' }
  /** A call waits for something outside; the run goes on with it. */
  | ({ readonly kind: 'waiting' } & ToolWait)
  /** It repeats what fails; going on would only cost. */
  | { readonly kind: 'stuck'; readonly reason: string }

/**
 * Runs an agent until it finishes, from wherever its transcript stands.
 *
 * A turn is committed when it is complete. Before a tool runs its intent is committed, after it its
 * result. So after a crash a committed turn is never asked for again and a call with a result is never
 * repeated; a call with an intent alone is run again if it only reads, and otherwise answered with
 * `interrupted`.
 * @throws what the model or the store throws; the transcript then stands at the last commit
 */
export async function runAgentLoop(options: LoopOptions): Promise<LoopEnd> {
  const { transcript, signal } = options
  for (;;) {
    throwIfAborted(signal)
    const ended = transcript.end
    if (ended !== null) return { kind: 'finished', success: ended.success, report: ended.report }
    const open = transcript.openCalls()
    if (open.length > 0) {
      const wait = await runCalls(options, open)
      if (wait !== null) return { kind: 'waiting', ...wait }
      continue
    }
    if (options.takeMessages !== undefined) transcript.appendAll(options.takeMessages)
    const reason = stuckReason(transcript.steps)
    if (reason !== null) return { kind: 'stuck', reason }
    const spoken = transcript.lastTurn()
    if (spoken !== null) {
      const end = afterPlainTurn(options, spoken)
      if (end !== null) return end
    }
    const noTurn = beforeTurn(options)
    if (noTurn !== null) return noTurn
    await takeTurn(options)
  }
}

/** Ends a run that may take no further turn. */
function beforeTurn(options: LoopOptions): LoopEnd | null {
  const { transcript, maxTurns, forbidsTurn, mustGiveWay } = options
  const { turns } = transcript
  if (turns >= maxTurns) return { kind: 'too_many_turns', turns }
  if (mustGiveWay?.() ?? false) return { kind: 'gave_way' }
  const reason = forbidsTurn?.() ?? null
  return reason === null ? null : { kind: 'forbidden', reason }
}

async function takeTurn(options: LoopOptions): Promise<void> {
  const { transcript, system, tools, signal, maxTokens } = options
  options.onTurnStart?.()
  const turn = await options.model(
    {
      system,
      messages: fitContext(mergeMessages([...(options.history ?? []), ...transcript.messages()])),
      tools: tools.definitions,
      maxTokens: maxTokens(),
      signal,
    },
    (delta) => options.onText?.(delta),
  )
  transcript.appendTurn(turn, options.commitTurn?.(turn))
  options.onTurn?.(turn)
}

/** A turn without calls: ends the run, or is answered with a reminder. */
function afterPlainTurn(
  options: LoopOptions,
  turn: Extract<Step, { kind: 'turn' }>,
): LoopEnd | null {
  const text = textOf(turn)
  if (turn.stopReason === 'refusal') return { kind: 'refused', text }
  if (turn.stopReason === 'max_tokens') {
    options.transcript.append({ kind: 'user', text: CUT_REMINDER })
    return null
  }
  if (!options.mustFinish || wasReminded(options.transcript)) return { kind: 'answered', text }
  options.transcript.append({ kind: 'user', text: FINISH_REMINDER })
  return null
}

function wasReminded(transcript: Transcript): boolean {
  return transcript.steps.some((step) => step.kind === 'user' && step.text === FINISH_REMINDER)
}

/** One after another; a call that has to wait holds up those behind it. */
async function runCalls(
  options: LoopOptions,
  calls: readonly OpenCall[],
): Promise<ToolWait | null> {
  for (const call of calls) {
    const wait = await runCall(options, call)
    if (wait !== null) return wait
  }
  return null
}

async function runCall(options: LoopOptions, { call, begun }: OpenCall): Promise<ToolWait | null> {
  const { transcript, tools } = options
  throwIfAborted(options.signal)
  const changes = new Set<string>()
  let outcome: ToolOutcome
  if (begun && !tools.mayRepeat(call.name)) {
    outcome = {
      content: 'interrupted: may have happened, check before repeating',
      isError: true,
    }
  } else {
    if (!begun) transcript.append({ kind: 'intent', toolUseId: call.id })
    options.onToolStart?.(call)
    outcome = await tools.execute(call, (path) => changes.add(path))
    // What an aborted call answers is no result: after a restart the call counts as interrupted.
    throwIfAborted(options.signal)
    if (outcome.wait !== undefined) return outcome.wait
  }
  const { finish } = outcome
  const late = finish !== undefined && (options.hasMessages?.() ?? false)
  transcript.appendAll(() => {
    const result: Step = {
      kind: 'result',
      toolUseId: call.id,
      content: late
        ? 'invalid_state: not finished yet, because a message for you came in meanwhile; take it into account, then call finish again'
        : outcome.content,
      isError: late || outcome.isError,
      changes: [...changes],
    }
    if (finish === undefined || late) return [result]
    return [result, { kind: 'end', success: finish.success, report: finish.report }]
  })
  options.onToolEnd?.(call, outcome)
  return null
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('cancelled', 'the run was stopped')
}
