import type { PowerSaveBlocker } from 'electron'
import type { DesktopState } from '../desktop/desktop-state.js'

/** Only while something runs; whoever closes the lid has the last word. */
export function wantsAwake({ isConnected, runningCount, preferences }: DesktopState): boolean {
  return preferences.keepAwake && isConnected && runningCount > 0
}

/** Keeps the machine, not its screen, from going to sleep. */
export class KeepAwake {
  readonly #blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  #id: number | null = null

  constructor(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>) {
    this.#blocker = blocker
  }

  set(wanted: boolean): void {
    if (wanted) this.#id ??= this.#blocker.start('prevent-app-suspension')
    else if (this.#id !== null) {
      this.#blocker.stop(this.#id)
      this.#id = null
    }
  }
}
