import { describe, expect, it } from 'vitest'
import { type Condition, permitted } from './permitted.js'

const agent: Condition = {
  state: 'idle',
  started: true,
  pausing: false,
  will_sleep: false,
  current_task: null,
  wake_events: [],
  wake_on_mail: null,
}

function allowed(change: Partial<Condition>): string {
  return [...permitted({ ...agent, ...change })].join(' ')
}

describe('what can be asked of an agent', () => {
  it('depends on its state', () => {
    expect(allowed({})).toBe('stop pause sleep sendTask')
    expect(allowed({ started: false })).toBe('start stop sleep sendTask delete')
    expect(allowed({ state: 'active' })).toBe('stop pause sleep sendTask')
    expect(allowed({ state: 'paused' })).toBe('stop resume sendTask')
    expect(allowed({ state: 'sleeping' })).toBe('stop pause sleep wake sendTask')
    expect(allowed({ state: 'stopped', started: false })).toBe('start delete')
  })

  it('and on what was asked of it already', () => {
    expect(allowed({ state: 'active', pausing: true })).toBe('stop resume sleep sendTask')
    expect(allowed({ state: 'active', will_sleep: true })).toContain('wake')
    expect(allowed({ state: 'paused', wake_events: ['x'] })).toContain('wake')
  })
})
