import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import type { ConversationId } from '../../../shared/model/ids.js'
import { openDatabase, type WriteDb } from '../store/database.js'
import { countQuarantined } from '../store/queries/quarantine.js'
import { selectSetting, upsertSetting } from '../store/queries/settings.js'
import { EventLog } from './event-log.js'

let db: WriteDb
let log: EventLog
let logger: SilentLogger
beforeEach(() => {
  db = openDatabase({ path: ':memory:' })
  logger = new SilentLogger()
  log = new EventLog(db, new SimulatedClock(1_000), logger)
})

const conversationId = 'conv_1' as ConversationId
const say = (title: string) =>
  log.transaction((transaction) =>
    transaction.emit('chat.changed', { conversationId, change: 'renamed', title }),
  )

function heard(): string[] {
  const titles: string[] = []
  log.subscribe({
    durable: (event) => {
      if (event.name === 'chat.changed') titles.push(`${event.seq}:${event.payload.title}`)
    },
    live: (event) => titles.push(event.name),
  })
  return titles
}

describe('the event log', () => {
  it('numbers events without gaps and tells of them after the commit, in order', () => {
    const titles = heard()
    log.transaction((transaction) => {
      transaction.emit('chat.changed', { conversationId, change: 'renamed', title: 'a' })
      transaction.emit('chat.changed', { conversationId, change: 'renamed', title: 'b' })
      expect(titles).toEqual([])
    })
    say('c')
    expect(titles).toEqual(['1:a', '2:b', '3:c'])
    expect(log.lastSeq()).toBe(3)
    expect(log.oldestSeq()).toBe(1)
    expect(log.read(1, 10).map((event) => event.seq)).toEqual([2, 3])
    expect(log.read(0, 1)[0]).toMatchObject({ at: 1_000, name: 'chat.changed' })
  })

  it('neither stores nor tells of anything when the work throws', () => {
    const titles = heard()
    const failing = () =>
      log.transaction((transaction) => {
        upsertSetting(transaction.db, 'k', '1')
        transaction.emit('chat.changed', { conversationId, change: 'renamed', title: 'a' })
        transaction.afterCommit(() => titles.push('effect'))
        throw new Error('no')
      })
    expect(failing).toThrow('no')
    expect(titles).toEqual([])
    expect(log.lastSeq()).toBe(0)
    expect(selectSetting(db, 'k', z.number(), 0)).toBeNull()
    say('b')
    expect(titles).toEqual(['1:b'])
  })

  it('keeps the order when a listener commits again, and tells live news in their place', () => {
    let answered = false
    log.subscribe({
      durable: () => {
        if (answered) return
        answered = true
        log.live('system.machine', { cpu: 1, memory: 1 })
        say('answer')
      },
      live: () => undefined,
    })
    const titles = heard()
    log.transaction((transaction) => {
      transaction.emit('chat.changed', { conversationId, change: 'renamed', title: 'first' })
      transaction.emit('chat.changed', { conversationId, change: 'renamed', title: 'second' })
    })
    expect(titles).toEqual(['1:first', '2:second', 'system.machine', '3:answer'])
  })

  it('survives a listener and an effect that throw', () => {
    log.subscribe({
      durable: () => {
        throw new Error('a listener')
      },
      live: () => undefined,
    })
    const titles = heard()
    log.transaction((transaction) => {
      transaction.emit('chat.changed', { conversationId, change: 'renamed', title: 'a' })
      transaction.afterCommit(() => {
        throw new Error('an effect')
      })
      transaction.afterCommit(() => titles.push('next effect'))
    })
    expect(titles).toEqual(['1:a', 'next effect'])
    expect(logger.messages('error')).toHaveLength(2)
  })

  it('refuses a transaction inside another one, and goes on', () => {
    expect(() => log.transaction(() => say('inner'))).toThrow(/inside another/)
    say('after')
    expect(log.lastSeq()).toBe(1)
  })

  it('stops telling whoever has left', () => {
    const titles: string[] = []
    const leave = log.subscribe({ durable: () => titles.push('x'), live: () => undefined })
    say('a')
    leave()
    say('b')
    expect(titles).toEqual(['x'])
  })

  it('sets aside what cannot be read, and reads on behind it', () => {
    say('a')
    say('b')
    db.prepare(`UPDATE events SET payload = '{broken' WHERE seq = 1`).run()
    expect(log.read(0, 1).map((event) => event.seq)).toEqual([2])
    expect(log.read(0, 10).map((event) => event.seq)).toEqual([2])
    expect(countQuarantined(db)).toBe(1)
    db.prepare(`UPDATE events SET payload = '{}' WHERE seq = 2`).run()
    expect(log.read(0, 10)).toEqual([])
    expect(logger.messages('warn')).toContain('a stored event does not fit the contract')
  })

  it('reads large events a few at a time, and all of them in the end', () => {
    for (const title of ['a', 'b', 'c', 'd']) say(title.repeat(600_000))
    const seqs: number[][] = []
    for (let after = 0; after < log.lastSeq(); ) {
      const events = log.read(after, 100)
      seqs.push(events.map((event) => event.seq))
      after = events.at(-1)?.seq ?? Number.POSITIVE_INFINITY
    }
    expect(seqs).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('reads on behind a damaged row on a full disk', () => {
    say('a')
    say('b')
    db.prepare(`UPDATE events SET payload = '{broken' WHERE seq = 1`).run()
    db.pragma('query_only = 1')
    expect(log.read(0, 10).map((event) => event.seq)).toEqual([2])
  })
})
