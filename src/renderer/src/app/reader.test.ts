import { expect, it } from 'vitest'
import { Reader } from './reader.js'

it('reads once more for all that was asked for while it read', async () => {
  const first = Promise.withResolvers<void>()
  const again = Promise.withResolvers<void>()
  const answers = [first.promise, again.promise]
  const begun: number[] = []
  const reader = new Reader(() => {
    begun.push(begun.length)
    return answers[begun.length - 1] ?? Promise.resolve()
  })
  const done = reader.ask()
  await Promise.all([reader.ask(), reader.ask()])
  expect(begun).toEqual([0])
  first.resolve()
  again.resolve()
  await done
  expect(begun).toEqual([0, 1])
})
