import { afterEach, describe, expect, it } from 'vitest'
import { TaskId } from '../../../../shared/model/ids.js'
import type { Plan, PlanPart } from '../../../../shared/model/plan.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { layersOf, progressText, standingOf, titlesOf } from './plan-model.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

const taskId = TaskId.parse('task_a')

function part(key: string, dependsOn: string[] = [], change: Partial<PlanPart> = {}): PlanPart {
  const texts = { title: key.toUpperCase(), description: key, agent: 'coder', reason: 'Fits' }
  return { key, dependsOn, checks: [], ...texts, ...change }
}

function keysOf(parts: readonly PlanPart[]): string[][] {
  return layersOf(parts).map((row) => row.map(({ key }) => key))
}

describe('the graph of a plan', () => {
  it('puts each part below all that it depends on', () => {
    const parts = [part('c', ['a', 'b']), part('a'), part('b', ['a']), part('d')]
    expect(keysOf(parts)).toEqual([['a', 'd'], ['b'], ['c']])
  })

  it('puts a part below what it depends on rather than across', () => {
    const parts = [part('a'), part('b'), part('of-b', ['b']), part('of-a', ['a'])]
    expect(keysOf(parts)).toEqual([
      ['a', 'b'],
      ['of-a', 'of-b'],
    ])
  })

  it('cuts a circle and shows every part', () => {
    const parts = [part('a', ['b']), part('b', ['a']), part('c', ['gone'])]
    expect(keysOf(parts).flat().toSorted()).toEqual(['a', 'b', 'c'])
  })
})

describe('a part of a plan', () => {
  it('stands as its task does, or as the plan told it', () => {
    const running = { id: taskId, state: 'running', progress: 40, currentStep: 'Tests' } as TaskView
    const of = part('a', [], { taskId, state: 'pending' })
    expect(standingOf(of, { [taskId]: running })).toEqual({
      state: 'running',
      progress: 40,
      step: 'Tests',
    })
    expect(standingOf(of, {})).toMatchObject({ state: 'pending', progress: 0 })
    expect(standingOf(part('a'), {}).state).toBeNull()
  })

  it('is counted by how it ended', () => {
    const parts = [
      part('a', [], { state: 'completed' }),
      part('b', [], { state: 'failed' }),
      part('c', [], { state: 'cancelled' }),
    ]
    const text = progressText({ parts } as unknown as Plan, {})
    expect(text).toBe('1 of 3 parts done, 1 failed, 1 cancelled')
    useWords.setState({ language: 'de', locale: 'de-DE', text: de })
    expect(progressText({ parts } as unknown as Plan, {})).toBe(
      '1 von 3 Teilen fertig, 1 fehlgeschlagen, 1 abgebrochen',
    )
  })

  it('names what it waits for', () => {
    expect(titlesOf(['a', 'gone'], [part('a')])).toEqual(['A', 'gone'])
  })
})
