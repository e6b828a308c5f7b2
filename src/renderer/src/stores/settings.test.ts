import { describe, expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from '../../../shared/model/preferences.js'
import { NO_SETTINGS, reduceSettings, type Settings, type SettingsState } from './settings.js'

const first: Settings = {
  model: {
    provider: 'offline',
    model: 'offline',
    baseUrl: null,
    hasKey: false,
    keySource: null,
    fromEnvironment: [],
  },
  workspace: '/one',
  workspaces: ['/one'],
  firstRunDone: false,
  asyncTasks: true,
  planApproval: 'auto',
  isolateInGit: true,
  copyWithoutGit: false,
  questionExpiryHours: null,
  preferences: DEFAULT_PREFERENCES,
}
const known: SettingsState = { ...NO_SETTINGS, settings: first }

describe('settings', () => {
  it('are what the last change says, whoever made it', () => {
    const next: Settings = { ...first, workspace: '/two', firstRunDone: true }
    const params = { ...next, seq: 7, at: 1 }
    const state = reduceSettings(known, { name: 'settings.changed', params })
    expect(state).toEqual({ settings: next, health: null })
  })

  it('stay the same object for every other event', () => {
    const params = { cpu: 1, memory: 2, at: 1 }
    expect(reduceSettings(known, { name: 'system.machine', params })).toBe(known)
  })
})
