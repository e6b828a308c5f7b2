import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ToolBench } from '../../../../test/support/tool-bench.js'

let bench: ToolBench
beforeEach(async () => {
  bench = await ToolBench.create()
})
afterEach(() => bench[Symbol.asyncDispose]())

describe('run_command', () => {
  it('runs one line in the workspace and gives exit code and output', async () => {
    await bench.put('a.txt', 'hello\n')
    const text = await bench.text('run_command', { command: 'cat a.txt; echo problem >&2; pwd' })
    expect(text).toMatch(/^exit code 0 after \d+\.\d s\n/)
    expect(text).toContain('hello\n')
    expect(text).toContain('problem')
    expect(text).toContain(bench.workspace)
    expect(bench.output.join('')).toContain('hello\n')
  })

  it('takes a command that fails for a result', async () => {
    const outcome = await bench.run('run_command', { command: 'echo no; exit 3' })
    expect(outcome.isError).toBe(false)
    expect(outcome.content).toMatch(/^exit code 3 after .* s\nno$/)
    const silent = await bench.run('run_command', { command: 'true' })
    expect(silent.content).toMatch(/^exit code 0 after .* s\n\(no output\)$/)
  })

  it('gives the model both ends of a long output, and everything to who watches', async () => {
    const command = 'echo begin; yes 0123456789 | head -c 300000; echo; echo end'
    const text = await bench.text('run_command', { command })
    expect(Buffer.byteLength(text)).toBeLessThan(25_000)
    expect(text).toMatch(/\nbegin\n/)
    expect(text).toMatch(/\[… 27\d{4} bytes left out …\]/u)
    expect(text).toMatch(/\nend$/)
    expect(bench.output.join('').length).toBe(300_011)
  })

  it('leaves colours to people', async () => {
    const command = "printf '\\033[31mred\\033[0m'"
    expect(await bench.text('run_command', { command })).toMatch(/\nred$/)
    expect(bench.output.join('')).toBe('\u001b[31mred\u001b[0m')
  })

  it('ends a command that takes too long, with what it has printed', async () => {
    const text = await bench.error('run_command', {
      command: 'echo started; sleep 600',
      timeoutSeconds: 1,
    })
    expect(text).toMatch(/^timeout: the command was ended after 1 s .*timeoutSeconds.*\nstarted$/)
  })

  it('ends a command that prints too much', async () => {
    const text = await bench.error('run_command', { command: 'yes' })
    expect(text).toMatch(/^limit_exceeded: .*more than 52428800 bytes/)
    expect(Buffer.byteLength(text)).toBeLessThan(26_000)
  })

  it('stops with the task', async () => {
    const running = bench.run('run_command', { command: 'echo ready; sleep 600' })
    await bench.printed('ready')
    bench.stop()
    const outcome = await running
    expect(outcome.isError).toBe(true)
    expect(outcome.content).toMatch(/^cancelled: /)
  })

  it('tells of a signal', async () => {
    expect(await bench.text('run_command', { command: 'kill -TERM $$' })).toMatch(
      /^(ended by signal SIGTERM|exit code 143) after/,
    )
  })

  it('says so when there is no shell', async () => {
    bench.spawnAs = async () => ({
      exitCode: null,
      signal: null,
      endedBy: 'spawn_failure',
      failure: 'ENOENT',
      durationMs: 0,
      peakMemoryBytes: null,
    })
    expect(await bench.error('run_command', { command: 'true' })).toMatch(
      /^internal: the shell could not be started: ENOENT/,
    )
  })

  it.each([{}, { command: '' }, { command: 'a\0b' }, { command: 'true', timeoutSeconds: 0 }])(
    'refuses %j',
    async (input) => {
      expect(await bench.error('run_command', input)).toMatch(/^invalid_params: /)
      expect(bench.spawned).toEqual([])
    },
  )
})
