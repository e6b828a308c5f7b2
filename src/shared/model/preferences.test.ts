import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  DEFAULT_PREFERENCES,
  PreferencesChange,
  readPreferences,
  StoredPreferences,
} from './preferences.js'

test('a field that does not parse costs only itself', () => {
  expect(readPreferences({ theme: 'dark', textSize: 'huge', more: 1 })).toEqual({
    ...DEFAULT_PREFERENCES,
    theme: 'dark',
  })
})

test.each([undefined, null, 'x', []])('%j gives the usual preferences', (stored) => {
  expect(readPreferences(stored)).toEqual(DEFAULT_PREFERENCES)
})

test('a change names only what it changes', () => {
  expect(PreferencesChange.parse({ keepAwake: true })).toEqual({ keepAwake: true })
  expect(PreferencesChange.safeParse({ colour: 'red' }).success).toBe(false)
})

test('a row of an older version has them all', () => {
  const row = z.object({ preferences: StoredPreferences })
  expect(row.parse({})).toEqual({ preferences: DEFAULT_PREFERENCES })
  expect(row.parse({ preferences: { keepAwake: true } }).preferences.keepAwake).toBe(true)
})
