import { describe, expect, it } from 'vitest'
import {
  changedPart,
  draftFrom,
  mayDependOn,
  type PartDraft,
  paramsOf,
  planErrors,
  withNewPart,
  withoutPart,
} from './plan-draft.js'

function part(key: string, dependsOn: readonly string[] = []): PartDraft {
  return { key, title: key, description: key, agent: 'coder', dependsOn, checks: [] }
}

const chain = [part('a'), part('b', ['a']), part('c', ['b'])]

describe('a plan that is edited', () => {
  it('loses a part without losing the order of the others', () => {
    expect(withoutPart(chain, 'b')).toEqual([part('a'), part('c', ['a'])])
  })

  it('gets parts with a key of their own, which the host may give to anybody', () => {
    const grown = withNewPart([part('a'), part('part-3')])
    expect(grown.at(-1)).toMatchObject({ key: 'part-4', agent: '' })
    expect(paramsOf(grown).at(-1)).not.toHaveProperty('agent')
    expect(paramsOf(chain)[1]).toEqual({ ...part('b', ['a']), dependsOn: ['a'] })
  })

  it('offers only dependencies that lead in no circle', () => {
    const keys = (key: string) => mayDependOn(chain, key).map((each) => each.key)
    expect(['a', 'b', 'c'].map(keys)).toEqual([[], ['a'], ['a', 'b']])
  })

  it('is kept as text, and what is no plan is no draft', () => {
    const changed = changedPart(chain, 'a', { title: 'New' })
    expect(draftFrom(JSON.stringify(changed))).toEqual(changed)
    expect([null, '{', '{}', '[1]'].map(draftFrom)).toEqual([null, null, null, null])
  })
})

describe('what the host finds wrong with a plan', () => {
  const errorsOf = (message: string) => planErrors(new Error(message), chain)

  it('stands at the field of the part that it names', () => {
    const message =
      'plan.update: parts[0].title: must not be empty; too short, not a text; parts[2].description: is missing'
    expect(errorsOf(message)).toEqual({
      fields: {
        'a.title': 'Must not be empty; too short, not a text',
        'c.description': 'Is missing',
      },
      form: null,
    })
  })

  it('stands at the part that it speaks of by key', () => {
    expect(errorsOf('parts: b is for agent "x", which there is not').fields).toHaveProperty([
      'b.agent',
    ])
    expect(errorsOf('parts: c depends on "x", which is no part').fields).toHaveProperty([
      'c.dependsOn',
    ])
  })

  it('stands below the form where it is about the whole', () => {
    const message = 'parts: the plan goes in a circle (a → b → a); take one out'
    expect(errorsOf(message)).toEqual({
      fields: {},
      form: 'The plan goes in a circle (a → b → a); take one out',
    })
    expect(errorsOf('plan plan_a is running: it waits for no decision').form).toContain('running')
  })
})
