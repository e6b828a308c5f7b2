import { expect, it } from 'vitest'
import { mentionBefore } from './mention-query.js'

it('finds the mention that is being typed', () => {
  const at = (text: string) => mentionBefore(text, text.length)
  expect(at('look at @src/ma')).toEqual({ at: 8, query: 'src/ma' })
  expect(at('@')).toEqual({ at: 0, query: '' })
  expect(at('see @"my fi')).toEqual({ at: 4, query: 'my fi' })
  expect(at('me@example')).toBeNull()
  expect(at('@done ')).toBeNull()
  expect(mentionBefore('a @b c', 4)).toEqual({ at: 2, query: 'b' })
})
