import type { Page } from '@playwright/test'

/** A host that a test started, whichever kind the project is about. */
export interface HostProcess {
  readonly kind: 'browser' | 'electron'
  readonly pid: number
  /** How other programs reach it; resolves as soon as they can, while it owns its data directory. */
  address(): Promise<HostAddress>
  /** A page of it; resolves when what it shows is the host's state. */
  open(): Promise<Page>
  /** Ends it as a crash does: at any instruction, with no chance to tidy up. */
  kill(): Promise<void>
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>
}

export interface HostAddress {
  readonly wsUrl: string
  readonly token: string
}

/** Where a host keeps its data and works, and what its environment adds. */
export interface HostPlace {
  readonly dataDirectory: string
  readonly workspace: string
  readonly env: Readonly<Record<string, string>>
  /** What the desktop app is started with besides. */
  readonly args?: readonly string[]
}

/** Resolves when the page shows the state of its host. */
export async function whenReady(page: Page): Promise<Page> {
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
  return page
}
