import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from '../../src/shared/model/preferences.js'
import { DEFAULT_LIMITS } from '../../src/shared/model/queue.js'
import { settingsDocument } from '../../src/shared/model/settings-document.js'
import { cli } from '../support/cli-process.js'
import { HostProcess } from '../support/host-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const settings = {
  model: { provider: null, model: null, baseUrl: null },
  asyncTasks: true,
  planApproval: 'auto' as const,
  isolateInGit: true,
  copyWithoutGit: false,
  questionExpiryHours: null,
  workspace: null,
  workspaces: ['/work'],
  limits: DEFAULT_LIMITS,
  preferences: DEFAULT_PREFERENCES,
}
const document = {
  ...settingsDocument({}),
  exportedAt: '2027-01-15T08:00:00.000Z',
  settings,
}

let dataDirectory: string
let host: ScriptedHost

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-settings-'))
  host = await ScriptedHost.start(dataDirectory)
  host.answer('settings.export', () => document)
  host.answer('settings.import', () => ({
    changes: [{ key: 'preferences.theme', from: 'system', to: 'dark' }],
    skipped: [{ key: 'workspaces', message: 'there is no folder' }],
  }))
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function run(...argv: string[]) {
  return cli(argv, { dataDirectory })
}

it('shows all settings, a group of them, or one', async () => {
  expect((await run('settings')).stdout).toContain('limits.cpuThreshold=70\n')
  expect((await run('settings', 'get', 'preferences.theme')).stdout).toBe('system\n')
  const group = await run('settings', 'get', 'limits')
  expect(group.stdout.split('\n')[0]).toBe('limits.maxConcurrentTasks=5')
  const one = await run('settings', 'get', 'limits.cpuThreshold', '--json')
  expect(JSON.parse(one.stdout)).toBe(70)
  const none = await run('settings', 'get', 'preferences.them')
  expect(none).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('preferences.theme') })
})

it('sets what is named as one document', async () => {
  const ran = await run(
    'settings',
    'set',
    'preferences.theme=dark',
    'model.baseUrl=',
    'limits.cpuThreshold=50',
  )
  expect(host.calls.at(-1)).toEqual({
    method: 'settings.import',
    params: {
      document: settingsDocument({
        preferences: { theme: 'dark' },
        model: { baseUrl: null },
        limits: { cpuThreshold: 50 },
      }),
      dryRun: false,
    },
  })
  expect(ran.stdout).toBe(
    'preferences.theme=dark (was system)\nworkspaces is left as it is: there is no folder\n',
  )
  expect(await run('settings', 'set', 'theme')).toMatchObject({ exitCode: 2 })
  expect(await run('settings', 'sett', 'x=y')).toMatchObject({ exitCode: 2 })
})

it('writes a document and reads it', async () => {
  const file = path.join(dataDirectory, 'out.json')
  expect(await run('settings', 'export', 'out.json')).toMatchObject({ exitCode: 0 })
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(document)
  expect(JSON.parse((await run('settings', 'export')).stdout)).toEqual(document)
  await run('settings', 'import', 'out.json', '--dry-run')
  expect(host.calls.at(-1)?.params).toEqual({ document, dryRun: true })
  await writeFile(file, '{"format": ')
  const broken = await run('settings', 'import', 'out.json')
  expect(broken).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not JSON') })
  expect(await run('settings', 'import', 'none.json')).toMatchObject({ exitCode: 2 })
})

it('says of what the host does not take which setting it is, and what would be right', async () => {
  const folder = path.join(dataDirectory, 'real')
  const real = await HostProcess.start({ dataDirectory: folder, workspace: dataDirectory })
  const settingsOf = (...argv: string[]) =>
    cli(['settings', ...argv], { dataDirectory: folder }).then(({ exitCode, stderr }) => {
      expect(exitCode).toBe(2)
      return stderr
    })
  try {
    expect(await settingsOf('set', 'preferences.theme=purple', 'limits.cpuThreshold=x')).toBe(
      'smart-agents: limits.cpuThreshold: must be a number, not the text "x"; ' +
        'preferences.theme: must be one of system, light, dark, not the text "purple"\n',
    )
    expect(await settingsOf('set', 'theme=dark', 'preferences.them=dark')).toBe(
      'smart-agents: preferences: unknown setting "them"; unknown setting "theme"\n',
    )
    const file = path.join(dataDirectory, 'wrong.json')
    const wrong = { ...document, settings: { preferences: { theme: 'purple' } } }
    await writeFile(file, JSON.stringify(wrong))
    const complaint = `${file}: settings.preferences.theme: must be one of`
    expect(await settingsOf('import', file)).toContain(complaint)
    await writeFile(file, '[]')
    expect(await settingsOf('import', file)).toContain(`${file}: must be an object`)
  } finally {
    await real.stop()
  }
})

it('tries a model, with a key that no list of processes shows', async () => {
  host.answer('settings.testModel', () => ({ ok: true, model: 'local', durationMs: 420 }))
  const flags = ['settings', 'test-model', '--base-url', 'http://localhost:1', '--key-stdin']
  const ran = await cli(flags, { dataDirectory, input: 'sk-piped\n' })
  expect(ran).toMatchObject({ exitCode: 0, stdout: 'local answered in 0.4 s.\n' })
  expect(host.calls.at(-1)?.params).toEqual({ baseUrl: 'http://localhost:1', apiKey: 'sk-piped' })
  const problem = { code: 'unauthorized' as const, message: 'refused the API key', field: null }
  host.answer('settings.testModel', () => ({ ok: false, problem }))
  expect(await run('settings', 'test-model')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('unauthorized: refused the API key'),
  })
})
