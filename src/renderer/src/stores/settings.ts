import { create } from 'zustand'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { HostEvent } from './host-event.js'

export type Settings = ResultOf<'settings.get'>
export type Health = ResultOf<'system.health'>

/** Both null until the host has answered. */
export interface SettingsState {
  readonly settings: Settings | null
  readonly health: Health | null
}

export const NO_SETTINGS: SettingsState = { settings: null, health: null }

export const useSettings = create<SettingsState>(() => NO_SETTINGS)

/** Whoever changed them: this window, another one, or a program. */
export function reduceSettings(state: SettingsState, event: HostEvent): SettingsState {
  if (event.name !== 'settings.changed') return state
  const { seq: _seq, at: _at, ...settings } = event.params
  return { ...state, settings }
}
