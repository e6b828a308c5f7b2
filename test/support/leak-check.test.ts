import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { markedProcesses, releaseOwner, stopLeakedOwners, trackOwner } from './leak-check.js'

test('what is not released is stopped, the youngest first, and named', async () => {
  const stopped: string[] = []
  trackOwner('core', () => stopped.push('core'))
  const released = trackOwner('socket', () => stopped.push('socket'))
  trackOwner('server', async () => stopped.push('server'))
  releaseOwner(released)

  expect(await stopLeakedOwners()).toEqual(['server', 'core'])
  expect(stopped).toEqual(['server', 'core'])
  expect(await stopLeakedOwners()).toEqual([])
})

test.runIf(process.platform === 'linux')('a process is found until it has ended', async () => {
  const child = spawn('/bin/sh', ['-c', 'sleep 60; true'], { detached: true, stdio: 'ignore' })
  await once(child, 'spawn')

  expect(markedProcesses().join('\n')).toContain(`${child.pid} /bin/sh`)

  process.kill(-Number(child.pid), 'SIGKILL')
  await once(child, 'exit')
  await expect.poll(markedProcesses).toEqual([])
})
