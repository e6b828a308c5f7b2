import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GivenSettings, settingsDocument } from '../../src/shared/model/settings-document.js'
import { methods } from '../../src/shared/rpc/contract.js'
import { CoreBench } from '../support/core-bench.js'

let bench: CoreBench
beforeEach(async () => {
  bench = await CoreBench.start()
})
afterEach(() => bench.close())

function take(settings: GivenSettings, dryRun = false) {
  return bench.core.importSettings(settingsDocument(settings), dryRun)
}

describe('settings that travel', () => {
  it('come back as they went, without the key', async () => {
    const { core } = bench
    await core.settings.change({
      apiKey: 'sk-secret-canary',
      baseUrl: 'http://localhost:1234',
      planApproval: 'ask',
      preferences: { theme: 'dark', shortcuts: { 'chat.new': 'Mod+M' } },
    })
    core.queue.setLimits({ maxConcurrentTasks: 3 })
    const document = core.exportSettings()
    expect(JSON.stringify(document)).not.toContain('canary')
    await core.settings.change({ planApproval: 'run', preferences: { theme: 'light' } })
    core.queue.setLimits({ maxConcurrentTasks: 9 })
    const written = JSON.parse(JSON.stringify(document))
    const read = methods['settings.import'].params.parse({ document: written }).document
    const { changes, skipped } = await core.importSettings(read, false)
    expect(skipped).toEqual([])
    expect(changes).toEqual([
      { key: 'planApproval', from: 'run', to: 'ask' },
      { key: 'limits.maxConcurrentTasks', from: 9, to: 3 },
      { key: 'preferences.theme', from: 'light', to: 'dark' },
    ])
    expect({ ...core.exportSettings(), exportedAt: '' }).toEqual({ ...document, exportedAt: '' })
    expect(core.settings.view().model.hasKey).toBe(true)
  })

  it('are told beforehand and changed by nothing', async () => {
    const { changes } = await take({ preferences: { notifications: { sound: true } } }, true)
    expect(changes).toEqual([{ key: 'preferences.notifications.sound', from: false, to: true }])
    expect(bench.core.settings.preferences.notifications.sound).toBe(false)
    expect((await take({})).changes).toEqual([])
  })

  it('leave out folders that this machine does not have, and say so', async () => {
    const there = join(bench.folder, 'there')
    mkdirSync(there)
    const { changes, skipped } = await take({
      workspace: '/no/such',
      workspaces: [there, '/no/such'],
      asyncTasks: false,
    })
    expect(changes.map(({ key }) => key).sort()).toEqual(['asyncTasks', 'workspaces'])
    expect(skipped).toEqual([
      { key: 'workspace', message: expect.stringContaining('/no/such') },
      { key: 'workspaces', message: expect.stringContaining('/no/such') },
    ])
    expect(bench.core.settings.view().workspaces).toEqual([bench.workspace, there])
  })

  it('are written in one commit with the limits', async () => {
    const before = bench.core.events.lastSeq()
    await take({ limits: { cpuThreshold: 50 }, preferences: { textSize: 120 } })
    const names = bench.core.events.read(before, 10).map(({ name }) => name)
    expect(names).toEqual(['queue.changed', 'settings.changed'])
    await bench.restart()
    expect(bench.core.queue.limits.cpuThreshold).toBe(50)
    expect(bench.core.settings.preferences.textSize).toBe(120)
  })

  it.each([
    [{ format: 'x', version: 1, settings: {} }, 'format'],
    [{ format: 'smart-agents-settings', version: 2, settings: {} }, 'version'],
    [{ format: 'smart-agents-settings', version: 1, settings: { apiKey: 'x' } }, 'apiKey'],
    [
      {
        format: 'smart-agents-settings',
        version: 1,
        settings: { model: { baseUrl: 'http://me:secret@host' } },
      },
      'baseUrl',
    ],
  ])('are refused where they do not fit: %j', (document, field) => {
    const read = methods['settings.import'].params.safeParse({ document })
    expect(JSON.stringify(read.error?.issues)).toContain(field)
  })
})

describe('known folders', () => {
  it('are added, made the default and removed', async () => {
    const { core } = bench
    const other = join(bench.folder, 'other')
    mkdirSync(join(other, '.git'), { recursive: true })
    await core.settings.addWorkspace(other)
    await core.settings.addWorkspace(other)
    expect(await core.workspaces()).toEqual([
      { path: bench.workspace, isDefault: true, exists: true, isProject: false },
      { path: other, isDefault: false, exists: true, isProject: true },
    ])
    await core.settings.change({ workspace: other })
    expect(() => core.settings.removeWorkspace(other)).toThrow('make another folder the default')
    core.settings.removeWorkspace(bench.workspace)
    expect(core.settings.view().workspaces).toEqual([other])
    expect(() => core.settings.removeWorkspace('/no/such')).toThrow('not among the workspaces')
    await expect(core.settings.addWorkspace('/no/such')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('are 200 at most, also when another one is made the default', async () => {
    const folders = Array.from({ length: 201 }, (_, n) => join(bench.folder, `folder ${n}`))
    for (const folder of folders) mkdirSync(folder)
    const { settings } = bench.core
    for (const workspace of folders.slice(0, 200)) await settings.change({ workspace })
    const change = { workspace: folders[200], apiKey: 'sk-new' }
    await expect(settings.change(change)).rejects.toMatchObject({ code: 'limit_exceeded' })
    expect(settings.apiKey()).toBeNull()
    await settings.change({ workspace: folders[0] })
    const { success } = methods['settings.import'].params.safeParse({
      document: bench.core.exportSettings(),
    })
    expect(success).toBe(true)
  })
})
