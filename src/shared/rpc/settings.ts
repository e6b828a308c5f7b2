import { z } from 'zod'
import { PreferencesChange } from '../model/preferences.js'
import {
  ApiKey,
  BaseUrl,
  ModelName,
  ModelProvider,
  SettingsView,
  TeamSettingsChange,
} from '../model/settings.js'
import { FullSettingsDocument, SettingsDocument } from '../model/settings-document.js'
import { durable, method } from './define.js'
import { ErrorCode } from './errors.js'

/** Why a model could not be used. */
const ModelProblem = z.object({
  /**
   * `unauthorized`: the key; `forbidden`: what the key may do; `not_found`: the model; `invalid_params`: not the protocol, or no
   * address at all; `limit_exceeded`: used up; `timeout`, `provider_error`: not reached, or failed.
   */
  code: ErrorCode,
  message: z.string(),
  /** The setting to change; null where none would help. */
  field: z.enum(['apiKey', 'model', 'baseUrl']).nullable(),
})
export type ModelProblem = z.infer<typeof ModelProblem>

/** The same for a change and for what is only tried. */
const ModelChange = {
  provider: ModelProvider.optional(),
  /** Null: the usual one. */
  model: ModelName.nullable().optional(),
  /** Null: Anthropic's own. */
  baseUrl: BaseUrl.nullable().optional(),
  /** Null: none. */
  apiKey: ApiKey.nullable().optional(),
}

const SettingChange = z.object({
  /** Such as `preferences.theme`. */
  key: z.string(),
  from: z.unknown(),
  to: z.unknown(),
})
export type SettingChange = z.infer<typeof SettingChange>

export const settingsMethods = {
  'settings.get': method(z.strictObject({}), SettingsView),
  /** Partial. `apiKey: null` forgets the stored key. */
  'settings.set': method(
    z.strictObject({
      ...ModelChange,
      workspace: z.string().min(1).max(4096).optional(),
      firstRunDone: z.boolean().optional(),
      asyncTasks: z.boolean().optional(),
      ...TeamSettingsChange.shape,
      preferences: PreferencesChange.optional(),
    }),
    SettingsView,
  ),
  /**
   * Asks the model for one word, with what is given here in place of what is set. Nothing of it is kept. Ends after 20 s, and
   * with its caller.
   */
  'settings.testModel': method(
    z.strictObject(ModelChange),
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), model: z.string(), durationMs: z.number() }),
      z.object({ ok: z.literal(false), problem: ModelProblem }),
    ]),
  ),
  /** Everything that a person can set, but for secrets. */
  'settings.export': method(z.strictObject({}), FullSettingsDocument),
  /** All of it or nothing. With `dryRun` it only tells what would change. */
  'settings.import': method(
    z.strictObject({ document: SettingsDocument, dryRun: z.boolean().optional() }),
    z.object({
      changes: z.array(SettingChange),
      /** Folders that this machine does not have. */
      skipped: z.array(z.object({ key: z.string(), message: z.string() })),
    }),
  ),
}

export const settingsEvents = {
  /** By any client; the key itself is never told. */
  'settings.changed': durable(SettingsView),
}
