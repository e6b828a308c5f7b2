import { z } from 'zod'
import { StoredPreferences } from './preferences.js'

export const ModelProvider = z.enum(['offline', 'anthropic'])
export type ModelProvider = z.infer<typeof ModelProvider>

/** As the provider writes it. */
export const ModelName = z.string().trim().min(1).max(200)

/** Of a server that speaks the Anthropic Messages protocol. It is shown and exported, so it holds no secret. */
export const BaseUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine(
    (text) => /^[a-z]+:\/\/[^/?#@]*(?:\/[^?#]*)?$/i.test(text),
    'must be a URL without a user name, password or query, such as https://api.anthropic.com',
  )

export const ApiKey = z.string().trim().min(1).max(1000)

/** What the app itself can be told; the key goes in and never comes out. */
export const ModelSettings = z.object({
  provider: ModelProvider,
  model: z.string(),
  baseUrl: z.string().nullable(),
  hasKey: z.boolean(),
  /** Where the key comes from; null without one. */
  keySource: z.enum(['environment', 'stored']).nullable(),
  /** What the environment of the host says; it goes before what is set here. */
  fromEnvironment: z.array(z.enum(['apiKey', 'baseUrl', 'model'])).default([]),
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

/** Without defaults: what a change does not name stays as it is. */
export const TeamSettingsChange = z.strictObject({
  planApproval: TeamSettings.shape.planApproval.unwrap().optional(),
  isolateInGit: TeamSettings.shape.isolateInGit.unwrap().optional(),
  copyWithoutGit: TeamSettings.shape.copyWithoutGit.unwrap().optional(),
  questionExpiryHours: TeamSettings.shape.questionExpiryHours.unwrap().optional(),
})

export const SettingsView = z.object({
  model: ModelSettings,
  /** Off: who starts a task waits for it, and the chat runs its tasks in turn. */
  asyncTasks: z.boolean().default(true),
  /** Where tasks work that name no folder. */
  workspace: z.string(),
  /** The folders that a person works in, the one above among them. */
  workspaces: z.array(z.string()).default([]),
  firstRunDone: z.boolean(),
  preferences: StoredPreferences,
  ...TeamSettings.shape,
})
export type SettingsView = z.infer<typeof SettingsView>
