import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import { DEFAULT_LIMITS, type QueueState } from '../../../shared/model/queue.js'
import { TaskState, type TaskView } from '../../../shared/model/task.js'
import { displayWidth } from '../display-width.js'
import { Terminal } from '../terminal.js'
import { drawBoard } from './draw-board.js'
import { bar } from './draw-task.js'
import { TaskBoard } from './task-board.js'

const now = 1_800_000_000_000
const terminal = new Terminal(new PassThrough(), new PassThrough(), {})
const size = { width: 58, height: 40 }

function view(id: string, over: Partial<TaskView>): TaskView {
  return {
    id: TaskId.parse(`task_${id}`),
    type: 'analysis',
    description: 'Analyzing auth system',
    agentType: 'analyst',
    workspace: '/work',
    priority: 5,
    state: 'running',
    progress: 0,
    steps: [],
    attempt: 1,
    maxAttempts: 1,
    createdAt: now - 60_000,
    startedAt: now - 40_000,
    ...over,
  }
}

function boardOf(tasks: readonly TaskView[], over: Partial<QueueState> = {}): TaskBoard {
  const board = new TaskBoard()
  const queue: QueueState = {
    paused: false,
    draining: false,
    running: [],
    runningCount: 0,
    pendingCount: 0,
    machine: { cpu: 34.4, memory: 61 },
    heldBackBy: [],
    limits: DEFAULT_LIMITS,
    ...over,
  }
  board.setQueue(queue, true)
  board.merge({ tasks, seq: 1 }, now)
  return board
}

function draw(tasks: readonly TaskView[], over: Partial<QueueState> = {}, screen = size): string[] {
  return drawBoard(boardOf(tasks, over).view(), screen, now, terminal)
}

/** The lines inside the box, without its edges. */
function inside(lines: readonly string[]): string[] {
  return lines
    .slice(3)
    .filter((line) => line.startsWith('║'))
    .map((line) => line.slice(1, -1).trimEnd())
}

describe('drawBoard', () => {
  it('draws the box of the seed', () => {
    const tasks = [
      view('abc123', {
        progress: 65,
        currentStep: 'Analyzing dependencies',
        estimatedTimeRemaining: 135,
        estimatedRange: { low: 110, high: 240 },
      }),
      view('def456', {
        progress: 23,
        description: 'Refactoring API layer',
        startedAt: now - 9_000,
      }),
      view('ghi789', {
        state: 'completed',
        description: 'Code review',
        startedAt: now - 282_000,
        completedAt: now - 60_000,
      }),
    ]
    expect(draw(tasks)).toEqual([
      '╔════════════════════════════════════════════════════════╗',
      '║             SMART-AGENTS BACKGROUND TASKS              ║',
      '╠════════════════════════════════════════════════════════╣',
      '║ ⏳ task_abc123 | Analyzing auth system      [████░] 65%║',
      '║    └─ Current: Analyzing dependencies                  ║',
      '║    └─ Est: 2m 15s remaining (1m 50s to 4m), 40s so far ║',
      '║                                                        ║',
      '║ ⏳ task_def456 | Refactoring API layer      [█░░░░] 23%║',
      '║    └─ Running: 9s so far                               ║',
      '║                                                        ║',
      '║ ✅ task_ghi789 | Code review                 Completed ║',
      '║    └─ Duration: 3m 42s, ended 1m ago                   ║',
      '╚═══════════════════════════════ q leaves, tasks go on ══╝',
      '2 running, 0 waiting · CPU 34 of 70 % · memory 61 of 85 %',
      '',
      "💬 You can continue chatting. I'll notify you when tasks…",
    ])
  })

  it('says why tasks wait, are stalled, and ended as they did', () => {
    const tasks = [
      view('a', { stalled: { since: now - 600_000, detail: 'No output for 10 minutes.' } }),
      view('b', {
        state: 'pending',
        waitingFor: { reason: 'dependency', detail: 'waits for', blockedBy: ['task_a'], since: 0 },
      }),
      view('c', {
        state: 'failed',
        completedAt: now - 10_000,
        error: { code: 'command_failed', message: 'exit\x1b[2J code 3\n║ fake ║' },
      }),
      view('d', { state: 'cancelled', startedAt: undefined, completedAt: now - 20_000 }),
      view('e', {
        state: 'completed',
        completedAt: now - 30_000,
        missed: {
          scheduledAt: new Date(2027, 0, 1, 9, 30).getTime(),
          ranAt: new Date(2027, 0, 1, 11, 12).getTime(),
        },
      }),
    ]
    const lines = inside(draw(tasks))
    expect(lines).toContain('    └─ Stalled: No output for 10 minutes')
    expect(lines).toContain('    └─ Waiting for: dependency (waits for [task_a])')
    expect(lines).toContain('    └─ Error: command_failed: exit code 3 ║ fake ║')
    expect(lines).toContain('    └─ Never started, ended just now')
    expect(lines).toContain('    └─ Missed 09:30, ran 11:12')
    const heads = lines.filter((line) => line.includes('task_') && line.includes('|'))
    expect(heads.map((line) => line.split('task_')[0]?.trim())).toEqual([
      '⏳',
      '⏸',
      '❌',
      '⛔',
      '✅',
    ])
  })

  it('gives gauges that hold a task back the figures of now', () => {
    const waitingFor = { reason: 'cpu' as const, detail: 'CPU is at 99 %', since: 0 }
    const tasks = [view('a', { state: 'pending', waitingFor })]
    const machine = { cpu: 83.2, memory: 20 }
    const lines = draw(tasks, { machine, heldBackBy: ['paused', 'cpu'], paused: true })
    expect(inside(lines)[1]).toBe('    └─ Waiting for: cpu (83 % in use, above 70 %)')
    const wide = draw(
      [],
      { machine, heldBackBy: ['paused', 'cpu'], paused: true, draining: true },
      {
        width: 100,
        height: 30,
      },
    )
    expect(wide).toContain(
      '0 running, 0 waiting · paused · draining · held back by cpu · CPU 83 of 70 % · memory 20 of 85 %',
    )
  })

  it('counts an estimate down, and says when it has proved wrong', () => {
    const board = boardOf([
      view('a', { estimatedTimeRemaining: 10, estimatedRange: { low: 5, high: 20 } }),
    ])
    const at = (ms: number) => inside(drawBoard(board.view(), size, now + ms, terminal))[1]
    expect(at(8_000)).toBe('    └─ Est: 2s remaining (0s to 12s), 48s so far')
    expect(at(15_000)).toBe('    └─ Est: 1s remaining (0s to 5s), 55s so far')
    expect(at(21_000)).toBe('    └─ Est: longer than expected, 1m 1s so far')
  })

  it('says what it does not know', () => {
    const board = boardOf([view('a', {})])
    board.trouble = 'The connection is lost'
    expect(drawBoard(board.view(), size, now, terminal)).toContain('The connection is lost')
    const empty = new TaskBoard()
    expect(inside(drawBoard(empty.view(), size, now, terminal))).toEqual([''])
    expect(inside(draw([]))[0]).toMatch(/^ No tasks yet\. Start one: smart-agents/)
  })

  it('counts what a low screen cannot show, and keeps what ended last in sight', () => {
    const tasks = [
      ...Array.from({ length: 3 }, (_, n) => view(`r${n}`, { progress: 50 })),
      ...Array.from({ length: 40 }, (_, n) => view(`w${n}`, { state: 'pending' })),
      ...Array.from({ length: 7 }, (_, n) => view(`e${n}`, { state: 'completed', completedAt: n })),
    ]
    const lines = draw(tasks, {}, { width: 80, height: 24 })
    expect(lines).toHaveLength(24)
    const shown = inside(lines)
    expect(shown.filter((line) => line.startsWith(' ⏳'))).toHaveLength(3)
    expect(shown.at(-3)).toContain('✅ task_e6')
    expect(shown.at(-1)).toBe(' … and more: 36 waiting, 5 ended lately')
  })

  it('shows every running task in less rather than some of them in full', () => {
    const tasks = Array.from({ length: 3 }, (_, n) =>
      view(`r${n}`, { currentStep: 'Reading', createdAt: n, startedAt: n }),
    )
    const shown = inside(draw(tasks, {}, { width: 80, height: 12 }))
    expect(shown.filter((line) => line.startsWith(' ⏳'))).toHaveLength(3)
    expect(shown.filter((line) => line === '    └─ Current: Reading')).toHaveLength(3)
    expect(shown).toHaveLength(7)
  })

  it('fits every screen, whatever tasks are called', () => {
    const task = fc.record({
      description: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      state: fc.constantFrom(...TaskState.options),
      progress: fc.integer({ min: 0, max: 100 }),
      currentStep: fc.string({ unit: 'grapheme', maxLength: 60 }),
    })
    const screens = fc.record({
      width: fc.integer({ min: 1, max: 140 }),
      height: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(fc.array(task, { maxLength: 30 }), screens, (tasks, screen) => {
        const lines = draw(
          tasks.map((over, index) => view(String(index), over)),
          {},
          screen,
        )
        expect(lines.length).toBeLessThanOrEqual(screen.height)
        const width = Math.max(2, screen.width)
        const box = Math.min(120, width)
        for (const line of lines) {
          if (line.startsWith('║')) expect([box, line]).toEqual([displayWidth(line), line])
          else expect(displayWidth(line)).toBeLessThanOrEqual(width)
          expect(stripVTControlCharacters(line)).toBe(line)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('gives a narrow screen the description rather than bar and id', () => {
    const long = view('abcdefghijklmnop', { description: 'Analyzing the auth system', progress: 4 })
    const head = (width: number) => inside(draw([long], {}, { width, height: 20 }))[0]
    expect(head(60)).toBe(' ⏳ task_abcdefghijklmnop | Analyzing the aut… [░░░░░]  4%')
    expect(head(46)).toBe(' ⏳ task_abcdefghijklmnop | Analyzing th… 4%')
    expect(head(30)).toBe(' ⏳ Analyzing the auth s… 4%')
  })
})

describe('bar', () => {
  it.each([
    [0, '[░░░░░]'],
    [23, '[█░░░░]'],
    [65, '[████░]'],
    [99.9, '[████░]'],
    [100, '[█████]'],
  ])('shows %d % as %s', (progress, text) => {
    expect(bar(progress)).toBe(text)
  })
})
