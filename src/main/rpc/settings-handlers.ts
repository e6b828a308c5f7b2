import type { ResultOf } from '../../shared/rpc/contract.js'
import type { Core } from '../core/index.js'
import type { Part } from './handler.js'

/** What a person chose, and the folders that they work in. */
export function settingsHandlers(core: Core): Part<'settings'> & Part<'workspace'> {
  const { settings } = core
  const workspaces = async (): Promise<ResultOf<'workspace.list'>> => ({
    workspaces: await core.workspaces(),
  })
  return {
    'settings.get': () => settings.view(),
    'settings.set': (change) => settings.change(change),
    'settings.testModel': (given, { signal }) => core.testModel(given, signal),
    'settings.export': () => core.exportSettings(),
    'settings.import': ({ document, dryRun = false }) => core.importSettings(document, dryRun),
    'workspace.list': workspaces,
    'workspace.add': async ({ path }) => {
      await settings.addWorkspace(path)
      return workspaces()
    },
    'workspace.remove': ({ path }) => {
      settings.removeWorkspace(path)
      return workspaces()
    },
    'workspace.browse': ({ path }) => core.browse(path),
    'workspace.files': (params, { signal }) => core.files(params, signal),
  }
}
