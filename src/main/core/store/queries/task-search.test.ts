import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskState, TaskType } from '../../../../shared/model/task.js'
import { fold } from '../../tasks/search-text.js'
import { openDatabase, type WriteDb } from '../database.js'
import { hasSearchBacklog, indexTasks, mergeSearchIndex } from './search-index.js'
import { planSearch, searchStep } from './task-search.js'
import { selectTasksAt, type TaskFilter } from './tasks.js'

let db: WriteDb
beforeEach(() => {
  db = openDatabase({ path: ':memory:' })
})
afterEach(() => {
  db.close()
})

interface Stored {
  readonly description: string
  readonly state?: TaskState
  readonly type?: TaskType
  readonly parentId?: TaskId
  readonly output?: unknown
  readonly error?: string | undefined
}

/** Stores a task as submitting and ending it do, in two statements. */
function store(id: string, task: Stored): void {
  db.prepare(
    `INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts,
       state, rank, wait_since_ms, created_at_ms, parent_id)
     VALUES (?, ?, 'command', ?, 'command', '/', 5, 1, 'pending', 1, 1, 1, ?)`,
  ).run(id, task.type ?? 'command', task.description, task.parentId ?? null)
  if (task.state !== undefined || task.output !== undefined || task.error !== undefined) {
    end(id, task)
  }
}

function end(id: string, { state = 'completed', output = '', error }: Omit<Stored, 'description'>) {
  const metrics = { duration: 1, tokensUsed: 0, agentsInvolved: [] }
  db.prepare(
    'UPDATE tasks SET state = ?, result = ?, error_code = ?, error_message = ? WHERE id = ?',
  ).run(
    state,
    JSON.stringify({ success: error === undefined, output, metrics }),
    error === undefined ? null : 'command_failed',
    error ?? null,
    id,
  )
}

function indexAll(): void {
  while (indexTasks(db, 1_000_000));
  while (mergeSearchIndex(db, 1_000));
}

/** What all steps of a search find, at most that many. */
function search(query: string, filter: Partial<TaskFilter> = {}, mostSteps = 1_000): string[] {
  const plan = planSearch(db, { limit: 3, ...filter }, query)
  const found: string[] = []
  let before: number | undefined
  for (let step = 0; step < mostSteps; step++) {
    const { ordinals, nextOrdinal } = searchStep(db, plan, before, 3)
    found.push(...selectTasksAt(db, ordinals, 0).map(({ id }) => id))
    if (nextOrdinal === null) return found
    expect(nextOrdinal).toBeLessThan(before ?? Number.POSITIVE_INFINITY)
    before = nextOrdinal
  }
  return found
}

describe.each([
  ['indexed', true],
  ['not indexed yet', false],
])('a search among tasks that are %s', (_what, indexed) => {
  const settle = () => {
    if (indexed) indexAll()
  }

  it('finds part of the description, the id, the error and the output, any case, newest first', () => {
    store('task_oneAlpha', { description: 'Fix the Login page' })
    store('task_two', { description: 'nothing of it', output: 'saw the LOGIN page' })
    store('task_three', { description: 'nothing', error: 'the login pages are closed' })
    store('task_four', { description: 'other' })
    settle()
    expect(search('login PAGE')).toEqual(['task_three', 'task_two', 'task_oneAlpha'])
    expect(search('NEALPH')).toEqual(['task_oneAlpha'])
    expect(search('nowhere')).toEqual([])
  })

  it('finds nothing that reaches from one text into the next', () => {
    store('task_a', { description: 'ends with abc', error: 'def begins', output: 'third' })
    settle()
    expect(search('abc\ndef')).toEqual([])
    expect(search('abcdef')).toEqual([])
  })

  it('takes signs of query languages, quotes, emoji and NUL for what they are', () => {
    const texts = [
      '100% of it',
      'snake_case',
      `say "AND" NOT 'x'`,
      'a*b^c:d(e)',
      'tab👍👍end',
      'x\0yz',
    ]
    for (const [index, description] of texts.entries()) store(`task_${index}`, { description })
    settle()
    expect(texts.map((part) => search(part))).toEqual(texts.map((_, index) => [`task_${index}`]))
    expect(search('0% ')).toEqual(['task_0'])
    expect(search('e_c')).toEqual(['task_1'])
    expect(search('"AND" NOT')).toEqual(['task_2'])
    expect(search('👍👍e')).toEqual(['task_4'])
    expect(search('👍')).toEqual(['task_4'])
    expect(search('\0y')).toEqual(['task_5'])
    for (const query of [
      '%%%',
      '___',
      '"""',
      '\0\0\0',
      '***',
      'NEAR(a b)',
      '\uD83D\uD83D\uD83D',
      "'",
    ]) {
      expect(search(query)).toEqual(query === "'" ? ['task_2'] : [])
    }
  })

  it('finds words of writing without spaces, and letters with accents, any case', () => {
    store('task_a', { description: '实现访问控制模块' })
    store('task_b', { description: 'ÜBERWEISUNG prüfen' })
    store('task_c', { description: 'ΟΔΟΣ' })
    settle()
    expect(search('访问控制')).toEqual(['task_a'])
    expect(search('控制')).toEqual(['task_a'])
    expect(search('überweisung PRÜ')).toEqual(['task_b'])
    expect(search('οδοσ')).toEqual(['task_c'])
    expect(search('ü')).toEqual(['task_b'])
    expect(search('δΟ')).toEqual(['task_c'])
  })

  it('keeps to the other filters', () => {
    const parentId = 'task_parent' as TaskId
    store('task_a', { description: 'build it', state: 'failed', type: 'build' })
    store('task_b', { description: 'build it', state: 'completed', type: 'build', parentId })
    store('task_c', { description: 'build it', state: 'failed', type: 'analysis' })
    settle()
    expect(search('build', { state: 'failed' })).toEqual(['task_c', 'task_a'])
    expect(search('build', { state: 'failed', type: 'build' })).toEqual(['task_a'])
    expect(search('build', { parentId })).toEqual(['task_b'])
    expect(search('bu', { type: 'build' })).toEqual(['task_b', 'task_a'])
  })

  it('knows only the beginning of an output, and the text of one that is no text', () => {
    store('task_a', { description: 'long', output: `${'x'.repeat(2_000)} needle one` })
    store('task_b', { description: 'shaped', output: { exitCode: 0, stdout: 'needle two' } })
    settle()
    expect(search('needle')).toEqual(['task_b'])
  })

  it('survives a result that cannot be read', () => {
    store('task_a', { description: 'broken one', output: 'x' })
    db.prepare(`UPDATE tasks SET result = '{"output":' WHERE id = 'task_a'`).run()
    settle()
    expect(search('some text')).toEqual([])
    expect(search('broken')).toEqual(['task_a'])
  })
})

describe('what the index does not know any more', () => {
  it('is an outcome that a task had before it was tried again, and a task that is gone', () => {
    store('task_a', { description: 'first', error: 'went astray' })
    store('task_b', { description: 'second, astray' })
    indexAll()
    db.exec(
      `UPDATE tasks SET state = 'pending', result = NULL, error_message = NULL WHERE id = 'task_a'`,
    )
    db.exec(`DELETE FROM tasks WHERE id = 'task_b'`)
    expect(search('astray')).toEqual([])
    indexAll()
    expect(search('astray')).toEqual([])
    end('task_a', { output: 'astray again' })
    expect(search('astray')).toEqual(['task_a'])
    indexAll()
    expect(search('astray')).toEqual(['task_a'])
    expect(hasSearchBacklog(db)).toBe(false)
  })

  it('is the text of another task that had the same ordinal', () => {
    store('task_a', { description: 'early bird' })
    indexAll()
    db.exec('DELETE FROM tasks')
    indexAll()
    store('task_b', { description: 'late riser' })
    expect(search('early')).toEqual([])
    expect(search('late')).toEqual(['task_b'])
    indexAll()
    expect(search('early')).toEqual([])
    expect(search('late')).toEqual(['task_b'])
  })
})

describe('a search among many tasks', () => {
  const MANY = 30_000
  /** Every task has all the trigrams of "abcabd", but only some the text itself. */
  function storeMany(): void {
    db.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
       INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts,
         state, rank, wait_since_ms, created_at_ms)
       SELECT 'task_' || i, CASE i % 2 WHEN 0 THEN 'build' ELSE 'analysis' END, 'command',
         'abca cabd bcab' || CASE WHEN i IN (7, 15000) THEN ' abcabd q~' ELSE '' END,
         'command', '/', 5, 1, 'completed', 1, 1, 1 FROM n`,
    )
  }

  it.each([
    ['indexed', () => indexAll()],
    ['half indexed', () => void indexTasks(db, 2_000_000)],
    ['not indexed', () => undefined],
  ])('ends a step early and goes on with the next, when they are %s', (_what, settle) => {
    storeMany()
    settle()
    expect(search('abcabd')).toEqual(['task_15000', 'task_7'])
    expect(search('abcabd', { type: 'analysis' })).toEqual(['task_7'])
    expect(search('q~')).toEqual(['task_15000', 'task_7'])
    // So many candidates are more than one step may look at.
    expect(search('abcabd', {}, 1)).toEqual([])
    expect(search('q~', {}, 1)).toEqual([])
  })
})

/** Few characters, so that texts have parts in common; with what is special to SQL, FTS5 and Unicode. */
const text = (maxLength: number) =>
  fc
    .array(fc.constantFrom(...'abAB %_"\'*(:-漢éÉΣ\0', '👍', '\uD83D'), { minLength: 1, maxLength })
    .map((characters) => characters.join(''))

it('equals a plain search for part of a text, whatever part is indexed', () => {
  const task = fc.record({
    description: text(12),
    output: fc.option(text(12), { nil: undefined }),
    error: fc.option(text(8), { nil: undefined }),
    type: fc.constantFrom<TaskType>('build', 'analysis'),
  })
  const runs = fc.record({
    tasks: fc.array(task, { minLength: 1, maxLength: 12 }),
    steps: fc.array(fc.nat(60), { maxLength: 15 }),
    endedLater: fc.nat(12),
    queries: fc.array(text(6), { minLength: 1, maxLength: 8 }),
    type: fc.option(fc.constantFrom<TaskType>('build', 'analysis'), { nil: undefined }),
  })
  fc.assert(
    fc.property(runs, ({ tasks, steps, endedLater, queries, type }) => {
      db.exec('DELETE FROM tasks')
      const late = tasks.slice(endedLater)
      tasks.forEach((stored, index) => {
        const { output, error, ...pending } = stored
        store(`task_${index}`, late.includes(stored) ? pending : stored)
      })
      for (const characters of steps) indexTasks(db, characters)
      tasks.forEach((stored, index) => {
        if (late.includes(stored)) end(`task_${index}`, stored)
      })
      for (const query of queries) {
        const expected = tasks
          .map((stored, index) => ({ ...stored, id: `task_${index}` }))
          .filter(
            (stored) => (type === undefined || stored.type === type) && hasText(stored, query),
          )
          .map(({ id }) => id)
          .reverse()
        expect(search(query, { type })).toEqual(expected)
      }
    }),
    { numRuns: Number(process.env['SMART_AGENTS_TEST_HISTORIES'] ?? 300) },
  )
})

function hasText(task: Stored & { readonly id: string }, query: string): boolean {
  const { id, description, output = '', error = '' } = task
  if ([...query.toWellFormed()].length >= 3) {
    return [id, description, String(output), error].some((part) => fold(part).includes(fold(query)))
  }
  const lower = (part: string) => part.toWellFormed().toLowerCase().replaceAll('ς', 'σ')
  return [id, description].some((part) => lower(part).includes(lower(query)))
}
