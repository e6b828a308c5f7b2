import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { test as base, expect, type Page, type TestInfo } from '@playwright/test'
import type { RpcClient } from '../src/shared/rpc/client.js'
import type { ElectronApp } from './driver/electron-app.js'
import { MARKER } from './driver/environment.js'
import type { HostPlace, HostProcess } from './driver/host-process.js'
import { Hosts } from './driver/hosts.js'
import { processesOf } from './driver/leftovers.js'
import { writeSampleWorkspace } from './driver/sample-workspace.js'

export { expect }

interface Options {
  /** `scripted`: the provider is the `model` fixture; `offline`: there is no key. */
  provider: 'offline' | 'scripted'
  /** Whether the two questions of a first start have been answered. */
  firstRunDone: boolean
}

interface Fixtures {
  /** A provider on loopback that answers what the test tells it to. */
  model: LLMock
  /** A data directory and a workspace of the test's own. */
  place: HostPlace
  /** Starts hosts at `place`, for tests that kill and start them again. */
  hosts: Hosts
  /** A host of the kind that the project is about, with its gauges switched off. */
  host: HostProcess
  /** The desktop app, with its gauges switched off. */
  app: ElectronApp
  /** Another program's connection to `host`. */
  rpc: RpcClient
}

export const test = base.extend<Options & Fixtures>({
  provider: ['offline', { option: true }],
  firstRunDone: [true, { option: true }],

  model: async ({ browserName: _ }, use) => {
    const model = new LLMock({ port: 0, host: '127.0.0.1' })
    await model.start()
    await use(model)
    await model.stop()
  },

  place: async ({ provider, model }, use) => {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'smart-agents-e2e-')))
    const workspace = path.join(folder, 'workspace')
    const marker = randomUUID()
    mkdirSync(workspace)
    writeSampleWorkspace(workspace)
    const key = { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: model.url }
    const env = { [MARKER]: marker, ...(provider === 'scripted' ? key : {}) }
    await use({ dataDirectory: path.join(folder, 'data'), workspace, env })
    expect(processesOf(marker), 'processes that outlived the test').toEqual([])
    rmSync(folder, { recursive: true, force: true })
  },

  hosts: async ({ place, context }, use, testInfo) => {
    const kind = testInfo.project.name === 'electron' ? 'electron' : 'browser'
    const hosts = new Hosts(kind, place, context)
    await use(hosts)
    await hosts.stop()
  },

  host: async ({ hosts, firstRunDone }, use) => {
    const host = await hosts.start()
    await prepare(hosts, host, firstRunDone)
    await use(host)
  },

  app: async ({ hosts, firstRunDone }, use) => {
    const app = await hosts.startApp()
    await prepare(hosts, app, firstRunDone)
    await use(app)
  },

  page: async ({ host }, use, testInfo) => {
    const page = await host.open()
    await use(page)
    await showFailure(page, testInfo)
  },

  rpc: async ({ hosts, host }, use) => {
    await use(await hosts.connect(host))
  },
})

/** A busy machine must not hold back the tasks of a test; the choice is stored, and outlives a crash. */
async function prepare(hosts: Hosts, host: HostProcess, firstRunDone: boolean): Promise<void> {
  const rpc = await hosts.connect(host)
  await rpc.call('queue.limits.set', { cpuThreshold: 100, memoryThreshold: 100 })
  if (firstRunDone) await rpc.call('settings.set', { firstRunDone: true })
}

/** Playwright takes a picture of its own pages only, and the app's page is not one of them. */
async function showFailure(page: Page, testInfo: TestInfo): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus || page.isClosed()) return
  const body = await page.screenshot().catch(() => null)
  if (body !== null) await testInfo.attach('page', { body, contentType: 'image/png' })
}
