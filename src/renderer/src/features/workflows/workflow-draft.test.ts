import { describe, expect, it } from 'vitest'
import { filledIn, inputErrors, inputsOf } from './workflow-draft.js'

const inputs = [
  { name: 'goal', description: '', required: true },
  { name: 'test-command', description: '', required: false, default: 'npm test' },
]

describe('the inputs of a workflow', () => {
  it('are what was kept, else the defaults, and only those that there are', () => {
    expect(inputsOf({ inputs }, {})).toEqual({ goal: '', 'test-command': 'npm test' })
    expect(inputsOf({ inputs }, { goal: 'Mend it', 'test-command': '', gone: 'x' })).toEqual({
      goal: 'Mend it',
      'test-command': '',
    })
  })

  it('are left to the host where they are empty', () => {
    expect(filledIn({ goal: ' ', other: 'x' })).toEqual({ other: 'x' })
  })

  it('carry what the host found wrong with them', () => {
    const message =
      'workflow.start: inputs.goal: is missing; give it; inputs.test-command: too long; inputs: unknown input "x"'
    expect(inputErrors(message, ['goal', 'test-command'])).toEqual({
      inputs: { goal: 'Is missing; give it', 'test-command': 'Too long' },
      form: 'Inputs: unknown input "x"',
    })
  })
})
