import { cpus, totalmem } from 'node:os'
import { expect, it } from 'vitest'
import { readMachineDetails } from './machine-details.js'

it('tells what this machine is', async () => {
  const details = await readMachineDetails()
  expect(details.cores).toBe(cpus().length)
  expect(details.system).not.toBe('')
  expect(Math.abs(details.memoryBytes - totalmem())).toBeLessThan(totalmem() / 100)
  expect(details.memoryAvailableBytes).toBeLessThanOrEqual(details.memoryBytes)
})
