import { describe, expect, it } from 'vitest'
import { parseMarks, parseProcessList } from './ps-process-table.js'

describe('reading ps', () => {
  it('takes the columns of a line and leaves zombies out', () => {
    const text = [
      '    1     0     1  12345 Ss   1-02:03:04 Fri Nov 21 04:10:00 2025',
      '  812     1   812    512 S+     0:01.50 Fri Nov 21 04:11:30 2025',
      '  900   812   812      0 Z      0:00.00 Fri Nov 21 04:12:00 2025',
      '',
    ].join('\n')
    expect(parseProcessList(text)).toEqual([
      {
        pid: 1,
        parent: 0,
        group: 1,
        session: 0,
        memoryBytes: 12345 * 1024,
        cpuMs: 93_784_000,
        startedAt: new Date(2025, 10, 21, 4, 10, 0).getTime(),
      },
      {
        pid: 812,
        parent: 1,
        group: 812,
        session: 0,
        memoryBytes: 512 * 1024,
        cpuMs: 1_500,
        startedAt: new Date(2025, 10, 21, 4, 11, 30).getTime(),
      },
    ])
  })

  it('finds the marks among the environment that follows a command', () => {
    const text = [
      '  812 /bin/sh -c npm test PATH=/bin SMART_AGENTS_MARKER=home/task_1 SMART_AGENTS_RUN=abc',
      '  813 /usr/bin/vim SMART_AGENTS_NOTES',
    ].join('\n')
    expect([...parseMarks(text)]).toEqual([
      [812, { marker: 'home/task_1', run: 'abc' }],
      [813, { marker: null, run: null }],
    ])
  })
})
