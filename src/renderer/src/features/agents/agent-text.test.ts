import { describe, expect, it } from 'vitest'
import { de } from '../../text/de/index.js'
import { en } from '../../text/en/index.js'
import { moveText, orderText, sleepText, stateText, usageText } from './agent-text.js'

describe('texts about agents', () => {
  it('tell an agent that was never started from one that waits for work', () => {
    expect(stateText({ state: 'idle', started: true }, en)).toBe('Idle')
    expect(stateText({ state: 'idle', started: false }, en)).toBe('Not started')
    expect(stateText({ state: 'stopped', started: false }, en)).toBe('Stopped')
    expect(stateText({ state: 'stopped', started: false }, de)).toBe('Gestoppt')
  })

  it('say everything that ends a sleep', () => {
    const now = new Date(2026, 0, 5, 12).getTime()
    const sleep = { sleeping_until: now + 90_000, wake_events: ['a', 'b'], wake_on_mail: null }
    expect(sleepText(sleep, now, en)).toMatch(
      /^Sleeps until .+, for 1m 30s, or until a or b happens$/,
    )
    const mail = { sleeping_until: null, wake_events: [], wake_on_mail: 'high' as const }
    expect(sleepText(mail, now, en)).toBe('Sleeps until mail comes (high or more urgent)')
    expect(sleepText({ ...mail, wake_events: ['a'] }, now, de)).toBe(
      'Schläft bis zum Ereignis a oder bis zu einem Brief (hoch oder dringender)',
    )
    const forever = { ...mail, wake_on_mail: null }
    expect(sleepText(forever, now, en)).toBe('Sleeps until somebody wakes it')
  })

  it('tell a mail of the person as yours', () => {
    expect(orderText('Mail from user: The plan', en)).toBe('Mail from you: The plan')
    expect(orderText('Mail from user: The plan', de)).toBe('Post von dir: The plan')
    expect(orderText('Mail from anna: The plan', en)).toBe('Mail from anna: The plan')
    expect(orderText('Mail from anna: The plan', de)).toBe('Post von anna: The plan')
    expect(orderText('List the files', de)).toBe('List the files')
  })

  it('tell what was used, however little it cost', () => {
    const usage = { turns: 1, tokens: 1200, costUsd: 0.001 }
    expect(usageText({ usage }, en)).toMatch(/^1 turn · 1.?200 tokens · \$0.001$/)
    expect(usageText({ usage: { ...usage, costUsd: null } }, de)).toMatch(/^1 Zug · .*unbekannt$/)
    expect(usageText({ usage: { turns: 0, tokens: 0, costUsd: 0 } }, en)).toBeNull()
  })

  it('name a move by what changed', () => {
    const move = { sessionId: 's', agentId: 'a', reason: null, taskId: null, seq: 1, at: 1 }
    const moves = [
      { ...move, name: 'agent.created', from: null, state: 'idle' },
      { ...move, name: 'agent.started', from: 'idle', state: 'idle' },
      { ...move, name: 'agent.state_changed', from: 'idle', state: 'active' },
    ] as const
    expect(moves.map((one) => moveText(one, en))).toEqual(['Made', 'Started', 'Idle → Active'])
    expect(moves.map((one) => moveText(one, de))).toEqual([
      'Angelegt',
      'Gestartet',
      'Untätig → Aktiv',
    ])
  })
})
