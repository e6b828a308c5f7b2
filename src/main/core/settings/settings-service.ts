import { z } from 'zod'
import {
  type Preferences,
  type PreferencesChange,
  StoredPreferences,
} from '../../../shared/model/preferences.js'
import {
  type ModelSettings,
  type SettingsView,
  TeamSettings,
} from '../../../shared/model/settings.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock, Secrets } from '../ports.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import { selectSetting, upsertSetting } from '../store/queries/settings.js'

export const DEFAULT_MODEL = 'claude-sonnet-5-5'

const MOST_WORKSPACES = 200

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
  workspaces: z.array(z.string()).catch([]),
  firstRunDone: z.boolean().catch(false),
  asyncTasks: z.boolean().catch(true),
  planApproval: TeamSettings.shape.planApproval.catch('auto'),
  isolateInGit: z.boolean().catch(true),
  copyWithoutGit: z.boolean().catch(false),
  questionExpiryHours: TeamSettings.shape.questionExpiryHours.catch(null),
  preferences: StoredPreferences,
})
export type StoredSettings = z.infer<typeof Stored>

export type SettingsChange = {
  readonly [Name in keyof TeamSettings]?: TeamSettings[Name] | undefined
} & {
  readonly provider?: 'offline' | 'anthropic' | undefined
  readonly model?: string | null | undefined
  readonly baseUrl?: string | null | undefined
  readonly apiKey?: string | null | undefined
  readonly workspace?: string | undefined
  readonly firstRunDone?: boolean | undefined
  readonly asyncTasks?: boolean | undefined
  readonly preferences?: PreferencesChange | undefined
}

/** New settings that nobody sees yet. */
export interface StagedSettings {
  /** Stores them and tells of them, within the commit of the caller. */
  write(transaction: Transaction): void
  /** For when the commit failed. */
  undo(): void
}

/** Settings of the app; the key lives in the secrets port and is only handed to the model client. */
export class SettingsService {
  readonly #log: EventLog
  readonly #secrets: Secrets
  readonly #environment: EnvironmentSettings
  readonly #hostWorkspace: string
  #stored: StoredSettings

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

  /** The folders that a person works in, the default first. */
  get workspaces(): string[] {
    return [...new Set([this.workspace, ...this.#stored.workspaces])]
  }

  /** What was set, whatever the environment says. */
  get stored(): StoredSettings {
    return this.#stored
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

  /** Another text whenever a model is asked in another way. Only to compare: it holds the key. */
  modelIdentity(): string {
    return JSON.stringify([this.#model(), this.modelName, this.apiKey()])
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
      workspaces: this.workspaces,
      firstRunDone: this.#stored.firstRunDone,
      asyncTasks: this.asyncTasks,
      preferences: this.preferences,
      ...this.team,
    }
  }

  /** Stores what is named and leaves the rest. @throws AppError `not_found`, `limit_exceeded` for the workspace */
  async change(change: SettingsChange): Promise<SettingsView> {
    const workspace =
      change.workspace === undefined ? undefined : await resolveWorkspace(change.workspace)
    const { apiKey, ...rest } = change
    const preferences = { ...this.preferences, ...given(change.preferences ?? {}) }
    const { workspaces } = this.#stored
    const known =
      workspace === undefined
        ? {}
        : { workspaces: within('workspace', [workspace, ...workspaces], workspaces.length) }
    if (apiKey !== undefined) this.#secrets.set('anthropic-api-key', apiKey)
    this.#commit({ ...given({ ...rest, workspace }), ...known, preferences })
    return this.view()
  }

  /** Adds a folder to those that a person works in. @throws AppError `not_found`, `limit_exceeded` */
  async addWorkspace(path: string): Promise<void> {
    const workspace = await resolveWorkspace(path)
    const { workspaces } = this
    if (workspaces.includes(workspace)) return
    this.#commit({ workspaces: within('path', [...workspaces, workspace], workspaces.length) })
  }

  /** Forgets a folder. @throws AppError `not_found`, `invalid_state` for the default */
  removeWorkspace(path: string): void {
    if (path === this.workspace) {
      throw new AppError(
        'invalid_state',
        `path: ${JSON.stringify(path)} is the default; make another folder the default before`,
      )
    }
    const { workspaces } = this
    if (!workspaces.includes(path)) {
      throw new AppError('not_found', `path: ${JSON.stringify(path)} is not among the workspaces`)
    }
    this.#commit({ workspaces: workspaces.filter((known) => known !== path) })
  }

  /** For a change that is committed together with another one; nothing may be awaited in between. */
  stage(change: Partial<StoredSettings>): StagedSettings {
    const before = this.#stored
    this.#stored = Stored.parse({ ...before, ...change })
    return {
      write: (transaction) => {
        upsertSetting(transaction.db, 'app', JSON.stringify(this.#stored))
        transaction.emit('settings.changed', this.view())
      },
      undo: () => {
        this.#stored = before
      },
    }
  }

  #commit(change: Partial<StoredSettings>): void {
    const staged = this.stage(change)
    try {
      this.#log.transaction((transaction) => staged.write(transaction))
    } catch (error) {
      staged.undo()
      throw error
    }
  }

  /** Of the provider behind the wire, also while the offline model is chosen. */
  get modelName(): string {
    return this.#environment.model ?? this.#stored.model ?? DEFAULT_MODEL
  }

  #model(): ModelSettings {
    const { apiKey, baseUrl } = this.#environment
    const hasStoredKey = this.#secrets.get('anthropic-api-key') !== null
    const hasKey = apiKey !== null || hasStoredKey
    const url = baseUrl ?? this.#stored.baseUrl
    // A local server that speaks the protocol needs no key.
    const provider = this.#stored.provider ?? (hasKey || url !== null ? 'anthropic' : 'offline')
    return {
      provider,
      model: provider === 'offline' ? 'offline' : this.modelName,
      baseUrl: url,
      hasKey,
      keySource: apiKey !== null ? 'environment' : hasStoredKey ? 'stored' : null,
      fromEnvironment: (['apiKey', 'baseUrl', 'model'] as const).filter(
        (name) => this.#environment[name] !== null,
      ),
    }
  }
}

/** Each folder once. @throws AppError `limit_exceeded` for a new one too many */
function within(parameter: string, folders: readonly string[], known: number): string[] {
  const workspaces = [...new Set(folders)]
  if (workspaces.length <= Math.max(MOST_WORKSPACES, known)) return workspaces
  throw new AppError(
    'limit_exceeded',
    `${parameter}: ${MOST_WORKSPACES} folders are known already; remove one of them before`,
  )
}

function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
