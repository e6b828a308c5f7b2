import { create } from 'zustand'
import type { ResultOf } from '../../../shared/rpc/contract.js'

export type Settings = ResultOf<'settings.get'>
export type Health = ResultOf<'system.health'>

/** Both null until the host has answered. */
export interface SettingsState {
  readonly settings: Settings | null
  readonly health: Health | null
}

export const useSettings = create<SettingsState>(() => ({ settings: null, health: null }))
