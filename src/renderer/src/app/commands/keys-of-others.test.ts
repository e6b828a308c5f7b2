import { expect, it, vi } from 'vitest'
import { commandOf } from './all-commands.js'
import { commandFor, strokesOf } from './bindings.js'
import { isFree, otherWith, rebound, troubleOf, unbound } from './keys-of-others.js'

vi.stubGlobal('window', {})

it.each([
  ['Mod+N', 'keptByBrowser'],
  ['Alt+F4', 'keptBySystem'],
  ['G', 'plain'],
  ['Mod+G', null],
  ['F5', null],
])('says of %s: %s', (stroke, trouble) => {
  expect(troubleOf(stroke)).toBe(trouble)
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
