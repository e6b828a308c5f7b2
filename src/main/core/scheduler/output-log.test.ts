import { expect, it } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { EventLog } from '../events/event-log.js'
import { openDatabase } from '../store/database.js'
import { selectOutputTail } from '../store/queries/task-output.js'
import { OutputLog } from './output-log.js'

const id = 'task_1' as TaskId

function open() {
  const db = openDatabase({ path: ':memory:' })
  const clock = new SimulatedClock()
  const logger = new SilentLogger()
  const log = new EventLog(db, clock, logger)
  const output = new OutputLog(log, clock, logger, { id, conversationId: null }, 0)
  return { db, clock, logger, output, stored: () => selectOutputTail(db, id, 10_000_000) }
}

it('stores what comes in quick succession as one piece', () => {
  const { clock, output, stored } = open()
  output.write('a')
  output.write('b')
  expect(stored()).toBe('')
  clock.advance(50)
  expect(stored()).toBe('ab')
})

it('keeps a bounded part of what cannot be stored, tries once a second, and tells what is missing', () => {
  const { db, clock, logger, output, stored } = open()
  db.pragma('query_only = 1')
  for (let i = 0; i < 24; i++) output.write('x'.repeat(64 * 1024))
  expect(logger.messages('warn')).toHaveLength(1)
  expect(output.unstored.length).toBeLessThan(1024 * 1024 + 100)
  clock.advance(1_000)
  expect(logger.messages('warn')).toHaveLength(2)
  db.pragma('query_only = 0')
  clock.advance(1_000)
  expect(stored()).toMatch(/^\n\[… 524288 characters could not be stored …\]\nx+$/)
  expect(clock.pendingTimers).toBe(0)
})
