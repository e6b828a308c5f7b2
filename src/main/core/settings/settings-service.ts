import { z } from 'zod'
import {
  type Preferences,
  type PreferencesChange,
  StoredPreferences,
} from '../../../shared/model/preferences.js'
import { type ModelSettings, TeamSettings } from '../../../shared/rpc/system.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Secrets } from '../ports.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import { selectSetting, upsertSetting } from '../store/queries/settings.js'

export const DEFAULT_MODEL = 'claude-sonnet-5-5'

/** What the environment of the host says; it goes before what was stored. */
export interface EnvironmentSettings {
  readonly apiKey: string | null
  readonly baseUrl: string | null
  readonly model: string | null
}

const Stored = z.object({
  provider: z.enum(['offline', 'anthropic']).nullable().catch(null),
  model: z.string().nullable().catch(null),
  baseUrl: z.string().nullable().catch(null),
  workspace: z.string().nullable().catch(null),
  firstRunDone: z.boolean().catch(false),
  asyncTasks: z.boolean().catch(true),
  planApproval: TeamSettings.shape.planApproval.catch('auto'),
  isolateInGit: z.boolean().catch(true),
  copyWithoutGit: z.boolean().catch(false),
  questionExpiryHours: TeamSettings.shape.questionExpiryHours.catch(null),
  preferences: StoredPreferences,
})
type Stored = z.infer<typeof Stored>

export type SettingsChange = {
  readonly [Name in keyof TeamSettings]?: TeamSettings[Name] | undefined
} & {
  readonly provider?: 'offline' | 'anthropic' | undefined
  readonly model?: string | undefined
  readonly baseUrl?: string | null | undefined
  readonly apiKey?: string | null | undefined
  readonly workspace?: string | undefined
  readonly firstRunDone?: boolean | undefined
  readonly asyncTasks?: boolean | undefined
  readonly preferences?: PreferencesChange | undefined
}

export interface SettingsView extends TeamSettings {
  readonly model: ModelSettings
  readonly workspace: string
  readonly firstRunDone: boolean
  readonly asyncTasks: boolean
  readonly preferences: Preferences
}

/** Settings of the app; the key lives in the secrets port and is only handed to the model client. */
export class SettingsService {
  readonly #log: EventLog
  readonly #secrets: Secrets
  readonly #environment: EnvironmentSettings
  readonly #hostWorkspace: string
  #stored: Stored

  constructor(options: {
    readonly log: EventLog
    readonly clock: Clock
    readonly secrets: Secrets
    readonly environment: EnvironmentSettings
    /** Where the host was started; used until a person chooses another folder. */
    readonly workspace: string
  }) {
    this.#log = options.log
    this.#secrets = options.secrets
    this.#environment = options.environment
    this.#hostWorkspace = options.workspace
    const now = options.clock.now()
    const stored = options.log.query((db) => selectSetting(db, 'app', Stored, now))
    this.#stored = stored ?? Stored.parse({})
  }

  get workspace(): string {
    return this.#stored.workspace ?? this.#hostWorkspace
  }

  /** False: who starts a task waits for it, as before there was a background (SEEDS B15). */
  get asyncTasks(): boolean {
    return this.#stored.asyncTasks
  }

  get preferences(): Preferences {
    return this.#stored.preferences
  }

  /** How agents work together and where. */
  get team(): TeamSettings {
    const { planApproval, isolateInGit, copyWithoutGit, questionExpiryHours } = this.#stored
    return { planApproval, isolateInGit, copyWithoutGit, questionExpiryHours }
  }

  /** The key itself; for the model client alone. */
  apiKey(): string | null {
    return this.#environment.apiKey ?? this.#secrets.get('anthropic-api-key')
  }

  /** Everything that must never be stored or shown. */
  secrets(): readonly string[] {
    const stored = this.#secrets.get('anthropic-api-key')
    return [this.#environment.apiKey, stored].filter((secret) => secret !== null)
  }

  view(): SettingsView {
    return {
      model: this.#model(),
      workspace: this.workspace,
      firstRunDone: this.#stored.firstRunDone,
      asyncTasks: this.asyncTasks,
      preferences: this.preferences,
      ...this.team,
    }
  }

  /** Stores what is named and leaves the rest. @throws AppError `not_found` for the workspace */
  async change(change: SettingsChange): Promise<SettingsView> {
    const workspace =
      change.workspace === undefined ? undefined : await resolveWorkspace(change.workspace)
    const { apiKey, ...rest } = change
    const preferences = { ...this.preferences, ...given(change.preferences ?? {}) }
    const next = Stored.parse({
      ...this.#stored,
      ...given({ ...rest, workspace }),
      preferences,
    })
    if (apiKey !== undefined) this.#secrets.set('anthropic-api-key', apiKey)
    const before = this.#stored
    this.#stored = next
    try {
      this.#log.transaction((transaction) => {
        upsertSetting(transaction.db, 'app', JSON.stringify(next))
        transaction.emit('settings.changed', this.view())
      })
    } catch (error) {
      this.#stored = before
      throw error
    }
    return this.view()
  }

  #model(): ModelSettings {
    const { apiKey, baseUrl, model } = this.#environment
    const hasStoredKey = this.#secrets.get('anthropic-api-key') !== null
    const hasKey = apiKey !== null || hasStoredKey
    const url = baseUrl ?? this.#stored.baseUrl
    // A local server that speaks the protocol needs no key.
    const provider = this.#stored.provider ?? (hasKey || url !== null ? 'anthropic' : 'offline')
    return {
      provider,
      model: provider === 'offline' ? 'offline' : (model ?? this.#stored.model ?? DEFAULT_MODEL),
      baseUrl: url,
      hasKey,
      keySource: apiKey !== null ? 'environment' : hasStoredKey ? 'stored' : null,
    }
  }
}

function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
