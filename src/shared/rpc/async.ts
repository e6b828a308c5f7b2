import { z } from 'zod'
import {
  AgentConfig,
  AgentId,
  AgentMove,
  AgentState,
  AgentView,
  AgentWork,
  EventName,
  SessionId,
} from '../model/agent.js'
import { TaskId } from '../model/ids.js'
import { MailPriority } from '../model/mail.js'
import { TaskError } from '../model/task.js'
import { durable, method } from './define.js'
import { PageParams } from './params.js'

const AgentRef = { sessionId: SessionId, agentId: AgentId }
const Ref = z.strictObject(AgentRef)
const Answer = z.object({ agentId: AgentId, state: AgentState })
const THIRTY_DAYS_S = 30 * 24 * 60 * 60

/** Durable agents. What an agent does is a task like any other: `task.*` and its events tell of it. */
export const asyncMethods = {
  /** `conflict` when the session has an agent of that name. The session begins with its first agent. */
  'async.createAgent': method(
    z.strictObject({
      ...AgentRef,
      autoStart: z.boolean().default(true),
      config: AgentConfig.default({}),
    }),
    Answer,
  ),
  /** From now on it takes work; also after a stop. */
  'async.startAgent': method(Ref, Answer),
  /** Ends the step that runs, with its processes; queue and mail stay. Answers when they are dead. */
  'async.stopAgent': method(Ref, Answer),
  /** At the end of the step that runs; until then the answer is `active`. */
  'async.pauseAgent': method(Ref, Answer),
  'async.resumeAgent': method(Ref, Answer),
  /** After the task in hand, if there is one; the duration counts from now. Without anything to wake it, until it is woken by hand. */
  'async.sleepAgent': method(
    z.strictObject({
      ...AgentRef,
      durationSeconds: z.number().positive().max(THIRTY_DAYS_S).optional(),
      /** Also `mail_received` (any mail) and `high_priority_mail` (high or urgent). */
      wakeEvents: z.array(EventName).max(100).optional(),
      /** Mail of this priority or a higher one wakes it. */
      wakeOnMail: MailPriority.optional(),
    }),
    Answer,
  ),
  'async.wakeAgent': method(
    z.strictObject({ ...AgentRef, reason: z.string().max(1000).optional() }),
    Answer,
  ),
  /** `invalid_state` for a stopped agent, `limit_exceeded` when its queue is full. */
  'async.sendTask': method(
    z.strictObject({
      ...AgentRef,
      prompt: z.string().trim().min(1, 'must not be empty').max(20_000),
    }),
    z.object({ taskId: TaskId }),
  ),
  'async.getAgentStates': method(
    z.strictObject({ sessionId: SessionId }),
    z.object({ agents: z.record(z.string(), AgentView), seq: z.number() }),
  ),
  /** Wakes the sleepers that wait for it, and hands it to them and to those that have subscribed to it. */
  'async.broadcastEvent': method(
    z.strictObject({ sessionId: SessionId, event: EventName, data: z.unknown().optional() }),
    z.object({
      woken: z.array(AgentId),
      delivered: z.array(AgentId),
      /** Who wanted it and could not take it: stopped, or with a full queue. */
      missed: z.array(AgentId),
    }),
  ),
  /** Replaces the events that it is handed whenever they are broadcast. */
  'async.subscribeAgent': method(
    z.strictObject({ ...AgentRef, events: z.array(EventName).max(100) }),
    z.object({ agentId: AgentId, subscriptions: z.array(z.string()) }),
  ),
  /** Only one that is stopped, or was never started; its tasks stay, its queue is cancelled, its mail fails. */
  'async.deleteAgent': method(Ref, z.object({ agentId: AgentId })),
  /** Newest first. */
  'async.listSessions': method(
    z.strictObject({}),
    z.object({
      sessions: z.array(
        z.object({ sessionId: SessionId, agents: z.number(), createdAt: z.number() }),
      ),
      seq: z.number(),
    }),
  ),
  /** Tasks of an agent, newest first. */
  'async.agentWork': method(
    z.strictObject({ ...AgentRef, ...PageParams }),
    z.object({ work: z.array(AgentWork), nextCursor: z.string().nullable() }),
  ),
  /** The newest lines of its debug log. */
  'async.agentLog': method(
    z.strictObject({ ...AgentRef, lines: z.number().int().min(1).max(10_000).optional() }),
    z.object({ lines: z.array(z.string()) }),
  ),
}

const OfTask = AgentMove.pick({ sessionId: true, agentId: true }).extend({ taskId: TaskId })

/** Every move from one state to another is exactly one of the `agent.*` events. */
export const agentEvents = {
  'agent.created': durable(AgentMove.omit({ from: true })),
  'agent.deleted': durable(AgentMove.pick({ sessionId: true, agentId: true })),
  /** Something of it has changed without a move: what is noted for later, its subscriptions. */
  'agent.updated': durable(AgentMove.pick({ sessionId: true, agentId: true })),
  'agent.started': durable(AgentMove),
  'agent.paused': durable(AgentMove),
  'agent.resumed': durable(AgentMove),
  'agent.stopped': durable(AgentMove),
  'agent.state_changed': durable(AgentMove),
  'async.task.started': durable(OfTask),
  /** Another answer of the model is to follow; `depth` counts from 1 in every task. */
  'async.task.continuation': durable(OfTask.extend({ depth: z.number(), limit: z.number() })),
  /** Reasoning, what was said on the way, and the result. */
  'async.task.completed': durable(
    OfTask.extend({ analysis: z.string(), commentary: z.string(), final: z.string() }),
  ),
  'async.task.error': durable(OfTask.extend({ error: TaskError })),
  'async.event': durable(
    z.object({
      sessionId: SessionId,
      event: z.string(),
      data: z.unknown().optional(),
      woken: z.array(z.string()),
      delivered: z.array(z.string()),
      missed: z.array(z.string()),
    }),
  ),
}
