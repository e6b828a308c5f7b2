import { describe, expect, it } from 'vitest'
import { contentOf } from './result-content.js'

describe('what is shown of a result', () => {
  it.each([
    [null, { kind: 'none' }],
    ['# Report', { kind: 'markdown', text: '# Report' }],
    [
      { report: '# Report', files: 3 },
      { kind: 'markdown', text: '# Report' },
    ],
    [
      { exitCode: 1, stdout: 'out', stderr: 'err' },
      { kind: 'command', exitCode: 1, text: 'out\nerr' },
    ],
    [{ files: 3 }, { kind: 'data', text: '{\n  "files": 3\n}' }],
    [42, { kind: 'data', text: '42' }],
  ])('%j', (output, content) => {
    expect(contentOf(output, 'analysis')).toEqual(content)
  })

  it('takes the text of a command as a terminal shows it', () => {
    const content = { kind: 'command', exitCode: null, text: '# not a heading' }
    expect(contentOf('# not a heading', 'command')).toEqual(content)
  })
})
