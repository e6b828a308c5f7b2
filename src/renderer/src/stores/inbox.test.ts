import { expect, it } from 'vitest'
import { NO_INBOX, reduceInbox } from './inbox.js'

it('counts anew with the event, before the items are read', () => {
  const counts = { total: 2, byKind: { ...NO_INBOX.counts.byKind, failure: 2 } }
  const state = { ...NO_INBOX, items: [] }
  expect(reduceInbox(state, { name: 'inbox.changed', params: { at: 1, counts } })).toEqual({
    ...{ items: [], counts, error: null },
  })
})
