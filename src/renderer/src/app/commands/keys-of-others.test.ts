import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { USUAL_KEYS } from '../../../../shared/model/command-id.js'
import { commandOf } from './all-commands.js'
import { commandFor, strokesOf } from './bindings.js'
import { isFree, otherWith, rebound, troubleOf, unbound } from './keys-of-others.js'

beforeEach(() => vi.stubGlobal('window', {}))
afterEach(() => vi.unstubAllGlobals())

it.each([
  ['Mod+N', 'keptByBrowser', null],
  ['Mod+Shift+T', 'keptByBrowser', null],
  ['Mod+W', 'keptByBrowser', null],
  ['Mod+R', 'usedByBrowser', null],
  ['Mod+Shift+I', 'usedByBrowser', null],
  ['Mod+F5', 'usedByBrowser', null],
  ['Alt+ArrowLeft', 'usedByBrowser', null],
  ['F5', 'usedByBrowser', null],
  ['F11', 'usedByBrowser', 'keptBySystem'],
  ['F12', 'usedByBrowser', 'keptBySystem'],
  ['Alt+F4', 'keptBySystem', 'keptBySystem'],
  ['G', 'plain', 'plain'],
  ['Mod+Shift+G', null, null],
  ['F8', null, null],
])('says of %s: %s in a tab, %s in the app', (stroke, inTab, inApp) => {
  expect(troubleOf(stroke)).toBe(inTab)
  vi.stubGlobal('window', { smartAgents: {} })
  expect(troubleOf(stroke)).toBe(inApp)
})

it('has usual keys that a browser does not use', () => {
  const strokes = Object.values(USUAL_KEYS).flat()
  expect(strokes.filter((stroke) => troubleOf(stroke) === 'usedByBrowser')).toEqual([])
})

it('leaves the keys that everything needs', () => {
  expect(['Enter', 'Shift+Tab', 'ArrowUp', 'Space'].filter(isFree)).toEqual([])
  expect(isFree('Mod+Enter')).toBe(true)
})

it('takes a stroke from the one that had it, who keeps its others', () => {
  const shortcuts = rebound({}, 'chat.write', 'Alt+N')
  expect(strokesOf(commandOf('chat.write'), shortcuts)).toEqual(['Alt+N'])
  expect(strokesOf(commandOf('chat.new'), shortcuts)).toEqual(['Mod+N'])
  expect(commandFor('Alt+N', shortcuts)?.id).toBe('chat.write')
  expect(otherWith('Alt+N', 'chat.write', shortcuts)).toBeUndefined()
  const again = unbound(unbound(shortcuts, 'chat.write'), 'chat.new')
  expect(again).toEqual({})
})

it('takes keys away', () => {
  const shortcuts = rebound({}, 'app.shortcuts', null)
  expect(commandFor('?', shortcuts)).toBeUndefined()
})
