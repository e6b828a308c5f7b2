import { describe, expect, it } from 'vitest'
import { moveText, orderText, sleepText, stateText } from './agent-text.js'

describe('texts about agents', () => {
  it('tell an agent that was never started from one that waits for work', () => {
    expect(stateText({ state: 'idle', started: true })).toBe('Idle')
    expect(stateText({ state: 'idle', started: false })).toBe('Not started')
    expect(stateText({ state: 'stopped', started: false })).toBe('Stopped')
  })

  it('say everything that ends a sleep', () => {
    const now = new Date(2026, 0, 5, 12).getTime()
    const sleep = { sleeping_until: now + 90_000, wake_events: ['a', 'b'], wake_on_mail: null }
    expect(sleepText(sleep, now)).toMatch(/^Sleeps until .+, for 1m 30s, or until a or b happens$/)
    const mail = { sleeping_until: null, wake_events: [], wake_on_mail: 'high' as const }
    expect(sleepText(mail, now)).toBe('Sleeps until mail comes (high or more urgent)')
    expect(sleepText({ ...mail, wake_on_mail: null }, now)).toBe('Sleeps until somebody wakes it')
  })

  it('tell a mail of the person as yours', () => {
    expect(orderText('Mail from user: The plan')).toBe('Mail from you: The plan')
    expect(orderText('Mail from anna: The plan')).toBe('Mail from anna: The plan')
    expect(orderText('List the files')).toBe('List the files')
  })

  it('name a move by what changed', () => {
    const move = { sessionId: 's', agentId: 'a', reason: null, taskId: null, seq: 1, at: 1 }
    const texts = [
      moveText({ ...move, name: 'agent.created', from: null, state: 'idle' }),
      moveText({ ...move, name: 'agent.started', from: 'idle', state: 'idle' }),
      moveText({ ...move, name: 'agent.state_changed', from: 'idle', state: 'active' }),
    ]
    expect(texts).toEqual(['Made', 'Started', 'Idle → Active'])
  })
})
