import { z } from 'zod'
import { method } from './define.js'

/** Where a definition lies: in the program, in a folder of the person, or in the workspace. */
export const DefinitionSource = z.enum(['builtin', 'user', 'workspace'])
export type DefinitionSource = z.output<typeof DefinitionSource>

export const DefinitionProblem = z.object({
  /** Absolute path of the file or folder. */
  path: z.string(),
  /** Of the file, from 1. */
  line: z.number(),
  message: z.string(),
  /** An error leaves the file out; a warning does not. */
  severity: z.enum(['error', 'warning']),
})
export type DefinitionProblem = z.output<typeof DefinitionProblem>

const AgentDefinitionView = z.object({
  name: z.string(),
  /** Tells when to use the agent. */
  description: z.string(),
  /** Null: all. */
  tools: z.array(z.string()).nullable(),
  /** Null: the one of the settings. */
  model: z.string().nullable(),
  source: DefinitionSource,
  path: z.string(),
})

/** Agents that Markdown files describe; `agentType` of a task names one. */
export const agentDefinitionMethods = {
  /**
   * Those that hold in a workspace, by default the one of the settings, ordered by name; and what is
   * wrong with files. Where two files share a name, the one nearer to the workspace holds.
   */
  'agent.definitions': method(
    z.strictObject({ workspace: z.string().optional() }),
    z.object({
      definitions: z.array(AgentDefinitionView),
      problems: z.array(DefinitionProblem),
    }),
  ),
  /** The agent that suits what is to be done, and why; best first. */
  'agent.select': method(
    z.strictObject({
      description: z.string().trim().min(1, 'must not be empty').max(20_000),
      workspace: z.string().optional(),
    }),
    z.object({
      agent: z.string(),
      reason: z.string(),
      candidates: z.array(z.object({ agent: z.string(), score: z.number(), reason: z.string() })),
    }),
  ),
}
