import { expect, test } from 'vitest'
import { languageFor, localeFor } from './language.js'

test.each([
  [['de-AT', 'en'], 'de'],
  [['fr-FR', 'zh-TW'], 'zh-hant'],
  [['zh-CN'], 'zh-hant'],
  [['EN-gb'], 'en'],
  [['fr', 'es'], 'en'],
  [[], 'en'],
  [['den'], 'en'],
] as const)('%j is answered in %s', (tags, language) => {
  expect(languageFor(tags)).toBe(language)
})

test('dates are written as in the region that the person named', () => {
  expect(localeFor('en', ['de-DE', 'en-GB'])).toBe('en-GB')
  expect(localeFor('de', ['en-GB'])).toBe('de-DE')
  expect(localeFor('zh-hant', ['fr'])).toBe('zh-Hant-TW')
})
