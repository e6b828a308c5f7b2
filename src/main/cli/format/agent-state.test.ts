import { describe, expect, it } from 'vitest'
import { agentView } from '../../../../test/support/agent-view.js'
import type { AgentView } from '../../../shared/model/agent.js'
import type { MailPriority } from '../../../shared/model/mail.js'
import { Terminal } from '../terminal.js'
import { agentStateText, sleepText, wakersText } from './agent-state.js'

/** At noon, so that the hours around it are of the same day wherever the test runs. */
const now = new Date(2027, 0, 15, 12).getTime()
const terminal = new Terminal(process.stdout, process.stderr, {})

const idle = agentView({ created_at: now, state_since: now })

describe('agentStateText', () => {
  const hour = 3_600_000
  const room = { reason: 'limit' as const, detail: '5 of 5 tasks are running.', since: now }

  it.each<[Partial<AgentView>, string]>([
    [{}, 'idle'],
    [{ started: false }, 'idle, not started'],
    [{ state: 'stopped', started: false }, 'stopped'],
    [{ state: 'active', pausing: true }, 'active, pausing'],
    [{ state: 'active', will_sleep: true }, 'active, then sleeps'],
    [{ state: 'paused' }, 'paused'],
    [{ waiting_for_agent: 'writer' }, "idle, waits for writer's answer"],
    [{ waiting_for_agent: 'user' }, 'idle, waits for your answer'],
    [{ waiting_for: room }, 'idle, waits for limit'],
    [{ state: 'sleeping' }, 'sleeping until it is woken'],
    [{ state: 'sleeping', sleeping_until: now + 2 * hour }, 'sleeping until 14:00'],
    [{ state: 'sleeping', sleeping_until: now + 24 * hour }, 'sleeping until 2027-01-16 12:00'],
    [
      { state: 'sleeping', sleeping_until: now + hour, wake_events: ['a'], wake_on_mail: 'low' },
      'sleeping until 13:00, a or mail',
    ],
    [{ state: 'sleeping', wake_events: ['a\n\x1b[2Jb'] }, 'sleeping until a b'],
  ])('%j is %s', (over, text) => {
    expect(agentStateText({ ...idle, ...over }, terminal, now)).toBe(text)
  })
})

describe('wakersText', () => {
  it.each<[string[], MailPriority | null, string]>([
    [[], null, 'it is woken'],
    [['a'], null, 'a'],
    [['a', 'b'], null, 'a or b'],
    [['a'], 'normal', 'a or mail that is normal or more urgent'],
    [[], 'urgent', 'urgent mail'],
  ])('%j and mail of %s', (events, mail, text) => {
    expect(wakersText(events, mail)).toBe(text)
  })

  it('tells a time with what is left until then', () => {
    expect(sleepText({ untilMs: now + 90_000, events: ['a'], mail: null }, now)).toBe(
      '2027-01-15 12:01 (in 1m 30s) or a',
    )
  })
})
