import { z } from 'zod'

const Name = z.string().trim().min(1).max(100)
const OneLine = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .refine((line) => !/[\0\r\n]/.test(line), 'must be one line')

/** Longest that a command of a check may take, in ms; how long it may take unless it says so. */
export const MAX_CHECK_MS = 2 * 60 * 60 * 1000
export const DEFAULT_CHECK_MS = 10 * 60 * 1000

/** Passes when the line, run in the task's workspace, ends with exit code 0. */
export const CommandCheck = z.strictObject({
  kind: z.literal('command'),
  name: Name.optional(),
  command: OneLine,
  timeoutMs: z.number().int().min(100).max(MAX_CHECK_MS).optional(),
})

/** Passes when there is such a file, and with `contains` when it has that text. */
export const FileCheck = z.strictObject({
  kind: z.literal('file'),
  name: Name.optional(),
  /** Relative to the workspace. */
  path: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .refine(
      (path) => !/^(?:[/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..'),
      'must lie inside the workspace: a relative path without ".."',
    ),
  contains: z.string().min(1).max(10_000).optional(),
})

/** Passes when another agent gives 70 of 100 points or more (SEEDS C6); it looks at most two times. */
export const ReviewCheck = z.strictObject({
  kind: z.literal('review'),
  name: Name.optional(),
  /** Default: `reviewer`. */
  agentType: z.string().trim().min(1).max(100).optional(),
  /** What the reviewer is to look at above all. */
  focus: z.string().trim().min(1).max(5_000).optional(),
})

export const Check = z.discriminatedUnion('kind', [CommandCheck, FileCheck, ReviewCheck])
export type Check = z.infer<typeof Check>

/** What has to be true before a task counts as done; a string is a command. */
export const Checks = z
  .array(z.union([OneLine.transform((command): Check => ({ kind: 'command', command })), Check]))
  .max(20)

/** What a check found at one time; `round` counts from 1 within a task. */
export const Evidence = z.object({
  round: z.number(),
  /** In the order of the checks, from 0; after them what git says of a merge. */
  position: z.number(),
  kind: z.enum(['command', 'file', 'review', 'merge']),
  name: z.string(),
  passed: z.boolean(),
  /** One sentence. */
  detail: z.string(),
  /** Of a command; null when a signal or a limit ended it. */
  exitCode: z.number().nullable().optional(),
  /** Of a review, 0 to 100. */
  score: z.number().optional(),
  /** Of a command, the end of it; of a review, its comments. */
  output: z.string(),
  durationMs: z.number(),
  at: z.number(),
})
export type Evidence = z.infer<typeof Evidence>

/** A try to mend what a check found; `attempt` counts from 1 within a task. */
export const Correction = z.object({
  attempt: z.number(),
  /** Of how many, before a person is asked. */
  limit: z.number(),
  state: z.enum(['in_progress', 'success', 'failed']),
  /** What was wrong: the newest failure. */
  failure: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
})
export type Correction = z.infer<typeof Correction>
