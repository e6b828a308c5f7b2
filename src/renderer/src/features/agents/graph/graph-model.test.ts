import { describe, expect, it } from 'vitest'
import { MailId } from '../../../../../shared/model/ids.js'
import { type GraphModel, graphOf, rowsOf } from './graph-model.js'

type Agents = Parameters<typeof graphOf>[0]
type Threads = Parameters<typeof graphOf>[1]

function agents(waits: Readonly<Record<string, string | null>>): Agents {
  const views = Object.entries(waits).map(([name, to]) => [name, { waiting_for_agent: to }])
  return Object.fromEntries(views) as Agents
}

function thread(from: string, to: string): Threads[number] {
  return { last: { mailId: MailId.parse('mail_a'), from, to }, count: 1 } as Threads[number]
}

describe('the graph of agents', () => {
  it('draws who waits for whom and who wrote to whom, once for each way', () => {
    const threads = [thread('anna', 'ben'), thread('anna', 'ben'), thread('gone', 'ben')]
    expect(graphOf(agents({ anna: 'ben', ben: null }), threads)).toEqual({
      nodes: ['anna', 'ben'],
      edges: [
        { kind: 'waits', from: 'anna', to: 'ben', mails: 0 },
        { kind: 'mail', from: 'anna', to: 'ben', mails: 2 },
      ],
    })
  })

  it('shows the person where they take part', () => {
    expect(graphOf(agents({ anna: 'user' }), []).nodes).toEqual(['user', 'anna'])
    expect(graphOf(agents({ anna: null }), [thread('user', 'anna')]).nodes).toContain('user')
  })

  it('puts whoever waits above whom they wait for, also in a circle', () => {
    const chain = graphOf(agents({ c: null, b: 'c', a: 'b' }), [])
    expect(rowsOf(chain)).toEqual([['a'], ['b'], ['c']])
    const circle = graphOf(agents({ a: 'b', b: 'a' }), [])
    expect(rowsOf(circle).flat().toSorted()).toEqual(['a', 'b'])
  })

  it('breaks long rows', () => {
    const model: GraphModel = { nodes: ['a', 'b', 'c', 'd'], edges: [] }
    expect(rowsOf(model)).toEqual([['a', 'b', 'c'], ['d']])
  })
})
