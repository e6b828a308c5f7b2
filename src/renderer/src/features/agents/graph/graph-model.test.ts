import { describe, expect, it } from 'vitest'
import { MailId } from '../../../../../shared/model/ids.js'
import { type GraphModel, graphOf, placesOf, rowsOf, sideTowards } from './graph-model.js'

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

  it('puts those who wait for nobody below, and the person on top', () => {
    const model = graphOf(agents({ a: null, b: 'c', c: null }), [thread('user', 'a')])
    expect(rowsOf(model)).toEqual([['user'], ['b'], ['c'], ['a']])
  })

  it('leads an edge from the side that faces the other node', () => {
    const places = placesOf(graphOf(agents({ a: 'c', b: 'c', c: null }), []))
    const at = (name: string) => places.get(name) ?? { line: -1, column: 0 }
    expect(sideTowards(at('a'), at('c'))).toBe('down')
    expect(sideTowards(at('c'), at('a'))).toBe('up')
    expect(sideTowards(at('a'), at('b'))).toBe('right')
    expect(sideTowards(at('b'), at('a'))).toBe('left')
  })

  it('breaks long rows', () => {
    const model: GraphModel = { nodes: ['a', 'b', 'c', 'd'], edges: [] }
    expect(rowsOf(model)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })
})
