import type { Page } from '@playwright/test'
import type { HostProcess } from './host-process.js'

/** What `evaluate` hands in. The stand-in adds what it saw the app do to the system. */
export type ElectronModule = typeof import('electron')

/** The desktop app, real or on the stand-in. */
export interface ElectronApp extends HostProcess {
  /** Runs a function in the app's main process; it may use nothing from outside its own body. */
  evaluate<R, A = undefined>(
    act: (electron: ElectronModule, arg: A) => R | Promise<R>,
    arg: A,
  ): Promise<R>
  /** Resolves with the exit code when the app has ended by itself. */
  ended(): Promise<number | null>
  /** The page of the window, whatever it shows. */
  window(): Promise<Page>
}
