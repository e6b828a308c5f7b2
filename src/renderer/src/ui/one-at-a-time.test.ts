import { expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.js'

it('passes over what is asked for while the same still runs', async () => {
  const once = oneAtATime()
  const running: PromiseWithResolvers<void>[] = []
  const run = () => {
    const one = Promise.withResolvers<void>()
    running.push(one)
    return one.promise
  }
  once(run)
  once(run)
  expect(running).toHaveLength(1)
  running[0]?.resolve()
  await running[0]?.promise
  once(run)
  expect(running).toHaveLength(2)
})
