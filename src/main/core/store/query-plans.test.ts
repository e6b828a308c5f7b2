import { describe, expect, it } from 'vitest'
import type { HistoryFilter } from '../../../shared/model/history.js'
import type {
  BlockerId,
  ConversationId,
  MailId,
  MessageId,
  ScheduleId,
  TaskId,
} from '../../../shared/model/ids.js'
import { TaskOrder } from '../../../shared/model/task-order.js'
import { openDatabase, type WriteDb } from './database.js'
import { selectDueClocks } from './queries/agent-clocks.js'
import { selectAgentSteps } from './queries/agent-steps.js'
import {
  countQueued,
  selectDoneTaskIds,
  selectFirstQueued,
  selectWork,
  selectWorkTotals,
} from './queries/agent-work.js'
import {
  selectAgent,
  selectAgentNames,
  selectDueSleepers,
  selectNextAgentTimer,
} from './queries/agents.js'
import {
  selectBlocker,
  selectBlockerOfCall,
  selectBlockers,
  selectDueBlockers,
  selectNextExpiry,
  selectOpenBlockers,
} from './queries/blockers.js'
import { selectCards, selectEndedCards, selectNewestOrder } from './queries/card-messages.js'
import { countBranches, selectConversations } from './queries/conversations.js'
import { selectWaitingDependents } from './queries/dependencies.js'
import { selectEventsAfter, selectProgressAfter, selectSeqRange } from './queries/events.js'
import { stepMessages } from './queries/history-messages.js'
import { planHistory } from './queries/history-plan.js'
import { stepTasks } from './queries/history-tasks.js'
import {
  countInbox,
  selectMailsToPerson,
  selectProposed,
  selectStalled,
  selectUnseenFailures,
} from './queries/inbox.js'
import {
  countUnread,
  selectAwaited,
  selectExpired,
  selectMailOfCall,
  selectMailsInHand,
  selectThread,
  selectUnread,
} from './queries/mails.js'
import { selectTexts } from './queries/message-texts.js'
import { selectAnswered, selectMessages } from './queries/messages.js'
import { selectOldTasks } from './queries/old-tasks.js'
import { selectOpenMessages } from './queries/queued-messages.js'
import { selectTaskResources } from './queries/resources.js'
import { selectSchedule } from './queries/schedules.js'
import { indexTasks } from './queries/search-index.js'
import { listTasks, selectTaskNames } from './queries/task-list.js'
import { takeTaskMessages } from './queries/task-messages.js'
import { selectOutput, selectOutputEnd } from './queries/task-output.js'
import { planSearch, searchStep } from './queries/task-search.js'
import {
  selectPastRuns,
  selectTask,
  selectTaskByIdempotencyKey,
  selectTasks,
  selectTasksAt,
  type TaskFilter,
} from './queries/tasks.js'
import { selectDueTimers, selectNextTimer, selectStartable } from './queries/waiting-tasks.js'

const task = 'task_1' as TaskId
const conversation = 'conv_1' as ConversationId
const schedule = 'sched_1' as ScheduleId

const historyPage = (db: WriteDb, filter: HistoryFilter) => {
  const plan = planHistory(db, filter)
  if (plan.task !== null) stepTasks(db, plan, plan.task, 1_000, 10)
  if (plan.message !== null) stepMessages(db, plan, plan.message, 1_000, 10)
}

/** Every read that happens per decision, per event or per page that a person sees. */
const HOT: readonly (readonly [what: string, read: (db: WriteDb) => unknown])[] = [
  ['the first startable tasks of a lane', (db) => selectStartable(db, 'build', 5)],
  ['the next timer', (db) => selectNextTimer(db, true)],
  ['due timers', (db) => selectDueTimers(db, 1, true)],
  ['a task', (db) => selectTask(db, task, 0)],
  ['a task by its idempotency key', (db) => selectTaskByIdempotencyKey(db, 'k')],
  ['a page of tasks', (db) => selectTasks(db, { limit: 10 }, 0)],
  ['a page of one state', (db) => selectTasks(db, { limit: 10, state: 'failed' }, 0)],
  ['a page of one type', (db) => selectTasks(db, { limit: 10, type: 'build' }, 0)],
  ['who waits for a task', (db) => selectWaitingDependents(db, task)],
  ['past runs of a kind', (db) => selectPastRuns(db, 'build:1', 20)],
  ['a search', (db) => search(db, 'longer text')],
  ['a search with filters', (db) => search(db, 'text', { state: 'failed', parentId: task })],
  ['a search for a short text', (db) => search(db, 'ab')],
  ['the tasks that a search found', (db) => selectTasksAt(db, [1], 0)],
  ['a page of the history', (db) => historyPage(db, {})],
  ['the history of an agent', (db) => historyPage(db, { agent: 'a', from: 1 })],
  ['the history of a folder', (db) => historyPage(db, { workspace: '/', state: 'failed' })],
  ['the history of a chat', (db) => historyPage(db, { conversationId: conversation })],
  ['a search of the history', (db) => historyPage(db, { query: 'longer text' })],
  ['runs of a schedule', (db) => selectTasks(db, { limit: 10, scheduleId: schedule }, 0)],
  ['what its processes took', (db) => selectTaskResources(db, task, 0)],
  ['a schedule', (db) => selectSchedule(db, schedule, 0)],
  ['children of a task', (db) => selectTasks(db, { limit: 10, parentId: task }, 0)],
  ['events after a seq', (db) => selectEventsAfter(db, 1, 10)],
  ['the ends of the log', (db) => selectSeqRange(db)],
  ['progress of a task', (db) => selectProgressAfter(db, task, 1, 10)],
  ['output of a task', (db) => selectOutput(db, task, 5, 10)],
  ['the end of the output', (db) => selectOutputEnd(db, task)],
  ['unread messages of a task', (db) => takeTaskMessages(db, task, 0)],
  [
    'a page of messages',
    (db) => selectMessages(db, { conversationId: conversation, beforeOrder: 9, limit: 10 }, 0),
  ],
  [
    'texts to search',
    (db) =>
      selectTexts(db, { conversationId: conversation, beforeOrder: 9, rows: 5, characters: 5 }),
  ],
  ['the question of a reply', (db) => selectAnswered(db, 'msg_1' as MessageId, 0)],
  ['the cards of a task', (db) => selectCards(db, task, 0)],
  [
    'what ended meanwhile',
    (db) =>
      selectEndedCards(
        db,
        { conversationId: conversation, fromOrder: 1, beforeOrder: 9, limit: 5 },
        0,
      ),
  ],
  ['the newest message', (db) => selectNewestOrder(db, conversation)],
  ['branches of a conversation', (db) => countBranches(db, conversation)],
  ['open messages', (db) => selectOpenMessages(db, conversation, 0)],
  ['a page of conversations', (db) => selectConversations(db, { before: null, limit: 10 }, 0)],
  ['an agent', (db) => selectAgent(db, 's', 'a', 0)],
  ['the agents of a session', (db) => selectAgentNames(db, 's')],
  ['sleepers that are due', (db) => selectDueSleepers(db, 1)],
  ['clocks that are due', (db) => selectDueClocks(db, 1)],
  ['mails that expire', (db) => selectExpired(db, 1)],
  ['the next timer of agents', (db) => selectNextAgentTimer(db)],
  ['whose work a task is', (db) => selectWork(db, task, 0)],
  ['the next work of an agent', (db) => selectFirstQueued(db, 1, 0)],
  ['how much waits for an agent', (db) => countQueued(db, 1)],
  ['what an agent has done', (db) => selectDoneTaskIds(db, 1, 30)],
  ['what the tasks of an agent came to', (db) => selectWorkTotals(db, 1)],
  ['the next mail', (db) => selectUnread(db, { sessionId: 's', agentId: 'a', limit: 1 }, 0)],
  ['how much mail waits', (db) => countUnread(db, 's', 'a')],
  ['the mail of a call', (db) => selectMailOfCall(db, 'c', 0)],
  ['the mail that a task waits for', (db) => selectAwaited(db, task, 0)],
  ['mails that a task has in hand', (db) => selectMailsInHand(db, task, 0)],
  ['a thread of mails', (db) => selectThread(db, 'mail_1' as MailId, 0)],
  ['a question', (db) => selectBlocker(db, 'blk_1' as BlockerId, 0)],
  ['the question of a call', (db) => selectBlockerOfCall(db, 'c', 0)],
  ['the open questions of a task', (db) => selectOpenBlockers(db, task, 0)],
  ['questions that expire', (db) => selectDueBlockers(db, 1)],
  ['when the next question expires', (db) => selectNextExpiry(db)],
  [
    'a page of open questions',
    (db) => selectBlockers(db, { state: 'open', before: 9, limit: 10 }, 0),
  ],
  [
    'a page of the questions of a task',
    (db) => selectBlockers(db, { taskId: task, before: 9, limit: 10 }, 0),
  ],
  [
    'a page of the questions of a conversation',
    (db) => selectBlockers(db, { conversationId: conversation, before: 9, limit: 10 }, 0),
  ],
  ['how much waits for the person', countInbox],
  ['failures that nobody has looked at', (db) => selectUnseenFailures(db, 10, 0)],
  ['stalled tasks', (db) => selectStalled(db, 10, 0)],
  ['plans that wait for a decision', (db) => selectProposed(db, 10, 0)],
  ['mail to the person', (db) => selectMailsToPerson(db, 10)],
  ['the steps of a run', (db) => selectAgentSteps(db, 'task_1.1')],
]

function search(db: WriteDb, query: string, filter: Partial<TaskFilter> = {}) {
  return searchStep(db, planSearch(db, { limit: 10, ...filter }, query), undefined, 10)
}

/** What SQLite would do for each statement that `read` prepares. */
function plansOf(read: (db: WriteDb) => unknown): string[] {
  const db = openDatabase({ path: ':memory:' })
  const prepared: string[] = []
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => {
    prepared.push(sql)
    return prepare(sql)
  }) as typeof db.prepare
  read(db)
  const plans = prepared.flatMap((sql) => {
    // Parameters keep their names, so that nothing has to be bound to explain a statement.
    const literal = sql.replaceAll(/\?|@\w+/g, "'1'")
    return prepare(`EXPLAIN QUERY PLAN ${literal}`).all() as { detail: string }[]
  })
  db.close()
  return plans.map((row) => row.detail)
}

describe('query plans', () => {
  it.each(HOT)('%s: by an index, without a scan or a sort', (_what, read) => {
    const plans = plansOf(read)
    expect(
      plans.filter((plan) =>
        /^SCAN (?!CONSTANT ROW|\(subquery|\w+ VIRTUAL TABLE INDEX)|TEMP B-TREE/.test(plan),
      ),
    ).toEqual([])
    expect(plans.some((plan) => plan.startsWith('SEARCH'))).toBe(true)
  })
  it('tasks that ended long ago: by their index, with a scan of small tables alone', () => {
    const plans = plansOf((db) => selectOldTasks(db, { endedMs: 0, id: '' }, 1, 20))
    expect(plans.join()).toContain('SEARCH tasks USING INDEX tasks_by_end')
    expect(plans.filter((plan) => plan.startsWith('SCAN')).toSorted()).toEqual([
      'SCAN agents',
      'SCAN processes',
      'SCAN schedules USING INDEX schedules_open',
    ])
  })
  it.each(TaskOrder.options)(
    'a list by %s: by its index, which holds all that it asks for',
    (order) => {
      const filter = { state: ['failed', 'running'], agentType: 'a' } as const
      const request = {
        filter,
        order,
        descending: true,
        after: null,
        limit: 9,
        nowMs: 1,
        total: true,
      }
      const plans = plansOf((db) => {
        const { next } = listTasks(db, { ...request, filter: {} })
        listTasks(db, { ...request, after: next ?? { part: 0, key: 1, ordinal: 1 } })
      })
      const reads = plans.filter((plan) => / tasks\b/.test(plan))
      expect(reads.length).toBeGreaterThan(2)
      expect(reads.filter((plan) => !plan.includes('USING COVERING INDEX'))).toEqual([])
    },
  )
  it('the names of all tasks: from one to the next', () => {
    const reads = plansOf((db) => selectTaskNames(db)).filter((plan) => / tasks\b/.test(plan))
    expect(reads.filter((plan) => !/^SEARCH tasks USING COVERING INDEX/.test(plan))).toEqual([])
  })
  it('the next tasks to be indexed: from the end of the backlog, without a sort', () => {
    const plans = plansOf((db) => indexTasks(db, 1))
    // The index is asked by the number of a task alone.
    expect(plans.filter((plan) => plan.startsWith('SCAN'))).toEqual([
      'SCAN search_backlog',
      'SCAN task_search VIRTUAL TABLE INDEX 0:=',
    ])
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([])
    expect(plans.join()).toContain('SEARCH tasks USING INTEGER PRIMARY KEY')
  })
})
