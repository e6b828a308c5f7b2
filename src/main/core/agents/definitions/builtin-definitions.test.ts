import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SimulatedClock } from '../../../../../test/support/simulated-clock.js'
import { agentTools } from '../../tools/agent-tools.js'
import { AgentDefinitions } from './load-definitions.js'

const resourcesDirectory = join(import.meta.dirname, '../../../../../resources')
const nowhere = join(tmpdir(), 'no', 'such', 'folder')
const definitions = new AgentDefinitions({
  clock: new SimulatedClock(),
  resourcesDirectory,
  homeDirectory: nowhere,
  dataDirectory: nowhere,
  knownTools: agentTools({ clock: new SimulatedClock() }).map(({ name }) => name),
})

it('comes with definitions that nothing is wrong with', async () => {
  const found = await definitions.list(nowhere)
  expect(found.problems).toEqual([])
  const files = readdirSync(join(resourcesDirectory, 'agents'))
  expect(found.definitions.map(({ name }) => `${name}.md`)).toEqual(files.toSorted())
  expect(files.length).toBeGreaterThanOrEqual(17)
})

it('describes each of them in a few words and tells it much', async () => {
  for (const { name, description, prompt } of (await definitions.list(nowhere)).definitions) {
    expect(description.length, name).toBeLessThan(300)
    const lines = prompt.split('\n').length
    expect(lines, name).toBeGreaterThanOrEqual(15)
    expect(lines, name).toBeLessThanOrEqual(40)
  }
})

it('has the agents that types of tasks stand for', async () => {
  for (const name of ['general-purpose', 'planner', 'analyzer']) {
    expect(await definitions.find(name, nowhere), name).toBeDefined()
  }
})
