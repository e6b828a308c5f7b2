import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '../../src/shared/model/ids.js'
import { CoreBench } from '../support/core-bench.js'
import { call, type Line } from '../support/scripted-model.js'
import { finishes, TeamCast } from '../support/team-cast.js'

let bench: CoreBench
let cast: TeamCast
beforeEach(async () => {
  bench = await CoreBench.start()
  cast = new TeamCast(bench.model)
})
afterEach(() => bench.close())

const agent = { type: 'agent_execution', description: 'make it work', agentType: 'coder' } as const
/** Passes once the file says `ok`. */
const check = 'cat state.txt; test "$(cat state.txt)" = ok'

/** Writes one text after another into the file that is checked, and says each time that it is done. */
function writes(...texts: readonly string[]): string[] {
  const heard: string[] = []
  cast.plays('coder', ({ turn, heard: last }) => {
    heard.push(last)
    const text = texts[Math.floor(turn / 2)] ?? 'no further text'
    if (turn % 2 === 1) return finishes(`wrote ${text}`)
    return { calls: [call(`w${turn}`, 'write_file', { path: 'state.txt', content: text })] }
  })
  return heard
}

const evidence = (id: TaskId) => bench.core.evidence(id)
const attempts = (id: TaskId) =>
  evidence(id).corrections.map(({ attempt, state }) => `${attempt} ${state}`)
const asked = () => bench.heard((event) => event.name === 'blocker.created')
const parked = (id: TaskId) =>
  bench.heard((event) => event.name === 'task.waiting' && event.payload.taskId === id)
const open = (taskId: TaskId) =>
  bench.core.blockers.list({ taskId, state: 'open', before: Number.MAX_SAFE_INTEGER, limit: 10 })
    .blockers

describe('a task with checks', () => {
  it('is done when they pass, with what they printed', async () => {
    writes('ok')
    const { id, result } = await bench.run({
      ...agent,
      checks: [{ kind: 'command', command: check }],
    })
    expect(result).toMatchObject({ success: true, output: 'wrote ok' })
    expect(evidence(id)).toMatchObject({
      corrections: [],
      evidence: [{ round: 1, name: check, passed: true, exitCode: 0, output: 'ok' }],
    })
  })

  it('is corrected with the newest failure until they pass', async () => {
    const heard = writes('one', 'two', 'ok')
    const { id, result } = await bench.run({
      ...agent,
      checks: [{ kind: 'command', command: check }],
    })
    expect(result).toMatchObject({ success: true, output: 'wrote ok' })
    expect(attempts(id)).toEqual(['1 failed', '2 success'])
    expect(evidence(id).evidence.map(({ passed }) => passed)).toEqual([false, false, true])
    expect(heard[2]).toMatch(/Correction 1 of 3:[\s\S]*exit code 1\.\none/)
    expect(heard[4]).toMatch(/Correction 2 of 3:[\s\S]*exit code 1\.\ntwo[\s\S]*wrong before/)
    expect(heard[4]).toContain('exit code 1. … one')
    const events = bench.core.events.read(0, 1000)
    const told = events.flatMap((event) =>
      event.name === 'task.correction_attempt'
        ? [`${event.payload.correction.attempt} ${event.payload.correction.state}`]
        : [],
    )
    expect(told).toEqual(['1 in_progress', '1 failed', '2 in_progress', '2 success'])
  })

  it('asks one question when three corrections did not help, and goes on with the answer', async () => {
    const heard = writes('one', 'two', 'three', 'four', 'ok')
    const question = asked()
    const id = await bench.submit({ ...agent, checks: [{ kind: 'command', command: check }] })
    await question
    await parked(id)
    expect(attempts(id)).toEqual(['1 failed', '2 failed', '3 failed'])
    const [blocker, ...more] = open(id)
    expect(more).toEqual([])
    expect(blocker).toMatchObject({
      ...{ kind: 'sync', source: 'checks', options: ['Try again', 'Accept as it is', 'Give up'] },
      question: expect.stringMatching(
        /“make it work” do not pass: 3 of 3 corrections did not help[\s\S]*four/,
      ),
    })
    expect(bench.core.queue.getStatus(id).waitingFor?.reason).toBe('answer')
    await bench.restart()
    bench.core.blockers.answer(blocker?.id ?? expect.fail(), 'the file must say ok')
    expect(await bench.resultOf(id)).toMatchObject({ success: true })
    expect(attempts(id).at(-1)).toBe('4 success')
    expect(heard.at(-2)).toMatch(
      /Correction 4 of 6[\s\S]*The person answered: the file must say ok/,
    )
  })

  it.each([
    ['Give up', { success: false, error: { code: 'command_failed' } }],
    [
      'Accept as it is',
      { success: true, output: expect.stringContaining('A person accepted this although') },
    ],
  ])('ends as the person says: %s', async (answer, result) => {
    writes('one', 'two')
    const question = asked()
    const id = await bench.submit({
      ...agent,
      checks: [{ kind: 'command', command: check }],
      maxCorrections: 1,
    })
    await question
    bench.core.blockers.answer(open(id)[0]?.id ?? expect.fail(), answer)
    expect(await bench.resultOf(id)).toMatchObject(result)
    expect(evidence(id).evidence.every(({ passed }) => !passed)).toBe(true)
  })

  it('that reports a failure itself is not checked', async () => {
    cast.plays('coder', () => finishes('I could not', false))
    const { id, result } = await bench.run({
      ...agent,
      checks: [{ kind: 'command', command: 'true' }],
    })
    expect(result.success).toBe(false)
    expect(evidence(id).evidence).toEqual([])
  })

  it('of files and text in files', async () => {
    symlinkSync('/etc/passwd', join(bench.workspace, 'passwd'))
    writes('ok')
    const { id } = await bench.run({
      ...agent,
      maxCorrections: 0,
      checks: [
        { kind: 'file', path: 'state.txt', contains: 'ok' },
        { kind: 'file', path: 'state.txt', contains: 'other' },
        { kind: 'file', path: 'missing.txt' },
        { kind: 'file', path: 'passwd' },
      ],
    })
    expect(bench.core.queue.getStatus(id).error).toEqual({
      code: 'command_failed',
      message: 'its checks do not pass: file state.txt: It does not contain "other".',
    })
    expect(evidence(id).evidence.map(({ passed, detail }) => [passed, detail])).toEqual([
      [true, 'It contains "ok".'],
      [false, 'It does not contain "other".'],
      [false, 'There is no such file.'],
      [false, expect.stringMatching(/^forbidden: "passwd" is outside/)],
    ])
  })

  it('whose check never ends', async () => {
    writes('ok')
    const { id, result } = await bench.run({
      ...agent,
      maxCorrections: 0,
      checks: [{ kind: 'command', command: 'echo begun; sleep 60', timeoutMs: 300 }],
    })
    expect(result.success).toBe(false)
    expect(evidence(id).evidence).toMatchObject([
      {
        detail: 'It did not end within 0.3 s and was ended with all that it had started.',
        ...{ passed: false, output: 'begun\n', exitCode: null },
      },
    ])
  })

  it('is checked again after a restart in the middle, and the agent is not asked again', async () => {
    writes('ok')
    const gate = join(bench.folder, 'gate')
    const waits = `echo checking; while ! test -e ${gate}; do sleep 0.05; done`
    const id = await bench.submit({ ...agent, checks: [{ kind: 'command', command: waits }] })
    await bench.heard(
      (event) => event.name === 'task.output' && event.payload.text.includes('checking\n'),
    )
    const turns = cast.asked.length
    writeFileSync(gate, '')
    await bench.restart()
    expect(await bench.resultOf(id)).toMatchObject({ success: true })
    expect(cast.asked).toHaveLength(turns)
  })

  it('reads what was said to it while it was checked', async () => {
    let spoken = false
    cast.plays('coder', ({ turn, heard }): Line => {
      if (turn === 0) return finishes('first')
      return finishes(`heard: ${heard}`)
    })
    const id = await bench.submit({ ...agent, checks: [{ kind: 'command', command: 'sleep 0.3' }] })
    await bench.heard((event) => {
      if (event.name === 'task.output' && !spoken && event.payload.text.includes('› check')) {
        spoken = true
        bench.core.queue.message(id, 'one more thing')
      }
      return spoken
    })
    expect(await bench.resultOf(id)).toMatchObject({
      output: expect.stringMatching(/one more thing$/),
    })
    expect(bench.core.queue.messages(id)).toMatchObject([{ readAt: expect.any(Number) }])
  })

  it('that is a command has nobody to correct it', async () => {
    const { id, result } = await bench.run({
      ...{ command: 'echo built; echo x > out.txt', maxAttempts: 2 },
      checks: [{ kind: 'command', command: 'test "$(cat out.txt)" = y' }],
    })
    expect(result).toMatchObject({
      success: false,
      output: expect.stringMatching(/^built\n/),
    })
    expect(evidence(id)).toMatchObject({ corrections: [], evidence: [{ round: 1 }, { round: 2 }] })
    expect(existsSync(join(bench.workspace, 'out.txt'))).toBe(true)
  })
})

it('is never done while the newest round of its checks has failed, whatever they say', async () => {
  // Each run of a check takes the next digit: its exit code.
  const script = (name: string) =>
    `n=$(cat ${name}.n 2>/dev/null || echo 1); echo $((n + 1)) > ${name}.n; exit $(cut -c$n ${name}.codes)`
  cast.plays('coder', () => finishes('done'))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom('0', '1'), { minLength: 6, maxLength: 6 }), {
        minLength: 1,
        maxLength: 2,
      }),
      fc.constantFrom('Give up', 'Try again'),
      async (results, answer) => {
        for (const [index, codes] of results.entries()) {
          // Passes in the end.
          writeFileSync(
            join(bench.workspace, `c${index}.codes`),
            `${codes.join('')}${'0'.repeat(20)}`,
          )
          rmSync(join(bench.workspace, `c${index}.n`), { force: true })
        }
        const id = await bench.submit({
          ...agent,
          maxCorrections: 2,
          checks: results.map((_, index) => ({ kind: 'command', command: script(`c${index}`) })),
        })
        const leave = bench.core.events.subscribe({
          durable: (event) => {
            if (event.name !== 'blocker.created') return
            queueMicrotask(() => bench.core.blockers.answer(event.payload.blocker.id, answer))
          },
          live: () => undefined,
        })
        const { success } = await bench.resultOf(id)
        leave()
        const made = evidence(id).evidence
        const last = made.filter(({ round }) => round === made.at(-1)?.round)
        expect(success).toBe(last.every(({ passed }) => passed))
      },
    ),
    { numRuns: 8 },
  )
}, 60_000)

describe('a review', () => {
  const review = { kind: 'review', agentType: 'reviewer', focus: 'names' } as const
  const scores = (...points: readonly number[]) => {
    let number = 0
    cast.plays('reviewer', ({ brief }) => {
      expect(brief).toContain('Look above all at: names')
      const score = points[number] ?? 0
      number += 1
      return { calls: [call('r', 'submit_review', { score, comments: [`comment ${score}`] })] }
    })
  }

  it('sends the work back once, and passes it', async () => {
    const heard = writes('one', 'two')
    scores(60, 80)
    const { id, result } = await bench.run({ ...agent, checks: [review] })
    expect(result.success).toBe(true)
    expect(evidence(id).evidence).toMatchObject([
      { score: 60, passed: false, detail: '60 of 100 points: changes are needed.' },
      { score: 80, passed: true },
    ])
    expect(heard[2]).toContain('comment 60')
    expect(attempts(id)).toEqual(['1 success'])
  })

  it('asks the person when the second one does not pass', async () => {
    writes('one', 'two')
    scores(40, 60, 90)
    const question = asked()
    const id = await bench.submit({
      ...agent,
      checks: [{ kind: 'command', command: 'true' }, review],
    })
    await question
    expect(open(id)[0]?.question).toContain('2 reviews were not passed')
    bench.core.blockers.answer(open(id)[0]?.id ?? expect.fail(), 'Try again')
    expect(await bench.resultOf(id)).toMatchObject({ success: true })
    expect(evidence(id).evidence.map(({ kind, passed }) => `${kind} ${passed}`)).toEqual([
      ...['command true', 'review false', 'command true', 'review false'],
      ...['command true', 'review true'],
    ])
  })

  it('without a verdict goes to the person at once', async () => {
    writes('one')
    cast.plays('reviewer', () => finishes('looks fine'))
    const question = asked()
    const id = await bench.submit({ ...agent, checks: [review] })
    await question
    expect(open(id)[0]?.question).toContain('came to no verdict: it gave no score')
    await bench.core.queue.cancel(id)
    expect(readFileSync(join(bench.workspace, 'state.txt'), 'utf8')).toBe('one')
  })
})
