import { z } from 'zod'
import { Usage } from './budget.js'
import { MailId, TaskId } from './ids.js'
import { MailPriority } from './mail.js'
import { TaskState, WaitingFor } from './task.js'

/** Chosen by whoever opens the session; sessions do not see each other. */
export const SessionId = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'must not be longer than 200 characters')
export type SessionId = z.infer<typeof SessionId>

/** The person, as an address of mail; no agent may be called so. */
export const USER = 'user'

export const AgentId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    'must be 1 to 64 letters, digits, dots, hyphens or underscores, and begin with a letter or digit',
  )
  .refine(
    (name) => name.toLowerCase() !== USER,
    `must not be "${USER}", which addresses the person`,
  )
export type AgentId = z.infer<typeof AgentId>

/** idle: no step runs; `started` tells whether it takes work. active: a step runs. */
export const AgentState = z.enum(['idle', 'active', 'paused', 'sleeping', 'stopped'])
export type AgentState = z.infer<typeof AgentState>

/** Name of an event that agents can wait for or subscribe to. */
export const EventName = z
  .string()
  .min(1, 'must not be empty')
  .max(100, 'must not be longer than 100 characters')

/** What one agent may take. What is left out has no limit of its own, save those with a default. */
export const AgentLimits = z
  .strictObject({
    /** Answers of the model for one task, continuations included; default 200. */
    maxTurns: z.number().int().min(1).max(10_000),
    /** Tasks that wait for it; default 100. */
    maxQueue: z.number().int().min(0).max(10_000),
    /** Mails that wait for it; default 1,000. */
    maxInbox: z.number().int().min(1).max(100_000),
    /** What it remembers of its earlier tasks, in characters; default 40,000, 0 for nothing. */
    contextCharacters: z.number().int().min(0).max(400_000),
    /** Running time of one task, seconds. */
    timeoutSeconds: z.number().int().min(1).max(2_592_000),
    /** Of the processes of one task. */
    memoryBytes: z
      .number()
      .int()
      .min(1024 * 1024),
    /** Of one task. */
    tokens: z.number().int().min(1),
    /** Of one task, US dollars. */
    costUsd: z.number().positive(),
  })
  .partial()
export type AgentLimits = z.infer<typeof AgentLimits>

/** A clock that wakes an agent: at each instant of the rule it is handed the named event. */
export const WakeRule = z.strictObject({
  cron: z.string().min(1).max(200),
  /** IANA name; the host's where absent. */
  timezone: z.string().min(1).max(100).optional(),
  event: EventName.optional(),
})
export type WakeRule = z.infer<typeof WakeRule>

export const AgentConfig = z
  .strictObject({
    /** Name of an agent definition; its instructions, tools, model and limits hold unless named here. */
    definition: z.string().min(1).max(100),
    /** Instructions of its own, beside those of the definition. */
    instructions: z.string().min(1).max(100_000),
    model: z.string().min(1).max(200),
    /** All where absent. */
    tools: z.array(z.string().min(1).max(100)).max(100),
    limits: AgentLimits,
    /** Absolute path; the host's where absent. */
    workspace: z.string().min(1).max(4096),
    /** Events that it is handed whenever they are broadcast, asleep or not. */
    subscriptions: z.array(EventName).max(100),
    wake: z.array(WakeRule).max(20),
  })
  .partial()
export type AgentConfig = z.infer<typeof AgentConfig>

/** One agent of a session. The first four names are those of the seed. Times are epoch ms. */
export const AgentView = z.object({
  state: AgentState,
  /** The task in hand; also while it waits for mail or for room. */
  current_task: TaskId.nullable(),
  /** Tasks that wait for it, without the one in hand. */
  queue_size: z.number(),
  /** Null also for one that sleeps until an event. */
  sleeping_until: z.number().nullable(),
  /** Whether it takes work when it is idle. */
  started: z.boolean(),
  /** It will be paused at the end of the step that runs. */
  pausing: z.boolean(),
  /** It will sleep when the task in hand has ended. */
  will_sleep: z.boolean(),
  /** Names of the events that wake it. */
  wake_events: z.array(z.string()),
  /** Mail from this priority on wakes it; null where none does. */
  wake_on_mail: MailPriority.nullable(),
  /** Why the task in hand does not run. */
  waiting_for: WaitingFor.nullable(),
  /** The agent (or `user`) whose answer it waits for. */
  waiting_for_agent: z.string().nullable(),
  /** Mail that it has not handled yet. */
  unread_mail: z.number(),
  definition: z.string().nullable(),
  model: z.string().nullable(),
  /** What was granted; null for all. */
  tools: z.array(z.string()).nullable(),
  limits: AgentLimits,
  subscriptions: z.array(z.string()),
  /** Rules that wake it, with the next instant of each. */
  wake: z.array(
    z.object({
      cron: z.string(),
      timezone: z.string(),
      event: z.string(),
      next_at: z.number().nullable(),
    }),
  ),
  /** Of its tasks that have ended. */
  usage: Usage,
  tasks: z.object({ completed: z.number(), failed: z.number(), cancelled: z.number() }),
  created_at: z.number(),
  /** Since when it has been in this state. */
  state_since: z.number(),
  /** Why it came into this state, where that was said. */
  reason: z.string().nullable(),
})
export type AgentView = z.infer<typeof AgentView>

/** A step in the life of an agent, for its timeline. */
export const AgentMove = z.object({
  sessionId: SessionId,
  agentId: AgentId,
  from: AgentState,
  state: AgentState,
  /** What made it move. */
  reason: z.string().nullable(),
  taskId: TaskId.optional(),
})

export const WorkKind = z.enum(['task', 'mail', 'event'])
export type WorkKind = z.infer<typeof WorkKind>

/** What an agent did or is to do. */
export const AgentWork = z.object({
  taskId: TaskId,
  kind: WorkKind,
  mailId: MailId.nullable(),
  state: z.enum(['queued', 'current', 'ended']),
  taskState: TaskState,
  endedAt: z.number().nullable(),
  description: z.string(),
  createdAt: z.number(),
})
export type AgentWork = z.infer<typeof AgentWork>
