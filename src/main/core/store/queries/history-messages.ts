import { HistoryMessage } from '../../../../shared/model/history.js'
import { beginningOf, snippetOf } from '../../history/snippet.js'
import { fold, INDEXED_MESSAGE } from '../../tasks/search-text.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { type HistoryPlan, type KindPlan, timesOf } from './history-plan.js'
import {
  ALL_AT_ONCE,
  compareNamed,
  type HistoryStep,
  nameAll,
  nameByIndex,
  newAllowance,
} from './history-step.js'

interface Row {
  readonly ordinal: number
  readonly id: string
  readonly conversation: string
  readonly title: string | null
  readonly role: string
  readonly created: number
  readonly text: string
}

/** What reading a message costs besides its text, in characters. */
const COST_OF_MESSAGE = 100

/** The next messages that fit, the newest first, below an ordinal. */
export function stepMessages(
  db: ReadDb,
  plan: HistoryPlan,
  own: KindPlan,
  before: number,
  limit: number,
): HistoryStep {
  const { filter, needle } = plan
  const bounded = Math.min(before, own.end)
  const allowance = newAllowance()
  const named =
    own.match === null
      ? nameAll(ordinalsOf(db, plan, own, bounded))
      : nameByIndex(db, 'message_search', own, bounded)
  const inOne = filter.conversationId === undefined ? '' : 'AND conversation_id = @conversationId'
  const read = statement(
    db,
    `SELECT messages.ordinal, messages.id, conversation_id AS conversation, title, role, messages.created_at_ms AS created,
       substr(text, 1, ${INDEXED_MESSAGE}) AS text
     FROM messages LEFT JOIN conversations ON conversations.id = conversation_id
     WHERE messages.ordinal = @ordinal AND role <> 'task' AND text <> ''
       AND messages.created_at_ms >= @from AND messages.created_at_ms < @to ${inOne}`,
  )
  const values = valuesOf(plan)
  return compareNamed(named, limit, allowance, (ordinal) => {
    const row = read.get({ ...values, ordinal }) as Row | undefined
    allowance.characters -= COST_OF_MESSAGE + (row?.text.length ?? 0)
    if (row === undefined) return null
    if (needle === '') return entryOf(row, null)
    if (!fold(row.text).includes(needle)) return null
    const snippet = snippetOf(row.text, needle)
    return snippet === null ? null : entryOf(row, { in: 'message', snippet })
  })
}

function ordinalsOf(db: ReadDb, plan: HistoryPlan, own: KindPlan, before: number): number[] {
  const inOne =
    plan.filter.conversationId === undefined ? '' : 'conversation_id = @conversationId AND'
  return statement(
    db,
    `SELECT ordinal FROM messages WHERE ${inOne} ordinal < @before AND ordinal >= @floor
     ORDER BY ordinal DESC LIMIT @count`,
  )
    .pluck()
    .all({ ...conversationOf(plan), before, floor: own.floor, count: ALL_AT_ONCE }) as number[]
}

function conversationOf({ filter: { conversationId } }: HistoryPlan) {
  return conversationId === undefined ? {} : { conversationId }
}

function valuesOf(plan: HistoryPlan) {
  return { ...timesOf(plan.filter), ...conversationOf(plan) }
}

/** Null of a row that was damaged. */
function entryOf(row: Row, found: HistoryMessage['found']): HistoryMessage | null {
  const parsed = HistoryMessage.safeParse({
    kind: 'message',
    messageId: row.id,
    conversationId: row.conversation,
    title: row.title ?? '',
    role: row.role,
    order: row.ordinal,
    createdAt: row.created,
    text: beginningOf(row.text, 300),
    found,
  })
  return parsed.success ? parsed.data : null
}
