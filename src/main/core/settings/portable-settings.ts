import { BaseUrl } from '../../../shared/model/settings.js'
import {
  FullSettings,
  type GivenSettings,
  type SettingsDocument,
  settingsDocument,
  singleSettings,
} from '../../../shared/model/settings-document.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { SettingChange } from '../../../shared/rpc/settings.js'
import type { Clock } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import type { SettingsService, StoredSettings } from './settings-service.js'

interface Services {
  readonly settings: SettingsService
  readonly queue: BackgroundTaskQueue
}

type Imported = ResultOf<'settings.import'>

export function exportSettings(services: Services, clock: Clock): ResultOf<'settings.export'> {
  const document = settingsDocument({})
  const exportedAt = new Date(clock.now()).toISOString()
  return { ...document, exportedAt, settings: fullSettings(services) }
}

/** Takes over what a document names, in one commit; folders that are not there are left out and told. */
export async function importSettings(
  services: Services,
  document: SettingsDocument,
  dryRun: boolean,
): Promise<Imported> {
  const { present, skipped } = await presentFolders(document.settings)
  // From here on nothing is awaited: what is compared is what is replaced.
  const before = fullSettings(services)
  const after = FullSettings.parse(merged(before, present))
  const changes = changesBetween(before, after)
  if (!dryRun && changes.length > 0) commit(services, after)
  return { changes, skipped }
}

function commit({ settings, queue }: Services, after: FullSettings): void {
  const { model, limits, ...rest } = after
  const staged = settings.stage({ ...rest, ...model } satisfies Partial<StoredSettings>)
  try {
    queue.setLimits(limits, (transaction) => staged.write(transaction))
  } catch (error) {
    staged.undo()
    throw error
  }
}

function fullSettings({ settings, queue }: Services): FullSettings {
  const { provider, model, baseUrl, firstRunDone: _, ...rest } = settings.stored
  // An older version took addresses that may hold a password.
  const address = BaseUrl.nullable().safeParse(baseUrl)
  return FullSettings.parse({
    ...rest,
    model: { provider, model, baseUrl: address.success ? address.data : null },
    limits: queue.limits,
  })
}

async function presentFolders(given: GivenSettings) {
  const skipped: { key: string; message: string }[] = []
  const resolved = async (key: string, path: string): Promise<string | null> => {
    try {
      return await resolveWorkspace(path)
    } catch (error) {
      skipped.push({ key, message: messageOf(error) })
      return null
    }
  }
  const { workspace, workspaces, ...rest } = given
  const present: GivenSettings = { ...rest }
  if (workspace === null) present.workspace = null
  else if (workspace !== undefined) {
    const found = await resolved('workspace', workspace)
    if (found !== null) present.workspace = found
  }
  if (workspaces !== undefined) {
    const found = await Promise.all(workspaces.map((path) => resolved('workspaces', path)))
    present.workspaces = [...new Set(found.filter((path) => path !== null))]
  }
  return { present, skipped }
}

/** Groups are merged, everything else is replaced; `shortcuts` and `quietHours` are each one value. */
function merged(before: FullSettings, given: GivenSettings): object {
  const { model, limits, preferences, ...rest } = given
  const { notifications, retention, ...chosen } = preferences ?? {}
  return {
    ...over(before, rest),
    model: over(before.model, model),
    limits: over(before.limits, limits),
    preferences: {
      ...over(before.preferences, chosen),
      notifications: over(before.preferences.notifications, notifications),
      retention: over(before.preferences.retention, retention),
    },
  }
}

function over(before: object, given: object = {}): object {
  const named = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...before, ...Object.fromEntries(named) }
}

export function changesBetween(before: FullSettings, after: FullSettings): SettingChange[] {
  const from = new Map(singleSettings(before))
  return singleSettings(after).flatMap(([key, to]) => {
    const was = from.get(key)
    return JSON.stringify(was) === JSON.stringify(to) ? [] : [{ key, from: was, to }]
  })
}
