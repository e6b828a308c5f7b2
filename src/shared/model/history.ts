import { z } from 'zod'
import { MessageRole } from './chat.js'
import { ConversationId, MessageId, SearchId, TaskId } from './ids.js'
import { TaskState, TaskType } from './task.js'

export const HistoryKind = z.enum(['task', 'message'])
export type HistoryKind = z.infer<typeof HistoryKind>

/** What of the past is wanted; what is left out does not matter. */
export const HistoryFilter = z.strictObject({
  /**
   * Taken literally, any case. A longer one is looked for in id, description, error, output and log of tasks and in messages,
   * of each of which the beginning is searched (of a log also the end); one character only in ids, descriptions and messages.
   */
  query: z.string().max(10_000).optional(),
  kinds: z.array(HistoryKind).min(1).optional(),
  /** Epoch ms at which the task was submitted or the message was written; `to` itself is not part of it. */
  from: z.number().int().nonnegative().optional(),
  to: z.number().int().nonnegative().optional(),
  /** These four are of tasks: with one of them, no messages are found. */
  type: TaskType.optional(),
  state: TaskState.optional(),
  agent: z.string().min(1).max(100).optional(),
  workspace: z.string().min(1).max(4096).optional(),
  conversationId: ConversationId.optional(),
})
export type HistoryFilter = z.infer<typeof HistoryFilter>

/** Part of a text, and where in it the query stands (UTF-16 units of this part). */
export const Snippet = z.object({
  text: z.string(),
  ranges: z.array(z.tuple([z.number(), z.number()])),
  /** The text goes on before, and after. */
  cutBefore: z.boolean(),
  cutAfter: z.boolean(),
})
export type Snippet = z.infer<typeof Snippet>

export const FoundIn = z.enum(['id', 'description', 'error', 'output', 'log', 'message'])
export type FoundIn = z.infer<typeof FoundIn>

/** Where the query was found; null without a query. */
const Found = z.object({ in: FoundIn, snippet: Snippet }).nullable()

export const HistoryTask = z.object({
  kind: z.literal('task'),
  taskId: TaskId,
  type: TaskType,
  state: TaskState,
  /** The beginning of it. */
  description: z.string(),
  agentType: z.string(),
  workspace: z.string(),
  conversationId: ConversationId.nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  completedAt: z.number().nullable(),
  /** Running time of all attempts that have ended. */
  durationMs: z.number(),
  tokens: z.number(),
  /** Null where a price is not known. */
  costUsd: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  found: Found,
})
export type HistoryTask = z.infer<typeof HistoryTask>

export const HistoryMessage = z.object({
  kind: z.literal('message'),
  messageId: MessageId,
  conversationId: ConversationId,
  /** Of the conversation. */
  title: z.string(),
  role: MessageRole,
  /** Where it stands in its conversation. */
  order: z.number(),
  createdAt: z.number(),
  /** The beginning of it. */
  text: z.string(),
  found: Found,
})
export type HistoryMessage = z.infer<typeof HistoryMessage>

export const HistoryEntry = z.discriminatedUnion('kind', [HistoryTask, HistoryMessage])
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** A span that moves with the day stays one: the last week is another one next week. */
export const SavedFilter = HistoryFilter.extend({
  span: z.enum(['today', 'week', 'month']).optional(),
})
export type SavedFilter = z.infer<typeof SavedFilter>

export const SavedSearch = z.object({
  searchId: SearchId,
  name: z.string(),
  filter: SavedFilter,
  createdAt: z.number(),
})
export type SavedSearch = z.infer<typeof SavedSearch>

export const ExportFormat = z.enum(['json', 'csv', 'markdown'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** A line that only the first output has (`-`), only the second (`+`), or both. */
export const ComparedLine = z.object({ sign: z.enum(['-', '+', ' ']), text: z.string() })
export type ComparedLine = z.infer<typeof ComparedLine>

export const ComparedOutput = z.object({
  lines: z.array(ComparedLine),
  added: z.number(),
  removed: z.number(),
  same: z.number(),
  /** One of them was too long to be compared to its end. */
  cut: z.boolean(),
  /** They differ so much that the smallest difference was not looked for. */
  approximate: z.boolean(),
})
export type ComparedOutput = z.infer<typeof ComparedOutput>
