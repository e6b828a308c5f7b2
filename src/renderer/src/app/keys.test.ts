import { expect, test } from 'vitest'
import { type PressedKey, strokeLabel, strokeOf } from './keys.js'

function pressed(
  key: string,
  given: Partial<PressedKey> & { altGraph?: boolean } = {},
): PressedKey {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    getModifierState: (name) => name === 'AltGraph' && given.altGraph === true,
    ...given,
  }
}

test.each([
  ['a letter with Ctrl', pressed('k', { ctrlKey: true }), 'Mod+K'],
  ['a letter with Ctrl and Shift', pressed('K', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+K'],
  [
    'a digit whose Shift is a sign',
    pressed('!', { ctrlKey: true, shiftKey: true, code: 'Digit1' }),
    'Mod+Shift+1',
  ],
  ['a keyboard of another script', pressed('л', { ctrlKey: true, code: 'KeyK' }), 'Mod+K'],
  ['a rearranged keyboard', pressed('k', { ctrlKey: true, code: 'KeyV' }), 'Mod+K'],
  ['a sign that needs Shift', pressed('?', { shiftKey: true, code: 'Minus' }), '?'],
  ['a named key', pressed('Escape'), 'Escape'],
  ['a named key with Shift', pressed('Enter', { shiftKey: true }), 'Shift+Enter'],
  ['a comma with Ctrl', pressed(',', { ctrlKey: true, code: 'Comma' }), 'Mod+,'],
  ['a plus with Ctrl', pressed('+', { ctrlKey: true, code: 'Equal' }), 'Mod++'],
])('%s', (_name, event, stroke) => {
  expect(strokeOf(event, false)).toBe(stroke)
})

test('on a Mac Cmd is the modifier, and Alt makes signs of letters', () => {
  expect(strokeOf(pressed('k', { metaKey: true }), true)).toBe('Mod+K')
  expect(strokeOf(pressed('˜', { altKey: true, code: 'KeyN' }), true)).toBe('Alt+N')
})

test.each([
  ['an input method', pressed('k', { ctrlKey: true, isComposing: true })],
  ['AltGr', pressed('@', { ctrlKey: true, altKey: true, altGraph: true, code: 'KeyQ' })],
  ['a modifier alone', pressed('Shift', { shiftKey: true })],
])('%s is no stroke', (_name, event) => {
  expect(strokeOf(event, false)).toBeNull()
})

test('is written as people of the machine write it', () => {
  expect(strokeLabel('Mod+Shift+K', false)).toBe('Ctrl+Shift+K')
  expect(strokeLabel('Mod+Shift+K', true)).toBe('⌘⇧K')
  expect(strokeLabel('Escape', false)).toBe('Esc')
  expect(strokeLabel('Mod++', false)).toBe('Ctrl++')
})
