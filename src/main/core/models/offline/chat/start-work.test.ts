import { describe, expect, it } from 'vitest'
import type { Work } from '../words/intent.js'
import { parseIntents } from '../words/parse-intents.js'
import { startOf } from './start-work.js'

const survey = { kind: 'survey', limit: null, top: null } as const
const src = { path: 'src', certain: false }

describe('the task that a request becomes', () => {
  it.each<Work>([
    { kind: 'goal', goal: 'test', place: null },
    { kind: 'goal', goal: 'e2e', place: null },
    { kind: 'goal', goal: 'build', place: null },
    { kind: 'goal', goal: 'lint', place: null },
    { kind: 'goal', goal: 'typecheck', place: null },
    { kind: 'goal', goal: 'format', place: null },
    { kind: 'goal', goal: 'install', place: null },
    { kind: 'goal', goal: 'coverage', place: null },
    { kind: 'goal', goal: 'test', place: { path: 'packages/core', certain: true } },
    { kind: 'goal', goal: 'build', place: { path: 'packages/core', certain: true } },
    { kind: 'script', name: 'dev:all' },
    { ...survey, focus: [], place: null },
    { ...survey, focus: [], place: src },
    { ...survey, focus: ['largest'], place: src },
    { ...survey, focus: ['todos', 'imports'], place: { path: 'src/main', certain: true } },
    { ...survey, focus: ['tests'], place: null },
    { ...survey, focus: ['history'], place: null },
    { ...survey, focus: ['languages'], place: { path: 'lib', certain: true } },
    { ...survey, focus: ['directories'], place: null },
    { kind: 'search', query: 'create and run', place: null },
    { kind: 'search', query: 'say "x"', place: { path: 'src/a.ts', certain: true } },
    { kind: 'compare', left: 'a and b.txt', right: 'c.txt' },
  ])('%j can be read out of its description by an agent', (work) => {
    const { description, call } = startOf({ ...work, words: 'do what I said before' })
    const [read, ...more] = parseIntents(description)
    expect(more).toEqual([])
    expect(read).toEqual({ ...work, words: read?.words })
    expect(call.input['description']).toBe(description)
  })

  it('keeps the person’s own words where they say the same', () => {
    const [intent] = parseIntents('please take a look at src for large files, asap')
    if (intent?.kind !== 'survey') throw new Error('not a survey')
    expect(startOf(intent).call.input).toEqual({
      description: 'Take a look at src for large files',
      type: 'analysis',
      agentType: 'analyzer',
      priority: 8,
    })
  })
})
