import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cli } from '../support/cli-process.js'
import { HostProcess } from '../support/host-process.js'

let folder: string
let host: HostProcess
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-history-'))
  host = await HostProcess.start({ dataDirectory: path.join(folder, 'data'), workspace: folder })
})
afterEach(async () => {
  await host.stop()
  await rm(folder, { recursive: true, force: true })
})

const run = (...argv: string[]) => cli(argv, { dataDirectory: path.join(folder, 'data') })

it('finds, writes out, compares and does once more what was done', async () => {
  const { client } = host
  const work = async (description: string, command: string) => {
    const { taskId } = await client.call('task.submit', { type: 'command', description, command })
    await client.call('task.result', { taskId, waitMs: 20_000 })
    return taskId
  }
  const first = await work('count', 'echo one; echo two')
  const second = await work('=count()', 'echo one; echo zwei')

  const found = await run('history', 'zwei', '--state', 'completed', '--json')
  expect(JSON.parse(found.stdout)).toMatchObject({
    entries: [{ taskId: second, found: { in: 'output' } }],
    nextCursor: null,
  })
  expect((await run('history', 'never said')).stdout).toContain('Nothing fits.')

  const table = (await run('export', '--format', 'csv')).stdout
  expect(table.trim().split('\r\n')).toHaveLength(3)
  expect(table).toContain(`,'=count(),`)

  const both = await run('export', '--format', 'csv', '--json')
  expect(both.exitCode).toBe(2)
  expect(JSON.parse(both.stdout).error.message).toContain('--format')
  expect(await run('export', '--json')).toEqual(await run('export', '--format', 'json', '--json'))

  const comparison = await run('compare', first, second)
  expect(comparison.stdout).toContain('1 added, 1 removed:')
  expect(comparison.stdout).toContain('+ zwei')

  const again = JSON.parse((await run('rerun', second, '--json')).stdout)
  const { task } = await client.call('task.get', { taskId: again.taskId })
  expect(task).toMatchObject({ rerunOf: second, command: 'echo one; echo zwei' })
  await client.call('task.result', { taskId: again.taskId, waitMs: 20_000 })

  expect((await run('rerun', 'task_none')).exitCode).toBe(3)
  expect((await run('history', '--state', 'odd')).exitCode).toBe(2)
})

it('refuses a cursor that no answer gave, and filters beside ids', async () => {
  const { client } = host
  for (const cursor of ['x', '1', '1-2-3', '-', '9'.repeat(150)]) {
    await expect(client.call('history.search', { cursor })).rejects.toMatchObject({
      code: 'invalid_params',
    })
  }
  const both = { format: 'json', taskIds: ['task_1'], query: 'x' } as never
  await expect(client.call('history.export', both)).rejects.toMatchObject({
    code: 'invalid_params',
  })
})
