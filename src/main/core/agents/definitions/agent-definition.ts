import { z } from 'zod'
import { DefinitionSource } from '../../../../shared/rpc/agent-definitions.js'

/** What a name of an agent looks like; it stands in prompts, mails and command lines. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
const LONGEST_DESCRIPTION = 16_000

const Count = z.int().positive()

export const DefinitionLimits = z.object({
  /** Turns of one run. */
  maxTurns: Count.max(10_000).optional(),
  maxTokens: Count.optional(),
  timeoutSeconds: Count.optional(),
  memoryBytes: Count.optional(),
  /** Tasks that may wait for one agent. */
  maxQueue: Count.optional(),
})

export const Wake = z.object({
  cron: z.string().trim().min(1),
  /** IANA name; the host's where absent. */
  timezone: z.string().trim().min(1).optional(),
  event: z.string().trim().min(1).max(200),
})

/** An agent as a Markdown file describes it: front matter, and the prompt below it. */
export const AgentDefinition = z.object({
  name: z
    .string()
    .regex(NAME, 'must be letters, digits, "-" and "_", begin with a letter or digit, at most 64'),
  /** Tells when to use the agent. */
  description: z.string().trim().min(1, 'must not be empty').max(LONGEST_DESCRIPTION),
  /** Added to what every agent is told. */
  prompt: z.string(),
  /** Names of the tools that it is granted; null for all. */
  tools: z.array(z.string()).nullable(),
  /** Null: the one of the settings. */
  model: z.string().trim().min(1, 'must not be empty').max(200).nullable(),
  limits: DefinitionLimits,
  /** Names of events that wake the agent. */
  subscriptions: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
  wake: z.array(Wake).max(20).optional(),
  source: DefinitionSource,
  /** Absolute path of the file. */
  path: z.string(),
})
export type AgentDefinition = z.output<typeof AgentDefinition>

/** Without these an agent could neither tell how far it is nor come to an end. */
export const ALWAYS_GRANTED: readonly string[] = ['update_plan', 'finish']
