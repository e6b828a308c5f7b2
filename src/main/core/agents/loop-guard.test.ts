import { describe, expect, it } from 'vitest'
import { NO_USAGE } from '../../../../test/support/scripted-model.js'
import { stuckReason } from './loop-guard.js'
import { FINISH_REMINDER } from './reminders.js'
import type { Step } from './transcript.js'

const calls = (count: number, answer: { content: string; isError: boolean }, input = {}): Step[] =>
  Array.from({ length: count }, (_, n) => n).flatMap((n): Step[] => {
    const id = `${answer.content}-${n}`
    return [
      {
        kind: 'turn',
        content: [{ type: 'tool_use', id, name: 'read_file', input }],
        stopReason: 'tool_use',
        usage: NO_USAGE,
        model: 'm',
      },
      { kind: 'result', toolUseId: id, ...answer, changes: [] },
    ]
  })
const error = { content: 'not_found: no such file', isError: true }
const same = { content: 'nothing new', isError: false }
const user = (text: string): Step => ({ kind: 'user', text })

describe('a run gets nowhere', () => {
  it.each<[string, readonly Step[], RegExp | null]>([
    ['after five same errors', calls(5, error), /the same call failed 5 times/],
    ['not after four', calls(4, error), null],
    ['after ten same answers to the same call', calls(10, same), /read_file was called 10 times/],
    ['not after nine', calls(9, same), null],
    ['not when somebody has helped it since', [...calls(5, error), user('try b')], null],
    ['when only the loop has spoken', [...calls(5, error), user(FINISH_REMINDER)], /5 times/],
    ['not in another attempt', [...calls(5, error), { kind: 'resume', attempt: 2 }], null],
    [
      'not because it was interrupted',
      calls(5, { content: 'interrupted: may have happened', isError: true }),
      null,
    ],
  ])('%s', (_what, steps, reason) => {
    const found = stuckReason(steps)
    if (reason === null) expect(found).toBeNull()
    else expect(found).toMatch(reason)
  })
})
