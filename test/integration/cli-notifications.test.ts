import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BlockerId, NotificationId, TaskId } from '../../src/shared/model/ids.js'
import type { Notification } from '../../src/shared/model/notification.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const taskId = TaskId.parse('task_n1')
const told: Notification = {
  ...{ id: NotificationId.parse('ntf_1'), kind: 'completed', title: 'Done: run\u001b[31m it' },
  ...{ body: 'All tests pass', place: { kind: 'task', taskId }, actions: [], taskId, count: 1 },
  ...{ needsAnswer: false, quiet: false, sound: false, readAt: null, settledAt: null },
  createdAt: 1_800_000_000_000 - 180_000,
}
const question: Notification = {
  ...{ ...told, id: NotificationId.parse('ntf_2'), kind: 'question', title: 'A question' },
  ...{ body: 'Which port?', needsAnswer: true, blockerId: BlockerId.parse('blk_1'), readAt: 5 },
}
const counts = { unread: 1, waiting: 1 }

let dataDirectory: string
let host: ScriptedHost
beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-notifications-'))
  host = await ScriptedHost.start(dataDirectory)
  host.answer('notification.list', () => ({
    ...{ notifications: [told, question], nextCursor: null, counts, seq: 1 },
  }))
  host.answer('notification.counts', () => ({ counts, seq: 1 }))
  host.answer('notification.read', () => ({
    ...{ changed: 1, missing: [], counts: { unread: 0, waiting: 1 } },
  }))
  host.answer('notification.delete', () => ({ deleted: 1, counts }))
})
afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

const run = (...argv: string[]) => cli(argv, { dataDirectory })

it('shows what was told, with the command that leads on', async () => {
  const { stdout, exitCode } = await run('notifications')
  expect(exitCode).toBe(0)
  expect(stdout.split('\n')).toEqual([
    '* Done: run it',
    '    All tests pass',
    '    3m ago · smart-agents result task_n1',
    '  A question',
    '    Which port?',
    '    3m ago · waits for you · smart-agents blockers answer blk_1 "…"',
    '',
  ])
})

it('shows the unread ones as they are', async () => {
  const { stdout } = await run('notifications', '--unread', '--limit', '7', '--json')
  expect(host.calls.map(({ params }) => params)).toContainEqual({ unread: true, limit: 7 })
  expect(JSON.parse(stdout)).toEqual({ notifications: [told, question], nextCursor: null, counts })
})

it('marks as read, and clears', async () => {
  expect((await run('notifications', 'read', 'ntf_1')).stdout).toBe(
    'Marked as read: 1. Unread: 0.\n',
  )
  expect(host.calls.at(-1)?.params).toEqual({ notificationIds: ['ntf_1'] })
  await run('notifications', 'read')
  expect(host.calls.at(-1)?.params).toEqual({})
  expect((await run('notifications', 'clear')).stdout).toBe(
    'Removed: 1. Waiting for an answer: 1.\n',
  )
})

it('names what there is not, and marks the others', async () => {
  const missing = [NotificationId.parse('ntf_x'), NotificationId.parse('ntf_y')]
  host.answer('notification.read', () => ({ changed: 1, missing, counts }))
  expect(await run('notifications', 'read', 'ntf_1', ...missing)).toMatchObject({
    ...{ exitCode: 3, stdout: 'Marked as read: 1. Unread: 1.\n' },
    stderr: 'smart-agents: there is no notification: ntf_x, ntf_y\n',
  })
  const asJson = await run('notifications', 'read', 'ntf_1', ...missing, '--json')
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    error: { code: 'not_found', data: { changed: 1, missing } },
  })
})

it('refuses what is no id, and a strategy that is none', async () => {
  const wrong = await run('notifications', 'read', 'task_1')
  expect(wrong).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is not the id of a notification'),
  })
  const loud = await run('execute', 'x', '--notify', 'loud')
  expect(loud).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('silent') })
})

it('submits a task with how much is told of it', async () => {
  host.answer('task.submit', () => ({ taskId }))
  await run('execute', 'x', '--command', 'true', '--async', '--notify', 'milestone')
  expect(host.calls.at(-1)?.params).toMatchObject({ notify: 'milestone' })
})
