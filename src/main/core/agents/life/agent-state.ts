import type { AgentState } from '../../../../shared/model/agent.js'
import type { MailPriority } from '../../../../shared/model/mail.js'
import { AppError } from '../../../../shared/rpc/errors.js'

/** What ends a sleep, beside a hand. */
export interface Sleep {
  /** Epoch ms, counted from the request; null for no deadline. */
  readonly untilMs: number | null
  readonly events: readonly string[]
  /** Mail from this priority on; null when none does. */
  readonly mailFrom: MailPriority | null
}

/** What decides how an agent may move. */
export interface Condition {
  readonly state: AgentState
  /** Whether it takes work. */
  readonly started: boolean
  /** To be paused at the end of the step that runs. */
  readonly pausing: boolean
  /** In force while it sleeps; kept while it is paused. */
  readonly sleep: Sleep | null
  /** In force when the task in hand has ended. */
  readonly nextSleep: Sleep | null
}

export type Command =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume'; readonly nowMs: number }
  | { readonly kind: 'sleep'; readonly sleep: Sleep; readonly hasTask: boolean }
  | { readonly kind: 'wake' }
  | { readonly kind: 'step_begins' }
  /** `hasTask`: the task in hand is not over, it waits. */
  | { readonly kind: 'step_ends'; readonly hasTask: boolean; readonly nowMs: number }
  | { readonly kind: 'task_ends'; readonly nowMs: number }

/** The event that tells of a move. */
export type MoveEvent =
  | 'agent.started'
  | 'agent.paused'
  | 'agent.resumed'
  | 'agent.stopped'
  | 'agent.state_changed'

export interface Move {
  readonly next: Condition
  /** Null when nothing moved that others can see. */
  readonly event: MoveEvent | null
}

export const NEW: Condition = {
  state: 'idle',
  started: false,
  pausing: false,
  sleep: null,
  nextSleep: null,
}

/**
 * The states of an agent (SEEDS A10) and every move between them:
 *
 *   idle → active (a step begins) → idle | paused | sleeping (it ends)
 *   idle, sleeping → paused → idle | sleeping       idle → sleeping → idle
 *   any but stopped → stopped → idle
 *
 * While a step runs, pause and sleep are only noted: they take effect at its end, and at the end of the task.
 * Pure.
 * @throws AppError `invalid_state` that names the state and what would be right
 */
export function move(name: string, now: Condition, command: Command): Move {
  switch (command.kind) {
    case 'start':
      return start(name, now)
    case 'stop':
      if (now.state === 'stopped') throw illegal(name, now, 'start it first')
      return { next: { ...NEW, state: 'stopped' }, event: 'agent.stopped' }
    case 'pause':
      return pause(name, now)
    case 'resume':
      return resume(name, now, command.nowMs)
    case 'sleep':
      return sleep(name, now, command)
    case 'wake':
      return wake(name, now)
    case 'step_begins':
      if (now.state !== 'idle' || !now.started) throw illegal(name, now, 'it takes no work now')
      return { next: { ...now, state: 'active' }, event: 'agent.state_changed' }
    case 'step_ends':
      return now.state === 'active' ? afterStep(now, command) : stay(now)
    case 'task_ends':
      return now.state === 'active' || now.state === 'idle'
        ? afterStep(now, { hasTask: false, nowMs: command.nowMs })
        : stay(now)
  }
}

function stay(next: Condition): Move {
  return { next, event: null }
}

function start(name: string, now: Condition): Move {
  if (now.state === 'paused') throw illegal(name, now, 'resume it')
  if (now.state === 'sleeping' && now.started) throw illegal(name, now, 'wake it')
  // To ask twice does no harm: it takes work either way.
  if (now.started) return stay(now)
  const state = now.state === 'stopped' ? 'idle' : now.state
  return { next: { ...now, state, started: true }, event: 'agent.started' }
}

function pause(name: string, now: Condition): Move {
  if (now.state === 'active') return stay({ ...now, pausing: true })
  if (now.state === 'paused') throw illegal(name, now, 'resume it to go on')
  if (now.state === 'stopped' || !now.started) throw illegal(name, now, 'start it first')
  return { next: { ...now, state: 'paused' }, event: 'agent.paused' }
}

function resume(name: string, now: Condition, nowMs: number): Move {
  if (now.state === 'active' && now.pausing) return stay({ ...now, pausing: false })
  if (now.state !== 'paused') throw illegal(name, now, 'only a paused agent can be resumed')
  const asleep = now.sleep !== null && !isOver(now.sleep, nowMs)
  const next: Condition = asleep
    ? { ...now, state: 'sleeping' }
    : { ...now, state: 'idle', sleep: null }
  return { next, event: 'agent.resumed' }
}

function sleep(
  name: string,
  now: Condition,
  { sleep: wanted, hasTask }: Extract<Command, { kind: 'sleep' }>,
): Move {
  if (now.state === 'stopped') throw illegal(name, now, 'start it first')
  if (now.state === 'paused') throw illegal(name, now, 'resume it first')
  if (now.state === 'active' || hasTask) return stay({ ...now, nextSleep: wanted })
  return { next: { ...now, state: 'sleeping', sleep: wanted }, event: 'agent.state_changed' }
}

function wake(name: string, now: Condition): Move {
  if (now.state === 'sleeping') {
    return { next: { ...now, state: 'idle', sleep: null }, event: 'agent.state_changed' }
  }
  // It would have slept, or would go on sleeping when it is resumed.
  if (now.nextSleep !== null) return stay({ ...now, nextSleep: null })
  if (now.state === 'paused' && now.sleep !== null) return stay({ ...now, sleep: null })
  throw illegal(name, now, 'only a sleeping agent can be woken')
}

function afterStep(
  now: Condition,
  { hasTask, nowMs }: { readonly hasTask: boolean; readonly nowMs: number },
): Move {
  const due = !hasTask && now.nextSleep !== null && !isOver(now.nextSleep, nowMs)
  const settled: Condition = hasTask
    ? { ...now, pausing: false }
    : { ...now, pausing: false, sleep: due ? now.nextSleep : null, nextSleep: null }
  if (now.pausing) return { next: { ...settled, state: 'paused' }, event: 'agent.paused' }
  const state = due ? 'sleeping' : 'idle'
  if (state === now.state) return stay(settled)
  return { next: { ...settled, state }, event: 'agent.state_changed' }
}

/** Whether its deadline has passed. */
export function isOver({ untilMs }: Sleep, nowMs: number): boolean {
  return untilMs !== null && untilMs <= nowMs
}

function illegal(name: string, { state, started }: Condition, hint: string): AppError {
  const how = state === 'idle' && !started ? 'not started' : state
  return new AppError('invalid_state', `agent ${name} is ${how}: ${hint}`)
}
