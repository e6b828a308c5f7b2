import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { test as base, expect } from '@playwright/test'
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
  /** A host of the kind that the project is about. */
  host: HostProcess
  /** The desktop app. */
  app: ElectronApp
  /** Another program's connection to `host`. */
  rpc: RpcClient
}

interface WorkerFixtures {
  /**
   * A data directory that was used before: the questions of a first start are answered, and the gauges
   * are off, since a busy machine must not hold back the tasks of a test.
   */
  usedData: string
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  provider: ['offline', { option: true }],
  firstRunDone: [true, { option: true }],

  usedData: [
    async ({ browser }, use) => {
      const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'smart-agents-used-')))
      const place = { dataDirectory: path.join(folder, 'data'), workspace: folder, env: {} }
      const context = await browser.newContext()
      const hosts = new Hosts('browser', place, context)
      const rpc = await hosts.connect(await hosts.start())
      await rpc.call('queue.limits.set', { cpuThreshold: 100, memoryThreshold: 100 })
      await rpc.call('settings.set', { firstRunDone: true })
      await hosts.stop()
      await context.close()
      await use(place.dataDirectory)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],

  model: async ({ browserName: _ }, use) => {
    const model = new LLMock({ port: 0, host: '127.0.0.1' })
    await model.start()
    await use(model)
    await model.stop()
  },

  place: async ({ provider, firstRunDone, usedData, model }, use) => {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'smart-agents-e2e-')))
    const workspace = path.join(folder, 'workspace')
    const dataDirectory = path.join(folder, 'data')
    const marker = randomUUID()
    mkdirSync(workspace)
    writeSampleWorkspace(workspace)
    if (firstRunDone) cpSync(usedData, dataDirectory, { recursive: true })
    const key = { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: model.url }
    const env = { [MARKER]: marker, ...(provider === 'scripted' ? key : {}) }
    await use({ dataDirectory, workspace, env })
    // A browser whose app was killed takes a moment to notice.
    await expect
      .poll(() => processesOf(marker), { message: 'processes that outlived the test' })
      .toEqual([])
    rmSync(folder, { recursive: true, force: true })
  },

  hosts: async ({ place, context }, use, testInfo) => {
    const kind = testInfo.project.name === 'electron' ? 'electron' : 'browser'
    const hosts = new Hosts(kind, place, context)
    await use(hosts)
    await hosts.stop()
  },

  host: async ({ hosts }, use) => {
    await use(await hosts.start())
  },

  app: async ({ hosts }, use) => {
    await use(await hosts.startApp())
  },

  page: async ({ host }, use) => {
    await use(await host.open())
  },

  rpc: async ({ hosts, host }, use) => {
    await use(await hosts.connect(host))
  },
})
