import { describe, expect, it } from 'vitest'
import { resultText } from './result-text.js'

const task = { id: 'task_a', type: 'command', description: 'npm test', state: 'completed' } as const

describe('results in the chat', () => {
  it.each([
    ['# A report\n\ntext', '# A report\n\ntext'],
    ['plain output\n```\nwith a fence', '````text\nplain output\n```\nwith a fence\n````'],
    ['{"exitCode":3,"stdout":"out","stderr":"err"}', 'Exit code 3.\n\n```text\nout\nerr\n```'],
    [{ exitCode: 0, stdout: '' }, 'Exit code 0.\n\nIt printed nothing.'],
    [{ odd: true }, '```json\n{\n  "odd": true\n}\n```'],
    ['{ broken', '```text\n{ broken\n```'],
    ['', 'It printed nothing.'],
    [null, 'It printed nothing.'],
  ])('%j', (output, text) => {
    expect(resultText(task, { success: true, output, metrics: { duration: 2 } })).toBe(
      `**npm test** (task_a) completed after 2.0 s.\n\n${text}`,
    )
  })

  it('says why it failed', () => {
    const error = { code: 'timeout', message: 'ended after 60 s' }
    expect(resultText({ ...task, state: 'failed' }, { success: false, output: '', error })).toBe(
      '**npm test** (task_a) failed. timeout: ended after 60 s\n\nIt printed nothing.',
    )
    expect(
      resultText(
        { ...task, type: 'analysis', state: 'cancelled' },
        { success: false, output: null },
      ),
    ).toBe('**npm test** (task_a) was cancelled.')
  })
})
