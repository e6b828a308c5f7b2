import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from '../../src/shared/model/preferences.js'
import { CoreBench } from '../support/core-bench.js'

let bench: CoreBench
afterEach(() => bench.close())

const nothing = { apiKey: null, baseUrl: null, model: null }

describe('settings', () => {
  it('are offline without a key, and remember what a person chose', async () => {
    bench = await CoreBench.start()
    const { settings } = bench.core
    expect(settings.view()).toEqual({
      model: {
        provider: 'offline',
        model: 'offline',
        baseUrl: null,
        hasKey: false,
        keySource: null,
        fromEnvironment: [],
      },
      workspace: bench.workspace,
      workspaces: [bench.workspace],
      firstRunDone: false,
      asyncTasks: true,
      planApproval: 'auto',
      isolateInGit: true,
      copyWithoutGit: false,
      questionExpiryHours: null,
      preferences: DEFAULT_PREFERENCES,
    })
    const other = join(bench.folder, 'other')
    mkdirSync(other)
    const told = bench.heard((event) => event.name === 'settings.changed')
    await settings.change({ apiKey: 'sk-secret', workspace: other, firstRunDone: true })
    await told
    expect(JSON.stringify(bench.core.events.read(0, 100))).not.toContain('sk-secret')
    await bench.restart()
    expect(bench.core.settings.view()).toMatchObject({
      model: { provider: 'anthropic', hasKey: true, keySource: 'stored' },
      workspace: other,
      firstRunDone: true,
    })
    expect(JSON.stringify(bench.core.settings.view())).not.toContain('sk-secret')
    await bench.core.settings.change({ provider: 'offline', apiKey: null })
    expect(bench.core.settings.view().model).toMatchObject({ provider: 'offline', hasKey: false })
  })

  it('keep the preferences that a change does not name, also those it names as undefined', async () => {
    bench = await CoreBench.start()
    await bench.core.settings.change({ preferences: { theme: 'dark', keepAwake: true } })
    await bench.core.settings.change({ preferences: { textSize: 125, keepAwake: undefined } })
    await bench.restart()
    expect(bench.core.settings.preferences).toEqual({
      ...DEFAULT_PREFERENCES,
      theme: 'dark',
      keepAwake: true,
      textSize: 125,
    })
  })

  it('refuse a workspace that does not exist, and change nothing', async () => {
    bench = await CoreBench.start()
    const change = bench.core.settings.change({ workspace: '/no/such', firstRunDone: true })
    await expect(change).rejects.toMatchObject({ code: 'not_found' })
    expect(bench.core.settings.view().firstRunDone).toBe(false)
  })

  it('give way to the environment', async () => {
    bench = await CoreBench.start({
      environment: { apiKey: null, baseUrl: 'http://localhost:11434', model: 'local' },
    })
    await bench.core.settings.change({ model: 'stored', baseUrl: 'http://localhost:1' })
    expect(bench.core.settings.view().model).toMatchObject({
      provider: 'anthropic',
      model: 'local',
      baseUrl: 'http://localhost:11434',
    })
  })

  it('say what is missing when a model is chosen that cannot be reached', async () => {
    bench = await CoreBench.start({ model: 'by settings', environment: nothing })
    await bench.core.settings.change({ provider: 'anthropic' })
    const { result } = await bench.run({ type: 'analysis', description: 'look' })
    expect(result.error).toMatchObject({
      code: 'provider_error',
      message: expect.stringContaining('there is no API key'),
    })
  })
})

describe('browsing for a workspace', () => {
  it('shows folders, and which of them are projects', async () => {
    bench = await CoreBench.start()
    mkdirSync(join(bench.workspace, 'project/.git'), { recursive: true })
    mkdirSync(join(bench.workspace, 'plain'))
    mkdirSync(join(bench.workspace, '.hidden'))
    const { browse } = bench.core
    expect(await browse(bench.workspace)).toEqual({
      path: bench.workspace,
      parent: bench.folder,
      folders: [
        { name: 'plain', path: join(bench.workspace, 'plain'), isProject: false },
        { name: 'project', path: join(bench.workspace, 'project'), isProject: true },
      ],
    })
    expect((await browse(undefined)).path).toBe(bench.folder)
    expect((await browse('/')).parent).toBeNull()
    await expect(browse('x')).rejects.toMatchObject({ code: 'invalid_params' })
    await expect(browse('/no/such')).rejects.toMatchObject({ code: 'not_found' })
  })
})
