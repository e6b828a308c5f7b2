import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HistoryFilter } from '../../../../shared/model/history.js'
import type { ConversationId, TaskId } from '../../../../shared/model/ids.js'
import { NEW } from '../../agents/life/agent-state.js'
import { statsOverview } from '../../figures/overview.js'
import { openDatabase } from '../database.js'
import { isWork } from '../queries/agent-work.js'
import { deleteAgentRow, insertAgent } from '../queries/agents.js'
import { selectCards, selectEndedCards } from '../queries/card-messages.js'
import { selectConversation } from '../queries/conversations.js'
import { stepMessages } from '../queries/history-messages.js'
import { planHistory } from '../queries/history-plan.js'
import { stepTasks } from '../queries/history-tasks.js'
import { countInbox } from '../queries/inbox.js'
import { countNotifications } from '../queries/notifications.js'
import { hasEnds, insertEnd, selectTold, upsertTold } from '../queries/notify.js'
import { hasSearchBacklog, indexTasks, indexTexts } from '../queries/search-index.js'
import { listTasks } from '../queries/task-list.js'
import { planSearch, searchStep } from '../queries/task-search.js'
import { selectTask, selectTasksAt } from '../queries/tasks.js'
import { LATEST_VERSION, migrations } from './index.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A database as a program of that version left it. */
function databaseOf(version: number): string {
  const path = join(folder, 'test.db')
  const db = new Database(path)
  for (const migration of migrations.slice(0, version)) db.exec(migration.sql)
  db.pragma(`user_version = ${version}`)
  db.exec(`INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts,
             state, rank, wait_since_ms, created_at_ms)
           VALUES ('task_old', 'command', 'command', 'an old task', 'command', '/', 5, 1,
             'pending', 1, 1, 1)`)
  db.close()
  return path
}

it('are numbered without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
})

it('bring the rows of version 1 to the newest, after a copy', () => {
  const path = databaseOf(1)
  const db = openDatabase({ path })
  expect(db.pragma('user_version', { simple: true })).toBe(LATEST_VERSION)
  expect(selectTask(db, 'task_old', 0)).toMatchObject({
    description: 'an old task',
    onDependencyFailure: 'cancel',
    runAtMs: null,
    misfire: { policy: 'run_once' },
  })
  db.close()
  expect(existsSync(`${path}.before-version-${LATEST_VERSION}.bak`)).toBe(true)
})

it('leave the texts of the rows of version 3 to be indexed later, and find them before', () => {
  const path = databaseOf(3)
  const old = new Database(path)
  old
    .prepare(`UPDATE tasks SET result = ? WHERE id = 'task_old'`)
    .run(JSON.stringify({ success: true, output: 'An Outcome' }))
  old.close()
  const db = openDatabase({ path })
  const found = () =>
    ['old TASK', 'an outcome', 'nowhere'].map((query) => {
      const plan = planSearch(db, { limit: 10 }, query)
      const { ordinals } = searchStep(db, plan, undefined, 10)
      return selectTasksAt(db, ordinals, 0).map(({ id }) => id)
    })
  expect(hasSearchBacklog(db)).toBe(true)
  expect(found()).toEqual([['task_old'], ['task_old'], []])
  indexTasks(db, 1)
  expect(hasSearchBacklog(db)).toBe(false)
  expect(found()).toEqual([['task_old'], ['task_old'], []])
  db.close()
})

it('give the tasks of version 4 no agent, and the number of a deleted agent to nobody', () => {
  const db = openDatabase({ path: databaseOf(4) })
  expect(isWork(db, 'task_old' as TaskId)).toBe(false)
  const agent = {
    ...NEW,
    sessionId: 's',
    taskId: null,
    config: {},
    subscriptions: [],
    reason: null,
  }
  const insert = (agentId: string) =>
    insertAgent(db, { ...agent, agentId, stateSinceMs: 1, createdAtMs: 1 })
  const first = insert('a')
  deleteAgentRow(db, first)
  expect(insert('b')).toBeGreaterThan(first)
  db.close()
})

it('keep the messages of version 6, whose cards stand where their tasks ended', () => {
  const path = databaseOf(6)
  const old = new Database(path)
  old.exec(`INSERT INTO conversations (id, title, titled_by, workspace, created_at_ms, updated_at_ms)
              VALUES ('conv_old', 'Old', 'person', '/', 1, 1);
            INSERT INTO messages (id, conversation_id, role, state, text, task_id, task_state, created_at_ms)
              VALUES ('msg_old', 'conv_old', 'task', 'complete', 'done', 'task_old', 'completed', 1)`)
  old.close()
  const db = openDatabase({ path })
  expect(selectConversation(db, 'conv_old', 0)).toMatchObject({ title: 'Old', branchedFrom: null })
  expect(selectCards(db, 'task_old' as TaskId, 0)).toMatchObject([{ taskState: 'completed' }])
  const stretch = { fromOrder: 0, beforeOrder: 99, limit: 9 }
  const conversationId = 'conv_old' as ConversationId
  expect(selectEndedCards(db, { ...stretch, conversationId }, 0)).toEqual([])
  db.close()
})

it('puts no failure of version 7 into the inbox, and every one after it', () => {
  const path = databaseOf(7)
  const old = new Database(path)
  old.exec(`UPDATE tasks SET state = 'failed', completed_at_ms = 5`)
  old.close()
  const db = openDatabase({ path })
  const waiting = () => countInbox(db).failure
  expect(waiting()).toBe(0)
  db.exec(`UPDATE tasks SET state = 'pending'`)
  db.exec(`UPDATE tasks SET state = 'failed'`)
  expect(waiting()).toBe(1)
  db.exec('DELETE FROM tasks')
  expect(waiting()).toBe(0)
  db.close()
})

it('count the figures of version 8, which were kept by day, anew from the tasks', () => {
  const path = databaseOf(8)
  const old = new Database(path)
  const at = Date.UTC(2026, 2, 10, 14, 20)
  old.exec(`UPDATE tasks SET state = 'failed', completed_at_ms = ${at}, started_at_ms = ${at - 5000},
      created_at_ms = ${at - 8000}, running_ms = 5000, error_code = 'timeout', turns = 2, tokens_used = 70,
      cost_micro_usd = 9, agent_type = 'reviewer';
    INSERT INTO figures_by_type (day, type, failed, running_ms) VALUES (${at} / 86400000, 'command', 1, 5000);
    INSERT INTO figures_by_cause VALUES (${at} / 86400000, 'timeout', 1);
    INSERT INTO figures_of_machine VALUES (${at} / 86400000, 5000, 30, 40)`)
  old.close()
  const db = openDatabase({ path })
  const of = (from: number, to: number) =>
    statsOverview(db, { from, to, timezone: 'UTC' }, at + 86_400_000)
  expect(of(at - 60_000, at + 60_000)).toMatchObject({
    ended: { failed: 1 },
    failures: [{ cause: 'timeout', count: 1 }],
    byType: [{ type: 'command', runningTime: 5 }],
    waits: { meanToStart: 3 },
    cost: { costUsd: 0.000_009, byAgent: [{ agent: 'reviewer', turns: 2, tokens: 70 }] },
  })
  expect(of(at - 86_400_000, at + 86_400_000).time).toMatchObject({ busy: 5, serial: 5, saved: 0 })
  db.close()
})

it('index the tasks of version 10 anew, and their messages', () => {
  const path = databaseOf(10)
  const old = new Database(path)
  old.exec(`INSERT INTO messages (id, conversation_id, role, state, text, created_at_ms)
            VALUES ('msg_old', 'conv_old', 'user', 'complete', 'an old message', 1)`)
  old.exec(`INSERT INTO task_output VALUES ('task_old', 0, 'an old log')`)
  old.close()
  const db = openDatabase({ path })
  expect(selectTask(db, 'task_old', 0)).toMatchObject({ rerunOf: null, outputRemovedMs: null })
  while (hasSearchBacklog(db)) indexTexts(db, 1)
  const found = (filter: HistoryFilter) => {
    const plan = planHistory(db, filter)
    return (['task', 'message'] as const).map((kind) => {
      const own = plan[kind]
      const step = kind === 'task' ? stepTasks : stepMessages
      return own === null ? 0 : step(db, plan, own, 1_000, 10).found.length
    })
  }
  expect(found({ query: 'old log' })).toEqual([1, 0])
  expect(found({ query: 'old message' })).toEqual([0, 1])
  db.close()
})

it('tell of the tasks of version 11 as the preferences say, and of nothing that was before', () => {
  const db = openDatabase({ path: databaseOf(11) })
  expect(selectTask(db, 'task_old', 0)).toMatchObject({ notify: null })
  expect(countNotifications(db)).toEqual({ unread: 0, waiting: 0 })
  const told = { progress: 0, atMs: null, end: '1.1', dueAtMs: null }
  upsertTold(db, 'task_old' as TaskId, told)
  insertEnd(db, 'task_old' as TaskId)
  db.exec('DELETE FROM tasks')
  expect(selectTold(db, 'task_old' as TaskId)).toBeUndefined()
  expect(hasEnds(db)).toBe(false)
  db.close()
})

it('list the tasks of version 12', () => {
  const db = openDatabase({ path: databaseOf(12) })
  const wanted = { filter: {}, order: 'task', descending: false, after: null } as const
  const page = listTasks(db, { ...wanted, limit: 1, nowMs: 1, total: true })
  expect(page).toEqual({ ordinals: [1], next: null, total: 1 })
  db.close()
})
