import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BlockerId, TaskId } from '../../../shared/model/ids.js'
import { type DesktopState, NO_STATE } from '../desktop/desktop-state.js'
import { wordsFor } from '../text/desktop-text.js'
import { trayImage } from './tray-image.js'
import { statusWords, type TrayItem, trayIcon, trayView } from './tray-view.js'

const { text } = wordsFor('en', [])
const idle: DesktopState = { ...NO_STATE, isConnected: true }
const id = (number: number) => TaskId.parse(`task_${number}`)

function running(count: number, progress = 47): DesktopState {
  const tasks = Array.from({ length: count }, (_, index) => ({
    id: id(index),
    description: `work ${index}`,
    progress,
    isPart: false,
  }))
  return { ...idle, runningCount: count, running: tasks }
}

const waits = (answers: number, failures: number) => ({
  answers,
  failures,
  total: answers + failures,
})

function labels(items: readonly TrayItem[]): readonly string[] {
  return items.map((item) => (item.kind === 'separator' ? '—' : item.label))
}

describe('the icon of the tray', () => {
  it('tells what matters most', () => {
    expect(trayIcon(idle)).toBe('idle')
    expect(trayIcon(running(1))).toBe('working')
    expect(trayIcon({ ...running(1), waits: waits(0, 1) })).toBe('failed')
    expect(trayIcon({ ...running(1), waits: waits(1, 1) })).toBe('attention')
  })

  it.each([
    [{ platform: 'darwin', isDark: true, desktop: '' }, /Template\.png$/],
    [{ platform: 'win32', isDark: false, desktop: '' }, /-light\.png$/],
    [{ platform: 'linux', isDark: true, desktop: 'KDE' }, /-dark\.png$/],
    [{ platform: 'linux', isDark: false, desktop: 'ubuntu:GNOME' }, /-dark\.png$/],
  ] as const)('stands out on %o', (surroundings, file) => {
    for (const icon of ['idle', 'working', 'attention', 'failed'] as const) {
      const image = trayImage('resources/tray', icon, surroundings)
      expect(image).toMatch(file)
      expect(existsSync(image)).toBe(true)
      expect(existsSync(image.replace('.png', '@2x.png'))).toBe(true)
    }
  })
})

describe('the words of the tray', () => {
  it.each([
    [NO_STATE, 'connecting…'],
    [idle, 'nothing is running'],
    [{ ...idle, isPaused: true }, 'paused'],
    [{ ...running(2), waits: waits(1, 0) }, '2 running, 1 needs you'],
    [
      { ...running(1), waitingCount: 3, waits: waits(2, 4) },
      '1 running, 3 waiting, 2 need you, 4 failed',
    ],
  ])('%#: %s', (state, words) => {
    expect(statusWords(state, text)).toBe(words)
  })
})

describe('the menu of the tray', () => {
  it('has pause, the window and a way out, whatever goes on', () => {
    const end = ['—', 'Show window', 'Settings…', 'Quit Smart Agents']
    expect(labels(trayView(idle, text, false).items)).toEqual(['Pause new starts', ...end])
    expect(labels(trayView(NO_STATE, text, false).items)).toEqual(end.slice(1))
    expect(labels(trayView({ ...idle, isPaused: true }, text, true).items)).toEqual([
      'Resume starts',
      '—',
      'Hide window',
      ...end.slice(2),
    ])
  })

  it('lists what waits for the person, what runs and what ended, each leading to its place', () => {
    const state: DesktopState = {
      ...running(1),
      waitingCount: 2,
      waits: waits(1, 0),
      items: [
        { title: 'Which & why?', place: { kind: 'question', blockerId: BlockerId.parse('blk_1') } },
      ],
      recent: [{ id: id(9), description: 'npm test', state: 'failed' }],
    }
    const { items } = trayView(state, text, true)
    expect(labels(items).slice(0, 9)).toEqual([
      'Needs you',
      'Which && why?',
      '—',
      'Running',
      '45 %  work 0',
      '2 waiting',
      '—',
      'Recent results',
      '✕ npm test',
    ])
    expect(items[1]).toMatchObject({ action: { do: 'show', place: { kind: 'question' } } })
    expect(items[4]).toMatchObject({ action: { do: 'show', place: { taskId: 'task_0' } } })
  })

  it('leads to the inbox where more waits than fits', () => {
    const place = { kind: 'inbox' } as const
    const items = Array.from({ length: 8 }, (_, index) => ({ title: `question ${index}`, place }))
    const view = trayView({ ...idle, waits: waits(8, 3), items }, text, true)
    expect(labels(view.items).slice(0, 7)).toEqual([
      'Needs you',
      ...items.slice(0, 5).map(({ title }) => title),
      '6 more…',
    ])
    expect(view.items[6]).toMatchObject({ action: { do: 'show', place } })
  })

  it('stays the same while a task gets on a little, and short whatever there is', () => {
    const at = (progress: number) => trayView(running(1, progress), text, true).items
    expect(at(45)).toEqual(at(49.9))
    expect(at(50)).not.toEqual(at(49.9))
    const many = labels(trayView(running(50), text, true).items)
    expect(many).toContain('44 more…')
    expect(many.length).toBeLessThan(15)
  })

  it('leaves parts of a task that runs to that task', () => {
    const [lead, part] = running(2).running
    const parts = [lead, part && { ...part, isPart: true }].flatMap((task) => task ?? [])
    expect(
      labels(trayView({ ...idle, runningCount: 2, running: parts }, text, true).items),
    ).toContain('45 %  work 0')
    expect(labels(trayView({ ...idle, running: parts }, text, true).items)).not.toContain(
      '45 %  work 1',
    )
  })

  it('makes one line of any text', () => {
    const description = `a\n\tb \u202e${'𝒳'.repeat(100)}`
    const state = { ...idle, recent: [{ id: id(1), description, state: 'completed' as const }] }
    const label = labels(trayView(state, text, true).items)[1] ?? ''
    expect(label.length).toBeLessThan(70)
    expect(label).toMatch(/^✓ a b 𝒳+…$/u)
    expect(label.isWellFormed()).toBe(true)
  })
})
