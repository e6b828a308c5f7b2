import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { wordsFor } from '../text/desktop-text.js'
import { type MenuAction, type MenuOptions, menuTemplate } from './app-menu.js'

const PLATFORMS = ['linux', 'win32', 'darwin'] as const

function template(changes: Partial<MenuOptions> = {}) {
  return menuTemplate({
    platform: 'linux',
    isPackaged: true,
    text: wordsFor('en', []).text,
    isPaused: false,
    shortcuts: {},
    act: () => undefined,
    ...changes,
  })
}

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])
}

function click(label: string, changes: Partial<MenuOptions> = {}): readonly MenuAction[] {
  const done: MenuAction[] = []
  const item = all(template({ ...changes, act: (action) => done.push(action) })).find(
    (one) => one.label === label,
  )
  Reflect.apply(item?.click ?? (() => undefined), undefined, [])
  return done
}

const labels = (changes: Partial<MenuOptions>) => all(template(changes)).map(({ label }) => label)

describe('the menu', () => {
  it.each(PLATFORMS)(
    'has one way to quit, and ways to edit and to arrange windows on %s',
    (platform) => {
      const items = all(template({ platform }))
      expect(items.filter(({ label }) => label === 'Quit Smart Agents')).toHaveLength(1)
      const roles = items.flatMap(({ role }) => role ?? [])
      expect(roles).toEqual(
        expect.arrayContaining(['copy', 'paste', 'undo', 'minimize', 'close', 'about']),
      )
      expect(click('Quit Smart Agents', { platform })).toEqual([{ do: 'quit' }])
    },
  )

  it.each(PLATFORMS)('names every item in the language of the person on %s', (platform) => {
    const named = (language: 'en' | 'de' | 'zh-hant') =>
      labels({ platform, isPackaged: false, text: wordsFor(language, []).text })
    const items = all(template({ platform, isPackaged: false }))
    expect(items.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([])
    const [en, de, zh] = [named('en'), named('de'), named('zh-hant')]
    expect(de).toHaveLength(en.length)
    expect(zh).toContain('歷史紀錄')
    expect(de).toContain('Verlauf')
    // A program, and a word that German has taken over.
    const same = new Set(['Smart Agents', 'Chat', undefined])
    expect(en.filter((label, index) => label === de[index] && !same.has(label))).toEqual([])
  })

  it('offers developers their tools, and nobody else', () => {
    const roles = (isPackaged: boolean) => all(template({ isPackaged })).map(({ role }) => role)
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(false)).toContain('toggleDevTools')
  })

  it.each([
    ['New Chat', { do: 'command', command: 'chat.new' }],
    ['History', { do: 'command', command: 'area.history' }],
    ['Keyboard Shortcuts', { do: 'command', command: 'app.shortcuts' }],
    ['Pause New Starts', { do: 'pause' }],
    ['Zoom In', { do: 'zoom-in' }],
  ])('%s does what it says', (label, action) => {
    expect(click(label)).toEqual([action])
  })

  it('offers to resume what is paused', () => {
    expect(click('Resume Starts', { isPaused: true })).toEqual([{ do: 'resume' }])
    expect(labels({ isPaused: true })).not.toContain('Pause New Starts')
  })

  it('shows the keys that the person chose, and none where they took them away', () => {
    const keys = (label: string, shortcuts: MenuOptions['shortcuts']) =>
      all(template({ shortcuts })).find((item) => item.label === label)
    const usual = keys('New Chat', {})
    expect(usual?.accelerator).toBe('CommandOrControl+N')
    expect(usual?.registerAccelerator).toBe(false)
    expect(keys('New Chat', { 'chat.new': 'Mod+Shift+O' })?.accelerator).toBe(
      'CommandOrControl+Shift+O',
    )
    expect(keys('New Chat', { 'chat.new': 'F9' })?.accelerator).toBe('F9')
    expect(keys('New Chat', { 'chat.new': null })).not.toHaveProperty('accelerator')
    // A question mark, which a Mac would take from what is written.
    expect(keys('Keyboard Shortcuts', {})).not.toHaveProperty('accelerator')
  })
})
