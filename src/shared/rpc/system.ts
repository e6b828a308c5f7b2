import { z } from 'zod'
import { PreferencesChange, StoredPreferences } from '../model/preferences.js'
import { MachineReading } from '../model/queue.js'
import { durable, live, method } from './define.js'

/**
 * A topic is an event's name (`task.failed`), the noun before the dot (`task`), or an id whose
 * events are wanted (`task_…`, `sched_…`, `conv_…`). Without topics everything is sent, save `system.machine`,
 * which is only for those who name it.
 */
const Topic = z.string().min(1).max(200)

/** What the app itself can be told; the key goes in and never comes out. */
export const ModelSettings = z.object({
  provider: z.enum(['offline', 'anthropic']),
  model: z.string(),
  baseUrl: z.string().nullable(),
  hasKey: z.boolean(),
  /** Where the key comes from; null without one. */
  keySource: z.enum(['environment', 'stored']).nullable(),
})
export type ModelSettings = z.infer<typeof ModelSettings>

/** How agents work together and where. */
export const TeamSettings = z.object({
  /** `auto`: a plan waits for approval where a conversation asked for it, and runs at once otherwise. */
  planApproval: z.enum(['auto', 'ask', 'run']).default('auto'),
  /** Agents work in worktrees of their own where there is a git repository. */
  isolateInGit: z.boolean().default(true),
  /** Without git they work in a copy of the folder rather than in place. */
  copyWithoutGit: z.boolean().default(false),
  /** Hours after which an unanswered question expires; null: never. */
  questionExpiryHours: z.number().positive().max(8760).nullable().default(null),
})
export type TeamSettings = z.infer<typeof TeamSettings>

const SettingsView = z.object({
  model: ModelSettings,
  /** Off: who starts a task waits for it, and the chat runs its tasks in turn. */
  asyncTasks: z.boolean().default(true),
  workspace: z.string(),
  firstRunDone: z.boolean(),
  preferences: StoredPreferences,
  ...TeamSettings.shape,
})

export const systemMethods = {
  /**
   * With `sinceSeq`: first every durable event after it, then the answer, then live. `seq` is the
   * last event before the answer.
   */
  'events.subscribe': method(
    z.strictObject({
      topics: z.array(Topic).max(1000).optional(),
      sinceSeq: z.number().int().min(0).optional(),
    }),
    z.object({ seq: z.number() }),
  ),
  'system.health': method(
    z.strictObject({}),
    z.object({
      status: z.literal('ok'),
      version: z.string(),
      pid: z.number(),
      host: z.enum(['electron', 'server', 'memory']),
      startedAt: z.number(),
      dataDirectory: z.string(),
      workspace: z.string(),
      seq: z.number(),
      model: ModelSettings,
      machine: MachineReading,
      /** Rows that could not be read and were set aside. */
      quarantined: z.number(),
    }),
  ),
  /** What the machine is; for a person who looks at the figures. */
  'system.details': method(
    z.strictObject({}),
    z.object({
      system: z.string(),
      processor: z.string(),
      cores: z.number(),
      memoryBytes: z.number(),
      memoryAvailableBytes: z.number(),
      swapUsedBytes: z.number(),
    }),
  ),
  'settings.get': method(z.strictObject({}), SettingsView),
  /** Partial. `apiKey: null` forgets the stored key. */
  'settings.set': method(
    z.strictObject({
      provider: z.enum(['offline', 'anthropic']).optional(),
      model: z.string().trim().min(1).max(200).optional(),
      baseUrl: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .optional(),
      apiKey: z.string().trim().min(1).max(1000).nullable().optional(),
      workspace: z.string().min(1).max(4096).optional(),
      firstRunDone: z.boolean().optional(),
      asyncTasks: z.boolean().optional(),
      planApproval: z.enum(['auto', 'ask', 'run']).optional(),
      isolateInGit: z.boolean().optional(),
      copyWithoutGit: z.boolean().optional(),
      questionExpiryHours: z.number().positive().max(8760).nullable().optional(),
      preferences: PreferencesChange.optional(),
    }),
    SettingsView,
  ),
  /** Folders below `path` (default: the user's home), for choosing a workspace. */
  'workspace.browse': method(
    z.strictObject({ path: z.string().max(4096).optional() }),
    z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.object({ name: z.string(), path: z.string(), isProject: z.boolean() })),
    }),
  ),
  /**
   * Files of a workspace (default: the host's) whose path fits, best first; what `.gitignore` names is
   * left out. `cut` says that there are more than are looked through.
   */
  'workspace.files': method(
    z.strictObject({
      workspace: z.string().min(1).max(4096).optional(),
      query: z.string().max(500),
      limit: z.number().int().min(1).max(200).optional(),
    }),
    z.object({
      files: z.array(z.object({ path: z.string(), kind: z.enum(['file', 'folder']) })),
      cut: z.boolean(),
    }),
  ),
}

export const systemEvents = {
  /** By any client; the key itself is never told. */
  'settings.changed': durable(SettingsView),
  /** Once a second to those who subscribed to the topic `system`. */
  'system.machine': live(MachineReading),
}
