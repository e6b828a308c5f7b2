import { expect, it } from 'vitest'
import { selectAgent } from './select-agent.js'

const named = (name: string, description = '') => ({ name, description })
const TEAM = [
  ...['general-purpose', 'frontend-developer', 'backend-developer', 'test-engineer'],
  ...['reviewer', 'researcher', 'debugger'],
].map((name) => named(name))

it.each([
  ['Make the login button larger in the CSS', 'frontend-developer', 'button, css'],
  ['Add an endpoint to the REST API for users', 'backend-developer', 'endpoint, rest, api'],
  ['Write unit tests for the parser', 'test-engineer', 'tests'],
  ['Review the changes of last week', 'reviewer', 'review'],
  ['Compare the alternatives for a queue library', 'researcher', 'compare, alternatives'],
  ['Find out why it crashes on start', 'debugger', 'crashes'],
  ['Let reviewer look at it', 'reviewer', 'It names reviewer.'],
  ['Rename the folder', 'general-purpose', 'Nothing in it points to a specialist.'],
])('%s: %s', (description, agent, why) => {
  const selection = selectAgent(description, TEAM)
  expect(selection.agent).toBe(agent)
  expect(selection.reason).toContain(why)
})

it('knows agents that a person has described by their own words', () => {
  const cobol = named('old-hand', 'Use for COBOL programs of the payroll mainframe.')
  expect(selectAgent('Change the payroll program in COBOL', [...TEAM, cobol])).toMatchObject({
    agent: 'old-hand',
    reason: expect.stringContaining('cobol'),
  })
})

it('answers without any agents', () => {
  expect(selectAgent('anything', [])).toMatchObject({ agent: 'general-purpose', candidates: [] })
})
