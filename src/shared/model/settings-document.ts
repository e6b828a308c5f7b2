import { z } from 'zod'
import { NotificationPreferences, Preferences, RetentionPreferences } from './preferences.js'
import { ResourceLimits } from './queue.js'
import { BaseUrl, ModelName, ModelProvider, TeamSettingsChange } from './settings.js'

const FORMAT = 'smart-agents-settings'
export const SETTINGS_DOCUMENT_VERSION = 1

const Folder = z.string().min(1).max(4096)

/** Null: as usual. */
const ModelPart = z.strictObject({
  provider: ModelProvider.nullable(),
  model: ModelName.nullable(),
  baseUrl: BaseUrl.nullable(),
})

const Limits = z.strictObject(ResourceLimits.shape)

/** Every field may be left out, also within the groups: what is not named stays as it is. */
const GivenPreferences = Preferences.partial().extend({
  notifications: NotificationPreferences.partial().optional(),
  retention: RetentionPreferences.partial().optional(),
})

const GivenSettings = z.strictObject({
  model: ModelPart.partial().optional(),
  asyncTasks: z.boolean().optional(),
  ...TeamSettingsChange.shape,
  /** Null: where the host was started. */
  workspace: Folder.nullable().optional(),
  workspaces: z.array(Folder).max(200).optional(),
  limits: Limits.partial().optional(),
  preferences: GivenPreferences.optional(),
})
export type GivenSettings = z.infer<typeof GivenSettings>

/** A document that is read: strict in what it names, content with some of it. */
export const SettingsDocument = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(SETTINGS_DOCUMENT_VERSION),
  exportedAt: z.iso.datetime().optional(),
  settings: GivenSettings,
})
export type SettingsDocument = z.infer<typeof SettingsDocument>

/** A document that is written: everything a person can set, and no secret. */
export const FullSettings = z.object({
  model: ModelPart,
  asyncTasks: z.boolean(),
  planApproval: TeamSettingsChange.shape.planApproval.unwrap(),
  isolateInGit: z.boolean(),
  copyWithoutGit: z.boolean(),
  questionExpiryHours: TeamSettingsChange.shape.questionExpiryHours.unwrap(),
  workspace: Folder.nullable(),
  workspaces: z.array(Folder),
  limits: Limits,
  preferences: Preferences,
})
export type FullSettings = z.infer<typeof FullSettings>

export const FullSettingsDocument = SettingsDocument.extend({
  exportedAt: z.iso.datetime(),
  settings: FullSettings,
})

export function settingsDocument(settings: GivenSettings): SettingsDocument {
  return { format: FORMAT, version: SETTINGS_DOCUMENT_VERSION, settings }
}

const GROUPS: ReadonlySet<string> = new Set([
  'model',
  'limits',
  'preferences',
  'preferences.notifications',
  'preferences.retention',
])

/** Every single setting by its dotted name, such as `preferences.theme`. */
export function singleSettings(
  settings: object,
  prefix = '',
): readonly (readonly [string, unknown])[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const key = prefix + name
    return GROUPS.has(key) ? singleSettings(value, `${key}.`) : [[key, value] as const]
  })
}
