import { beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { HistoryEntry, HistoryFilter } from '../../../shared/model/history.js'
import type { ConversationId, MessageId, TaskId } from '../../../shared/model/ids.js'
import type { ArgumentOf } from '../store/history-reads.js'
import { type LongReads, longReads } from '../store/long-reads.js'
import { insertConversation } from '../store/queries/conversations.js'
import { planHistory } from '../store/queries/history-plan.js'
import { stepTasks } from '../store/queries/history-tasks.js'
import { insertMessage } from '../store/queries/messages.js'
import { hasSearchBacklog, indexTexts } from '../store/queries/search-index.js'
import { insertOutput } from '../store/queries/task-output.js'
import { exportHistory } from './export-history.js'
import { NEWEST, searchHistory } from './history.js'

const { signal } = new AbortController()
let bench: QueueBench
let reads: LongReads
let lastAt: number

beforeEach(() => {
  bench = new QueueBench()
  lastAt = 1_000
  // Every read is a turn of the event loop.
  const clock = {
    now: () => 0,
    schedule: (_ms: number, callback: () => void) => {
      setImmediate(callback)
      return { cancel: () => undefined }
    },
  }
  reads = longReads({ db: bench.db, entry: null, clock, logger: bench.logger })
  const conversation = {
    id: 'conv_a' as ConversationId,
    title: 'A talk',
    titledBy: 'person',
  } as const
  insertConversation(bench.db, { ...conversation, workspace: '/', createdAtMs: 1 })
})

interface Given {
  readonly output?: unknown
  readonly error?: string
  readonly log?: string
  readonly state?: string
  readonly at?: number
  readonly workspace?: string
}

function task(id: string, description: string, given: Given = {}): void {
  const { output, error = null, log, state = 'completed', workspace = '/', at } = given
  const result =
    output === undefined
      ? null
      : JSON.stringify({
          success: true,
          output,
          metrics: { duration: 1, tokensUsed: 0, agentsInvolved: [] },
        })
  bench.db
    .prepare(
      `INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts, state,
         rank, wait_since_ms, created_at_ms, error_code, error_message, result)
       VALUES (?, 'command', 'command', ?, 'command', ?, 5, 1, ?, 1, 1, ?, ?, ?, ?)`,
    )
    .run(id, description, workspace, state, at ?? lastAt++, error && 'internal', error, result)
  if (log !== undefined) insertOutput(bench.db, id as TaskId, 0, log)
}

function message(id: string, text: string, at = lastAt++): void {
  insertMessage(bench.db, {
    messageId: id as MessageId,
    conversationId: 'conv_a' as ConversationId,
    role: 'user',
    state: 'complete',
    text,
    createdAt: at,
    taskId: undefined,
    taskState: undefined,
  })
}

async function found(filter: HistoryFilter, limit = 3): Promise<string[]> {
  const ids: string[] = []
  for (let place: typeof NEWEST | null = NEWEST; place !== null; ) {
    const page = await searchHistory(reads, { filter, place, limit }, signal)
    ids.push(
      ...page.entries.map(({ entry }) => (entry.kind === 'task' ? entry.taskId : entry.messageId)),
    )
    place = page.next
    if (place !== null) expect(page.entries).toHaveLength(limit)
  }
  return ids
}

const indexAll = () => {
  while (bench.log.query(hasSearchBacklog))
    bench.log.transaction(({ db }) => indexTexts(db, 10_000))
}

describe.each([
  ['before it is indexed', () => undefined],
  ['once it is indexed', indexAll],
])('the history %s', (_when, index) => {
  it('finds a text in every place, the newest first, a page at a time', async () => {
    task('task_1', 'Look for the Needle')
    message('msg_1', 'where is the needle?')
    task('task_2', 'else', { output: 'a NEEDLE in hay' })
    task('task_3', 'else', { error: 'no needle' })
    task('task_4', 'else', { log: 'line one\nthe needle in a log\n' })
    task('task_5', 'else', { output: { stdout: 'needle as data' } })
    task('task_6', 'nothing of that kind')
    message('msg_2', 'Needle, again')
    index()
    expect(await found({ query: 'needle' })).toEqual([
      'msg_2',
      'task_5',
      'task_4',
      'task_3',
      'task_2',
      'msg_1',
      'task_1',
    ])
    expect(await found({ query: 'needle', kinds: ['message'] })).toEqual(['msg_2', 'msg_1'])
    expect(await found({ query: 'task_3' })).toEqual(['task_3'])
    expect(await found({})).toHaveLength(8)
  })

  it('takes quotes, operators and signs literally', async () => {
    const signs = ['"quoted" OR text', "it's 100%_sure", 'a*b NEAR(c)', 'C:\\new\\table', 'x\0y']
    for (const [n, sign] of signs.entries()) task(`task_${n}`, sign)
    index()
    for (const [n, sign] of signs.entries()) {
      expect(await found({ query: sign }), sign).toEqual([`task_${n}`])
    }
    expect(await found({ query: '%' })).toEqual(['task_1'])
  })

  it('finds words of Traditional Chinese, of whatever length', async () => {
    task('task_1', '修正登入頁面的錯誤')
    task('task_2', 'x', { output: '測試全部通過' })
    message('msg_1', '請執行測試')
    index()
    expect(await found({ query: '測試' })).toEqual(['msg_1', 'task_2'])
    expect(await found({ query: '登入頁' })).toEqual(['task_1'])
    expect(await found({ query: '頁' })).toEqual(['task_1'])
    expect(await found({ query: '頁錯' })).toEqual([])
  })

  it('bears queries of any length', async () => {
    const long = 'lorem ipsum '.repeat(900).slice(0, 10_000)
    message('msg_1', `>> ${long} <<`)
    index()
    expect(await found({ query: long })).toEqual(['msg_1'])
    expect(await found({ query: `${long.slice(0, 9_000)}!` })).toEqual([])
  })

  it('tells where in a text it was found', async () => {
    message('msg_1', `${'x'.repeat(500)} İstanbul ${'y'.repeat(500)}`)
    index()
    const wanted = { filter: { query: 'istanbul'.slice(1) }, place: NEWEST, limit: 1 }
    const page = await searchHistory(reads, wanted, signal)
    const snippet = page.entries[0]?.entry.found?.snippet
    const [start, end] = snippet?.ranges[0] ?? [0, 0]
    expect(snippet?.text.slice(start, end)).toBe('stanbul')
    expect(snippet).toMatchObject({ cutBefore: true, cutAfter: true })
  })

  it('keeps to what is asked for', async () => {
    task('task_1', 'some work', { state: 'failed', at: 10 })
    task('task_2', 'some work', { workspace: '/other', at: 20 })
    task('task_3', 'some work', { at: 30 })
    message('msg_1', 'some work', 40)
    index()
    for (const query of [undefined, 'some work', 'so']) {
      const wanted = query === undefined ? {} : { query }
      expect(await found({ ...wanted, state: 'failed' })).toEqual(['task_1'])
      expect(await found({ ...wanted, workspace: '/other' })).toEqual(['task_2'])
      expect(await found({ ...wanted, from: 20, to: 40 })).toEqual(['task_3', 'task_2'])
      expect(await found({ ...wanted, conversationId: 'conv_a' as ConversationId })).toEqual([
        'msg_1',
      ])
      expect(await found({ ...wanted, from: 99 })).toEqual([])
    }
  })

  it('loses and doubles none when the clock was set back', async () => {
    for (let n = 0; n < 10; n++) {
      task(`task_${n}`, 'work', { at: n < 5 ? 5_000 + n : 100 + n })
      message(`msg_${n}`, 'work', n < 5 ? 5_000 + n : 100 + n)
    }
    index()
    const ids = await found({ query: 'work' })
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
    expect(await found({ query: 'work', from: 5_000 })).toHaveLength(10)
  })
})

describe('the history', () => {
  it('ends with the one who asks, and refuses a span that is none', async () => {
    task('task_1', 'work')
    const asked = new AbortController()
    const wanted = { filter: { query: 'work' }, place: NEWEST, limit: 5 }
    const answer = searchHistory(reads, wanted, asked.signal)
    asked.abort(new Error('gone'))
    await expect(answer).rejects.toThrow('gone')
    const span = { ...wanted, filter: { from: 5, to: 5 } }
    await expect(searchHistory(reads, span, signal)).rejects.toMatchObject({
      code: 'invalid_params',
    })
  })

  it('compares a bounded amount of text in a step, also where the index is of no help', async () => {
    for (let n = 0; n < 10; n++) task(`task_${n}`, `${n === 0 ? 'ab' : ''}${'x'.repeat(500_000)}`)
    const plan = planHistory(bench.db, { query: 'ab', kinds: ['task'] })
    const own = plan.task ?? expect.fail('no tasks are wanted')
    const step = stepTasks(bench.db, plan, own, NEWEST.task, 10)
    expect(step).toEqual({ found: [], searchedTo: 7 })
    expect(await found({ query: 'ab' })).toEqual(['task_0'])
  })

  it('forgets a message that was removed, and follows one that was changed', async () => {
    message('msg_1', 'an old text')
    indexAll()
    bench.db.prepare(`UPDATE messages SET text = 'a new text'`).run()
    expect(await found({ query: 'old text' })).toEqual([])
    expect(await found({ query: 'new text' })).toEqual(['msg_1'])
    indexAll()
    expect(await found({ query: 'new text' })).toEqual(['msg_1'])
    bench.db.prepare('DELETE FROM messages').run()
    expect(await found({ query: 'new text' })).toEqual([])
    indexAll()
    expect(await found({ query: 'new text' })).toEqual([])
  })
})

describe('a comparison', () => {
  it('takes of a task that has not ended what it has put out so far', async () => {
    task('task_done', 'done', { output: 'one\ntwo' })
    task('task_runs', 'runs', { state: 'running', log: 'one\n' })
    insertOutput(bench.db, 'task_runs' as TaskId, 4, 'three')
    task('task_waits', 'waits', { state: 'pending' })
    const compared = await reads.read('compare', ['task_done', 'task_runs'])
    expect(compared).toMatchObject({ added: 1, removed: 1, same: 1 })
    const none = await reads.read('compare', ['task_runs', 'task_waits'])
    expect(none).toMatchObject({ removed: 2 })
  })
})

describe('a long search', () => {
  /** Goes through 400 tasks and as many messages one by one; every 30th fits. */
  const slow = (): LongReads & { steps: number } => ({
    steps: 0,
    async read(name, argument) {
      if (name !== 'step') return reads.read(name, argument)
      this.steps++
      const { kind, before } = argument as ArgumentOf<'step'>
      const ordinal = Math.min(before, 401) - 1
      const fits = ordinal % 30 === 1
      const entry = { kind, createdAt: ordinal, taskId: `task_${ordinal}` } as HistoryEntry
      return { found: fits ? [{ ordinal, entry }] : [], searchedTo: ordinal } as never
    },
    close: () => Promise.resolve(),
  })
  const filter: HistoryFilter = { query: 'needle' }

  it('answers within its time with what it has, and goes on from there', async () => {
    const long = slow()
    const seen: string[] = []
    for (let place: typeof NEWEST | null = NEWEST; place !== null; ) {
      const before = long.steps
      const page = await searchHistory(long, { filter, place, limit: 100 }, signal)
      expect(long.steps - before).toBeLessThanOrEqual(50)
      seen.push(...page.entries.map(({ entry, ordinal }) => `${entry.kind} ${ordinal}`))
      place = page.next
    }
    const ordinals = Array.from({ length: 14 }, (_, n) => 391 - n * 30)
    expect(seen.toSorted()).toEqual(
      ordinals.flatMap((n) => [`task ${n}`, `message ${n}`]).toSorted(),
    )
  })

  it('gives an export no empty pieces but the last', async () => {
    const nothing: LongReads = {
      read: (name, argument) =>
        name === 'step'
          ? Promise.resolve({
              found: [],
              searchedTo: Math.min((argument as ArgumentOf<'step'>).before, 401) - 1,
            } as never)
          : reads.read(name, argument),
      close: () => Promise.resolve(),
    }
    const wanted = { format: 'json', filter, taskIds: undefined, place: null, limit: 5 } as const
    const piece = await exportHistory(nothing, wanted, signal)
    expect(piece).toEqual({ text: '[\n\n]\n', count: 0, next: null })
  })
})

describe('an export', () => {
  async function whole(format: 'json' | 'csv' | 'markdown', limit = 2): Promise<string> {
    let text = ''
    const wanted = { format, filter: {}, taskIds: undefined, limit }
    for (
      let place: Parameters<typeof exportHistory>[1]['place'] | undefined = null;
      place !== undefined;
    ) {
      const piece = await exportHistory(reads, { ...wanted, place }, signal)
      text += piece.text
      place = piece.next ?? undefined
    }
    return text
  }

  it('is one JSON document in pieces, also of nothing', async () => {
    expect(JSON.parse(await whole('json'))).toEqual([])
    task('task_1', 'one', { output: { exitCode: 0, stdout: 'x' } })
    for (let n = 0; n < 5; n++) message(`msg_${n}`, `text ${n}`)
    const items = JSON.parse(await whole('json'))
    expect(items).toHaveLength(6)
    expect(items[5]).toMatchObject({ taskId: 'task_1', output: { exitCode: 0, stdout: 'x' } })
    expect(JSON.parse(await whole('json', 100))).toEqual(items)
  })

  it('is a table that no spreadsheet takes for formulas', async () => {
    task('task_1', '=HYPERLINK("http://x","y")', { output: 'two\nlines, "quoted"' })
    task('task_2', '  @SUM(1)', { output: '+1' })
    const text = await whole('csv')
    const [head, ...rows] = text.split('\r\n')
    expect(head).toMatch(/^\uFEFFkind,id,/)
    expect(rows[0]).toContain(`,'  @SUM(1),`)
    expect(rows[0]).toContain(`,'+1`)
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(text).toContain('"two\nlines, ""quoted"""')
  })

  it('ends a piece early where texts are long, and loses nothing', async () => {
    for (let n = 0; n < 4; n++) message(`msg_${n}`, `${n} ${'x'.repeat(1_200_000)}`)
    const wanted = { format: 'json', filter: {}, taskIds: undefined, limit: 100 } as const
    const piece = await exportHistory(reads, { ...wanted, place: null }, signal)
    expect(piece.count).toBe(2)
    expect(JSON.parse(await whole('json', 100))).toHaveLength(4)
  })

  it('writes texts into Markdown as they are', async () => {
    task('task_1', '# not a heading', { output: 'before\n```js\ncode\n```\nafter' })
    expect(await whole('markdown')).toContain('````text\nbefore\n```js\ncode\n```\nafter\n````')
  })

  it('says a description once in Markdown, where the title can hold all of it', async () => {
    task('task_1', 'run *all* tests', { output: 'passed' })
    const short = await whole('markdown')
    expect(short.match(/run .*all.* tests/g)).toEqual(['run \\*all\\* tests'])
    expect(short).toContain('```text\npassed\n```')
    task('task_2', `first line\nsecond line`, {})
    task('task_3', `long ${'x'.repeat(200)}`, {})
    const text = await whole('markdown')
    expect(text).toContain('```text\nfirst line\nsecond line\n```')
    expect(text).toContain(`\`\`\`text\nlong ${'x'.repeat(200)}\n\`\`\``)
  })

  it('of tasks by their ids names one that is not there', async () => {
    task('task_1', 'one')
    const wanted = { format: 'json', filter: {}, place: null, limit: 1 } as const
    const both = { ...wanted, taskIds: ['task_1', 'task_none'] }
    const piece = await exportHistory(reads, both, signal)
    expect(piece).toMatchObject({ count: 1, next: { index: 1 } })
    await expect(
      exportHistory(reads, { ...both, place: piece.next }, signal),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
